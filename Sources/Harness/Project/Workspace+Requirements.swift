import Diagnostics
import Primitives
import Project
import Scenarios
import SourceText

extension Workspace {
    /// The workspace with the requirements of the files that `refs` names, and with the mistakes in them.
    func withRequirementFiles() -> Workspace {
        guard !project.judging.requirementFiles.isEmpty else { return self }
        var project = project
        var found: [Diagnostic] = []
        let versions = project.versions.map(\.name)
        for (index, file) in project.judging.requirementFiles.enumerated() {
            do {
                let read = RequirementReader.requirements(of: try reader.read(file), versions: versions)
                found += read.problems
                for requirement in read.requirements {
                    if let first = project.judging.requirements.first(where: {
                        $0.id.isSame(as: requirement.id)
                    }) {
                        found.append(Self.duplicate(requirement, of: first))
                    } else {
                        project.judging.requirements.append(requirement)
                    }
                }
            } catch {
                // The mistake is where the configuration names the file.
                let place = location(of: ["refs", String(index)])
                found += error.diagnostics.map { problem in
                    var problem = problem
                    problem.location = place ?? problem.location
                    return problem
                }
            }
        }
        var problems = problems
        problems.append(contentsOf: found)
        return Workspace(
            root: root, reader: reader, project: project, configuration: configuration, problems: problems)
    }

    private static func duplicate(_ requirement: Requirement, of first: Requirement) -> Diagnostic {
        Diagnostic(
            "requirements.duplicate", .error, "duplicate requirement \(quoted(requirement.id))",
            at: requirement.location, help: "give each requirement its own id",
            related: first.location.map { [Diagnostic.Related("the first one is here", at: $0)] } ?? [])
    }
}
