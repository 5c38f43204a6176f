import Conformance
import Exchanges
import Scenarios
import Testing

/// Two steps whose requests are sent at once.
extension RaceTests {
    static let race = """
        s,capture,capture,id=P-1,200|409,state=captured,,
        ,void,void,id=P-1,200|409,state=voided,,race=capture
        ,outcome,fetch,id=P-1,200,,void,

        """

    static func state(_ state: String) -> ExchangeOutcome { .answer(200, #"{"id":"P-1","state":"\#(state)"}"#) }

    @Test(
        "two opposing requests are correct in any order, and in no other combination",
        arguments: [
            (state("captured"), no(409), state("captured"), []),
            (no(409), state("voided"), state("voided"), []),
            (state("captured"), state("voided"), state("voided"), ["race.serial"]),
            (no(409), no(409), state("authorized"), ["race.serial", "same-as"]),
            (state("captured"), no(409), state("voided"), ["same-as"]),
            (state("lost"), no(409), state("lost"), ["check"]),
            (no(404), state("voided"), state("voided"), ["status.unexpected"]),
            (lost, state("voided"), state("voided"), ["transport.reset"]),
        ] as [(ExchangeOutcome, ExchangeOutcome, ExchangeOutcome, [String])])
    func serial(capture: ExchangeOutcome, void: ExchangeOutcome, outcome: ExchangeOutcome, rules: [String]) throws {
        let bench = try Self.bench(Self.race, idempotency: false, oneEffect: nil)
        let verdict = try bench.verdict(["capture": [capture], "void": [void], "outcome": [outcome]])
        #expect(verdict.errors == rules, "\(verdict.told)")
    }

    @Test("without `expect`, all documented successes are correct in both orders, and checks apply")
    func documentedSuccesses() throws {
        let rows = "s,one,pay,id=P-1,,note=a,,\n,two,pay,id=P-2,,note=b,,race=one\n"
        let bench = try Self.bench(rows, idempotency: false, oneEffect: nil)
        func errors(_ first: Int, _ second: Int, note: String) throws -> [String] {
            try bench.verdict([
                "one": [.answer(first, #"{"id":"P-1","note":"\#(note)"}"#)],
                "two": [.answer(second, #"{"id":"P-2","note":"b"}"#)],
            ]).errors
        }
        for (first, second) in [(200, 200), (200, 201), (201, 200), (201, 201)] {
            #expect(try errors(first, second, note: "a") == [], "\(first) and \(second)")
            #expect(try errors(first, second, note: "x") == ["check"], "\(first) and \(second)")
        }
    }

    @Test("of two requests that may both be accepted, either may have come last")
    func bothAccepted() throws {
        let rows = Self.race.replacing("200|409", with: "200")
        let bench = try Self.bench(rows, idempotency: false, oneEffect: nil)
        func errors(_ outcome: String) throws -> [String] {
            try bench.verdict([
                "capture": [Self.state("captured")], "void": [Self.state("voided")], "outcome": [Self.state(outcome)],
            ]).errors
        }
        #expect(try errors("voided") == [])
        #expect(try errors("captured") == [])
        #expect(try errors("authorized") == ["same-as"])
    }

    @Test("after two accepted requests at once, the state is unknown until it was read")
    func stateAfter() throws {
        let rows = Self.race.replacing("200|409", with: "200").replacing(",void,\n", with: ",,\n")
        for final in [[], ["captured"], ["voided"]] {
            let bench = try Self.bench(rows, idempotency: false, oneEffect: nil, final: final)
            for outcome in ["captured", "voided"] {
                let verdict = try bench.verdict([
                    "capture": [Self.state("captured")], "void": [Self.state("voided")],
                    "outcome": [Self.state(outcome)],
                ])
                #expect(verdict.errors == [], "\(final) \(outcome): \(verdict.told)")
            }
        }
    }

    @Test("a resource that one of two requests at once may have created is not unknown any more")
    func unknownBefore() throws {
        let rows = """
            s,missing,fetch,id=P-1,404,,,
            ,other,fetch,id=P-2,200,,,
            ,pay,pay,id=P-1,201,,,race=other
            ,found,fetch,id=P-1,200,,,

            """
        let verdict = try Self.bench(rows, idempotency: false, oneEffect: nil).verdict([
            "missing": [Self.no(404)], "other": [Self.ok("P-2", 200, again: nil)],
            "pay": [Self.ok("P-1", again: nil)], "found": [Self.ok("P-1", 200, again: nil)],
        ])
        #expect(verdict.errors == [], "\(verdict.told)")
    }
}
