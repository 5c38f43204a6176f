package import Diagnostics
package import Scenarios

/// An entry of `promises` with its location, which a complete run reports if it applied to no exchange.
package struct DeclaredPromise: Sendable, Hashable {
    /// The entry.
    package var entry: PromiseEntry
    /// Its location in the configuration.
    package var location: SourceLocation?

    /// An entry at `location`.
    package init(_ entry: PromiseEntry, at location: SourceLocation?) {
        self.entry = entry
        self.location = location
    }

    /// The warning that the entry applied to no exchange of the run.
    var neverApplied: Finding {
        Finding(
            .promiseNeverApplied,
            "the promise `\(entry.name)` applied to no exchange: \(entry.absence)",
            blame: .table,
            table: location,
            clause: entry.name
        )
    }
}
