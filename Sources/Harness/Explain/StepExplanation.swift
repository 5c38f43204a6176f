public import Diagnostics

/// The request that a row would send, with the reason for every value in it, and what its answer is held to.
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
    /// Where the operation stands in the contract.
    public var operation: SourceLocation?
    /// The method; `nil` when nothing is sent.
    public var method: String?
    /// The address; `nil` when nothing is sent.
    public var url: String?
    /// The parameters, headers and body members in the order of sending.
    public var values: [ExplainedValue]
    /// The body as it would be sent; `nil` when there is none.
    public var body: String?
    /// What the answer is held to.
    public var checks: [ExplainedCheck]
    /// The shell line that sends the request; `nil` when nothing is sent.
    public var curl: String?
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
    /// Where that stands.
    public var origin: SourceLocation?
}

/// One thing that an answer is held to.
public struct ExplainedCheck: Sendable {
    /// What it is: `follow`, `expect`, `contract`, `check`, `same_as`, `law`.
    public var kind: String
    /// In words, as the table has it.
    public var text: String
    /// What the contract says of the value, in a few words.
    public var type: String?
    /// Where the contract speaks of it.
    public var schema: SourceLocation?
    /// Where the table asks for it.
    public var origin: SourceLocation?
}
