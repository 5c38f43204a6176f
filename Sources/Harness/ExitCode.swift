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
