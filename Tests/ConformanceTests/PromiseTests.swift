import Conformance
import Diagnostics
import Exchanges
import Foundation
import Scenarios
import Testing

/// What the configuration declares under `promises`, over several answers of one scenario.
@Suite struct PromiseTests {
    private static let tables = [
        (
            "t.csv",
            """
            scenario,step,call,set,expect
            parcel,send,sendParcel,weight=2.5; note=hi; header.idem=k1; header.trace=t1,201
            ,again,sendParcel,weight=2.5; note=hi; header.idem=k1,201
            ,reused,sendParcel,weight=3; header.idem=k1,409
            ,fetch,fetchParcel,id=P-1,200
            ,drop,dropParcel,id=P-1,204
            ,gone,fetchParcel,id=P-1,404
            ,label,readLabel,id=P-1,200
            """
        )
    ]

    private static let promises = Promises(
        idempotency: IdempotencyPromise(
            header: "Idem", methods: ["POST"], echo: "Idem", replayed: .init(header: "replayed"), conflicts: [409]),
        rateLimit: RateLimitPromise(limit: "limit", remaining: "left", retry: "wait"),
        echoes: [EchoPromise(request: "trace", response: "trace")],
        resources: [
            ResourcePromise(
                name: "parcel", id: "id", create: ["sendParcel"], fetch: ["fetchParcel"],
                final: [.init(member: "state", values: ["lost"])], isCarried: true)
        ])

    /// An answer of the steps, in parts that a fault can change.
    struct Sent {
        var status: Int
        var body: String
        var headers: [(String, String)]
    }

    private static let parcel = #"{"id":"P-1","weight":2.5,"note":"hi","state":"packed"}"#
    private static let problem = #"{"message":"no","code":"unknown"}"#
    private static let json = ("content-type", "application/json")
    private static let trace = ("X-Trace", "123e4567-e89b-42d3-a456-426614174000")

    private static func right() -> [String: Sent] {
        let limit = [("limit", "9"), ("wait", "0")]
        let send = [json, trace, ("idem", "k1")] + limit
        let plain = [("content-type", "application/problem+json")] + limit
        return [
            "send": Sent(
                status: 201, body: parcel, headers: send + [("replayed", "false"), ("trace", "t1"), ("left", "8")]),
            "again": Sent(status: 201, body: parcel, headers: send + [("replayed", "true"), ("left", "7")]),
            "reused": Sent(status: 409, body: problem, headers: [json, ("idem", "k1")] + limit + [("left", "6")]),
            "fetch": Sent(status: 200, body: parcel, headers: [json] + limit),
            "drop": Sent(status: 204, body: "", headers: limit),
            "gone": Sent(status: 404, body: problem, headers: plain),
            "label": Sent(status: 404, body: problem, headers: plain),
        ]
    }

    private static func verdict(_ change: (inout [String: Sent]) -> Void) throws -> Verdict {
        var bench = try Bench(tables: tables)
        bench.policy.promises = promises
        var sent = right()
        change(&sent)
        return try bench.verdict(sent.mapValues { [.answer($0.status, $0.body, $0.headers)] })
    }

    private static func errors(_ change: (inout [String: Sent]) -> Void) throws -> [String] {
        try verdict(change).allFindings.filter { $0.severity == .error }.map { finding in
            "\(finding.rule) \(finding.step) \(finding.response?.description ?? "")"
        }
    }

    @Test("a server that keeps its promises has no finding")
    func right() throws {
        #expect(try Self.errors { $0["label"] = nil } == [])
    }

    struct Fault: Sendable, CustomTestStringConvertible {
        var name: String
        var told: [String]
        var change: @Sendable (inout [String: Sent]) -> Void
        var testDescription: String { name }

        init(_ name: String, _ told: String..., change: @escaping @Sendable (inout [String: Sent]) -> Void) {
            self.name = name
            self.told = told
            self.change = change
        }
    }

    private static func set(_ sent: inout [String: Sent], _ step: String, _ header: String, _ value: String?) {
        sent[step]?.headers.removeAll { $0.0 == header }
        if let value { sent[step]?.headers.append((header, value)) }
    }

