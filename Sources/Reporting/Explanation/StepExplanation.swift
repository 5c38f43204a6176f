public import Diagnostics

/// The request that a row would send, with the reason for every value in it, and what its response is judged by.
public struct StepExplanation: Sendable {
    /// The scenario's id.
    public var scenario: String
    /// The step's name, expanded.
    public var step: String
    /// The row.
    public var location: SourceLocation
    /// The row's note; empty when it has none.
    public var note: String
    /// Why the step would not be sent to the target; `nil` when it would.
    public var skipped: String?
    /// What is called: the operation's name, or method and path, or a pause.
    public var call: String
    /// Where the contract declares the operation.
    public var operation: SourceLocation?
    /// What would be sent; `nil` when nothing is.
    public var request: ExplainedRequest?
    /// The parameters, headers and body members in the order of sending.
    public var values: [ExplainedValue] = []
    /// What the response is judged by.
    public var checks: [ExplainedCheck]

    /// A step of which nothing is sent.
    public init(
        scenario: String, step: String, location: SourceLocation, note: String, skipped: String?, call: String,
        operation: SourceLocation?, checks: [ExplainedCheck]
    ) {
        self.scenario = scenario
        self.step = step
        self.location = location
        self.note = note
        self.skipped = skipped
        self.call = call
        self.operation = operation
        self.checks = checks
    }
}

/// The request of a step as it would be sent, secrets masked.
public struct ExplainedRequest: Sendable {
    /// The method.
    public var method: String
    /// The address.
    public var url: String
    /// The body; `nil` when there is none.
    public var body: String?
    /// The shell line that sends the request.
    public var curl: String

    /// A request by its parts.
    public init(method: String, url: String, body: String?, curl: String) {
        self.method = method
        self.url = url
        self.body = body
        self.curl = curl
    }
}

/// One value of a request.
public struct ExplainedValue: Sendable {
    /// Where it goes: `path.id`, `header.accept`, `weight`, `items[0].sku`.
    public var place: String
    /// The value as it is sent, secrets masked; `nil` when the row leaves the place out.
    public var value: String?
    /// What the contract says of it in a few words: `string (uuid)`, `integer`, `one of A, B`.
    public var type: String?
    /// Where the contract says so.
    public var schema: SourceLocation?
    /// Why it is there: `set`, `body`, `default`, `profile merchant`, …
    public var source: String
    /// The cell or file that the value comes from.
    public var origin: SourceLocation?

    /// A value by its parts.
    public init(
        place: String, value: String? = nil, type: String? = nil, schema: SourceLocation? = nil, source: String,
        origin: SourceLocation? = nil
    ) {
        self.place = place
        self.value = value
        self.type = type
        self.schema = schema
        self.source = source
        self.origin = origin
    }
}

/// One thing that a response is judged by.
public struct ExplainedCheck: Sendable {
    /// What it is: `follow`, `expect`, `contract`, `check`, `same_as`, `law`.
    public var kind: String
    /// In words, as the table has it.
    public var text: String
    /// What the contract says of the value, in a few words.
    public var type: String?
    /// Where the contract says so.
    public var schema: SourceLocation?
    /// The cell of the table.
    public var origin: SourceLocation?

    /// A check by its parts.
    public init(
        kind: String, text: String, type: String? = nil, schema: SourceLocation? = nil, origin: SourceLocation? = nil
    ) {
        self.kind = kind
        self.text = text
        self.type = type
        self.schema = schema
        self.origin = origin
    }
}
