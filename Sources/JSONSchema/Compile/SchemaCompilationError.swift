public import Diagnostics

/// Why a schema cannot be used: all errors of the schema and of the schemas that it refers to.
public struct SchemaCompilationError: Error, Sendable, Hashable {
    /// The diagnostics, each with its file, line and column, by location.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = Diagnostics(diagnostics).sorted
    }
}
