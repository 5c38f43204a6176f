public import Diagnostics
public import JSONDocument
public import OpenAPI

/// A step of a plan that calls an operation.
public struct UpgradeStep: Sendable, Hashable {
    /// The scenario, as the table names it, with its case in brackets.
    public var scenario: String
    /// The step, with its case in brackets.
    public var step: String
    /// The row.
    public var location: SourceLocation
    /// The operation that it calls.
    public var operation: Change.Subject
    /// Whether the row sends a wrong request on purpose and expects a refusal.
    public var isNegative: Bool

    /// A step of a row.
    public init(
        scenario: String, step: String, location: SourceLocation, operation: Change.Subject, isNegative: Bool = false
    ) {
        self.scenario = scenario
        self.step = step
        self.location = location
        self.operation = operation
        self.isNegative = isNegative
    }
}

/// What a step sent and received in one run. Of several attempts, the last one counts.
public struct ObservedStep: Sendable {
    /// What was received.
    public enum Result: Sendable {
        /// A response.
        case response(ObservedResponse)
        /// Nothing was received, or nothing was sent, and why.
        case nothing(String)
    }

    /// What was received.
    public var result: Result
    /// The JSON body that was sent; `nil` when there was none.
    public var sent: JSONValue?
    /// The query parameters, headers and cookies that were sent: `query.limit`, `header.x-request-id`.
    public var parameters: Set<String>
    /// Where the request breaks the contract under which it was sent.
    public var wrongPlaces: [RequestIssue.Place]
    /// Where the response breaks the contract by which it was judged, each with the message of the finding.
    public var brokenPlaces: [Breach]
    /// Members and headers of the response that the contract does not declare.
    public var undeclaredPlaces: Set<ResponseDifference.Place>
    /// The findings that failed the step.
    public var failures: [Failure]

    /// A finding that fails a step.
    public struct Failure: Sendable, Hashable {
        /// What is wrong.
        public var message: String
        /// Where in the response, if it is about a place.
        public var place: ResponseDifference.Place?

        /// A finding.
        public init(_ message: String, at place: ResponseDifference.Place? = nil) {
            self.message = message
            self.place = place
        }
    }

    /// A deviation of a response from its contract.
    public struct Breach: Sendable, Hashable {
        /// The rule of the finding.
        public var rule: String
        /// Where in the response.
        public var place: ResponseDifference.Place
        /// What is wrong.
        public var message: String

        /// A deviation.
        public init(rule: String, place: ResponseDifference.Place, message: String) {
            self.rule = rule
            self.place = place
            self.message = message
        }
    }

    /// What a step sent and received.
    public init(
        _ result: Result, sent: JSONValue? = nil, parameters: Set<String> = [],
        wrongPlaces: [RequestIssue.Place] = [], brokenPlaces: [Breach] = [],
        undeclaredPlaces: Set<ResponseDifference.Place> = [], failures: [Failure] = []
    ) {
        self.result = result
        self.sent = sent
        self.parameters = parameters
        self.wrongPlaces = wrongPlaces
        self.brokenPlaces = brokenPlaces
        self.undeclaredPlaces = undeclaredPlaces
        self.failures = failures
    }

    /// The response, if there is one.
    public var response: ObservedResponse? {
        if case .response(let response) = result { response } else { nil }
    }
}

/// A response as far as two versions are compared.
public struct ObservedResponse: Sendable {
    /// The body.
    public enum Body: Sendable {
        /// There is none.
        case none
        /// A JSON value.
        case json(JSONValue)
        /// Something else, as text or as its digest.
        case other(String)
    }

    /// The status.
    public var status: Int
    /// The key under which the contract describes the status: `200`, `2XX`, `default`; `nil` where it does not.
    public var statusKey: String?
    /// The media type without parameters, in lower case; `nil` when the response names none.
    public var mediaType: String?
    /// Header fields by lower-case name; several lines of one name are joined.
    public var headers: [String: String]
    /// The body.
    public var body: Body

    /// A response from its parts.
    public init(
        status: Int, statusKey: String? = nil, mediaType: String? = nil, headers: [String: String] = [:],
        body: Body = .none
    ) {
        self.status = status
        self.statusKey = statusKey
        self.mediaType = mediaType
        self.headers = headers
        self.body = body
    }

    /// Whether a change of the description under `key` is about this response. Where `200` is described, `default` is not.
    func isCovered(by key: String) -> Bool { statusKey.map { $0 == key } ?? Announcement.covers(key, status) }

    /// The JSON body, if it is one.
    public var json: JSONValue? {
        if case .json(let value) = body { value } else { nil }
    }
}

extension Change.Subject {
    /// An operation that a row calls.
    public init(name: String, method: String, path: String) {
        self.init(name: name, method: method, path: path, outgoing: nil)
    }
}
