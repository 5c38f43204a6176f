import Exchanges
import Foundation
import JSONDocument
import TestKit
import Testing

/// Runs with a login: a scenario whose values are credentials of others.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct LoginCommandTests {
    private static let run = ["run", "--target", "live"]

    /// Makes server and project, hands them over and removes them.
    private static func with(
        _ files: @escaping @Sendable (LoginServer) -> [String: String] = { $0.files() },
        _ body: @escaping @Sendable (LoginServer, TemporaryProject) throws -> Void
    ) async throws {
        try await onOwnThread {
            let server = try LoginServer()
            defer { server.stop() }
            try TemporaryProject.with(files(server)) { try body(server, $0) }
        }
    }

    /// The outcomes of the scenarios in the last report, by name.
    private static func outcomes(_ project: TemporaryProject) throws -> [String: String] {
        let report = try JSONDocument(parsing: Array(try project.read("reports/latest/report.json").utf8)).root
        var outcomes: [String: String] = [:]
        for scenario in report["scenarios"]?.elements.map({ $0 }) ?? [] {
            outcomes[scenario["name"]?.string ?? ""] = scenario["outcome"]?.string
        }
        return outcomes
    }

    @Test(
        "a login runs once, its value is shared, and no output shows it",
        arguments: [["--jobs", "1"], ["--jobs", "8", "-v"]])
    func shared(options: [String]) async throws {
        try await Self.with { server, project in
            let run = try project.run(
                Self.run + options + ["--report", "markdown=r.md", "--report", "junit=r.xml"],
                environment: LoginServer.environment)
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(server.logins == 1)
            #expect(
                try Self.outcomes(project) == [
                    "one": "passed", "two": "passed", "three": "passed", "sign-in": "passed",
                ])
            var texts = [run.output, run.error, try project.read("r.md"), try project.read("r.xml")]
            texts += try (["reports/latest/report.txt", "reports/latest/report.json"] + project.journals).map(
                project.read)
            for text in texts { #expect(!text.contains("canary")) }
            let journal = try project.read(project.journals[0])
            #expect(journal.contains("Bearer ‹secret SIGN_IN_TOKEN›") && journal.contains("‹secret PASSWORD›"))
            let shown = try project.run(["show", "one"], environment: LoginServer.environment)
            #expect(shown.output.contains(#"--header 'Authorization: Bearer '"$SIGN_IN_TOKEN""#), "\(shown.output)")
            // The journal is judged again without the value.
            let report = try project.run(["report", project.journals[0]], environment: LoginServer.environment)
            #expect(report.status == 0, "\(report.error)\(report.output)")
        }
    }

    @Test(
        "a selection of scenarios includes the logins that they need, and no others",
        arguments: [
            (["--tags", "smoke"], ["POST /v1/sessions", "GET /v1/users/7", "GET /v1/users/1"]),
            (["--grep", "two"], ["POST /v1/sessions", "GET /v1/users/7"]),
            (["--grep", "three"], ["GET /v1/users/7"]),
            (["scenarios/a.csv:4"], ["POST /v1/sessions", "GET /v1/users/7"]),
            (["scenarios/a.csv", "--tags", "smoke"], ["POST /v1/sessions", "GET /v1/users/7", "GET /v1/users/1"]),
            (["scenarios/login.csv"], ["POST /v1/sessions"]),
        ])
    func selection(options: [String], requests: [String]) async throws {
        try await Self.with { server, project in
            let run = try project.run(Self.run + options, environment: LoginServer.environment)
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(server.seen == requests)
        }
    }

    @Test("when a login fails, its finding is shown once, and the scenarios that need it are not run")
    func failing() async throws {
        try await Self.with { server, project in
            server.answerLogins(401)
            let run = try project.run(Self.run, environment: LoginServer.environment)
            #expect(run.status == 1, "\(run.error)\(run.output)")
            #expect(
                try Self.outcomes(project) == [
                    "one": "notRun", "two": "notRun", "three": "passed", "sign-in": "failed",
                ])
            #expect(run.output.contains("the session scenario 'sign-in' failed"), "\(run.output)")
            let report = try JSONDocument(parsing: Array(try project.read("reports/latest/report.json").utf8)).root
            let steps = report["scenarios"]?.elements.flatMap { $0["steps"]?.elements.map { $0 } ?? [] } ?? []
            #expect(steps.flatMap { $0["findings"]?.elements.compactMap { $0["rule"]?.string } ?? [] }.count == 1)
            #expect(server.seen.count == 2)
            // What failed and what was not run because of it is run again.
            server.answerLogins(201)
            let again = try project.run(Self.run + ["--last-failed"], environment: LoginServer.environment)
            #expect(again.status == 0, "\(again.error)\(again.output)")
            #expect(try Self.outcomes(project) == ["one": "passed", "two": "passed", "sign-in": "passed"])
        }
    }

    @Test("a value that a login did not receive is a finding, and is not sent")
    func noValue() async throws {
        try await Self.with({ server in
            server.files(login: "sign-in.enter", credential: "{{login.toke}}").merging([
                "s.yaml": server.files()["s.yaml", default: ""].replacing(
                    "properties: {token: {type: string, minLength: 8}, id: {type: integer}}",
                    with: "properties: {token: {type: string}, id: {type: integer}, toke: {type: string}}")
            ]) { $1 }
        }) { server, project in
            let run = try project.run(Self.run, environment: LoginServer.environment)
            #expect(run.status == 1)
            #expect(
                run.output.contains("needs session.sign-in.enter.toke, which the session does not contain"),
                "\(run.output)")
            #expect(!server.seen.contains("GET /v1/users/1"))
        }
    }

    @Test("every shard that needs a login runs it, and the report of all shards contains it once")
    func shards() async throws {
        try await Self.with { server, project in
            var journals: [String] = []
            for index in 1...3 {
                journals.append("part-\(index).ndjson")
                let run = try project.run(
                    Self.run + ["--shard", "\(index)/3", "--journal", journals[index - 1]],
                    environment: LoginServer.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
            }
            #expect(server.logins >= 2)
            let report = try project.run(
                ["report", "--report", "json"] + journals, environment: LoginServer.environment)
            #expect(report.status == 0, "\(report.error)\(report.output)")
            let root = try JSONDocument(parsing: report.output).root
            let names = (root["scenarios"]?.elements.map { $0["name"]?.string ?? "" } ?? []).sorted()
            #expect(names == ["one", "sign-in", "three", "two"])
        }
    }

    @Test("in the report of all shards, a login that failed in one of them is reported as failed")
    func failingShard() async throws {
        try await Self.with { server, project in
            var journals: [String] = []
            for index in 1...3 {
                journals.append("part-\(index).ndjson")
                server.answerLogins(index == 2 ? 201 : 401)
                _ = try project.run(
                    Self.run + ["--shard", "\(index)/3", "--journal", journals[index - 1]],
                    environment: LoginServer.environment)
            }
            let report = try project.run(
                ["report", "--report", "json"] + journals, environment: LoginServer.environment)
            #expect(report.status == 1, "\(report.error)\(report.output)")
            let root = try JSONDocument(parsing: report.output).root
            let login = root["scenarios"]?.elements.first { $0["name"]?.string == "sign-in" }
            #expect(login?["outcome"]?.string == "failed")
        }
    }

    @Test("the mock accepts a placeholder for the value, and the login is a scenario like any other")
    func mock() async throws {
        try await Self.with { server, project in
            let run = try project.run(["run", "--target", "mock"])
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(try Self.outcomes(project).values.allSatisfy { $0 == "passed" })
            #expect(try project.read(project.journals[0]).contains("Bearer <session.sign-in.token>"))
            #expect(server.seen.isEmpty)
        }
    }

    @Test("recordings of a login and of its users are replayed without a network", arguments: ["live", "mock"])
    func recordings(target: String) async throws {
        try await Self.with { server, project in
            let record = try project.run(["record", "--target", target], environment: LoginServer.environment)
            #expect(record.status == 0, "\(record.error)\(record.output)")
            let before = server.seen.count
            let replay = try project.run(["run", "--target", "fixtures"])
            #expect(replay.status == 0, "\(replay.error)\(replay.output)")
            #expect(try Self.outcomes(project).values.allSatisfy { $0 == "passed" })
            let one = try project.run(["run", "--target", "fixtures", "--grep", "two"])
            #expect(one.status == 0, "\(one.error)\(one.output)")
            #expect(server.seen.count == before)
            for file in try FileManager.default.subpathsOfDirectory(atPath: project.folder.path)
            where file.hasSuffix(".har") {
                #expect(try !project.read(file).contains("canary"), "\(file)")
            }
        }
    }

    @Test("list, dry run and explain show what comes from where, and send nothing")
    func previews() async throws {
        try await Self.with { server, project in
            let list = try project.run(["list", "--target", "live"])
            #expect(list.output.contains("two  scenarios/a.csv:4  after sign-in\n"), "\(list.output)")
            #expect(list.output.contains("three  scenarios/a.csv:5\n"), "\(list.output)")
            #expect(list.output.contains("sign-in  scenarios/login.csv:2  session\n"), "\(list.output)")
            let json = try JSONDocument(
                parsing: try project.run(["list", "--target", "live", "--report", "json"]).output
            ).root
            let one = json["scenarios"]?.elements.first { $0["name"]?.string == "one" }
            #expect(one?["needs"]?.elements.compactMap(\.string) == ["sign-in"] && one?["session"]?.boolean == false)
            let dry = try project.run(
                Self.run + ["--dry-run", "--report", "json"], environment: LoginServer.environment)
            #expect(dry.status == 0, "\(dry.error)")
            #expect(dry.output.contains("Bearer <session.sign-in.token>"), "\(dry.output)")
            #expect(dry.output.contains("/users/‹session.sign-in.user›"), "\(dry.output)")
            let explained = try project.run(["explain", "scenarios/a.csv:2", "--target", "live"])
            #expect(explained.status == 0, "\(explained.error)")
            #expect(explained.output.contains("<session.sign-in.token>"), "\(explained.output)")
            #expect(server.seen.isEmpty)
        }
    }

    @Test(
        "mistakes in a login are diagnostics at its place in the configuration",
        arguments: [
            (
                "sing-in", "{{login.token}}", "assay.yaml:7:12", "unknown session scenario 'sing-in'",
                "did you mean `sign-in`?"
            ),
            (
                "sign-in", "{{login.tokn}}", "assay.yaml:8:14", "the scenario 'sign-in' saves no value 'tokn'",
                "did you mean `token`?"
            ),
            (
                "sign-in.entr", "{{login.token}}", "assay.yaml:7:12", "the scenario 'sign-in' has no step 'entr'",
                "did you mean `sign-in.enter`?"
            ),
            (
                "one", "{{login.token}}", "assay.yaml:8:14", "the scenario 'one' saves no value 'token'",
                "save it in the row that receives it: token=PATH in the column `save`"
            ),
        ])
    func mistakes(login: String, credential: String, place: String, message: String, help: String) async throws {
        try await Self.with({ $0.files(login: login, credential: credential) }) { server, project in
            for command in [Self.run, ["list"], ["lint"]] {
                let run = try project.run(command, environment: LoginServer.environment)
                #expect(run.status == (command == ["lint"] ? 1 : 2) || run.status == 2)
                #expect((run.error + run.output).contains(message), "\(run.error)\(run.output)")
                #expect((run.error + run.output).contains(place), "\(run.error)\(run.output)")
                #expect((run.error + run.output).contains(help), "\(run.error)\(run.output)")
            }
            #expect(server.seen.isEmpty)
        }
    }

    @Test("a login that is sent with its own profile is a diagnostic")
    func ownProfile() async throws {
        try await Self.with({ server in
            server.files().merging([
                "s.yaml": server.files()["s.yaml", default: ""].replacing("      security: []\n", with: "")
            ]) { $1 }
        }) { server, project in
            let run = try project.run(Self.run, environment: LoginServer.environment)
            #expect(run.status == 2)
            #expect(
                run.error.contains(
                    "the login scenario 'sign-in' is sent with the profile 'anna', whose credentials it provides"),
                "\(run.error)")
            #expect(run.error.contains("write `none` or another profile in the column `auth` of 'sign-in'"))
            #expect(run.error.contains("assay.yaml:7:12"), "\(run.error)")
            // With other credentials, it is not.
            try project.write(
                try project.read("scenarios/login.csv").replacing("step,call", with: "step,auth,call")
                    .replacing("enter,signIn", with: "enter,none,signIn"), to: "scenarios/login.csv")
            let other = try project.run(Self.run, environment: LoginServer.environment)
            #expect(other.status == 0, "\(other.error)\(other.output)")
        }
    }

    @Test("a resumed run logs in again for the scenarios that are left")
    func resumed() async throws {
        try await Self.with { server, project in
            let first = try project.run(
                Self.run + ["--journal", "run.ndjson", "--jobs", "1"], environment: LoginServer.environment)
            #expect(first.status == 0)
            // The run was killed before the scenario `two` ended.
            let lines = try project.read("run.ndjson").split(separator: "\n").map(String.init)
            let cut = lines.prefix { !$0.contains(#""scenario":"two""#) }
            try project.write(cut.joined(separator: "\n") + "\n", to: "run.ndjson")
            let before = server.seen.count
            let second = try project.run(
                Self.run + ["--journal", "run.ndjson", "--resume"], environment: LoginServer.environment)
            #expect(second.status == 0, "\(second.error)\(second.output)")
            #expect(server.seen.dropFirst(before) == ["POST /v1/sessions", "GET /v1/users/7"])
            let report = try project.run(["report", "run.ndjson"], environment: LoginServer.environment)
            #expect(report.status == 0, "\(report.error)\(report.output)")
            #expect(report.output.contains("4 scenarios: 4 passed"), "\(report.output)")
        }
    }
}
