package import Diagnostics
package import Project
import Scenarios
package import SourceText

/// A folder with its configuration, which every command works on.
package struct Workspace: Sendable {
    /// The folder; paths of the configuration are relative to it.
    package let root: String
    /// Reads files of the folder and nothing outside.
    package let reader: SourceReader
    /// The configuration, or that of a folder without one.
    package let project: Project

    /// The configuration as it was read, for the places of what it names; `nil` without one.
    let configuration: SourceFile?

    /// The mistakes in the configuration; nothing is run when there are errors among them.
    package let problems: Diagnostics

    /// Opens `root` and reads its `assay.yaml`, if there is one.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the configuration.
    package static func open(_ root: String) throws(HarnessError) -> Workspace {
        let workspace = try openWithProblems(root)
        guard !workspace.problems.hasErrors else { throw HarnessError(.wrongInput, workspace.problems) }
        return workspace
    }

    /// Opens `root` although its configuration may be wrong, for commands that report the mistakes in all files together.
    ///
    /// - Throws: `HarnessError` (exit 2) when the configuration cannot be read at all.
    package static func openWithProblems(_ root: String) throws(HarnessError) -> Workspace {
        let reader = SourceReader(root: root)
        guard FileSystem.exists(Project.fileName, in: root) else {
            return withoutConfiguration(root)
        }
        do {
            let source = try reader.read(Project.fileName)
            let (project, problems) = Project.reading(source)
            return Workspace(
                root: root, reader: reader, project: project, configuration: source, problems: Diagnostics(problems)
            ).withRequirementFiles()
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
    /// The workspace with other values for `{{var.x}}`.
    func with(variables: [Project.Variable]) -> Workspace {
        var project = project
        project.variables = variables
        return Workspace(root: root, reader: reader, project: project, configuration: configuration, problems: problems)
    }

    /// The workspace with its recordings in another folder, relative to the project.
    package func withFixtures(in folder: String) -> Workspace {
        var project = project
        project.fixtures.folder = folder
        return Workspace(root: root, reader: reader, project: project, configuration: configuration, problems: problems)
    }
}
