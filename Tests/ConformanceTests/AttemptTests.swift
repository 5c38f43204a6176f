import Conformance
import Exchanges
import Scenarios
import Testing

@Suite("Attempts, failures and steps that were not run")
struct AttemptTests {
    private static let parcel = ExchangeOutcome.answer(200, Parcels.parcel)
    private static let slow = ExchangeOutcome.answer(429)
    private static let gateway = ExchangeOutcome.answer(502, "<html>", [("content-type", "text/html")])

    private static func bench(_ options: String, check: String = "") throws -> Bench {
        try Bench(tables: [
            (
                "t.csv",
                "scenario,step,call,set,expect,check,opts\nget,fetch,fetchParcel,id=P-1,200,\(check),\(options)\n"
            )
        ])
    }

    @Test("each transport failure has a rule of its own", arguments: TransportFailure.Class.allCases)
    func transport(kind: TransportFailure.Class) throws {
        let verdict = try Self.bench("").verdict(.fault(kind, "it broke"))
        guard kind != .cancelled else {
            #expect(verdict.told == [])
            #expect(verdict.outcomes == ["fetch notRun"])
            return
        }
        #expect(verdict.told == ["transport.\(kind.rawValue) t.csv:2:1\nit broke\n- 200 + (nothing)"])
        #expect(verdict.allFindings.map(\.blame) == [.transport])
        #expect(verdict.outcomes == ["fetch failed"])
    }

