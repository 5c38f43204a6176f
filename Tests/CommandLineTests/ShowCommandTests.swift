import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay show`, and the other ways to see exchanges and to run a part of the tables.
@Suite(.inTurn) struct ShowCommandTests {
    /// A copy of the shipped project, and a run of some of its scenarios.
    private static func afterRun(
        _ arguments: [String], _ body: @escaping @Sendable (URL, Executable.Output) throws -> Void
    ) async throws {
        try await onOwnThread {
            try TemporaryProject.with { project in
                try TemporaryProject.copyShippedProject(to: project.folder)
                let run = try project.run(["run", "--api-version", "2022-09-01", "--seed", "show"] + arguments)
                try body(project.folder, run)
            }
        }
    }

    private static func show(_ arguments: [String], in folder: URL) throws -> Executable.Output {
        try Executable.run(["show", "--api-version", "2022-09-01"] + arguments, in: folder)
    }

    @Test("a step of the last run is shown by its names and by its row, with a curl line")
    func names() async throws {
        try await Self.afterRun(["scenarios/payment-links.csv"]) { folder, run in
            #expect(run.status == 0, "\(run.error)")
            let shown = try Self.show(["link-defaults/cancel"], in: folder)
            #expect(shown.status == 0, "\(shown.error)")
            #expect(shown.output.hasPrefix("link-defaults › cancel\n  exchange "))
            #expect(shown.output.contains("\n  > POST http://127.0.0.1:"))
            #expect(shown.output.contains("\n  < HTTP/1.1 200\n"))
            #expect(shown.output.contains("\"link_status\":\"CANCELLED\""))
            #expect(shown.output.contains("\n  curl --include --request POST 'http://127.0.0.1:4010/pg/links/"))
            #expect(try Self.show(["link-defaults › cancel"], in: folder).output == shown.output)
            #expect(try Self.show(["scenarios/payment-links.csv:13"], in: folder).output == shown.output)
            let whole = try Self.show(["link-defaults"], in: folder)
            #expect(whole.output.contains(shown.output) && whole.output.contains("link-defaults › create"))
        }
    }

    @Test("a step that several scenarios have, and unknown names, are errors with the nearest names")
    func mistakes() async throws {
        try await Self.afterRun(["scenarios/payment-links.csv"]) { folder, _ in
            let ambiguous = try Self.show(["cancel"], in: folder)
            #expect(ambiguous.status == 2)
            #expect(ambiguous.error.contains("scenarios have a step 'cancel'"))
            #expect(ambiguous.error.contains("help: name one of them: `link-"))
            let unknown = try Self.show(["link-defaults/cancle"], in: folder)
            #expect(unknown.status == 2)
            #expect(unknown.error.contains("did you mean `link-defaults/cancel`?"))
            let other = try Self.show(["scenarios/orders.csv:3"], in: folder)
            #expect(other.status == 2)
            #expect(other.error.contains("has no exchange of the row scenarios/orders.csv:3"))
            #expect(try Self.show(["none.ndjson", "x"], in: folder).status == 2)
        }
    }

    @Test("a journal can be named, and JSON has the same exchanges")
    func json() async throws {
        try await Self.afterRun(["--journal", "j.ndjson", "--grep", "link-defaults"]) { folder, _ in
            let shown = try Self.show(["j.ndjson", "link-defaults/cancel", "--report", "json"], in: folder)
            let report = try JSONDocument(parsing: shown.output).root
            #expect(report["command"]?.string == "show")
            let exchange = report["steps"]?[0]?["exchanges"]?[0]
            #expect(exchange?["response"]?["status"]?.number?.int == 200)
            #expect(exchange?["response"]?["body"]?.string?.contains("CANCELLED") == true)
            #expect(exchange?["request"]?["method"]?.string == "POST")
        }
    }

    @Test("without a journal, the help says what to do")
    func nothing() throws {
        try TemporaryProject.with(TemporaryProject.orders) { project in
            let shown = try project.run(["show", "buy/create"])
            #expect(shown.status == 2)
            #expect(shown.error.contains("no journal found under reports/journals"))
            #expect(try project.run(["show"]).status == 2)
            #expect(try project.run(["show", "a.ndjson"]).error.contains("assay show a.ndjson STEP"))
        }
    }

    @Test("`assay run FILE:LINE` runs the scenario of a row, and `assay run FOLDER` the tables of a folder")
    func rows() async throws {
        try await Self.afterRun(["scenarios/payment-links.csv:13", "--report", "json"]) { folder, run in
            let report = try JSONDocument(parsing: run.output).root
            #expect(report["scenarios"]?.elements.map { $0["name"]?.string } == ["link-defaults"])
            // `assay report` selects the same rows again.
            let journals = folder.appendingPathComponent("reports/journals")
            let name = try #require(try FileManager.default.contentsOfDirectory(atPath: journals.path).first)
            let again = try Executable.run(
                ["report", "reports/journals/\(name)", "--api-version", "2022-09-01"], in: folder)
            #expect(again.output.contains("✓ 1 scenario: 1 passed"), "\(again.output)\(again.error)")

            let list = try Executable.run(["list", "scenarios/", "--report", "json"], in: folder)
            let all = try Executable.run(["list", "--report", "json"], in: folder)
            #expect(list.status == 0 && list.output == all.output)
            let wrong = try Executable.run(["run", "scenarios/payment-links.csv:1"], in: folder)
            #expect(wrong.status == 2)
            #expect(wrong.error.contains("line 1 of scenarios/payment-links.csv has no step"))
            let empty = try Executable.run(["run", "specs"], in: folder)
            #expect(empty.status == 2)
            #expect(empty.error.contains("the folder 'specs' contains no scenario table"))
        }
    }

    @Test("in a pipe, a line for each scenario appears; `--verbose` prints every exchange; `--quiet` neither")
    func progress() async throws {
        try await Self.afterRun(["--grep", "link-defaults"]) { folder, run in
            #expect(run.error == "✓ link-defaults  scenarios/payment-links.csv:11\n", "\(run.error)")
            func again(_ option: String) throws -> Executable.Output {
                try Executable.run(
                    ["run", "--grep", "link-defaults", "--api-version", "2022-09-01", option], in: folder)
            }
            let verbose = try again("-v")
            #expect(verbose.error.contains("link-defaults › cancel\n  exchange 3, "))
            #expect(verbose.error.contains("\n  < HTTP/1.1 200\n"))
            #expect(try again("--quiet").error == "")
            #expect(try again("--no-progress").error == "")
        }
    }

    @Test("the curl line of a failure can be pasted into a shell, with secrets from the environment")
    func curl() async throws {
        let secrets = ["CASHFREE_CLIENT_ID": "id of $HOME 'x'", "CASHFREE_CLIENT_SECRET": "secret-secret"]
        try await onOwnThread {
            let server = try EchoServer { request in
                let isComplete =
                    request.contains("x-client-id: id of $HOME 'x'")
                    && request.contains("x-client-secret: secret-secret")
                return "HTTP/1.1 \(isComplete ? 418 : 400) x\r\ncontent-length: 2\r\nconnection: close\r\n\r\n{}"
            }
            defer { server.stop() }
            try TemporaryProject.with { project in
                try TemporaryProject.copyShippedProject(to: project.folder)
                let run = try project.run(
                    [
                        "run", "--base-url", "http://127.0.0.1:\(server.port)/pg", "--grep", "link-defaults",
                        "--api-version", "2022-09-01", "--no-progress",
                    ], environment: secrets)
                #expect(run.status == 1, "\(run.error)")
                #expect(!run.output.contains("secret-secret"))
                // The command continues on lines that end the failure.
                let start = try #require(run.output.range(of: "\n  curl ")).upperBound
                let curl = "curl " + run.output[start...].components(separatedBy: "\n\n")[0]
                #expect(curl.contains("\"$CASHFREE_CLIENT_SECRET\""))
                let pasted = try Shell.run(curl, environment: secrets)
                #expect(pasted.contains(" 418 "), "\(curl)\n\(pasted)")
            }
        }
    }
}

/// The shell of POSIX systems.
private enum Shell {
    /// The output of a line.
    static func run(_ line: String, environment: [String: String]) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", line]
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: data, as: UTF8.self)
    }
}
