import Exchanges
import Running
import Scenarios
import Testing

@Suite("Steps that do not belong to a run")
struct SkipTests {
    @Test(
        "rows for the other kind of target are skipped, with the reason",
        arguments: [
            (true, [.skipped("runs only against live targets")], ["/any", "/mock"]),
            (false, [.skipped("runs only against the mock")], ["/any", "/live"]),
        ] as [(Bool, [NotRun.Reason], [String])]
    )
    func targets(isMock: Bool, reasons: [NotRun.Reason], paths: [String]) async throws {
        var settings = settings()
        settings.target.isMock = isMock
        let transport = ScriptedTransport()
        let steps = [
            try step("any"), try step("mock") { $0.options.mockOnly = true },
            try step("live") { $0.options.liveOnly = true },
        ]
        let journal = try await execute([scenario("one", steps)], settings: settings, transport: transport)
        #expect(journal.notRun.map(\.reason) == reasons)
        #expect(transport.paths == paths)
    }

    @Test("a scenario for the other kind of target, or marked `skip`, is skipped completely")
    func scenarios() async throws {
        var live = scenario("live", [try step("a")])
        live.options.mode = .live
        var marked = scenario("marked", [try step("b"), try step("t") { $0.options.isTeardown = true }])
        marked.options.skip = true
        let transport = ScriptedTransport()
        let journal = try await execute([live, marked], transport: transport)
        #expect(transport.paths == [])
        #expect(
            journal.notRun == [
                NotRun(scenario: "live", step: "a", reason: .skipped("runs only against live targets")),
                NotRun(scenario: "marked", step: "b", reason: .skipped("marked `skip`")),
                NotRun(scenario: "marked", step: "t", reason: .skipped("marked `skip`")),
            ]
        )
    }

    @Test("a skipped setup row has not failed, and neither has another skipped row")
    func skippedSetup() async throws {
        var settings = settings()
        settings.failFast = true
        let transport = ScriptedTransport()
        let steps = [
            try step("s") {
                $0.options.isSetup = true
                $0.options.isSkipped = true
            }, try step("a") { $0.options.isSkipped = true }, try step("b"),
        ]
        let passed = Notes<Bool>()
        _ = try await execute(
            [scenario("one", steps)], settings: settings, transport: transport,
            progress: { event in
                if case .scenarioFinished(_, let hasPassed) = event { passed.append(hasPassed) }
            })
        #expect(transport.paths == ["/b"])
        #expect(passed.all == [true])
    }

    @Test("a row of a profile without credentials is skipped, the others are run")
    func credentials() async throws {
        let transport = ScriptedTransport()
        let steps = [try step("a") { $0.auth = .profile("partner") }, try step("b"), try step("c") { $0.auth = .none }]
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(
            journal.notRun == [
                NotRun(scenario: "one", step: "a", reason: .skipped("no credentials for the profile 'partner'"))
            ]
        )
        #expect(transport.paths == ["/b", "/c"])
    }
}
