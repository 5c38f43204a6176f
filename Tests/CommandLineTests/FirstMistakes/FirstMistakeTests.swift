import Foundation
import TestKit
import Testing

/// Over a hundred natural mistakes of new users, each run through the command line, with its whole output as a snapshot.
///
/// Every output names what is wrong, where, and what to do. The last one is checked here: every error and warning has a
/// help, or is in the list of those whose message already contains it.
@Suite("The first mistakes of a new user")
struct FirstMistakeTests {
    private static let snapshots = Snapshots("Tests/CommandLineTests/Wording/first-mistakes")
    private static let shop = Repository.root.appending(path: "Tests/CommandLineTests/Wording/first-mistakes/shop")

    private static let topics: [(name: String, mistakes: [FirstMistake])] = [
        ("tables", FirstMistake.tables), ("bodies", FirstMistake.bodies),
        ("configuration", FirstMistake.configurations), ("documents", FirstMistake.documents),
        ("init", FirstMistake.inits), ("command-line", FirstMistake.commandLines), ("secrets", FirstMistake.secrets),
    ]

    /// Rules whose message lists the possible values, so that there is nothing to add.
    private static let selfExplaining = ["[configuration.wrong-type]", "[table.value]"]

    @Test("there are over a hundred, each with another title")
    func count() {
        let titles = Self.topics.flatMap { topic in topic.mistakes.map { "\(topic.name): \($0.title)" } }
        #expect(titles.count > 120)
        #expect(Set(titles).count == titles.count)
    }

    @Test("each is reported with what is wrong, where, and what to do", arguments: topics.map(\.name))
    func messages(topic: String) async throws {
        let mistakes = try #require(Self.topics.first { $0.name == topic }).mistakes
        let outputs = try await onOwnThread { try mistakes.map(Self.output) }
        for (mistake, output) in zip(mistakes, outputs) {
            let unhelpful = Self.messages(in: output).filter { message in
                !["help: ", "Help: ", "Did you mean", "--help' for more"].contains { message.contains($0) }
                    && !Self.selfExplaining.contains { message.contains($0) }
            }
            #expect(unhelpful.isEmpty, "\(mistake.title)")
            #expect(!Self.messages(in: output).isEmpty, "\(mistake.title) is not reported")
        }
        let text = zip(mistakes, outputs).map { mistake, output in
            "== \(mistake.title)\n$ assay \(mistake.arguments.joined(separator: " "))\n\(output)\n"
        }
        try Self.snapshots.expect(text.joined(), is: "\(topic).txt")
    }

    /// The errors and warnings of an output, each with the lines that belong to it.
    private static func messages(in output: String) -> [String] {
        output.components(separatedBy: "\n\n").filter { block in
            [" error: ", "\nerror: ", " warning: ", "Error: "].contains { "\n\(block)".contains($0) }
        }
    }

    /// The exit code and everything that the command prints.
    private static func output(_ mistake: FirstMistake) throws -> String {
        let server = try RawServer { _ in }
        var result = ""
        try TemporaryProject.with { project in
            for name in try FileManager.default.contentsOfDirectory(atPath: shop.path) {
                try TemporaryProject.copy(
                    shop.appending(path: name), to: project.folder.appending(path: name))
            }
            try apply(mistake.change, to: project)
            let arguments = mistake.arguments.map { $0 == FirstMistake.usedPort ? String(server.port) : $0 }
            let run = try project.run(arguments, environment: mistake.environment)
            result = "exit \(run.status)\n\(run.output)\(run.error)"
                .replacing(project.folder.path, with: "PROJECT").replacing(":\(server.port):", with: ":PORT:")
        }
        return result
    }

    private static func apply(_ change: FirstMistake.Change?, to project: TemporaryProject) throws {
        switch change {
        case .edit(let path, let old, let new):
            let text = try project.read(path)
            let range = try #require(text.range(of: old), "\(path) does not contain \(old)")
            try project.write(text.replacingCharacters(in: range, with: new), to: path)
        case .content(let path, let bytes):
            try bytes.write(to: project.folder.appending(path: path))
        case .removal(let path):
            try FileManager.default.removeItem(at: project.folder.appending(path: path))
        case nil:
            break
        }
    }
}
