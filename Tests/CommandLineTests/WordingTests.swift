import Foundation
import TestKit
import Testing

/// The words of the tool: rules, help and diagnostics, stored as text so that a review sees every change of them.
@Suite("The wording of rules, help and diagnostics")
struct WordingTests {
    private static let snapshots = Snapshots("Tests/CommandLineTests/Wording")

    private static let commands = [
        "init", "run", "validate", "mock", "list", "explain", "fmt", "lint", "rules", "strength", "report", "show",
        "history", "compare", "compare-mock",
        "record", "replay", "diff", "import", "webhook-check",
    ]

    /// Small wrong inputs, each with what reads it; the files are in `Wording/mistakes`.
    private static let mistakes: [[String]] = [
        ["lint", "tables/words.csv", "tables/laws.csv", "tables/columns.csv", "tables/quotes.csv", "tables/cells.csv"],
        ["lint", "tables/delimiters.csv", "tables/header.csv", "tables/empty.csv"],
        ["lint", "wrong.yaml"], ["lint", "contract.yaml"],
        ["lint", "notyaml.yaml", "notjson.json", "version.yaml", "fix.overlay.yaml"],
        ["lint", "none.yaml"], ["list", "scenarios/none.csv"],
        ["list", "--behaviour", "behaviour.yaml", "scenarios/good.csv"],
        ["list", "--grep", "nothing", "scenarios/good.csv"], ["list", "--tags", "a and", "scenarios/good.csv"],
        ["list", "--target", "shp", "scenarios/good.csv"], ["list", "--api-version", "2", "scenarios/good.csv"],
        ["explain", "good/reed"], ["explain", "scenarios/good.csv:1"],
        ["run", "--dry-run", "--secrets", "secrets.env", "scenarios/good.csv"],
        ["run", "--dry-run", "--secrets", "none.env", "scenarios/good.csv"],
        ["run", "--baseline", "baseline.yaml", "scenarios/good.csv"],
        ["run", "--dry-run", "--base-url", "ftp://a.example", "scenarios/good.csv"],
        ["run", "--dry-run", "--target", "mock", "--base-url", "http://a.example", "scenarios/good.csv"],
        ["run", "--dry-run", "--shard", "4/3", "scenarios/good.csv"],
        ["run", "--dry-run", "--shard", "auto", "scenarios/good.csv"],
        ["run", "--resume", "--dry-run"], ["run", "--jobs", "0"], ["run", "--seed", ""], ["run", "--timeout", "3x"],
        ["run", "--listen", "0.0.0.0:8080"], ["run", "--public-url", "shop.example"],
        ["mock", "--webhook-url", "ftp://a"],
        ["run", "--report", "jsno"], ["run", "--min-coverage", "120"], ["run", "--last-failed"],
        ["run", "--resume", "--journal", "none.ndjson"],
        ["record", "--dry-run"], ["record", "--shard", "1/2"], ["rules", "--report", "xml"],
        ["history"], ["history", "--target", "none"], ["compare", "none.json", "other.json"],
        ["compare", "assay.yaml"],
        ["show"], ["show", "good/read"], ["show", "none.ndjson", "good/read"], ["run", "scenarios/good.csv:1"],
        ["run", "--dry-run", "--report", "junit"],
        ["report", "format.ndjson"], ["report", "text.ndjson"], ["report", "none.ndjson"],
        ["replay", "empty.har"], ["replay", "broken.har"], ["replay", "none.har"],
        ["mock", "--port", "70000"], ["mock", "--latency", "x"], ["mock", "--fault", "rset=5%"],
        ["mock", "--break", "body.tpye"],
        ["strength", "--minimum", "101"], ["strength", "--break", "body.tpye", "scenarios/good.csv"],
        ["fmt", "--check", "tables/quotes.csv"], ["fmt", "--blocks", "--check"],
        ["import", "good.md"], ["init", "version.yaml", "--output", "drafts"],
        ["validate"], ["validate", "--operation", "readOrdr", "text.http"],
        ["validate", "--operation", "readOrder", "text.http"], ["validate", "--operation", "readOrder", "wrong.http"],
        ["validate", "--operation", "readOrder", "undocumented.http"], ["validate", "--schema", "Ordr", "empty.har"],
        ["validate", "--schema", "NewOrder", "empty.har"],
        ["validate", "--operation", "readOrder", "--header", "a: b"],
    ]

    @Test("every rule")
    func rules() async throws {
        try Self.snapshots.expect(try await onOwnThread { try Executable.run(["rules"]).output }, is: "rules.txt")
    }

    @Test("every help text")
    func help() async throws {
        let text = try await onOwnThread {
            var text = try Executable.run(["--help"]).output
            for command in Self.commands {
                text += "\n== assay \(command)\n"
                text += try Executable.run([command, "--help"]).output
            }
            return text
        }
        #expect(text.components(separatedBy: "OVERVIEW: ").count == Self.commands.count + 2)
        try Self.snapshots.expect(text, is: "help.txt")
    }

    @Test("over a hundred diagnostics, with what causes them")
    func diagnostics() async throws {
        let text = try await onOwnThread {
            var text = ""
            try TemporaryProject.with { project in
                let inputs = Repository.root.appendingPathComponent("Tests/CommandLineTests/Wording/mistakes")
                for name in try FileManager.default.contentsOfDirectory(atPath: inputs.path) {
                    try TemporaryProject.copy(
                        inputs.appendingPathComponent(name), to: project.folder.appendingPathComponent(name))
                }
                try project.write("", to: "tables/empty.csv")
                for arguments in Self.mistakes {
                    let run = try project.run(arguments)
                    let shown = (run.output + run.error).replacingOccurrences(of: project.folder.path, with: "PROJECT")
                    text += "== assay \(arguments.joined(separator: " "))\nexit \(run.status)\n\(shown)\n"
                }
            }
            return text
        }
        let messages = text.components(separatedBy: "\n").filter {
            $0.contains("error: ") || $0.contains("warning: ") || $0.contains("Error: ")
        }
        #expect(messages.count > 150)
        print("Ten of \(messages.count) messages, chosen by the seed 19:")
        for message in Self.sample(of: messages, seed: 19) { print("  \(message)") }
        try Self.snapshots.expect(text, is: "diagnostics.txt")
    }

    /// Ten messages by a linear congruential generator: the same ones for the same seed and text.
    private static func sample(of messages: [String], seed: UInt64) -> [String] {
        var state = seed
        return (0..<10).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return messages[Int((state >> 33) % UInt64(max(messages.count, 1)))]
        }
    }
}
