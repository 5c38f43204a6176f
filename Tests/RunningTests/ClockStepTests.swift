import Exchanges
import JSONDocument
import Primitives
import Running
import Scenarios
import Testing

@Suite("Steps that change the mock's clock, and events that a target does not have")
struct ClockStepTests {
    private func clock(_ name: String, _ change: MovableClock.Change) throws -> Step {
        try step(name) { $0.call = .clock(change) }
    }

    private func story(_ steps: [Step], id: String = "a story") -> Scenario {
        var result = scenario(id, steps)
        result.options.usesClock = true
        return result
    }

    private static let moved = ScriptedTransport.answer(200, #"{"now":"2030-01-01T00:00:00Z","frozen":false}"#)

    @Test("the first change makes a branch of the scenario's own, and later requests belong to it")
    func requests() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/_mock/clock" ? Self.moved : ScriptedTransport.answer(200)
        }
        let steps = [
            try step("before", set: ["x-time={{now}}"]), try clock("move", .advance(.seconds(3 * 86_400))),
            try step("after", set: ["x-time={{now}}"]), try clock("stop", .freeze),
            try clock("set", .set(Instant(secondsSinceEpoch: 1_800_000_000))),
            try step("last", set: ["x-time={{now+1s}}"]),
        ]
        _ = try await execute([story(steps)], transport: transport)
        let sent = transport.requests
        #expect(sent.map(\.path) == ["/before", "/_mock/clock", "/after", "/_mock/clock", "/_mock/clock", "/last"])
        let branches = sent.map { $0.header("assay-mock-branch").first }
        #expect(branches == [nil, nil] + Array(repeating: "a%20story", count: 4))
        #expect(
            sent.filter { $0.path == "/_mock/clock" }.map { String(decoding: $0.body ?? [], as: UTF8.self) } == [
                #"{"branch":"a%20story","advance":"3d"}"#, #"{"freeze":true}"#, #"{"set":"2027-01-15T08:00:00Z"}"#,
            ])
        #expect(
            sent.compactMap { $0.header("x-time").first } == [
                "2023-11-14T22:13:20Z", "2023-11-17T22:13:20Z", "2027-01-15T08:00:01Z",
            ])
        #expect(sent.filter { $0.path == "/_mock/clock" }.allSatisfy { $0.header("key").isEmpty })
    }

    @Test("a change that is rejected does not move the time of later rows")
    func rejected() async throws {
        let transport = ScriptedTransport { request, _ in
            ScriptedTransport.answer(request.path == "/_mock/clock" ? 400 : 200)
        }
        let steps = [try clock("move", .advance(.seconds(60))), try step("after", set: ["x-time={{now}}"])]
        _ = try await execute([story(steps)], transport: transport)
        #expect(transport.requests.last?.header("x-time") == ["2023-11-14T22:13:20Z"])
        #expect(transport.requests.last?.header("assay-mock-branch") == [])
    }

    @Test("cookies expire by the time of the scenario, from their receipt on")
    func cookies() async throws {
        let cookie = HeaderField(name: "set-cookie", value: "a=1; Max-Age=60")
        let transport = ScriptedTransport { request, _ in
            request.path == "/_mock/clock"
                ? Self.moved : ScriptedTransport.answer(200, headers: request.path == "/set" ? [cookie] : [])
        }
        var settings = settings()
        settings.target.keepsCookies = true
        let steps = [
            try clock("move", .advance(.seconds(3_600))), try step("set"), try step("sent"),
            try clock("again", .advance(.seconds(61))), try step("expired"),
        ]
        _ = try await execute([story(steps)], settings: settings, transport: transport)
        let sent = transport.requests.filter { !$0.header("cookie").isEmpty }.map(\.path)
        #expect(sent.contains("/sent") && !sent.contains("/set") && !sent.contains("/expired"), "\(sent)")
    }

    @Test("other scenarios of the run keep the real time, also in parallel")
    func isolated() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/_mock/clock" ? Self.moved : ScriptedTransport.answer(200)
        }
        let moving = story(
            [try clock("move", .advance(.seconds(60))), try step("m", set: ["x-time={{now}}"])], id: "moving")
        let others = try (1...8).map { scenario("o\($0)", [try step("o\($0)", set: ["x-time={{now}}"])]) }
        _ = try await execute([moving] + others, settings: settings(jobs: 4), transport: transport)
        for request in transport.requests where request.path.hasPrefix("/o") {
            #expect(request.header("x-time") == ["2023-11-14T22:13:20Z"])
            #expect(request.header("assay-mock-branch") == [])
        }
        #expect(transport.requests.first { $0.path == "/m" }?.header("x-time") == ["2023-11-14T22:14:20Z"])
    }

    @Test("on a live target, a change of the clock and the rows after it are skipped, with the reason")
    func live() async throws {
        var settings = settings()
        settings.target.isMock = false
        let transport = ScriptedTransport()
        let steps = [
            try step("early"), try clock("move", .advance(.seconds(60))), try step("late"),
            try step("cleanup") { $0.options.isTeardown = true }, try step("prepare") { $0.options.isSetup = true },
        ]
        let journal = try await execute([story(steps)], settings: settings, transport: transport)
        #expect(transport.paths == ["/prepare", "/early", "/cleanup"])
        #expect(
            journal.notRun == [
                NotRun(scenario: "a story", step: "move", reason: .skipped("only the mock has a clock")),
                NotRun(
                    scenario: "a story", step: "late",
                    reason: .skipped("comes after 'move', which the target cannot run")),
            ])
    }

    @Test("a change that is marked `mock` is skipped alone")
    func marked() async throws {
        var settings = settings()
        settings.target.isMock = false
        let transport = ScriptedTransport()
        let move = try step("move") {
            $0.call = .clock(.freeze)
            $0.options.mockOnly = true
        }
        let journal = try await execute([story([move, try step("late")])], settings: settings, transport: transport)
        #expect(transport.paths == ["/late"])
        #expect(journal.notRun.map(\.reason) == [.skipped("runs only against the mock")])
    }

    @Test("an event that the target does not have is skipped with the rows after it", arguments: [true, false])
    func unmapped(isMock: Bool) async throws {
        var settings = settings()
        settings.target.isMock = isMock
        let transport = ScriptedTransport()
        var scenario = scenario(
            "one",
            [
                try step("early"), try step("pay") { $0.call = .unmapped(event: "pay") }, try step("late"),
                try step("undo") {
                    $0.call = .unmapped(event: "undo")
                    $0.options.isTeardown = true
                },
                try step("cleanup") { $0.options.isTeardown = true },
            ])
        scenario.options.hasUnmappedEvents = true
        let journal = try await execute([scenario], settings: settings, transport: transport)
        #expect(transport.paths == ["/early", "/cleanup"])
        #expect(
            journal.notRun.map(\.reason) == [
                .skipped("the target has no event 'pay'"), .skipped("comes after 'pay', which the target cannot run"),
                .skipped("the target has no event 'undo'"),
            ])
    }
}
