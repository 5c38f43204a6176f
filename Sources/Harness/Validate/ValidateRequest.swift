package import Conformance
package import Diagnostics
package import JSONSchema

/// The input of `assay validate`: values or responses, and the operation or schema to judge them by.
package struct ValidateRequest: Sendable {
    /// The document.
    package var contracts = ContractChoice()
    /// The operation whose responses are judged: an operationId, or method and path.
    package var operation: String?
    /// The schema that values are judged by: a name under `components/schemas`, or a reference into the document.
    package var schema: String?
    /// The status of bodies; `nil` reads inputs as raw responses.
    package var status: Int?
    /// Header lines of bodies, `name: value`.
    package var headers: [String] = []
    /// Whether every line of every input is a value. `.ndjson` and `.jsonl` files are always read so.
    package var isLines = false
    /// The direction in which values are sent.
    package var direction = ValidationOptions.Direction.response
    /// Whether an invalid `format` is an error.
    package var formats = ValidationOptions.FormatMode.assert
    /// A JSON file of documents by their address, for references.
    package var documents: String?
    /// Whether undeclared members and headers are errors.
    package var isStrict = false
    /// The inputs to judge: paths, or `-` for standard input.
    package var inputs: [String] = []

    /// A request without inputs.
    package init() {}
}

/// The verdicts on single inputs.
package struct ValidateResult: Sendable {
    /// One verdict per response, body or line, in the order of the inputs.
    package var results: [InputVerdict]
    /// The mistakes in the inputs or the document themselves.
    package var diagnostics: Diagnostics

    /// A result from its parts.
    package init(results: [InputVerdict], diagnostics: Diagnostics) {
        self.results = results
        self.diagnostics = diagnostics
    }

    /// The exit code: 2 when an input or the document cannot be used, 1 when anything failed or is undecided, otherwise
    /// 0.
    package var exit: ExitCode {
        if diagnostics.hasErrors { return .wrongInput }
        return results.allSatisfy { $0.outcome == .passed } ? .passed : .findings
    }
}
