package import Conformance
package import Diagnostics
package import JSONSchema

/// What `assay validate` judges, and by what.
package struct ValidateRequest: Sendable {
    /// Which document.
    package var contracts = ContractChoice()
    /// The operation whose responses are judged: an operationId, or method and path.
    package var operation: String?
    /// The schema that values are judged by: a name under `components/schemas`, or a reference into the document.
    package var schema: String?
    /// The status of bodies; `nil` reads inputs as raw responses.
    package var status: Int?
    /// Header lines of bodies, `name: value`.
    package var headers: [String] = []
    /// Whether every line of every input is a value; `.ndjson` and `.jsonl` files are read so in any case.
    package var isLines = false
    /// Which way values travel.
    package var direction = ValidationOptions.Direction.response
    /// Whether `format` decides.
    package var formats = ValidationOptions.FormatMode.assert
    /// A JSON file of documents by their address, for references.
    package var documents: String?
    /// Whether undeclared members and headers are errors.
    package var isStrict = false
    /// What is judged: paths, or `-` for standard input.
    package var inputs: [String] = []

    /// A request without inputs.
    package init() {}
}

/// The verdicts on single inputs.
package struct ValidateResult: Sendable {
    /// One verdict per response, body or line, in the order of the inputs.
    package var results: [InputVerdict]
    /// What is wrong with the inputs or the document themselves.
    package var diagnostics: Diagnostics

    /// A result.
    package init(results: [InputVerdict], diagnostics: Diagnostics) {
        self.results = results
        self.diagnostics = diagnostics
    }

    /// 2 when an input or the document cannot be used, 1 when anything failed or is undecided, else 0.
    package var exit: ExitCode {
        if diagnostics.hasErrors { return .wrongInput }
        return results.allSatisfy { $0.outcome == .passed } ? .passed : .findings
    }
}