    @Test("a step that passes after failed attempts is flaky")
    func flaky() throws {
        let verdict = try Self.bench("retry=3/1s").verdict([
            "fetch": [.fault(.reset, "closed"), Self.gateway, Self.slow, Self.parcel]
        ])
        #expect(
            verdict.told == [
                """
                flaky (note) t.csv:2:1
                passed on attempt 4, after 3 failed attempts
                - a response on the first attempt + attempt 4
                attempt 1: closed
                attempt 2: status 502
                attempt 3: status 429
                """
            ])
        #expect(verdict.outcomes == ["fetch passed"])
        #expect(verdict.scenarios[0].steps[0].isFlaky)
    }

    @Test("when the last attempt fails too, only that is reported")
    func lastAttempt() throws {
        let verdict = try Self.bench("retry=1/1s").verdict([
            "fetch": [.fault(.reset, "closed"), .fault(.timedOut, "late")]
        ])
        #expect(verdict.errors == ["transport.timedOut"])
        let gateway = try Self.bench("retry=1/1s").verdict(["fetch": [Self.gateway, Self.gateway]])
        #expect(gateway.errors == ["status.undocumented"])
    }

    @Test("all attempts of a poll must follow the contract, and the last one the row")
    func poll() throws {
        let early = ExchangeOutcome.answer(
            404, #"{"message":"not yet"}"#, [("content-type", "application/problem+json")])
        let bench = try Self.bench("poll=5s/1s", check: "state=packed")
        #expect(try bench.verdict(["fetch": [early, early, Self.parcel]]).told == [])
        let sent = ExchangeOutcome.answer(200, Parcels.parcel.replacing("packed", with: "sent"))
        #expect(try bench.verdict(["fetch": [early, sent]]).errors == ["check"])
        let broken = ExchangeOutcome.answer(404, "{}", [("content-type", "application/problem+json")])
        #expect(try bench.verdict(["fetch": [broken, broken, Self.parcel]]).errors == ["body.required"])
        #expect(try bench.verdict(["fetch": [.answer(418), Self.parcel]]).errors == ["status.undocumented"])
    }

    @Test("a poll continues while only the row is not fulfilled")
    func states() throws {
        let bench = try Self.bench("poll=5s/1s", check: "state=sent")
        let scenario = bench.plan.scenarios[0]
        func state(_ outcomes: ExchangeOutcome...) throws -> StepState {
            let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
            let views = try bench.stepsInOrder(bench.journal(["fetch": outcomes]))[0][0].views
            return judge.peek(scenario, scenario.steps[0], views)
        }
        #expect(try state(.answer(200, Parcels.parcel.replacing("packed", with: "sent"))) == .passed)
        #expect(try state(Self.parcel) == .pending)
        #expect(
            try state(.answer(404, #"{"message":"x"}"#, [("content-type", "application/problem+json")])) == .pending)
        #expect(try state(Self.parcel, .answer(200, "{}")) == .failed)
        #expect(try state(.fault(.reset, "closed")) == .failed)
        #expect(try state(.fault(.cancelled, "interrupted")) == .notRun(.stopped))
        #expect(try state(.answer(418)) == .failed)
    }

    @Test("a step whose comparison fails only where the other step has a finding has passed")
    func statesOnTheWay() throws {
        let table = """
            scenario,step,call,set,expect,check,same_as
            get,first,fetchParcel,id=P-1,200,,
            ,second,fetchParcel,id=P-1,200,id={{first.id}},first
            ,third,fetchParcel,id={{second.id}},200,id=P-9,first
            ,fourth,fetchParcel,id={{second.id}},200,id={{third.id}},second
            """
        let bench = try Bench(tables: [("t.csv", table)])
        func states(_ first: ExchangeOutcome) throws -> [StepState] {
            let journal = try bench.journal([
                "first": [first], "second": [Self.parcel], "third": [Self.parcel], "fourth": [Self.parcel],
            ])
            let judge = RunJudge(Judge(plan: bench.plan, contracts: bench.contracts), run: Bench.header)
            return bench.stepsInOrder(journal)[0].map { judge.take($0.scenario, $0.step, $0.views) }
        }
        #expect(try states(Self.parcel) == [.passed, .passed, .failed, .passed])
        let missing = StepState.notRun(.missingValue(step: "first", path: "id"))
        #expect(try states(.answer(200, "{}")) == [.failed, missing, .failed, .passed])
    }

    @Test("a step that needs a value that was never received is not run")
    func neverReceived() throws {
        let table = """
            scenario,step,call,set,expect,check
            get,first,fetchParcel,id=P-1,200,
            ,second,fetchParcel,id=P-2,200,id={{first.id}}; state=lost
            ,third,fetchParcel,id={{first.id}},200,
            """
        let bench = try Bench(tables: [("t.csv", table)])
        var verdict = try bench.verdict([
            "first": [.fault(.reset, "closed")], "second": [Self.parcel], "third": [Self.parcel],
        ])
        #expect(verdict.errors == ["transport.reset", "check"])
        #expect(verdict.outcomes == ["first failed", "second failed", "third notRun"])
        verdict = try bench.verdict([
            "first": [.fault(.reset, "closed")],
            "second": [.answer(200, Parcels.parcel.replacing("packed", with: "lost"))],
        ])
        #expect(verdict.errors == ["transport.reset"])
        #expect(verdict.outcomes == ["first failed", "second notRun", "third notRun"])
        #expect(verdict.scenarios[0].steps[1].reason == .missingValue(step: "first", path: "id"))
        #expect(verdict.scenarios[0].outcome == .failed)
    }

    @Test("a missing value in the response to a passed step fails the run")
    func valueMissing() throws {
        let table =
            "scenario,step,call,set,expect\nget,first,fetchParcel,id=P-1,200\n"
            + ",second,fetchParcel,id={{first.mail}},200\n"
        let verdict = try Bench(tables: [("t.csv", table)]).verdict([
            "first": [.answer(200, Parcels.parcel.replacing(#""mail": "ann@example.com","#, with: ""))]
        ])
        #expect(verdict.outcomes == ["first passed", "second notRun"])
        #expect(
            verdict.told == [
                "value.missing t.csv:3:1\nstep 'second' needs first.mail, which the response to 'first' does not contain"
            ])
        #expect(verdict.fails())
    }

    @Test("a request that cannot be built is an error of the table")
    func unbuildable() throws {
        let bench = try Self.bench("")
        var journal = try bench.journal([:])
        journal.notRun = [NotRun(scenario: "get", step: "fetch", reason: .unbuildable("a path parameter is empty"))]
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(
            verdict.told == ["request.unbuildable t.csv:2:1\nthe request could not be built: a path parameter is empty"]
        )
        #expect(verdict.outcomes == ["fetch failed"])
    }

    @Test("a step that was interrupted between two attempts has not failed, but its responses are judged")
    func interruptedPoll() throws {
        let table = "scenario,step,call,set,expect,check,opts\nget,fetch,fetchParcel,id=P-1,200,state=sent,poll=9s/1s\n"
        let bench = try Bench(tables: [("t.csv", table)])
        func verdict(_ answer: ExchangeOutcome) throws -> Verdict {
            var journal = try bench.journal(["fetch": [answer]])
            journal.notRun = [NotRun(scenario: "get", step: "fetch", reason: .stopped)]
            return Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        }
        let waiting = try verdict(Self.parcel)
        #expect(waiting.outcomes == ["fetch notRun"])
        #expect(waiting.errors == [])
        let broken = try verdict(.answer(200, Parcels.parcel.replacing(#""P-1""#, with: "1")))
        #expect(broken.outcomes == ["fetch failed"])
        #expect(broken.errors == ["body.type"])
    }

    @Test("skipped steps differ from steps that were never reached")
    func leftOut() throws {
        let table = "scenario,step,call,set,expect\nget,first,fetchParcel,id=P-1,200\n,second,fetchParcel,id=P-2,200\n"
        let bench = try Bench(tables: [("t.csv", table)])
        var journal = try bench.journal([:])
        journal.notRun = [NotRun(scenario: "get", step: "first", reason: .skipped("marked skip"))]
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(verdict.outcomes == ["first skipped", "second notRun"])
        #expect(verdict.scenarios[0].steps.map(\.reason) == [.skipped("marked skip"), .stopped])
        #expect(verdict.scenarios[0].outcome == .notRun)
        #expect(verdict.told == [])
    }

    @Test("exchanges that the plan does not have are reported")
    func unmatched() throws {
        let bench = try Self.bench("")
        var journal = try bench.journal(["fetch": [Self.parcel, Self.parcel]])
        journal.exchanges[0].scenario = "gone"
        journal.exchanges[1].step = "gone"
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(
            verdict.told == [
                "journal.unmatched (warning)\nthe plan has no step gone › fetch; its exchange was not judged",
                "journal.unmatched (warning)\nthe plan has no step get › gone; its exchange was not judged",
            ])
    }
}
