public import Conformance
public import Diagnostics
public import JSONSchema

/// Everything that a user may ask of `assay validate`.
public struct ValidateRequest: Sendable {
    /// Which document.
    public var contracts = ContractChoice()
    /// The operation whose answers are judged: an operationId, or method and path.
    public var operation: String?
    /// The schema that values are judged by: a name under `components/schemas`, or a reference into the document.
    public var schema: String?
    /// The status of bodies; `nil` reads inputs as raw responses.
    public var status: Int?
    /// Header lines of bodies, `name: value`.
    public var headers: [String] = []
    /// Whether every line of every input is a value; `.ndjson` and `.jsonl` files are read so in any case.
    public var isLines = false
    /// Which way values travel.
    public var direction = ValidationOptions.Direction.response
    /// Whether `format` decides.
    public var formats = ValidationOptions.FormatMode.assert
    /// A JSON file of documents by their address, for references.
    public var documents: String?
    /// Whether undeclared members and headers are errors.
    public var isStrict = false
    /// What is judged: paths, or `-` for standard input.
    public var inputs: [String] = []

    /// Asks for nothing yet.
    public init() {}
}

/// What came of judging inputs by hand.
public struct ValidateResult: Sendable {
    /// One verdict per response, body or line, in the order of the inputs.
    public var results: [InputVerdict]
    /// What is wrong with the inputs or the document themselves.
    public var diagnostics: Diagnostics

    /// A result.
    public init(results: [InputVerdict], diagnostics: Diagnostics) {
        self.results = results
        self.diagnostics = diagnostics
    }

    /// 2 when an input or the document cannot be used, 1 when anything failed or is undecided, else 0.
    public var exit: ExitCode {
        if diagnostics.hasErrors { return .wrongInput }
        return results.allSatisfy { $0.outcome == .passed } ? .held : .findings
    }
}
