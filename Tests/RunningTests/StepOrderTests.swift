import Exchanges
import Primitives
import Running
import Scenarios
import Testing

@Suite("Steps of a scenario")
struct StepOrderTests {
    @Test("setup rows run first, teardown rows last and in reverse, the others in order")
    func order() async throws {
        let transport = ScriptedTransport()
        let steps = [
            try step("t1") { $0.options.isTeardown = true }, try step("a"),
            try step("s1") { $0.options.isSetup = true },
            try step("t2") { $0.options.isTeardown = true }, try step("b"),
            try step("s2") { $0.options.isSetup = true },
        ]
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.paths == ["/s1", "/s2", "/a", "/b", "/t2", "/t1"])
        #expect(journal.exchanges.map(\.step) == ["s1", "s2", "a", "b", "t2", "t1"])
        #expect(journal.exchanges.map(\.sequence) == [1, 2, 3, 4, 5, 6])
        #expect(journal.notRun == [])
    }

    @Test("when a setup row fails the rest is not run, but teardown is")
    func failingSetup() async throws {
        let transport = ScriptedTransport { request, _ in ScriptedTransport.answer(request.path == "/s1" ? 500 : 200) }
        let steps = [
            try step("s1") { $0.options.isSetup = true }, try step("s2") { $0.options.isSetup = true }, try step("a"),
            try step("t") { $0.options.isTeardown = true },
        ]
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.paths == ["/s1", "/t"])
        #expect(
            journal.notRun
                == ["s2", "a"].map { NotRun(scenario: "one", step: $0, reason: .setupFailed(step: "s1")) }
        )
    }

    @Test("a failed row does not end its scenario")
    func failingRow() async throws {
        let transport = ScriptedTransport { request, _ in ScriptedTransport.answer(request.path == "/a" ? 500 : 200) }
        _ = try await execute([scenario("one", [try step("a"), try step("b")])], transport: transport)
        #expect(transport.paths == ["/a", "/b"])
    }

    @Test("a received value is used in later requests, and a missing one only skips the steps that need it")
    func values() async throws {
        let transport = ScriptedTransport { request, _ in
            request.path == "/create" ? ScriptedTransport.answer(200, #"{"id": "p-7"}"#) : ScriptedTransport.answer(200)
        }
        let steps = [
            try step("create"), try step("fetch", set: ["x-id={{create.id}}"]),
            try step("lost", set: ["x-id={{create.token}}"]), try step("later", set: ["x-id={{lost.id}}"]),
            try step("end"),
        ]
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.paths == ["/create", "/fetch", "/end"])
        #expect(transport.requests[1].header("x-id") == ["p-7"])
        #expect(
            journal.notRun == [
                NotRun(scenario: "one", step: "lost", reason: .missingValue(step: "create", path: "token")),
                NotRun(scenario: "one", step: "later", reason: .missingValue(step: "lost", path: "id")),
            ]
        )
    }

    @Test("scenarios do not share values")
    func isolation() async throws {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(200, #"{"id": "p-7"}"#) }
        let journal = try await execute(
            [scenario("one", [try step("create")]), scenario("two", [try step("fetch", set: ["x-id={{create.id}}"])])],
            transport: transport
        )
        #expect(journal.notRun.map(\.scenario) == ["two"])
    }

    @Test("the plain name of an expanded step refers to its first case")
    func expandedSteps() async throws {
        let transport = ScriptedTransport { request, _ in
            ScriptedTransport.answer(200, #"{"path": "\#(request.path)"}"#)
        }
        let steps = [
            try step("alt[A]") {
                $0.call = .undeclared(method: "GET", path: "/first")
                $0.referenceName = "alt"
            },
            try step("alt[B]") { $0.call = .undeclared(method: "GET", path: "/second") },
            try step("after", set: ["x-path={{alt.path}}"]),
        ]
        _ = try await execute([scenario("one", steps)], transport: transport)
        #expect(transport.requests.last?.header("x-path") == ["/first"])
    }

    @Test("the journal has the reason for a request that cannot be built")
    func unbuildable() async throws {
        let steps = [
            try step("a", set: ["x-a={{env.NOWHERE}}"]), try step("b", set: ["x-b={{secret.HUSH}}"]), try step("c"),
        ]
        let transport = ScriptedTransport()
        let journal = try await execute([scenario("one", steps)], transport: transport)
        #expect(
            journal.notRun.map(\.reason) == [
                .unbuildable("the environment variable 'NOWHERE' is not set"), .unbuildable("unknown secret 'HUSH'"),
            ]
        )
        #expect(transport.paths == ["/c"])
    }

    @Test("variables, environment and secrets reach the templates")
    func scope() async throws {
        var settings = settings()
        settings.values.environment = ["E": "e1"]
        settings.values.secrets = ["S": "s1"]
        settings.values.variables = ["v": "v1"]
        let transport = ScriptedTransport()
        let only = try step("a", set: ["x-a={{env.E}}-{{secret.S}}-{{var.v}}-{{row.c}}-{{now}}"])
        var one = scenario("one", [only])
        one.row = ["c": "c1"]
        _ = try await execute([one], settings: settings, transport: transport)
        #expect(transport.requests.first?.header("x-a") == ["e1-s1-v1-c1-2023-11-14T22:13:20Z"])
    }

    @Test("named values are one value in a scenario and another in every data case, and the same in every run")
    func generatedValues() async throws {
        let cases = try ["red", "blue"].map { name in
            var one = scenario(
                "one[\(name)]", [try step("a", set: ["x={{uuid:k}}"]), try step("b", set: ["x={{uuid:k}}"])])
            one.name = "one"
            one.dataCase = name
            return one
        }
        var runs: [[String]] = []
        for _ in 0..<2 {
            let transport = ScriptedTransport()
            _ = try await execute(cases, transport: transport)
            runs.append(transport.requests.flatMap { $0.header("x") })
        }
        #expect(runs[0][0] == runs[0][1])
        #expect(runs[0][2] == runs[0][3])
        #expect(runs[0][0] != runs[0][2])
        #expect(runs[0] == runs[1])
    }

    @Test("the timeout of a row replaces that of the run")
    func deadlines() async throws {
        var settings = settings()
        settings.pace.timeout = .seconds(7)
        let transport = ScriptedTransport()
        let steps = [try step("a"), try step("b") { $0.options.timeout = .milliseconds(50) }]
        _ = try await execute([scenario("one", steps)], settings: settings, transport: transport)
        #expect(transport.deadlines == [.seconds(7), .milliseconds(50)])
    }

    @Test("a `wait` row waits and sends nothing")
    func pause() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport()
        let steps = [try step("a"), try step("w") { $0.call = .wait(.seconds(2)) }, try step("b")]
        let journal = try await execute([scenario("one", steps)], transport: transport, clock: clock)
        #expect(transport.paths == ["/a", "/b"])
        #expect(clock.sleeps == [.seconds(2)])
        #expect(journal.exchanges[1].startedAt.since(journal.exchanges[0].startedAt) == .seconds(2))
        #expect(journal.notRun == [])
    }

    @Test("the journal has the duration of an exchange and its place")
    func exchangeMembers() async throws {
        let clock = TestClock()
        let transport = ScriptedTransport { _, _ in
            clock.advance(.milliseconds(30))
            return ScriptedTransport.reset
        }
        let journal = try await execute([scenario("one", [try step("a")])], transport: transport, clock: clock)
        let exchange = try #require(journal.exchanges.first)
        #expect(exchange.duration == .milliseconds(30))
        #expect(exchange.contract == "v1")
        #expect(exchange.operation == nil)
        #expect(exchange.attempt == 1)
        #expect(exchange.outcome == ScriptedTransport.reset)
        #expect(exchange.startedAt.text == "2023-11-14T22:13:20Z")
    }
}
