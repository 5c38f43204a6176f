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

/// What a command tells its caller. When several apply: 130, 3, 2, 4, 1.
public enum ExitCode: Int32, Sendable {
    /// Everything held.
    case held = 0
    /// Findings at or above the failing severity.
    case findings = 1
    /// The input is wrong, a secret of the target's own profile is missing, or nothing was selected.
    case wrongInput = 2
    /// The run could not be made: nothing was answered, or nothing could be written.
    case notPossible = 3
    /// Breaking changes between two contracts.
    case breaking = 4
    /// Interrupted; journal and a partial report are kept.
    case interrupted = 130
}
