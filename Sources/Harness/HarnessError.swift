package import Diagnostics

/// Why a command ends before it has a verdict.
package struct HarnessError: Error, Sendable {
    /// The exit code.
    package var exit: ExitCode
    /// The mistakes.
    package var diagnostics: Diagnostics

    /// Ends with `exit` because of `diagnostics`.
    package init(_ exit: ExitCode, _ diagnostics: Diagnostics) {
        self.exit = exit
        self.diagnostics = diagnostics
    }

    /// Ends because the input is wrong.
    package static func wrongInput(_ rule: String, _ message: String, help: String? = nil) -> HarnessError {
        HarnessError(.wrongInput, Diagnostics([Diagnostic(rule, .error, message, help: help)]))
    }

    /// Ends because the run cannot be made.
    package static func notPossible(_ rule: String, _ message: String, help: String? = nil) -> HarnessError {
        HarnessError(.notPossible, Diagnostics([Diagnostic(rule, .error, message, help: help)]))
    }
}

/// The exit code of a command. When several apply: 130, 3, 2, 4, 1.
package enum ExitCode: Int32, Sendable {
    /// Everything passed.
    case passed = 0
    /// Findings at or above the failing severity.
    case findings = 1
    /// The input is wrong, a secret of the target's own profile is missing, or nothing was selected.
    case wrongInput = 2
    /// The run was not possible: no response at all, or nothing could be written.
    case notPossible = 3
    /// Breaking changes between two contracts.
    case breaking = 4
    /// Interrupted; journal and a partial report are kept.
    case interrupted = 130
}
