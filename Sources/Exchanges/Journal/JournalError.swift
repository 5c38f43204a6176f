public import Diagnostics

/// A journal that cannot be written or read, with the reason, its location and a remedy.
public struct JournalError: Error, Sendable, Hashable {
    /// The diagnostic for the user.
    public var diagnostic: Diagnostic

    /// Creates an error.
    public init(_ diagnostic: Diagnostic) {
        self.diagnostic = diagnostic
    }
}
