import Conformance
import Diagnostics
import Exchanges
import Primitives
import Scenarios
import Testing
import Webhooks

/// Deliveries that steps await, and those that no step awaited: what they say about each other.
@Suite("Deliveries of one scenario")
struct AwaitedDeliveryTests {
    static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths: {}
        webhooks:
          changed:
            post:
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        id: {type: string}
                        state: {type: string}
                        weight: {type: number}
              responses: {'204': {description: Done.}}
          lost:
            post:
              requestBody:
                content: {application/json: {schema: {type: object, required: [reason], properties: {reason: {type: string}}}}}
              responses: {'204': {description: Done.}}
        """

    /// One delivery: its content, our response to it, and the second of its arrival.
    struct Arrival: Sendable {
        var body: String
        var id: String?
        var reply = 200
        var second = 0
        var headers: [HeaderField] = []

        init(
            _ body: String, id: String? = nil, reply: Int = 200, at second: Int = 0, headers: [(String, String)] = []
        ) {
            (self.body, self.id, self.reply, self.second) = (body, id, reply, second)
            self.headers = headers.map { HeaderField(name: $0.0, value: $0.1) }
        }
    }

    private static let final = ResourcePromise(
        name: "parcel", id: "id", create: [], fetch: [],
        final: [.init(member: "state", values: ["DONE", "LOST"])], isCarried: false)

    /// Rules that find the id in a header, and the event in the body.
    private static func rules() -> DeliveryRules {
        var rules = DeliveryRules()
        rules.bodyID = try? ItemPath.parse("header.x-id")
        return rules
    }

    private static func exchange(_ arrival: Arrival, _ step: Step, in scenario: Scenario, number: Int) -> Exchange {
        let headers = [HeaderField(name: "content-type", value: "application/json")] + arrival.headers
        return Exchange(
            sequence: number, scenario: scenario.id, step: step.name, attempt: number, operation: nil,
            contract: step.contract,
            request: RequestMessage(
                method: "POST", url: "http://127.0.0.1:1/r",
                headers: headers + (arrival.id.map { [HeaderField(name: "x-id", value: $0)] } ?? []),
                body: Array(arrival.body.utf8), isReceived: true),
            outcome: .answer(arrival.reply, "", []),
            startedAt: Instant(microsecondsSinceEpoch: 1_767_225_600_000_000 + Int64(arrival.second) * 1_000_000),
            duration: .milliseconds(1))
    }

    /// The verdict on a scenario that awaits `changed` once for each of `arrivals`; `rest` arrives after them.
    static func verdict(
        _ arrivals: [Arrival], rest: [Arrival] = [], checks: [String] = [], call: String = "await changed",
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> Verdict {
        let rows = arrivals.indices.map { index in
            "\(index == 0 ? "s" : ""),d\(index),\(call),\(index < checks.count ? checks[index] : "")"
        }
        var bench = try Bench(
            spec: document, tables: [("t.csv", "scenario,step,call,check\n" + rows.joined(separator: "\n") + "\n")])
        bench.policy.deliveries = DeliveryPolicy(["changed": Self.rules()])
        bench.policy.promises = Promises(resources: [final])
        change(&bench.policy)
        let scenario = bench.plan.scenarios[0]
        var journal = Journal(header: Bench.header)
        for (index, arrival) in (arrivals + rest).enumerated() {
            let step = scenario.steps[min(index, arrivals.count - 1)]
            journal.exchanges.append(exchange(arrival, step, in: scenario, number: index + 1))
        }
        return Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
    }

    /// The findings as `rule step`.
    static func found(
        _ arrivals: [Arrival], rest: [Arrival] = [], checks: [String] = [],
        _ change: (inout Policy) -> Void = { _ in }
    ) throws -> [String] {
        try verdict(arrivals, rest: rest, checks: checks, change).allFindings.map { "\($0.rule) \($0.step)" }
    }

    private static func state(
        _ state: String, _ id: String = "p", key: String, at second: Int = 0, reply: Int = 200
    ) -> Arrival {
        Arrival(#"{"id":"\#(id)","state":"\#(state)"}"#, id: key, reply: reply, at: second)
    }

    // MARK: Ids

    @Test("deliveries with ids of their own have no finding, whatever their contents")
    func correct() throws {
        let verdict = try Self.verdict([Self.state("NEW", key: "1"), Self.state("NEW", key: "2", at: 1)])
        #expect(verdict.told == [])
        #expect(verdict.outcomes == ["d0 passed", "d1 passed"])
    }

    @Test("one id has one content: its repetition has the same JSON, in any spelling")
    func contents() throws {
        let first = Arrival(#"{"id":"p","weight":2.5}"#, id: "1", reply: 500)
        func again(_ body: String, id: String = "1") throws -> [String] {
            try Self.found([first, Arrival(body, id: id)])
        }
        #expect(try again(#"{"id":"p","weight":2.5}"#) == [])
        #expect(try again(#"{ "weight": 2.50, "id": "\u0070" }"#) == [])
        #expect(try again(#"{"id":"p","weight":2.6}"#) == ["webhook.id-reused d1"])
        #expect(try again(#"{"id":"p"}"#) == ["webhook.id-reused d1"])
        #expect(try again(#"{"id":"p","weight":2.6}"#, id: "2") == [])
        // Ids are compared as they are written.
        #expect(try again(#"{"id":"p","weight":2.6}"#, id: "01") == [])
    }

    @Test("the finding about a reused id names the id and the step that received it first")
    func reused() throws {
        let verdict = try Self.verdict([Arrival("{}", id: "msg_1"), Arrival(#"{"id":"x"}"#, id: "msg_1")])
        let finding = try #require(verdict.allFindings.first)
        #expect(finding.message == "the id msg_1 was already used for another delivery, to step 'd0'")
        #expect(finding.expected == "a new id" && finding.actual == "msg_1" && finding.blame == .server)
        #expect(finding.row.exchange == 2)
    }

    @Test(
        "a delivery is repeated until it is acknowledged, and not afterwards",
        arguments: [
            ([200, 200], ["webhook.repeated d1"]), ([204, 500], ["webhook.repeated d1"]), ([500, 200], []),
            ([302, 200], []), ([500, 503, 200], []), ([500, 200, 200], ["webhook.repeated d2"]),
            ([200, 200, 200], ["webhook.repeated d1", "webhook.repeated d2"]),
            ([500, 200, 500, 200], ["webhook.repeated d2", "webhook.repeated d3"]),
        ])
    func repeated(replies: [Int], expected: [String]) throws {
        let arrivals = replies.enumerated().map { index, reply in
            Self.state("NEW", key: "1", at: index, reply: reply)
        }
        #expect(try Self.found(arrivals) == expected)
    }

    @Test("a repetition is a warning, so that the run passes")
    func warning() throws {
        let verdict = try Self.verdict([Self.state("NEW", key: "1"), Self.state("NEW", key: "1", at: 1)])
        #expect(verdict.allFindings.map(\.severity) == [.warning] && !verdict.fails())
        #expect(
            verdict.allFindings.first?.message == "the delivery 1 was sent again, although it had been acknowledged")
    }

    @Test("without ids, nothing is known about repetitions")
    func noIDs() throws {
        let same = Arrival(#"{"id":"p","state":"NEW"}"#)
        #expect(try Self.found([same, same]) { $0.deliveries = DeliveryPolicy() } == [])
    }

    // MARK: Order of states

    @Test(
        "no other state follows a final one",
        arguments: [
            (["NEW", "SENT", "DONE"], [String]()), (["DONE", "DONE"], []), (["DONE", "SENT"], ["webhook.order d1"]),
            (["DONE", "LOST"], ["webhook.order d1"]), (["LOST", "DONE"], ["webhook.order d1"]),
            (["DONE", "SENT", "NEW"], ["webhook.order d1", "webhook.order d2"]), (["NEW", "NEW"], []),
            // Letters of another case are another value.
            (["done", "SENT"], []),
        ])
    func states(states: [String], expected: [String]) throws {
        let arrivals = states.enumerated().map { Self.state($1, key: "\($0)", at: $0) }
        #expect(try Self.found(arrivals) == expected)
    }

    @Test("the time of arrival decides, and not the order in which steps await")
    func arrival() throws {
        // The step that comes first in the table took the delivery that arrived last.
        #expect(try Self.found([Self.state("DONE", key: "1", at: 5), Self.state("SENT", key: "2", at: 2)]) == [])
        #expect(
            try Self.found([Self.state("SENT", key: "1", at: 5), Self.state("DONE", key: "2", at: 2)])
                == ["webhook.order d1"])
        #expect(try Self.found([Self.state("SENT", key: "1", at: 2), Self.state("DONE", key: "2", at: 5)]) == [])
    }

    @Test("each resource has states of its own, and a delivery can contain several")
    func resources() throws {
        #expect(
            try Self.found([Self.state("DONE", "p", key: "1"), Self.state("NEW", "q", key: "2", at: 1)]) == [])
        let nested = Arrival(
            #"{"data":[{"id":"q","state":"NEW"},{"parcel":{"id":"p","state":"SENT"}}]}"#, id: "2", at: 1)
        let verdict = try Self.verdict([Self.state("DONE", "p", key: "1"), nested])
        let finding = try #require(verdict.allFindings.first { $0.rule == "webhook.order" })
        #expect(finding.response?.description == "/data/1/parcel/state")
        #expect(finding.expected == "DONE" && finding.actual == "SENT")
        #expect(
            finding.message == "a final state is followed by another one, in this delivery and that to step 'd0'")
    }

    @Test("a member that is not a text, or without an id next to it, is not a state")
    func noStates() throws {
        let done = Self.state("DONE", key: "1")
        for body in [#"{"state":"NEW"}"#, #"{"id":"p","state":5}"#, #"{"id":null,"state":"NEW"}"#, "[]", "7"] {
            let found = try Self.found([done, Arrival(body, id: "2", at: 1)])
            #expect(!found.contains { $0.hasPrefix("webhook.order") }, "\(body): \(found)")
        }
    }

    @Test("a repetition is not a new event, so it does not contradict a later state")
    func oldAgain() throws {
        let sent = Self.state("SENT", key: "1", reply: 500)
        var again = sent
        again.second = 9
        again.reply = 200
        #expect(try Self.found([sent, Self.state("DONE", key: "2", at: 1), again]) == [])
        // Without an id, a rejected delivery is recognised by its content.
        let anonymous = Arrival(sent.body, reply: 500)
        let later = Arrival(sent.body, at: 9)
        let done = Arrival(#"{"id":"p","state":"DONE"}"#, at: 1)
        let policy: (inout Policy) -> Void = { $0.deliveries = DeliveryPolicy() }
        #expect(try Self.found([anonymous, done, later], policy) == [])
        #expect(try Self.found([Arrival(sent.body), done, later], policy) == ["webhook.order d2"])
    }

    @Test("without final states, no order is promised")
    func unpromised() throws {
        let arrivals = [Self.state("DONE", key: "1"), Self.state("NEW", key: "2", at: 1)]
        #expect(try Self.found(arrivals) { $0.promises = Promises() } == [])
    }

    // MARK: Deliveries that no step awaited

    @Test("a delivery that no step awaited is a note, and is judged by what it says about others")
    func unawaited() throws {
        let first = Self.state("DONE", key: "1")
        #expect(try Self.found([first], rest: [Self.state("DONE", key: "2", at: 1)]) == ["webhook.unawaited d0"])
        #expect(try Self.found([first], rest: [Self.state("NEW", key: "2", at: 1)]) == ["webhook.order d0"])
        #expect(try Self.found([first], rest: [Self.state("DONE", key: "1", at: 1)]) == ["webhook.repeated d0"])
        #expect(try Self.found([first], rest: [Arrival("{}", id: "1", at: 1)]) == ["webhook.id-reused d0"])
        let verdict = try Self.verdict([first], rest: [Self.state("DONE", key: "2", at: 1)])
        #expect(verdict.allFindings.map(\.severity) == [.note] && verdict.outcomes == ["d0 passed"])
        #expect(verdict.allFindings.first?.message == "a delivery arrived that no step awaited")
    }

    @Test("the note names the webhook of the delivery, if its event does")
    func unawaitedName() throws {
        let verdict = try Self.verdict(
            [Arrival(#"{"state":"changed"}"#, id: "1")],
            rest: [
                Arrival(#"{"state":"lost\u0007"}"#, id: "2", at: 1)
            ]
        ) { policy in
            var rules = Self.rules()
            rules.event = try? ItemPath.parse("body.state")
            policy.deliveries = DeliveryPolicy(["changed": rules])
        }
        #expect(verdict.allFindings.map(\.message) == ["a delivery arrived that no step awaited: 'lost\u{FFFD}'"])
    }

    // MARK: Contract, signature and checks

    @Test("the body of an awaited delivery is judged by its webhook, and then by the row")
    func contract() throws {
        let wrong = Arrival(#"{"id":5,"state":"NEW"}"#, id: "1")
        #expect(try Self.found([wrong]) == ["webhook.type d0"])
        #expect(try Self.found([Self.state("NEW", key: "1")], checks: ["state=SENT"]) == ["check d0"])
        #expect(try Self.found([Self.state("NEW", key: "1")], checks: ["state=NEW; weight~present"]) == ["check d0"])
        #expect(try Self.found([Self.state("NEW", key: "1")], checks: ["header.x-id=1; !weight"]) == [])
        let verdict = try Self.verdict([Self.state("NEW", key: "1")], checks: ["state=SENT"])
        #expect(verdict.allFindings.first?.message == #"expected `state` to be "SENT", received "NEW""#)
        #expect(verdict.outcomes == ["d0 failed"])
    }

    @Test("a delivery that did not arrive fails its step")
    func missing() throws {
        var bench = try Bench(
            spec: Self.document, tables: [("t.csv", "scenario,step,call\ns,d,await changed\n")])
        bench.policy.deliveries = DeliveryPolicy()
        let scenario = bench.plan.scenarios[0]
        var journal = Journal(header: Bench.header)
        var exchange = Self.exchange(Arrival("{}"), scenario.steps[0], in: scenario, number: 1)
        exchange.outcome = .fault(.undelivered, "no delivery of changed arrived within 5 s")
        journal.exchanges = [exchange]
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
        #expect(
            verdict.told == [
                """
                webhook.missing parcels.yaml:6:5 t.csv:2:1
                no delivery of changed arrived within 5 s
                - changed + nothing
                """
            ])
        #expect(verdict.outcomes == ["d failed"])
    }

    @Test("a signature is verified only with a known secret, and never on a masked journal")
    func unverified() throws {
        func told(keys: [[UInt8]], _ arrival: Arrival) throws -> [String] {
            try Self.verdict([arrival]) { policy in
                var rules = DeliveryRules()
                rules.scheme = .plain
                rules.keys = keys
                policy.deliveries = DeliveryPolicy(["changed": rules])
            }.allFindings.map { "\($0.rule) \($0.severity.rawValue) \($0.message)" }
        }
        let name = SignatureScheme.plain.headers.signature
        let unsigned = Arrival("{}")
        #expect(try told(keys: [[1]], unsigned).map { $0.prefix(31) } == ["webhook.signature-missing error"])
        #expect(
            try told(keys: [], unsigned) == [
                "webhook.unverified note the signature is not verified: its secret is not known"
            ])
        let masked = "the signature is not verified: the journal contains a mask in place of a value"
        for arrival in [
            Arrival(#"{"id":"‹redacted 12›"}"#), Arrival("{}", headers: [(name, "‹secret KEY›")]),
            Arrival("{}", headers: [("authorization", "‹redacted 12›")]),
        ] {
            #expect(try told(keys: [[1]], arrival) == ["webhook.unverified note \(masked)"])
        }
    }
}
