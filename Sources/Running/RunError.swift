public import Exchanges

/// A run that had to be given up, because what it does could not be written down.
public struct RunError: Error, Sendable {
    /// What is wrong with the journal.
    public var journal: JournalError
    /// What was done until then.
    public var partial: Journal
}
