public import Diagnostics

/// A journal that cannot be written or read: what is wrong, where, and what to do.
public struct JournalError: Error, Sendable, Hashable {
    /// The problem, to be shown to the user.
    public var diagnostic: Diagnostic

    /// A problem with a journal.
    public init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
