import Diagnostics
public import SourceText

extension Project {
    /// The name of the configuration file in a project's folder.
    public static let fileName = "assay.yaml"

    /// Reads the configuration at `path`.
    ///
    /// - Throws: `SourceError` with every problem of the file, each with line and column.
    public static func load(_ path: String = Project.fileName, reader: SourceReader) throws(SourceError) -> Project {
        try Project(reader.read(path))
    }

    /// The project that a configuration describes.
    ///
    /// - Throws: `SourceError` with every problem of the file, each with line and column.
    public init(_ source: SourceFile) throws(SourceError) {
        var loading = ProjectLoading(source)
        let project = loading.project()
        guard !loading.reader.diagnostics.hasErrors else {
            throw SourceError(loading.reader.diagnostics.sorted)
        }
        self = project
    }
}
