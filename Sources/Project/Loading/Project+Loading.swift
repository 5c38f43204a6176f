public import Diagnostics
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

    /// What can be understood of a configuration, and every problem of it, each with line and column.
    ///
    /// A project with errors among its problems is good for finding more of them, not for a run.
    public static func reading(_ source: SourceFile) -> (project: Project, problems: [Diagnostic]) {
        var loading = ProjectLoading(source)
        let project = loading.project()
        return (project, loading.reader.diagnostics.sorted)
    }

    /// The project that a configuration describes.
    ///
    /// - Throws: `SourceError` with every problem of the file, each with line and column.
    public init(_ source: SourceFile) throws(SourceError) {
        let (project, problems) = Project.reading(source)
        guard !Diagnostics(problems).hasErrors else { throw SourceError(problems) }
        self = project
    }
}