    private static func replace(_ sent: inout [String: Sent], _ step: String, _ old: String, _ new: String) {
        guard var one = sent[step] else { return }
        one.body = one.body.replacingOccurrences(of: old, with: new)
        sent[step] = one
    }

    static let faults: [Fault] = [
        Fault("a replay with another status", "idempotency.replay again status") { sent in
            sent["again"]?.status = 400
            sent["again"]?.body = problem
        },
        Fault("a replay that made something new", "idempotency.replay again /id") {
            replace(&$0, "again", "P-1", "P-2")
        },
        Fault("a replay that does not say so", "idempotency.flag again header replayed") {
            set(&$0, "again", "replayed", "false")
        },
        Fault("a replay without the flag", "idempotency.flag again header replayed") {
            set(&$0, "again", "replayed", nil)
        },
        Fault("a first answer that calls itself a replay", "idempotency.flag send header replayed") {
            set(&$0, "send", "replayed", "true")
        },
        Fault("a call without a key that calls itself a replay", "idempotency.flag fetch header replayed") {
            set(&$0, "fetch", "replayed", "true")
        },
        Fault("a reused key that is accepted", "idempotency.conflict reused status") { sent in
            sent["reused"] = sent["again"]
        },
        Fault("a reused key that is refused for another reason", "idempotency.conflict reused status") {
            $0["reused"]?.status = 400
        },
        Fault("a key that does not come back", "echo.missing send header Idem") { set(&$0, "send", "idem", nil) },
        Fault("another key that comes back", "echo.value send header Idem") { set(&$0, "send", "idem", "k2") },
        Fault("another trace that comes back", "echo.value send header trace") { set(&$0, "send", "trace", "t2") },
        Fault("a trace that comes back twice", "echo.value send header trace") {
            $0["send"]?.headers.append(("trace", "t1"))
        },
        Fault("fewer than no calls left", "rate-limit.remaining send header left") { set(&$0, "send", "left", "-1") },
        Fault("more calls left than allowed", "rate-limit.remaining send header left") {
            set(&$0, "send", "left", "10")
        },
        Fault("a wait inside the limit", "rate-limit.retry fetch header wait") { set(&$0, "fetch", "wait", "5") },
        Fault("another limit", "rate-limit.changed again header limit") { set(&$0, "again", "limit", "90") },
        Fault("the answer is about another parcel", "state.other fetch /id") { replace(&$0, "fetch", "P-1", "P-9") },
        Fault("the parcel is not as it was", "state.changed fetch /weight") {
            replace(&$0, "fetch", #""weight":2.5"#, #""weight":3.5"#)
        },
        Fault("a member is lost on the way", "state.changed fetch /note") {
            replace(&$0, "fetch", #""note":"hi","#, "")
        },
        Fault("what was sent comes back otherwise", "state.carried send /weight") { sent in
            for step in ["send", "again", "fetch"] { replace(&sent, step, #""weight":2.5"#, #""weight":3.5"#) }
        },
        Fault("what was sent is lost", "state.carried send /note") { sent in
            for step in ["send", "again", "fetch"] { replace(&sent, step, #""note":"hi","#, "") }
        },
        Fault("what is gone has a label", "state.unknown label status") { sent in
            sent["label"] = Sent(status: 200, body: "label", headers: [("content-type", "text/plain")])
        },
    ]

    @Test("every broken promise has one finding with its rule", arguments: faults)
    func broken(fault: Fault) throws {
        let errors = try Self.errors { sent in
            sent["label"] = nil
            fault.change(&sent)
        }
        #expect(errors == fault.told)
    }

    @Test("a created resource that is unknown right afterwards is lost")
    func lost() throws {
        var bench = try Bench(
            tables: [
                (
                    "t.csv",
                    "scenario,step,call,set,expect\np,send,sendParcel,weight=2.5,201\n,fetch,fetchParcel,id=P-1,200|404\n"
                )
            ])
        bench.policy.promises = Self.promises
        bench.policy.promises.rateLimit = nil
        let verdict = try bench.verdict([
            "send": [.answer(201, Parcels.parcel, Parcels.headers)],
            "fetch": [.answer(404, Self.problem, [("content-type", "application/problem+json")])],
        ])
        #expect(verdict.errors == ["state.lost"])
    }

    @Test("a final value that changes is reported, whatever was accepted in between")
    func final() throws {
        var bench = try Bench(
            tables: [
                (
                    "t.csv",
                    """
                    scenario,step,call,set,expect
                    p,one,fetchParcel,id=P-1,200
                    ,drop,dropParcel,id=P-1,204
                    ,two,fetchParcel,id=P-1,200
                    """
                )
            ])
        bench.policy.promises = Self.promises
        bench.policy.promises.rateLimit = nil
        let lost = Self.parcel.replacingOccurrences(of: "packed", with: "lost")
        let verdict = try bench.verdict([
            "one": [.answer(200, lost)], "drop": [.answer(204, "", [])], "two": [.answer(200, Self.parcel)],
        ])
        #expect(verdict.errors == ["state.final"])
    }

    @Test("a 429 response must have a wait, and is correct only when no request is left")
    func refused() throws {
        var bench = try Bench(
            tables: [("t.csv", "scenario,step,call,set,expect\np,one,fetchParcel,id=P-1,429\n")])
        bench.policy.promises = Self.promises
        func errors(_ headers: [(String, String)]) throws -> [String] {
            try bench.verdict(.answer(429, "", headers)).errors
        }
        #expect(try errors([("wait", "7"), ("left", "0")]) == [])
        #expect(try errors([("retry-after", "7")]) == [])
        #expect(try errors([("left", "0")]) == ["rate-limit.wait"])
        #expect(try errors([("wait", "0")]) == ["rate-limit.wait"])
        #expect(try errors([("wait", "61")]) == ["rate-limit.wait"])
        #expect(try errors([("wait", "7"), ("left", "3")]) == ["rate-limit.refused"])
    }

    @Test("requests that are not counted are reported, once for an operation")
    func uncounted() throws {
        let rows = (1...6).map { ",s\($0),fetchParcel,id=P-1,200" }.joined(separator: "\n").dropFirst()
        var bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\np," + rows + "\n")])
        bench.policy.promises = Self.promises
        func errors(_ left: (Int) -> Int) throws -> [String] {
            let answers = Dictionary(
                uniqueKeysWithValues: (1...6).map { number in
                    (
                        "s\(number)",
                        [
                            ExchangeOutcome.answer(
                                200, Self.parcel, [Self.json, ("limit", "9"), ("left", "\(left(number))")])
                        ]
                    )
                })
            return try bench.verdict(answers).errors
        }
        #expect(try errors { 9 - $0 } == [])
        #expect(try errors { _ in 8 } == ["rate-limit.uncounted"])
        #expect(try errors { $0 } == ["rate-limit.uncounted"])
        #expect(try errors { _ in 0 } == ["rate-limit.uncounted"])
    }

    @Test(
        "a limit that is not enforced is reported in words",
        arguments: [
            (8, "the remaining count does not go down over 6 requests", "less than 8"),
            (
                0, "the limit is not enforced: 6 requests were accepted with none left",
                "status 429 (RFC 6585, section 4), or requests left"
            ),
        ])
    func unenforced(left: Int, message: String, expected: String) throws {
        let rows = (1...6).map { ",s\($0),fetchParcel,id=P-1,200" }.joined(separator: "\n").dropFirst()
        var bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\np," + rows + "\n")])
        bench.policy.promises = Self.promises
        let answer = ExchangeOutcome.answer(200, Self.parcel, [Self.json, ("limit", "9"), ("left", "\(left)")])
        let answers = Dictionary(uniqueKeysWithValues: (1...6).map { ("s\($0)", [answer]) })
        let finding = try #require(try bench.verdict(answers).allFindings.first { $0.severity == .error })
        #expect(finding.message == message)
        #expect(finding.expected == expected)
    }

    @Test("without promises none of this is judged")
    func silent() throws {
        let bench = try Bench(tables: Self.tables)
        var sent = Self.right()
        Self.set(&sent, "again", "replayed", "maybe")
        Self.set(&sent, "send", "left", "-1")
        sent["label"] = nil
        let verdict = try bench.verdict(sent.mapValues { [.answer($0.status, $0.body, $0.headers)] })
        #expect(verdict.errors == [])
    }
}
