import Foundation
import JSONDocument
import TestKit
import Testing

/// A report of an earlier run never survives a run that fails, whichever command it is and however it fails.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct StaleReportTests {
    /// Each command with arguments that fail: by the input, and by an argument.
    private static let failing: [(command: String, arguments: [String])] = [
        ("run", ["run", "--target", "none"]), ("run", ["run", "scenarios/none.csv"]),
        ("run", ["run", "--dry-run", "--target", "none"]), ("record", ["record", "--target", "none"]),
        ("list", ["list", "--target", "none"]), ("explain", ["explain", "nothing/here"]),
        ("lint", ["lint", "none.yaml"]), ("init", ["init", "none.yaml", "--output", "new"]),
        ("report", ["report", "none.ndjson"]), ("replay", ["replay", "none.har"]),
        ("strength", ["strength", "--tags", "none"]), ("strength", ["strength", "scenarios/none.csv"]),
        ("validate", ["validate", "--operation", "none", "scenarios/orders.csv"]),
        ("diff", ["diff", "none.yaml", "other.yaml"]), ("upgrade", ["upgrade", "--from", "1", "--to", "9"]),
        ("import", ["import", "none.md", "--output", "api.yaml"]),
        ("history", ["history", "--target", "none"]), ("compare", ["compare", "none.json"]),
        ("history", ["history", "--nothing"]), ("compare", ["compare", "a", "b", "c"]),
        ("run", ["run", "--jobs", "0"]), ("record", ["record", "--shard", "1/2"]), ("list", ["list", "--nothing"]),
        ("explain", ["explain"]), ("lint", ["lint", "--nothing"]), ("init", ["init"]), ("report", ["report"]),
        ("replay", ["replay"]), ("strength", ["strength", "--minimum", "x"]), ("validate", ["validate"]),
        ("diff", ["diff", "a", "b", "--preset", "x"]), ("upgrade", ["upgrade"]), ("import", ["import"]),
        ("rules", ["rules", "--nothing"]),
    ]

    /// Runs `body` in a project with reports of an earlier run.
    private static func withStale(_ body: (TemporaryProject) throws -> Void) throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            try project.write("{\"stale\": true}", to: "out.json")
            try project.write("stale", to: "out.txt")
            try body(project)
        }
    }

    @Test("a failed command replaces the reports of an earlier run by its own", arguments: failing)
    func replaced(command: String, arguments: [String]) async throws {
        try await onOwnThread {
            try Self.withStale { project in
                let told = try project.run(
                    arguments + ["--report", "json=out.json", "--report", "text=out.txt"],
                    environment: ["SHOP_KEY": "Qz7vKw3xRt9pLm2s"])
                #expect(told.status == 2, "\(told.output)\(told.error)")
                let report = try JSONDocument(parsing: try project.read("out.json")).root
                #expect(report["stale"] == nil)
                #expect(report["schema"]?.string == "assay/1")
                #expect(report["command"]?.string == command)
                #expect(report["outcome"]?.string == "wrongInput" && report["exit"]?.spelling == "2")
                let messages = report["diagnostics"]?.elements.compactMap { $0["message"]?.string } ?? []
                #expect(!messages.isEmpty)
                // Text shows the same mistakes.
                let text = try project.read("out.txt")
                let isTextEqual = messages.allSatisfy { text.contains($0) }
                #expect(isTextEqual, "\(text)")
            }
        }
    }

    @Test("a failed command is JSON on standard output too, of its own name", arguments: failing)
    func printed(command: String, arguments: [String]) async throws {
        try await onOwnThread {
            try Self.withStale { project in
                let told = try project.run(
                    arguments + ["--report", "json"], environment: ["SHOP_KEY": "Qz7vKw3xRt9pLm2s"])
                #expect(told.status == 2)
                let report = try JSONDocument(parsing: told.output).root
                #expect(report["command"]?.string == command)
                #expect(report["exit"]?.spelling == "2")
            }
        }
    }

    @Test("pages are replaced by a page of the failure")
    func pages() async throws {
        try await onOwnThread {
            try Self.withStale { project in
                for format in ["markdown", "changelog", "html"] {
                    try project.write("stale", to: "page")
                    let told = try project.run(["diff", "none.yaml", "other.yaml", "--report", "\(format)=page"])
                    #expect(told.status == 2)
                    #expect(try project.read("page").contains("assay diff failed"))
                    #expect(try !project.read("page").contains("stale"))
                }
            }
        }
    }

    @Test("a run that is killed leaves no report of an earlier one")
    func killed() async throws {
        try await onOwnThread {
            let server = try EchoServer { _ in
                Thread.sleep(forTimeInterval: 20)
                return ""
            }
            defer { server.stop() }
            try Self.withStale { project in
                let process = try Executable.start(
                    [
                        "run", "--base-url", "http://127.0.0.1:\(server.port)/v1", "--report", "json=out.json",
                        "--report", "text=out.txt", "--journal", "j.ndjson",
                    ], environment: ["SHOP_KEY": "Qz7vKw3xRt9pLm2s"], in: project.folder)
                for _ in 0..<200 where !project.holds("j.ndjson") { Thread.sleep(forTimeInterval: 0.05) }
                #expect(project.holds("j.ndjson"))
                kill(process.processIdentifier, SIGKILL)
                process.waitUntilExit()
                #expect(!project.holds("out.json") && !project.holds("out.txt"))
            }
        }
    }

    @Test("an argument that is wrong writes into no file that is not named as a report")
    func otherFiles() async throws {
        try await onOwnThread {
            try Self.withStale { project in
                for option in ["--report=jsn=out.json", "--report=json=", "--journal=out.json"] {
                    let told = try project.run(["run", "--nothing", option])
                    #expect(told.status == 2)
                    #expect(try project.read("out.json") == "{\"stale\": true}")
                }
                // `--help` is not a failure.
                let help = try project.run(["run", "--help", "--report", "json=out.json"])
                #expect(help.status == 0)
                #expect(try project.read("out.json") == "{\"stale\": true}")
            }
        }
    }
}
