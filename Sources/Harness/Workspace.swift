import Diagnostics
public import Project
import Scenarios
public import SourceText

/// A folder with its configuration: what every command works on.
public struct Workspace: Sendable {
    /// The folder; paths of the configuration are relative to it.
    public let root: String
    /// Reads files of the folder and nothing outside.
    public let reader: SourceReader
    /// The configuration, or that of a folder without one.
    public let project: Project

    /// Opens `root` and reads its `assay.yaml`, if there is one.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem of the configuration.
    public static func open(_ root: String) throws(HarnessError) -> Workspace {
        let reader = SourceReader(root: root)
        guard FileSystem.exists(Project.fileName, in: root) else {
            return Workspace(root: root, reader: reader, project: .empty)
        }
        do {
            return Workspace(root: root, reader: reader, project: try Project.load(reader: reader))
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
    }
}

extension Workspace {
    /// The paths that `same_as` leaves out everywhere; the configuration's check made sure that they are paths.
    var volatilePaths: [ItemPath] {
        project.volatile.compactMap { try? ItemPath.parse($0) }
    }
}
