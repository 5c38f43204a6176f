public import Diagnostics

/// Why a command ends before it has a verdict.
public struct HarnessError: Error, Sendable {
    /// What the process answers.
    public var exit: ExitCode
    /// Everything that is wrong.
    public var diagnostics: Diagnostics

    /// Ends with `exit` because of `diagnostics`.
    public init(_ exit: ExitCode, _ diagnostics: Diagnostics) {
        self.exit = exit
        self.diagnostics = diagnostics
    }

    /// Ends because the input is wrong.
    public static func wrongInput(_ rule: String, _ message: String, help: String? = nil) -> HarnessError {
        HarnessError(.wrongInput, Diagnostics([Diagnostic(rule, .error, message, help: help)]))
    }

    /// Ends because the run cannot be made.
    public static func notPossible(_ rule: String, _ message: String, help: String? = nil) -> HarnessError {
        HarnessError(.notPossible, Diagnostics([Diagnostic(rule, .error, message, help: help)]))
    }
}
