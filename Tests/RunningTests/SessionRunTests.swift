import Exchanges
import Foundation
import JSONDocument
import Scenarios
import Synchronization
import Testing

@testable import OpenAPI
@testable import Running

/// Runs of scenarios that use the values of others.
@Suite("Session scenarios in a run", .timeLimit(.minutes(10)))
struct SessionRunTests {
    /// `session` saves `token`, and the other scenarios send it.
    private static func session(_ id: String = "session", save: String = "token") throws -> Scenario {
        let path = try ItemPath.parse(save)
        let plain = try step("enter") { $0.auth = .none }
        let saving = Step(
            name: plain.name, location: anywhere, call: plain.call, contract: "v1", expected: plain.expected,
            request: plain.request, saves: [Save(name: "token", path: path, location: anywhere)])
        var result = scenario(id, [saving])
        result.options.isSession = true
        return result
    }

    private static func user(_ id: String, of session: String = "session") throws -> Scenario {
        var result = scenario(
            id, [try step("use-\(id)", set: ["x-token={{session.\(session).token}}"]) { $0.auth = .none }])
        result.sessions = [SessionUse(name: session, id: session)]
        return result
    }

    private static func server(_ body: String = #"{"token": "canary-1"}"#, status: Int = 200) -> ScriptedTransport {
        ScriptedTransport { request, _ in
            request.path == "/enter" ? ScriptedTransport.answer(status, body) : ScriptedTransport.answer(200)
        }
    }

    @Test("a session runs once, before the scenarios that use it, wherever it is in the plan", arguments: [1, 2, 8])
    func order(jobs: Int) async throws {
        let users = try (0..<5).map { try Self.user("u\($0)") }
        let transport = Self.server()
        let other = scenario("other", [try step("other")])
        _ = try await execute(
            [other] + users + [try Self.session()], settings: settings(jobs: jobs), transport: transport)
        #expect(transport.paths.count { $0 == "/enter" } == 1 && transport.paths.count == 7)
        #expect(Set(transport.paths.prefix(2)) == ["/other", "/enter"])
        let tokens = transport.requests.flatMap { $0.header("x-token") }
        #expect(tokens == Array(repeating: "canary-1", count: 5))
    }

    @Test("sessions can use other sessions")
    func chain() async throws {
        var second = try Self.session("second")
        second.steps =
            try [step("second", set: ["x-token={{session.session.token}}"])]
            + second.steps
        second.sessions = [SessionUse(name: "session", id: "session")]
        let transport = Self.server()
        _ = try await execute([try Self.user("u", of: "second"), second, try Self.session()], transport: transport)
        #expect(transport.paths == ["/enter", "/second", "/enter", "/use-u"])
    }

    @Test("when a session fails, the scenarios that use it are not run, and say why")
    func failed() async throws {
        let transport = Self.server(status: 500)
        let passed = Notes<Bool>()
        let journal = try await execute(
            [try Self.user("u"), try Self.session()], transport: transport,
            progress: { if case .scenarioFinished(_, let result) = $0 { passed.append(result) } })
        #expect(transport.paths == ["/enter"])
        #expect(journal.notRun == [NotRun(scenario: "u", step: "use-u", reason: .sessionFailed(scenario: "session"))])
        #expect(passed.all == [false, false] && journal.ended == ["session", "u"])
    }

