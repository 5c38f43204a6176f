import Foundation
import JSONDocument
import TestKit
import Testing

/// The contract of the command line: exit codes, clean streams, options.
@Suite(.inTurn) struct RunCommandTests {
    @Test("the main job exits 0 and says so in a few lines on standard output")
    func mainJob() throws {
        try withCopy { folder in
            let run = try Executable.run(["run"], in: folder)
            #expect(run.status == 0, "\(run.error)")
            #expect(run.output.contains("✓ "))
            #expect(!run.output.contains("✗"))
            #expect(run.output.split(separator: "\n").count < 12)
            #expect(!run.output.utf8.contains(0x1B), "colour in a pipe")
        }
    }

    @Test("with --report json standard output is the report and nothing else")
    func json() throws {
        try withCopy { folder in
            let run = try Executable.run(
                ["run", "--report", "json", "--grep", "link-unknown", "--api-version", "2022-09-01"], in: folder)
            #expect(run.status == 0, "\(run.error)")
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["schema"]?.string == "assay/1")
            #expect(report["command"]?.string == "run")
            #expect(report["outcome"]?.string == "passed")
            #expect(report["summary"]?["scenarios"]?.number?.int == 1)
            #expect(report["versions"]?[0]?.string == "2022-09-01")
        }
    }

    @Test("wrong input ends with 2, as text on standard error and as JSON where that is wanted")
    func wrongInput() throws {
        try withCopy { folder in
            let run = try Executable.run(["run", "--api-version", "1999-01-01", "--report", "json"], in: folder)
            #expect(run.status == 2)
            #expect(run.error.contains("has no version '1999-01-01'"))
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["exit"]?.number?.int == 2)
            #expect(report["diagnostics"]?.count == 1)
        }
    }

    @Test(
        "wrong usage ends with 2, with advice",
        arguments: [
            (["run", "--no-such-option"], "--no-such-option"),
            (["run", "--report", "jsno"], "did you mean `json`?"),
            (["run", "--jobs", "0"], "1 to 256"),
            (["run", "--timeout", "fast"], "500ms, 30s or 2m"),
            (["run", "--report", "json", "--report", "text"], "only one `--report`"),
            (["rum"], "rum"),
        ])
    func usage(arguments: [String], says: String) throws {
        let run = try Executable.run(arguments)
        #expect(run.status == 2)
        #expect(run.error.contains(says), "\(run.error)")
        #expect(run.output.isEmpty)
    }

    @Test("an unreachable address ends with 3")
    func unreachable() throws {
        try withCopy { folder in
            let run = try Executable.run(
                ["run", "--base-url", "http://127.0.0.1:1/pg", "--grep", "link-unknown"],
                environment: ["CASHFREE_CLIENT_ID": "someone", "CASHFREE_CLIENT_SECRET": "something"],
                in: folder
            )
            #expect(run.status == 3, "\(run.error)")
        }
    }

    @Test("help and version are on standard output with exit 0")
    func help() throws {
        let help = try Executable.run(["run", "--help"])
        #expect(help.status == 0)
        #expect(help.output.contains("Examples:"))
        let version = try Executable.run(["--version"])
        #expect(version.status == 0)
        #expect(version.output.split(separator: ".").count == 3)
    }

    /// A folder with the shipped project, since a run writes reports into the folder it works on.
    private func withCopy(_ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try TemporaryProject.copyShippedProject(to: folder)
        try body(folder)
    }
}
