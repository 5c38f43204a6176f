public import Diagnostics

/// A journal that cannot be written or read: what is wrong, where, and what to do.
public struct JournalError: Error, Sendable, Hashable {
    /// The diagnostic for the user.
    public var diagnostic: Diagnostic

    /// Creates an error.
    public init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
