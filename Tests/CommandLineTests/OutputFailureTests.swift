import Foundation
import TestKit
import Testing

/// Standard output that is full or closed, and reports that cannot be written: no verdict is lost, and no failure looks
/// like success.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct OutputFailureTests {
    private static let answer =
        "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n"
        + "{\"sku\":\"A-1\"}"

    private static let files = TemporaryProject.orders.merging(
        ["scenarios/orders.csv": "scenario,step,call,set,expect\ns,read,readOrder,id=7; view=full,200\n"]
    ) { $1 }

    /// Runs the executable under a shell, with `redirection` for its streams.
    private static func run(
        _ arguments: [String], _ redirection: String, in project: TemporaryProject
    ) throws -> Executable.Output {
        let words = (["\(Executable.path.path)"] + arguments).map { "'\($0)'" }.joined(separator: " ")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", "\(words) \(redirection)"]
        process.environment = ["SHOP_KEY": "Qz7vKw3xRt9pLm2s"]
        process.currentDirectoryURL = project.folder
        let (output, error) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = error
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        let errors = try error.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Executable.Output(
            status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
            error: String(decoding: errors, as: UTF8.self))
    }

    private static let commands = [
        ["list"], ["list", "--report", "json"], ["lint"], ["lint", "--report", "json"], ["rules"],
        ["rules", "--report", "json"], ["explain", "s/read"], ["run", "--target", "shop", "--dry-run"], ["--help"],
        ["run", "--help"], ["--version"], ["init", "specs/orders.yaml", "--output", "new"], ["fmt", "--blocks"],
        ["validate", "--schema", "Order", "specs/value.json"], ["import", "page.md"],
    ]

    @Test("full or closed standard output ends a command with 3", arguments: commands, [">/dev/full", ">&-"])
    func standardOutput(command: [String], redirection: String) throws {
        try TemporaryProject.with(Self.files) { project in
            try project.write("{\"sku\": \"A\"}", to: "specs/value.json")
            try project.write(
                "# A\n\n```yaml\nopenapi: 3.1.0\ninfo: {title: a, version: '1'}\npaths: {}\n```\n", to: "page.md")
            let right = try Self.run(command, "", in: project)
            #expect(right.status == 0, "\(right.output)\(right.error)")
            #expect(!right.output.isEmpty)
            try? FileManager.default.removeItem(at: project.folder.appendingPathComponent("new"))
            let told = try Self.run(command, redirection, in: project)
            #expect(told.status == 3, "\(told.error)")
            #expect(told.error.contains("standard output cannot be written"))
        }
    }

    @Test("a run and the report of its journal end with 3 when standard output is full or closed")
    func runs() async throws {
        try await onOwnThread {
            let server = try EchoServer { _ in Self.answer }
            defer { server.stop() }
            try TemporaryProject.with(Self.files) { project in
                let run = ["run", "--base-url", "http://127.0.0.1:\(server.port)/v1", "--journal", "j.ndjson"]
                for redirection in [">/dev/full", ">&-"] {
                    let told = try Self.run(run, redirection, in: project)
                    #expect(told.status == 3, "\(told.error)")
                    #expect(told.error.contains("assay report j.ndjson"))
                    // A file that was opened after the stream was closed is not written into.
                    #expect(try !project.read("j.ndjson").contains("scenario:"))
                    let report = try Self.run(["report", "j.ndjson"], redirection, in: project)
                    #expect(report.status == 3, "\(report.error)")
                }
                #expect(try Self.run(["report", "j.ndjson"], "", in: project).status == 0)
            }
        }
    }

    @Test(
        "a report that cannot be written is reported before the first request",
        arguments: [
            ["--report", "json=/nonexistent/r.json"], ["--report", "text=specs"], ["--report", "json=missing/r.json"],
        ])
    func paths(options: [String]) async throws {
        try await onOwnThread {
            let requests = Requests()
            let server = try EchoServer { _ in
                requests.add()
                return Self.answer
            }
            defer { server.stop() }
            try TemporaryProject.with(Self.files) { project in
                let told = try Self.run(
                    ["run", "--base-url", "http://127.0.0.1:\(server.port)/v1"] + options, "", in: project)
                #expect(told.status == 3)
                #expect(told.error.contains("cannot be written"))
                #expect(requests.count == 0)
            }
        }
    }

    @Test("reports that cannot be written after a complete run: the verdict is shown, with 3 and the way to it")
    func lateFailure() async throws {
        try await onOwnThread {
            let server = try EchoServer { _ in Self.answer }
            defer { server.stop() }
            try TemporaryProject.with(Self.files) { project in
                // A folder in the place of the report, and another one where it would be moved to.
                try project.write("x", to: "reports/latest/report.json/x")
                try project.write("x", to: "reports/previous/report.json/x")
                let run = ["run", "--base-url", "http://127.0.0.1:\(server.port)/v1", "--journal", "j.ndjson"]
                let told = try Self.run(run, "", in: project)
                #expect(told.status == 3)
                #expect(told.output.contains("1 scenario: 1 passed"))
                #expect(!told.output.contains("reports/latest"))
                #expect(told.error.contains("assay report j.ndjson"))
                let json = try Self.run(run + ["--report", "json"], "", in: project)
                #expect(json.status == 3)
                #expect(json.output.contains("\"exit\": 3"))
                #expect(json.output.contains("\"passed\": 1"))
            }
        }
    }

    @Test("a folder of reports that cannot be made is reported before the first request")
    func noFolder() async throws {
        try await onOwnThread {
            let requests = Requests()
            let server = try EchoServer { _ in
                requests.add()
                return Self.answer
            }
            defer { server.stop() }
            try TemporaryProject.with(Self.files) { project in
                try project.write("not a folder", to: "reports")
                let told = try Self.run(
                    ["run", "--base-url", "http://127.0.0.1:\(server.port)/v1", "--journal", "j.ndjson"], "",
                    in: project)
                #expect(told.status == 3)
                #expect(requests.count == 0)
            }
        }
    }

    @Test("the reports of an earlier run do not survive one that fails", arguments: ["wrong table", "no folder"])
    func stale(failure: String) async throws {
        try await onOwnThread {
            let server = try EchoServer { _ in Self.answer }
            defer { server.stop() }
            try TemporaryProject.with(Self.files) { project in
                let run = ["run", "--base-url", "http://127.0.0.1:\(server.port)/v1"]
                #expect(try Self.run(run, "", in: project).status == 0)
                #expect(project.holds("reports/latest/report.json"))
                if failure == "wrong table" {
                    try project.write("scenario,step,call\ns,a,nothing\n", to: "scenarios/orders.csv")
                    #expect(try Self.run(run, "", in: project).status == 2)
                } else {
                    #expect(try Self.run(run + ["--journal", "specs/orders.yaml/j"], "", in: project).status == 3)
                }
                #expect(!project.holds("reports/latest/report.json"))
                #expect(!project.holds("reports/latest/report.txt"))
            }
        }
    }
}

/// Counts what a server was asked.
private final class Requests: @unchecked Sendable {
    private let lock = NSLock()
    private var value = 0

    func add() { lock.withLock { value += 1 } }

    var count: Int { lock.withLock { value } }
}