    @Test("when a session is skipped, the scenarios that use it are skipped with its reason")
    func skipped() async throws {
        var session = try Self.session()
        session.options.skip = true
        let transport = Self.server()
        let journal = try await execute([session, try Self.user("u")], transport: transport)
        #expect(transport.paths == [])
        #expect(
            journal.notRun.map(\.reason) == [
                .skipped("marked `skip`"), .skipped("the session scenario 'session' was skipped: marked `skip`"),
            ])
    }

    @Test("a session that is not in the plan counts as failed")
    func missing() async throws {
        let journal = try await execute([try Self.user("u")], transport: Self.server())
        #expect(journal.notRun.map(\.reason) == [.sessionFailed(scenario: "session")])
    }

    @Test("a value that the session did not receive leaves out the step that needs it, and no other")
    func noValue() async throws {
        var user = try Self.user("u")
        user.steps.append(try step("plain"))
        let transport = Self.server("{}")
        let journal = try await execute([user, try Self.session()], transport: transport)
        #expect(transport.paths == ["/enter", "/plain"])
        #expect(journal.notRun.map(\.reason) == [.missingValue(step: "session.session", path: "token")])
    }

    @Test("if several steps save a value under one name, the last value is used")
    func lastValue() async throws {
        var session = try Self.session()
        session.steps.append(session.steps[0].with(name: "again"))
        let transport = ScriptedTransport { request, count in
            ScriptedTransport.answer(200, #"{"token": "canary-\#(count + 1)"}"#)
        }
        _ = try await execute([session, try Self.user("u")], transport: transport)
        #expect(transport.requests.flatMap { $0.header("x-token") } == ["canary-2"])
    }

    // MARK: Credentials

    private static func credentials() throws -> CredentialSet {
        let template = try Template.parse("{{session.session.token}}")
        let value = try #require(LoginValue(template.expressions[0]))
        return CredentialSet(
            profiles: ["anna": ["Token": value.placeholder]], targetProfile: "anna", logins: [value],
            schemes: ["v1": [SecurityScheme(name: "Token", kind: .http(scheme: "bearer"), location: anywhere)]])
    }

    /// Settings with these credentials for a server that does not accept placeholders.
    private static func live(_ plan: [Scenario], masked: Notes<String> = Notes()) throws -> RunSettings {
        var settings = settings()
        settings.target.isMock = false
        settings.credentials = try credentials()
        settings.sessionSecrets = SessionSecrets(
            settings.credentials.logins, Plan(scenarios: plan, laws: [], fingerprint: "")
        ) { masked.append("\($0)=\($1)") }
        return settings
    }

    private static func signed(_ id: String, auth: AuthCase = .profile(nil)) throws -> Scenario {
        var result = scenario(id, [try step("signed") { $0.auth = auth }])
        result.sessions = [SessionUse(name: "session", id: "session")]
        return result
    }

    @Test(
        "credentials contain the value of a session, and a placeholder where it is accepted", arguments: [true, false])
    func credential(acceptsStandIns: Bool) async throws {
        let masked = Notes<String>()
        let plan = [try Self.signed("a"), try Self.session()]
        var settings = try Self.live(plan, masked: masked)
        if acceptsStandIns { settings.sessionSecrets = nil }
        let transport = Self.server()
        _ = try await execute(plan, settings: settings, transport: transport)
        let sent = transport.requests.last?.header("authorization")
        #expect(sent == [acceptsStandIns ? "Bearer <session.session.token>" : "Bearer canary-1"])
        #expect(masked.all.first == (acceptsStandIns ? nil : "SESSION_TOKEN=canary-1"))
    }

    @Test("a secret is masked before the exchange that contains it is stored")
    func masked() async throws {
        let path = NSTemporaryDirectory() + "/run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plan = [try Self.signed("a"), try Self.session()]
        var settings = try Self.live(plan)
        let redactor = Redactor(secrets: [], places: RedactedPlaces([]) { $0 })
        settings.sessionSecrets = SessionSecrets(
            settings.credentials.logins, Plan(scenarios: plan, laws: [], fingerprint: "")
        ) { redactor.learn($0, $1) }
        let header = settings.journalHeader(for: Plan(scenarios: plan, laws: [], fingerprint: "f1"))
        let writer = try JournalWriter(path: path, header: header, redactor: redactor)
        _ = try await execute(plan, settings: settings, transport: Self.server(), journal: writer)
        writer.close()
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(!text.contains("canary") && text.components(separatedBy: "‹secret SESSION_TOKEN›").count == 3)
    }

    @Test("wrong credentials have the shape of the value, and are masked too")
    func wrong() async throws {
        let masked = Notes<String>()
        let plan = [try Self.signed("a", auth: .wrong), try Self.session()]
        let transport = Self.server()
        _ = try await execute(plan, settings: try Self.live(plan, masked: masked), transport: transport)
        let sent = try #require(transport.requests.last?.header("authorization").first)
        #expect(sent.utf8.count == "Bearer canary-1".utf8.count && sent != "Bearer canary-1" && sent.contains("-"))
        #expect(masked.all.contains("wrong-credential=" + sent.dropFirst("Bearer ".count)))
    }

    @Test(
        "a value that cannot be a credential is not sent, and neither are wrong credentials made of it",
        arguments: [#"{}"#, #"{"token": ""}"#, #"{"token": "\#(String(repeating: "x", count: 16_385))"}"#],
        [AuthCase.profile(nil), .wrong])
    func unusable(body: String, auth: AuthCase) async throws {
        let plan = [try Self.signed("a", auth: auth), try Self.session()]
        let transport = Self.server(body)
        let journal = try await execute(plan, settings: try Self.live(plan), transport: transport)
        #expect(transport.paths == ["/enter"])
        #expect(journal.notRun.map(\.reason) == [.missingValue(step: "session.session", path: "token")])
    }

    @Test("a value with a line break cannot add a header")
    func injection() async throws {
        let plan = [try Self.signed("a"), try Self.session()]
        let transport = Self.server(#"{"token": "abc\r\nx-evil: 1"}"#)
        let journal = try await execute(plan, settings: try Self.live(plan), transport: transport)
        #expect(transport.paths == ["/enter"])
        #expect(journal.notRun.count == 1)
    }

    @Test("a masked value of a recording is replaced by a placeholder")
    func recorded() async throws {
        let transport = Self.server(#"{"token": "‹secret SESSION_TOKEN›"}"#)
        _ = try await execute([try Self.user("u"), try Self.session()], transport: transport)
        #expect(transport.requests.flatMap { $0.header("x-token") } == ["<session.session.token>"])
    }

    @Test(
        "a step needs the sessions of the credentials that it sends",
        arguments: [
            (AuthCase.profile(nil), 1), (.wrong, 1), (.none, 0), (.profile("other"), 0),
        ])
    func needs(auth: AuthCase, count: Int) throws {
        var credentials = try Self.credentials()
        credentials.profiles["other"] = ["Token": "k"]
        #expect(credentials.loginValues(of: try step("a") { $0.auth = auth }).count == count)
    }

    @Test("the journal of a shard names its session scenarios")
    func shard() throws {
        var settings = settings()
        let plan = Plan(scenarios: [try Self.session(), try Self.user("u")], laws: [], fingerprint: "f1")
        #expect(settings.journalHeader(for: plan).shard == nil)
        settings.record.shard = JournalShard(index: 2, count: 3)
        #expect(settings.journalHeader(for: plan).shard?.sessions == ["session"])
    }

    // MARK: Resumed runs

    @Test("a resumed run begins the sessions again that its scenarios use, and no others")
    func resumed() async throws {
        let path = NSTemporaryDirectory() + "/run-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: path) }
        let plan = Plan(
            scenarios: [
                try Self.session(), try Self.session("idle"), try Self.user("kept", of: "idle"), try Self.user("open"),
            ], laws: [], fingerprint: "f1")
        let writer = try JournalWriter(path: path, header: settings().journalHeader(for: plan), redactor: .none)
        let first = ScriptedTransport { request, _ in
            if request.path == "/use-open" {
                while !Task.isCancelled { await Task.yield() }
                return .failure(TransportFailure(.cancelled, "the run was interrupted"))
            }
            return ScriptedTransport.answer(200, #"{"token": "first-canary"}"#)
        }
        let task = Task { try await execute(plan.scenarios, transport: first, journal: writer) }
        while !first.paths.contains("/use-open") { await Task.yield() }
        task.cancel()
        #expect(try await task.value.ended == ["session", "idle", "kept"])
        writer.close()

        let again = try JournalWriter.resuming(path: path, redactor: .none).writer
        let earlier = try JournalReader.read(path: path)
        try again.resumed(JournalOrigin(seed: "other", startedAt: settings().startedAt))
        let second = Self.server(#"{"token": "second-canary"}"#)
        let journal = try await Run.execute(
            plan: plan, settings: settings(), transport: second, journal: again, continuing: earlier,
            clock: TestClock().clock, judge: StatusJudge())
        again.close()
        #expect(second.paths == ["/enter", "/use-open"])
        #expect(second.requests.last?.header("x-token") == ["second-canary"])
        let read = try JournalReader.read(path: path)
        for journal in [journal, read] {
            #expect(journal.exchanges.map(\.scenario).sorted() == ["idle", "kept", "open", "session"])
            let body = journal.exchanges.first { $0.scenario == "session" }?.response?.body ?? []
            #expect(String(decoding: body, as: UTF8.self) == #"{"token": "second-canary"}"#)
            #expect(journal.superseded.contains { $0.scenario == "session" })
            #expect(journal.ended == ["session", "idle", "kept", "open"])
        }
    }
}
