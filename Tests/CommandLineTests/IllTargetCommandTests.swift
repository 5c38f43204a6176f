import Foundation
import Synchronization
import TestKit
import Testing

/// Runs against real servers that are ill for some time, or broken.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct IllTargetCommandTests {
    /// The response to request number N, from 1, of a path: a status; 0 closes the connection.
    private typealias Health = @Sendable (Int, String) -> Int

    private static func server(_ health: @escaping Health) throws -> RawServer {
        let count = Mutex(0)
        return try RawServer { connection in
            while let (head, _) = connection.readMessage() {
                let path = head.split(separator: " ").dropFirst().first.map(String.init) ?? ""
                let status = health(
                    count.withLock {
                        $0 += 1
                        return $0
                    }, path)
                guard status > 0 else { return }
                let body = status == 200 ? #"{"ok": true}"# : "<html>busy</html>"
                let type = status == 200 ? "application/json" : "text/html"
                connection.write(
                    "HTTP/1.1 \(status) X\r\ncontent-type: \(type)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
                )
            }
        }
    }

    /// Ten scenarios with one row each, which call three operations in turn.
    private static func files(_ server: RawServer, _ more: String = "") -> [String: String] {
        let paths = ["alpha", "beta", "gamma"].map { name in
            """
              /\(name):
                get:
                  operationId: \(name)
                  responses:
                    '200':
                      description: fine
                      content: {application/json: {schema: {type: object, required: [ok]}}}
            """
        }
        let rows = (0..<10).map { "s\($0),get-\($0),\(["alpha", "beta", "gamma"][$0 % 3]),200" }
        return [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            targets:
              live: {base-url: 'http://127.0.0.1:\(server.port)'}
            default-target: live
            \(more)
            """,
            "s.yaml": """
            openapi: 3.1.0
            info: {title: Health, version: '1'}
            servers: [{url: https://sandbox.health.example}]
            paths:
            \(paths.joined(separator: "\n"))
            """,
            "scenarios/s.csv": "scenario,step,call,expect\n" + rows.joined(separator: "\n") + "\n",
        ]
    }

    private static func with(
        _ health: @escaping Health, _ more: String = "",
        _ body: @escaping @Sendable (TemporaryProject, RawServer) throws -> Void
    ) async throws {
        try await onOwnThread {
            let server = try Self.server(health)
            defer { server.stop() }
            try TemporaryProject.with(Self.files(server, more)) { try body($0, server) }
        }
    }

    private static let once = ["run", "--jobs", "1", "--rerun", "0"]

    @Test("requests of an ill time are not judged; the exit code is 3 if they are too many, in runs and in reports")
    func ill() async throws {
        try await Self.with({ number, _ in (4...6).contains(number) ? 503 : 200 }) { project, _ in
            let run = try project.run(
                Self.once + ["--journal", "j.ndjson", "--report", "json=r.json", "--report", "text"])
            #expect(run.status == 3, "\(run.output)\(run.error)")
            #expect(run.output.contains("not judged: the target was ill"), "\(run.output)")
            #expect(run.output.contains("target.ill"), "\(run.output)")
            #expect(
                run.error.contains(
                    "3 of 10 steps (30%) were not judged because the target was ill; at most 20% are allowed"),
                "\(run.error)")
            let json = try project.read("r.json")
            #expect(json.contains(#""illness""#) && json.contains(#""unjudged": 3"#))
            let report = try project.run(["report", "j.ndjson"])
            #expect(report.status == 3 && report.error.contains("3 of 10 steps"), "\(report.output)\(report.error)")
            try project.write(
                try project.read("assay.yaml") + "\nill: {max-unjudged: 30%}\n", to: "assay.yaml")
            for format in ["text", "junit", "tap", "markdown", "html", "ctrf", "github", "gitlab", "sarif"] {
                let allowed = try project.run(["report", "j.ndjson", "--report", format])
                #expect(allowed.status == 0, "\(format): \(allowed.output)\(allowed.error)")
                guard ["junit", "tap", "ctrf"].contains(format) else { continue }
                #expect(allowed.output.contains("the target was ill"), "\(format): \(allowed.output)")
            }
        }
    }

    @Test("one operation that always fails is a failure, and is run again three times")
    func broken() async throws {
        try await Self.with({ _, path in path.hasPrefix("/beta") ? 500 : 200 }) { project, server in
            let run = try project.run(["run", "--jobs", "1", "--journal", "j.ndjson"])
            #expect(run.status == 1, "\(run.output)\(run.error)")
            #expect(!run.output.contains("target.ill"))
            #expect(server.requests.count == 10 + 3 * 3)
            #expect(try project.run(["report", "j.ndjson"]).status == 1)
        }
    }

    @Test("a failure that is gone when the scenario is run again is flaky, in the run, its journal and the history")
    func flaky() async throws {
        try await Self.with({ number, _ in [2, 5].contains(number) ? (number == 2 ? 0 : 503) : 200 }) {
            project, server in
            let run = try project.run(["run", "--jobs", "1", "--journal", "j.ndjson"])
            #expect(run.status == 0, "\(run.output)\(run.error)")
            #expect(run.output.contains("flaky"), "\(run.output)")
            #expect(run.output.contains("passed when its scenario was run again"), "\(run.output)")
            // A GET without a response on a used connection is sent again at once.
            #expect((11...13).contains(server.requests.count))
            let report = try project.run(["report", "j.ndjson"])
            #expect(report.status == 0 && report.output.contains("passed when its scenario was run again"))
            #expect(try project.read("reports/history.ndjson").contains("flaky"))
        }
    }

    @Test("`--rerun 0` and `ill: {rerun: 0}` run nothing again; a value out of range is rejected")
    func noReruns() async throws {
        try await Self.with({ number, _ in number == 2 ? 503 : 200 }) { project, server in
            let run = try project.run(Self.once)
            #expect(run.status == 1 && server.requests.count == 10)
            let wrong = try project.run(["run", "--rerun", "4"])
            #expect(wrong.status == 2)
        }
        // A run that stops at its first failure runs nothing again either.
        try await Self.with({ number, _ in number == 2 ? 503 : 200 }) { project, server in
            let run = try project.run(["run", "--jobs", "1", "--fail-fast"])
            #expect(run.status == 1 && server.requests.count == 2)
        }
        try await Self.with({ number, _ in number == 2 ? 503 : 200 }, "ill: {rerun: 0}") { project, server in
            let run = try project.run(["run", "--jobs", "1"])
            #expect(run.status == 1 && server.requests.count == 10)
        }
    }

    @Test("a gateway in front of nothing ends the run with exit 3 and one cause")
    func down() async throws {
        try await Self.with({ _, _ in 502 }) { project, _ in
            let run = try project.run(Self.once)
            #expect(run.status == 3, "\(run.output)\(run.error)")
            #expect(run.error.contains("10 of 10 steps (100%) were not judged"), "\(run.error)")
            #expect(run.output.components(separatedBy: "target.ill").count == 2, "\(run.output)")
        }
    }

    @Test("a quarantined row fails without failing the run, until its day; an unknown name is a mistake")
    func quarantine() async throws {
        let entry = "quarantine: [{row: s1/get-1, reason: TICKET-1, until: '2099-12-31'}]"
        let health: Health = { _, path in path.hasPrefix("/beta") ? 404 : 200 }
        try await Self.with(health, entry) { project, _ in
            let rows = "scenario,step,call,expect\ns1,get-1,beta,200\ns2,get-2,alpha,200\n"
            try project.write(rows, to: "scenarios/s.csv")
            let run = try project.run(
                Self.once + ["--journal", "j.ndjson", "--report", "junit=j.xml", "--report", "text"])
            #expect(run.status == 0, "\(run.output)\(run.error)")
            #expect(run.output.contains("quarantined until 2099-12-31: TICKET-1"), "\(run.output)")
            #expect(try project.read("j.xml").contains("quarantined until 2099-12-31: TICKET-1"))
            let configuration = try project.read("assay.yaml")
            try project.write(configuration.replacing("2099-12-31", with: "2020-12-31"), to: "assay.yaml")
            let expired = try project.run(["report", "j.ndjson"])
            #expect(expired.status == 1 && expired.output.contains("quarantine.expired"), "\(expired.output)")
            try project.write(configuration.replacing("s1/get-1", with: "s1/get-2"), to: "assay.yaml")
            let unknown = try project.run(Self.once)
            #expect(unknown.status == 2, "\(unknown.output)")
            #expect(unknown.error.contains("the scenario 's1' has no step 'get-2'"), "\(unknown.error)")
            #expect(unknown.error.contains("did you mean `s1/get-1`?"), "\(unknown.error)")
        }
    }
}
