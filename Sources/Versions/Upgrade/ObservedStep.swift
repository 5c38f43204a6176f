public import Diagnostics
public import JSONDocument
public import OpenAPI

/// A step of a plan that calls an operation.
public struct UpgradeStep: Sendable, Hashable {
    /// The scenario as named in the table, with its case in brackets.
    public var scenario: String
    /// The step, with its case in brackets.
    public var step: String
    /// The location of the row.
    public var location: SourceLocation
    /// The called operation.
    public var operation: Change.Subject
    /// Whether the row sends an invalid request on purpose and expects it to be rejected.
    public var isNegative: Bool

    /// Creates a step.
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

/// The request and response of a step in one run. Of several attempts, the last one counts.
public struct ObservedStep: Sendable {
    /// The result of a step.
    public enum Result: Sendable {
        /// A response.
        case response(ObservedResponse)
        /// No response, or no request, and why.
        case nothing(String)
    }

    /// The result.
    public var result: Result
    /// The JSON body of the request; `nil` if there was none.
    public var sent: JSONValue?
    /// The query parameters, headers and cookies of the request: `query.limit`, `header.x-request-id`.
    public var parameters: Set<String>
    /// The places where the request violates its contract.
    public var wrongPlaces: [RequestIssue.Place]
    /// The places where the response violates its contract, each with the message of the finding.
    public var brokenPlaces: [Deviation]
    /// Members and headers of the response that the contract does not declare.
    public var undeclaredPlaces: Set<ResponseDifference.Place>
    /// The findings that failed the step.
    public var failures: [Failure]

    /// A finding that fails a step.
    public struct Failure: Sendable, Hashable {
        /// A description of the finding.
        public var message: String
        /// The place in the response, if the finding has one.
        public var place: ResponseDifference.Place?

        /// Creates a failure.
        public init(_ message: String, at place: ResponseDifference.Place? = nil) {
            self.message = message
            self.place = place
        }
    }

    /// A deviation of a response from its contract.
    public struct Deviation: Sendable, Hashable {
        /// The rule of the finding.
        public var rule: String
        /// The place in the response.
        public var place: ResponseDifference.Place
        /// A description of the finding.
        public var message: String

        /// Creates a deviation.
        public init(rule: String, place: ResponseDifference.Place, message: String) {
            self.rule = rule
            self.place = place
            self.message = message
        }
    }

    /// Creates an observed step.
    public init(
        _ result: Result, sent: JSONValue? = nil, parameters: Set<String> = [],
        wrongPlaces: [RequestIssue.Place] = [], brokenPlaces: [Deviation] = [],
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

/// A response in the form used to compare two versions.
public struct ObservedResponse: Sendable {
    /// The body.
    public enum Body: Sendable {
        /// There is none.
        case none
        /// A JSON value.
        case json(JSONValue)
        /// Another body, as text or as its digest.
        case other(String)
    }

    /// The status.
    public var status: Int
    /// The key under which the contract describes the status: `200`, `2XX`, `default`; `nil` if it does not.
    public var statusKey: String?
    /// The media type without parameters, in lower case; `nil` if the response has none.
    public var mediaType: String?
    /// Header fields by lower-case name; several lines with one name are joined.
    public var headers: [String: String]
    /// The body.
    public var body: Body

    /// Creates a response from its parts.
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

    /// Whether a change of the response `key` affects this response. If `200` is described, `default` does not apply.
    func isCovered(by key: String) -> Bool { statusKey.map { $0 == key } ?? Announcement.covers(key, status) }

    /// The JSON body, if it is one.
    public var json: JSONValue? {
        if case .json(let value) = body { value } else { nil }
    }
}

extension Change.Subject {
    /// Creates the subject for an operation that a row calls.
    public init(name: String, method: String, path: String) {
        self.init(name: name, method: method, path: path, outgoing: nil)
    }
}
