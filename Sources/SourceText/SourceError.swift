public import Diagnostics

/// A file that cannot be used, with everything that is wrong with it.
public struct SourceError: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in the order in which it was found; at least one entry is an error.
    public let diagnostics: [Diagnostic]

    /// Bundles what was found.
    public init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }

    /// Bundles one problem.
    public init(_ diagnostic: Diagnostic) {
        self.init([diagnostic])
    }

    /// One line per problem: `file:line:column: message`.
    public var description: String {
        diagnostics.map { diagnostic in
            let place = diagnostic.location.map { "\($0): " } ?? ""
            return place + diagnostic.message
        }
        .joined(separator: "\n")
    }
}
