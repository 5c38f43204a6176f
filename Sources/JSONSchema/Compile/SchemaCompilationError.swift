public import Diagnostics

/// Why a schema cannot be used: everything that is wrong with it and with the schemas that it refers to.
public struct SchemaCompilationError: Error, Sendable, Hashable {
    /// The problems, each with its file, line and column, by place.
    public let diagnostics: [Diagnostic]

    init(_ diagnostics: [Diagnostic]) {
        self.diagnostics = Diagnostics(diagnostics).sorted
    }
}
