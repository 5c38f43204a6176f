import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Scenarios
import Testing

/// Idempotency keys: which requests they belong to, and what a repeated one must return
/// (draft-ietf-httpapi-idempotency-key-header, section 2).
@Suite("Idempotency keys")
struct KeyPromiseTests {
    private static let body =
        "{ content: { application/json: { schema: { type: object, properties: { sum: { type: number } } } } } }"
    private static let responses =
        "{ 2XX: { description: ok, content: { application/json: { schema: { type: object } } } }, "
        + "4XX: { description: no }, 5XX: { description: failed } }"
    private static let document = """
        openapi: 3.0.3
        info: { title: Payments, version: '1' }
        paths:
          /payments:
            post:
              operationId: pay
              parameters: [{ name: dry, in: query, schema: { type: boolean } }]
              requestBody: \(body)
              responses: \(responses)
          /refunds:
            post: { operationId: refund, requestBody: \(body), responses: \(responses) }
          /payouts:
            post: { operationId: payout, requestBody: \(body), responses: \(responses) }
          /payments/{id}:
            parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
            put: { operationId: replace, requestBody: \(body), responses: \(responses) }
            post: { operationId: capture, requestBody: \(body), responses: \(responses) }
        """

    /// A row from `call` on, and its response: a status of 0 is none.
    struct Row: Sendable {
        var call: String
        var set: String
        var status: Int
        var body: String
        var flag: String?

        init(
            _ call: String, key: String? = "k", _ set: String = "sum=1", _ status: Int = 200,
            _ body: String = #"{"id":"P-1"}"#, flag: String? = nil
        ) {
            self.call = call
            self.set = [set, key.map { "header.x-key=\($0)" }].compactMap { $0 }.joined(separator: "; ")
            (self.status, self.body, self.flag) = (status, body, flag)
        }
    }

