public import Conformance
public import Diagnostics

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
