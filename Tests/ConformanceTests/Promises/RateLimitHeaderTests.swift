import Conformance
import Diagnostics
import Exchanges
import Primitives
import Scenarios
import Testing

/// The headers of a rate limit, of one response and of a run (RFC 6585, section 4; RFC 9110, section 10.2.3).
@Suite("Rate limit headers")
struct RateLimitHeaderTests {
    private static let document = """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        security: [{ Key: [] }]
        paths:
          /limited:
            get:
              operationId: limited
              responses:
                2XX:
                  description: ok
                  headers: { X-Limit: { schema: {} }, X-Left: { schema: {} }, X-Wait: { schema: {} } }
                4XX: { description: no, headers: { X-Limit: { schema: {} } } }
                5XX: { description: failed }
          /free:
            get: { operationId: free, responses: { 2XX: { description: ok }, 4XX: { description: no } } }
        components: { securitySchemes: { Key: { type: apiKey, in: header, name: x-key } } }
        """

    private static let promise = RateLimitPromise(limit: "x-limit", remaining: "x-left", retry: "x-wait")

    /// The names of the headers by the letter that tests use: limit, left, wait, and retry-after.
    private static func headers(_ text: String) -> [(String, String)] {
        text.split(separator: " ").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0] == "after" ? "retry-after" : "x-\(parts[0])"
            return (name, parts.count == 2 ? String(parts[1]) : "")
        }
    }

    /// The findings about limits in one response.
    private static func found(
        _ call: String, _ status: Int, _ headers: String, _ promise: RateLimitPromise = promise, options: String = ""
    ) throws -> [String] {
        var bench = try Bench(
            spec: document,
            tables: [("t.csv", "scenario,step,call,expect,opts\ns,a,\(call),2xx|4xx|5xx,\(options)\n")])
        bench.policy.promises = Promises(rateLimit: promise)
        return try bench.verdict(.answer(status, "", Self.headers(headers))).allFindings
            .filter { $0.rule.hasPrefix("rate-limit.") }
            .map { "\($0.rule) \($0.response?.description ?? "")" }
    }

    @Test(
        "a header that the contract declares for a success must be present",
        arguments: [
            ("limited", 200, "limit=9 left=8 wait=0", [String]()),
            ("limited", 200, "left=8 wait=0", ["rate-limit.missing header x-limit"]),
            (
                "limited", 200, "",
                [
                    "rate-limit.missing header x-limit", "rate-limit.missing header x-left",
                    "rate-limit.missing header x-wait",
                ]
            ),
            // Rejections may come from a gateway that counts nothing.
            ("limited", 404, "", []), ("limited", 500, "", []), ("free", 200, "", []),
        ])
    func declared(call: String, status: Int, headers: String, expected: [String]) throws {
        #expect(try Self.found(call, status, headers) == expected)
    }

    @Test("a missing header is a warning, and an error of a strict run")
    func strict() throws {
        var bench = try Bench(spec: Self.document, tables: [("t.csv", "scenario,step,call,expect\ns,a,limited,200\n")])
        bench.policy.promises = Promises(rateLimit: RateLimitPromise(limit: "x-limit"))
        let answer = ExchangeOutcome.answer(200, "", [])
        #expect(
            try bench.verdict(answer).told == [
                """
                rate-limit.missing (warning) @header x-limit parcels.yaml:11:22 t.csv:2:1
                the rate limit header is missing
                - present + absent
                """
            ])
        bench.policy.isStrict = true
        #expect(try bench.verdict(answer).errors == ["rate-limit.missing"])
    }

    @Test(
        "the remaining count is a whole number from 0 to the limit",
        arguments: [
            ("limit=9 left=0", [String]()), ("limit=9 left=9", []),
            ("limit=9 left=10", ["rate-limit.remaining header x-left"]),
            ("limit=9 left=-1", ["rate-limit.remaining header x-left"]),
            ("left=-1", ["rate-limit.remaining header x-left"]),
            ("left=1000", []), ("limit=0 left=0", []), ("limit=9 left=9.0", []),
            // Text and several values are judged by the schema, not as counts.
            ("limit=9 left=many", []), ("limit=9 left=10 left=8", []), ("limit=many left=10", []),
            ("limit=9 left=", []),
            ("limit=9 left=1e2", ["rate-limit.remaining header x-left"]),
            ("limit=9 left=99999999999999999999999", []),
        ])
    func remaining(headers: String, expected: [String]) throws {
        #expect(try Self.found("free", 200, headers) == expected)
    }

    @Test(
        "a wait is required only if no request is left",
        arguments: [
            (200, "left=3 wait=0", [String]()), (200, "left=3 wait=5", ["rate-limit.retry header x-wait"]),
            (200, "left=0 wait=5", []), (200, "wait=5", ["rate-limit.retry header x-wait"]), (200, "wait=0", []),
            (404, "left=3 wait=5", ["rate-limit.retry header x-wait"]), (200, "left=3 wait=soon", []),
            // The standard header may be in any response, such as a redirect.
            (200, "left=3 after=5", []),
        ])
    func retry(status: Int, headers: String, expected: [String]) throws {
        #expect(try Self.found("free", status, headers) == expected)
    }

    @Test(
        "a 429 response names a wait inside the window, and leaves no requests",
        arguments: [
            ("left=0 wait=1", [String]()), ("left=0 wait=60", []), ("wait=60", []),
            ("wait=61", ["rate-limit.wait header x-wait"]), ("wait=0", ["rate-limit.wait header x-wait"]),
            ("wait=-1", ["rate-limit.wait header x-wait"]), ("", ["rate-limit.wait status"]),
            ("left=0", ["rate-limit.wait status"]), ("after=30", []), ("after=soon", []),
            ("left=1 wait=5", ["rate-limit.refused header x-left"]),
            ("left=1", ["rate-limit.refused header x-left", "rate-limit.wait status"]),
            ("limit=9 left=10 wait=5", ["rate-limit.remaining header x-left", "rate-limit.refused header x-left"]),
            // The header of the API decides, also beside the standard one.
            ("wait=0 after=30", ["rate-limit.wait header x-wait"]),
        ])
    func rejected(headers: String, expected: [String]) throws {
        #expect(try Self.found("free", 429, headers) == expected)
    }

    @Test("the window and the header of the wait are those of the promise")
    func window() throws {
        var promise = Self.promise
        promise.window = .seconds(3_600)
        #expect(try Self.found("free", 429, "wait=3600", promise) == [])
        #expect(try Self.found("free", 429, "wait=3601", promise) == ["rate-limit.wait header x-wait"])
        promise.retry = nil
        #expect(try Self.found("free", 429, "after=99999", promise) == [])
        #expect(try Self.found("free", 429, "wait=5", promise) == ["rate-limit.wait status"])
    }

    @Test("a request that no document describes has no promise")
    func undeclared() throws {
        #expect(try Self.found("GET /elsewhere", 429, "left=-1", options: "invalid") == [])
    }

    // MARK: Over a run

    /// One response: the row's `call,auth`, its status and headers, and the second in which it was requested.
    struct Reading: Sendable {
        var call: String
        var status: Int
        var headers: String
        var second: Int

        init(_ headers: String, at second: Int = 0, _ call: String = "free,", status: Int = 200) {
            (self.headers, self.second, self.call, self.status) = (headers, second, call, status)
        }
    }

    /// The findings over a run of one scenario for each reading, in the order of `order`.
    private static func overTime(
        _ readings: [Reading], table: String = "scenario,step,call,auth,expect"
    ) throws -> [String] {
        let rows = readings.indices.map { "s\($0),r\($0),\(readings[$0].call),2xx|4xx" }
        var bench = try Bench(spec: document, tables: [("t.csv", ([table] + rows).joined(separator: "\n") + "\n")])
        bench.policy.promises = Promises(rateLimit: RateLimitPromise(limit: "x-limit", remaining: "x-left"))
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, reading) in readings.enumerated() {
            answers["r\(index)"] = [.answer(reading.status, "", Self.headers(reading.headers))]
        }
        var journal = try bench.journal(answers)
        for index in journal.exchanges.indices {
            let number = Int(journal.exchanges[index].step.dropFirst()) ?? 0
            journal.exchanges[index].startedAt = Bench.header.startedAt.advanced(by: .seconds(readings[number].second))
        }
        return Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal).allFindings
            .filter { ["rate-limit.changed", "rate-limit.uncounted"].contains($0.rule) }
            .map { "\($0.rule) \($0.step)" }
    }

    @Test("the limit of an operation is the same in every response with the same credentials")
    func changed() throws {
        #expect(try Self.overTime([Reading("limit=9"), Reading("limit=9", at: 1)]) == [])
        #expect(try Self.overTime([Reading("limit=9"), Reading("limit=8", at: 1)]) == ["rate-limit.changed r1"])
        #expect(
            try Self.overTime([
                Reading("limit=9"), Reading(""), Reading("limit=9"), Reading("limit=7"), Reading("limit=6"),
            ])
                == ["rate-limit.changed r3"])
        #expect(try Self.overTime([Reading("limit=9"), Reading("limit=9.0", at: 1)]) == [])
        // Another operation, and other credentials, may have another limit.
        #expect(try Self.overTime([Reading("limit=9"), Reading("limit=8", "limited,")]) == [])
        #expect(try Self.overTime([Reading("limit=9"), Reading("limit=3", "free,none")]) == [])
        #expect(
            try Self.overTime([
                Reading("limit=9"), Reading("limit=8"), Reading("limit=3", "free,none"),
                Reading("limit=2", "free,none"),
            ])
                == ["rate-limit.changed r1"], "one finding for an operation")
    }

    private static func counts(_ left: [Int], seconds: [Int]? = nil, _ extra: String = "limit=60") -> [Reading] {
        left.enumerated().map { index, left in Reading("\(extra) left=\(left)", at: seconds?[index] ?? index) }
    }

    @Test(
        "five requests inside of a window are counted, or the finding says that they are not",
        arguments: [
            ([9, 8, 7, 6, 5], false), ([9, 9, 9, 9, 9], true), ([5, 6, 7, 8, 9], true), ([9, 9, 9, 9, 8], false),
            ([9, 9, 9, 9], false), ([0, 0, 0, 0, 0], true), ([9, 9, 10, 9, 9], false),
        ])
    func uncounted(left: [Int], isFound: Bool) throws {
        let last = "rate-limit.uncounted r\(left.count - 1)"
        #expect(try Self.overTime(Self.counts(left)) == (isFound ? [last] : []))
    }

    @Test("requests in different windows, rejections and impossible counts are not compared")
    func uncompared() throws {
        #expect(try Self.overTime(Self.counts([9, 9, 9, 9, 9], seconds: [0, 20, 40, 59, 60])) == [])
        #expect(
            try Self.overTime(Self.counts([9, 9, 9, 9, 9], seconds: [0, 20, 40, 58, 59])) == ["rate-limit.uncounted r4"]
        )
        var refused = Self.counts([9, 9, 9, 9, 9])
        refused[2].status = 429
        #expect(try Self.overTime(refused) == [])
        #expect(try Self.overTime(Self.counts([-1, -1, -1, -1, -1])) == [])
        #expect(try Self.overTime(Self.counts([61, 61, 61, 61, 61])) == [])
        #expect(try Self.overTime(Self.counts([61, 61, 61, 61, 61], "")) == ["rate-limit.uncounted r4"])
        // Requests of several operations are counted apart.
        var mixed = Self.counts([9, 9, 9, 9, 9])
        mixed[4].call = "limited,"
        #expect(try Self.overTime(mixed) == [])
    }
}
