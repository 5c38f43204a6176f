public import Diagnostics

/// A file that cannot be used, with everything that is wrong with it.
public struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The diagnostics in the order in which they were found; at least one is an error.
    public let diagnostics: [Diagnostic]

    /// Creates an error from several diagnostics.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// Creates an error from one diagnostic.
    public init(_ diagnostic: Diagnostic) {
        self.init([diagnostic])
    }

    /// One line per diagnostic: `file:line:column: message`.
    public var description: String {
        diagnostics.map { diagnostic in
            let place = diagnostic.location.map { "\($0): " } ?? ""
            return place + diagnostic.message
        }
        .joined(separator: "\n")
    }
}
