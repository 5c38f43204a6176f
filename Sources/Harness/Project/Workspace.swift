public import Diagnostics
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

    /// The configuration as it was read, for the places of what it names; `nil` without one.
    let configuration: SourceFile?

    /// What is wrong with the configuration; with errors among it nothing is to be run.
    public let problems: Diagnostics

    /// Opens `root` and reads its `assay.yaml`, if there is one.
    ///
    /// - Throws: `HarnessError` (exit 2) with every problem of the configuration.
    public static func open(_ root: String) throws(HarnessError) -> Workspace {
        let workspace = try openWithProblems(root)
        guard !workspace.problems.hasErrors else { throw HarnessError(.wrongInput, workspace.problems) }
        return workspace
    }

    /// Opens `root` although its configuration may be wrong, for commands that tell all problems of all files at once.
    ///
    /// - Throws: `HarnessError` (exit 2) when the configuration cannot be read at all.
    public static func openWithProblems(_ root: String) throws(HarnessError) -> Workspace {
        let reader = SourceReader(root: root)
        guard FileSystem.exists(Project.fileName, in: root) else {
            return withoutConfiguration(root)
        }
        do {
            let source = try reader.read(Project.fileName)
            let (project, problems) = Project.reading(source)
            return Workspace(
                root: root, reader: reader, project: project, configuration: source, problems: Diagnostics(problems))
        } catch {
            throw HarnessError(.wrongInput, Diagnostics(error.diagnostics))
        }
    }

    /// The folder `root` as if it had no configuration.
    static func withoutConfiguration(_ root: String) -> Workspace {
        Workspace(
            root: root, reader: SourceReader(root: root), project: .empty, configuration: nil, problems: Diagnostics())
    }
}

extension Workspace {
    /// The paths that `same_as` leaves out everywhere; the configuration's check made sure that they are paths.
    var volatilePaths: [ItemPath] {
        project.judging.volatile.compactMap { try? ItemPath.parse($0) }
    }
}

extension Workspace {
    /// The workspace with its recordings in another folder, relative to the project.
    public func withFixtures(in folder: String) -> Workspace {
        var project = project
        project.fixtures.folder = folder
        return Workspace(root: root, reader: reader, project: project, configuration: configuration, problems: problems)
    }
}