    private static func verdict(
        _ rows: [Row], expect: String = "2xx|4xx|5xx", _ change: (inout IdempotencyPromise) -> Void = { _ in },
        volatile: [String] = []
    ) throws -> Verdict {
        let lines = rows.indices.map { index in
            "\(index == 0 ? "s" : ""),s\(index),\(rows[index].call),\(rows[index].set),\(expect)"
        }
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,set,expect\n" + lines.joined(separator: "\n") + "\n")])
        var promise = IdempotencyPromise(header: "X-Key", replayed: .init(header: "x-again"), conflicts: [409])
        change(&promise)
        bench.policy.promises = Promises(idempotency: promise)
        bench.policy.volatile = try volatile.map { try ItemPath.parse($0) }
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, row) in rows.enumerated() {
            let hasBody = (200...299).contains(row.status)
            let headers =
                (hasBody ? [("content-type", "application/json")] : []) + (row.flag.map { [("x-again", $0)] } ?? [])
            answers["s\(index)"] = [
                row.status == 0
                    ? .fault(.timedOut, "no response") : .answer(row.status, hasBody ? row.body : "", headers)
            ]
        }
        return try bench.verdict(answers)
    }

    /// The findings about keys, as `rule step`.
    private static func found(
        _ rows: [Row], expect: String = "2xx|4xx|5xx", volatile: [String] = [],
        _ change: (inout IdempotencyPromise) -> Void = { _ in }
    ) throws -> [String] {
        try verdict(rows, expect: expect, change, volatile: volatile).allFindings
            .filter { $0.rule.hasPrefix("idempotency.") }.map { "\($0.rule) \($0.step)" }
    }

    private static let first = Row("pay", flag: "false")
    private static let again = Row("pay", flag: "true")
    private static let other = #"{"id":"P-2"}"#

    // MARK: Which request repeats another one

    @Test(
        "requests are equal by method, path and JSON, whatever their spelling",
        arguments: [("sum=1", true), ("sum=1.0", true), ("sum=10e-1", true), ("sum=2", false), ("sum=10", false)])
    func equal(set: String, isSame: Bool) throws {
        let second = Row("pay", set, 200, flag: "true")
        #expect(try Self.found([Self.first, second]) == (isSame ? [] : ["idempotency.conflict s1"]))
        let refused = Row("pay", set, 409)
        #expect(try Self.found([Self.first, refused]) == (isSame ? ["idempotency.replay s1"] : []))
    }

    @Test("whether the query belongs to the request depends on the server, so either response is correct")
    func queries() throws {
        let same = "query.dry=true; sum=1"
        for (status, body) in [(200, #"{"id":"P-1"}"#), (200, Self.other), (409, "")] {
            #expect(try Self.found([Self.first, Row("pay", same, status, body, flag: "true")]) == [])
        }
        #expect(try Self.found([Self.first, Row("pay", "query.dry=true; sum=2", 200)]) == ["idempotency.conflict s1"])
        let dry = Row("pay", same, flag: "false")
        #expect(try Self.found([dry, Row("pay", same, 200, Self.other, flag: "true")]) == ["idempotency.replay s1"])
    }

    @Test("a key of another path is another key, unless keys are shared by all operations")
    func scopes() throws {
        let elsewhere = Row("refund", flag: "false")
        #expect(try Self.found([Self.first, elsewhere]) == [])
        #expect(try Self.found([Self.first, elsewhere]) { $0.isPerOperation = false } == ["idempotency.conflict s1"])
        let refused = Row("refund", "sum=1", 409)
        #expect(try Self.found([Self.first, refused]) { $0.isPerOperation = false } == [])
        // One operation with two paths: the path belongs to the request.
        let one = Row("capture", "path.id=a; sum=1", flag: "false")
        #expect(try Self.found([one, Row("capture", "path.id=a; sum=1", flag: "true")]) == [])
        #expect(try Self.found([one, Row("capture", "path.id=b; sum=1", flag: "true")]) == ["idempotency.conflict s1"])
    }

    @Test("only requests with a promised method and a key that is not empty are compared")
    func methods() throws {
        let put = Row("replace", "path.id=a; sum=1")
        let changed = Row("replace", "path.id=a; sum=1", 200, Self.other)
        #expect(try Self.found([put, changed]) == [])
        #expect(
            try Self.found([put, changed]) { $0.methods = ["PUT"] } == ["idempotency.flag s1", "idempotency.replay s1"])
        #expect(try Self.found([Self.first, Self.again]) { $0.methods = ["PUT"] } == ["idempotency.flag s1"])
        #expect(try Self.found([Row("pay", key: nil), Row("pay", key: nil, "sum=1", 200, Self.other)]) == [])
    }

    // MARK: First uses

    @Test("a new key is not a replay, and the finding says why")
    func newKey() throws {
        func messages(_ rows: [Row]) throws -> [String] {
            try Self.verdict(rows).allFindings.filter { $0.rule == "idempotency.flag" }.map(\.message)
        }
        let told = "the response is marked as a replay, although"
        #expect(try messages([Row("pay", flag: "true")]) == ["\(told) its key is new"])
        #expect(try messages([Row("pay", key: nil, flag: "true")]) == ["\(told) the request has no key"])
        #expect(
            try messages([Self.first, Row("refund", flag: "true")])
                == ["\(told) its key was used only for pay, by step 's0'"])
        // The message must not depend on the order of a dictionary.
        for _ in 0..<8 {
            #expect(
                try messages([Self.first, Row("refund", flag: "false"), Row("payout", flag: "true")])
                    == ["\(told) its key was used only for pay, by step 's0', and refund, by step 's1'"])
        }
    }

    @Test(
        "a rejection before the key was read, or a failure, does not use the key",
        arguments: [
            (401, true), (403, true), (429, true), (500, true), (503, true), (0, true), (400, false), (422, false),
        ])
    func unused(status: Int, isFree: Bool) throws {
        let refused = Row("pay", "sum=1", status, flag: status == 0 ? nil : "false")
        let then = Row("pay", "sum=1", 200, flag: "false")
        let found = try Self.found([refused, then])
        #expect(found == (isFree ? [] : ["idempotency.replay s1"]))
    }

    @Test("after a failure, the first response may be a replay", arguments: [500, 502, 0])
    func unsure(status: Int) throws {
        let failed = Row("pay", "sum=1", status)
        #expect(try Self.found([failed, Self.again]) == [])
        // What it returned is then the response to repeat.
        let changed = Row("pay", "sum=1", 200, Self.other, flag: "true")
        #expect(try Self.found([failed, Self.again, changed]) == ["idempotency.replay s2"])
        // Another key is still a new one.
        #expect(try Self.found([failed, Row("pay", key: "other", flag: "true")]) == ["idempotency.flag s1"])
    }

    // MARK: Replays

    @Test(
        "a rejection for another reason is not a replay", arguments: [401, 403, 429, 500, 503, 0])
    func otherReasons(status: Int) throws {
        #expect(try Self.found([Self.first, Row("pay", "sum=1", status), Self.again]) == [])
    }

    @Test("every repetition is compared with the first response")
    func repetitions() throws {
        let changed = Row("pay", "sum=1", 200, Self.other, flag: "true")
        #expect(try Self.found([Self.first, Self.again, Self.again]) == [])
        #expect(try Self.found([Self.first, changed, changed]) == ["idempotency.replay s1", "idempotency.replay s2"])
        #expect(
            try Self.found([Self.first, Row("pay", key: "m", "sum=1", 200, Self.other, flag: "false"), Self.again])
                == [])
        #expect(try Self.found([Self.first, Row("pay", "sum=1", 201, flag: "true")]) == ["idempotency.replay s1"])
    }

    @Test("a replay has the members of the first response, apart from volatile ones")
    func members() throws {
        func found(_ body: String, volatile: [String] = []) throws -> [String] {
            let first = Row("pay", "sum=1", 200, #"{"id":"P-1","at":"10:00","lines":[{"n":1}]}"#, flag: "false")
            return try Self.found([first, Row("pay", "sum=1", 200, body, flag: "true")], volatile: volatile)
        }
        #expect(try found(#"{"lines":[{"n":1.0}],"at":"10:00","id":"P-1"}"#) == [])
        #expect(try found(#"{"id":"P-1","at":"10:01","lines":[{"n":1}]}"#) == ["idempotency.replay s1"])
        #expect(try found(#"{"id":"P-1","at":"10:01","lines":[{"n":1}]}"#, volatile: ["at"]) == [])
        #expect(try found(#"{"id":"P-1","at":"10:00","lines":[{"n":2}]}"#, volatile: ["lines[*].n"]) == [])
        #expect(try found(#"{"id":"P-1","at":"10:00","lines":[]}"#, volatile: ["at"]) == ["idempotency.replay s1"])
        #expect(try found("{}", volatile: ["at", "id"]) == ["idempotency.replay s1"])
    }

    @Test("one finding has every member that differs, at the first of them")
    func differences() throws {
        let first = Row("pay", "sum=1", 200, #"{"id":"P-1","state":"NEW","n":1}"#, flag: "false")
        let second = Row("pay", "sum=1", 200, #"{"id":"P-1","state":"OLD"}"#, flag: "true")
        let finding = try #require(
            try Self.verdict([first, second]).allFindings.first { $0.rule == "idempotency.replay" })
        #expect(finding.message == "the response differs from that of step 's0', which sent the same key and request")
        #expect(finding.response?.description == "/state" && finding.expected == "\"NEW\"")
        #expect(finding.differences.map(\.pointer.description) == ["/state", "/n"])
    }

    @Test(
        "the flag of a replay has exactly the promised value",
        arguments: [
            ("true", true), ("True", false), ("true ", false), ("1", false), ("", false), (nil, false),
        ] as [(String?, Bool)])
    func flag(value: String?, isRight: Bool) throws {
        let found = try Self.found([Self.first, Row("pay", flag: value)])
        #expect(found == (isRight ? [] : ["idempotency.flag s1"]))
    }

    @Test("a first response needs no flag, and may have any value but that of a replay")
    func firstFlag() throws {
        for value in [nil, "false", "no", ""] as [String?] { #expect(try Self.found([Row("pay", flag: value)]) == []) }
        #expect(try Self.found([Row("pay", flag: "true")]) == ["idempotency.flag s0"])
        #expect(
            try Self.found([Row("pay", flag: "replay")]) { $0.replayed?.again = "replay" } == ["idempotency.flag s0"])
        #expect(try Self.found([Row("pay", flag: "true")]) { $0.replayed = nil } == [])
    }

    // MARK: Reused keys

    @Test("a key with a different request is rejected with a promised status")
    func conflicts() throws {
        func found(_ status: Int, _ conflicts: [Int], expect: String = "2xx|4xx|5xx") throws -> [String] {
            try Self.found([Self.first, Row("pay", "sum=2", status, flag: "false")], expect: expect) {
                $0.conflicts = conflicts
            }
        }
        #expect(try found(409, [409]) == [])
        #expect(try found(422, [409, 422]) == [])
        #expect(try found(200, [409]) == ["idempotency.conflict s1"])
        #expect(try found(200, []) == [])
        // The row names the rejection itself, so its column decides.
        #expect(try found(400, [409]) == [])
        #expect(try found(404, [409], expect: "200") == ["idempotency.conflict s1"])
    }

    @Test("the finding about a reused key says what was expected and what happened")
    func conflictMessage() throws {
        func told(_ status: Int) throws -> [String] {
            try Self.verdict(
                [Self.first, Row("pay", "sum=2", status)], expect: "200", { $0.conflicts = [409, 422] }
            ).allFindings.filter { $0.rule == "idempotency.conflict" }.map { finding in
                "\(finding.message): \(finding.expected ?? "") / \(finding.actual ?? "")"
            }
        }
        #expect(
            try told(201) == ["a different request with the key of step 's0' was accepted: 409 or 422 / 201"])
        #expect(
            try told(404) == ["a different request with the key of step 's0' received status 404: 409 or 422 / 404"])
    }

    @Test("the promise applied once a response was compared with an earlier one")
    func applied() throws {
        func warns(_ rows: [Row]) throws -> Bool {
            let lines = rows.indices.map { "\($0 == 0 ? "s" : ""),s\($0),pay,\(rows[$0].set),2xx" }
            var bench = try Bench(
                spec: Self.document,
                tables: [("t.csv", "scenario,step,call,set,expect\n" + lines.joined(separator: "\n") + "\n")])
            bench.policy.promises = Promises(idempotency: IdempotencyPromise(header: "x-key"))
            bench.policy.declaredPromises = [DeclaredPromise(.idempotency, at: nil)]
            var answers: [String: [ExchangeOutcome]] = [:]
            for index in rows.indices { answers["s\(index)"] = [.answer(200, rows[index].body)] }
            return try bench.verdict(answers).allFindings.contains { $0.rule == "promise.never-applied" }
        }
        #expect(try warns([Self.first]))
        #expect(try warns([Self.first, Row("pay", key: "other")]))
        #expect(try !warns([Self.first, Self.first]))
        // A different request with one key was not compared, as no status is promised for it.
        #expect(try warns([Self.first, Row("pay", "sum=2")]))
    }
}
