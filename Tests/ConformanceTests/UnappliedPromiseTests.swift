import Conformance
import Diagnostics
import Exchanges
import Scenarios
import Testing

@Suite("Promises that applied to no exchange")
struct UnappliedPromiseTests {
    private static let promises = Promises(
        idempotency: IdempotencyPromise(header: "x-key", conflicts: [409]),
        rateLimit: RateLimitPromise(limit: "x-limit", remaining: "x-left"),
        echoes: [EchoPromise(request: "x-trace", response: "x-trace")],
        resources: [ResourcePromise(name: "parcel", id: "id", create: ["sendParcel"], fetch: ["fetchParcel"])])

    private static func bench(_ rows: String) throws -> Bench {
        var bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\n" + rows)])
        bench.policy.promises = promises
        bench.policy.declaredPromises = promises.entries.enumerated().map { index, entry in
            DeclaredPromise(entry, at: SourceLocation(file: "assay.yaml", line: index + 1, column: 3))
        }
        return bench
    }

    private static let list = ExchangeOutcome.answer(200, #"[{"city":"Rome"}]"#)

    /// The entries that are reported.
    private static func unapplied(_ rows: String, _ answers: [String: [ExchangeOutcome]]) throws -> [String] {
        try bench(rows).verdict(answers).allFindings.filter { $0.rule == "promise.never-applied" }.compactMap(\.clause)
    }

    @Test("each entry is reported with its location and its reason")
    func all() throws {
        let verdict = try Self.bench("s,a,listDepots,,200\n").verdict(["a": [Self.list]])
        #expect(
            verdict.told == [
                "promise.never-applied (warning) assay.yaml:1:3\n"
                    + "the promise `idempotency` applied to no exchange: no request repeated a key",
                "promise.never-applied (warning) assay.yaml:2:3\n"
                    + "the promise `rate-limit` applied to no exchange: no response had one of its headers",
                "promise.never-applied (warning) assay.yaml:3:3\nthe promise `echo.x-trace` applied to no exchange: "
                    + "no request sent 'x-trace' and received a response that must return it",
                "promise.never-applied (warning) assay.yaml:4:3\nthe promise `resources.parcel` applied to no exchange: "
                    + "no response was about such a resource",
            ])
        #expect(verdict.outcomes == ["a passed"])
        #expect(verdict.hints.map(\.rule) == ["run.never-applied"])
        #expect(verdict.hints.first?.message.contains("'idempotency', 'rate-limit', 'echo.x-trace' and 1 more") == true)
    }

    @Test("an entry that applied is not reported, whatever it found")
    func applied() throws {
        let all = ["idempotency", "rate-limit", "echo.x-trace", "resources.parcel"]
        func without(_ entry: String) -> [String] { all.filter { $0 != entry } }
        let traced = "s,a,listDepots,header.x-trace=t,200\n"
        #expect(try Self.unapplied(traced, ["a": [Self.list]]) == without("echo.x-trace"))
        let limited = ExchangeOutcome.answer(
            200, "[]", [("content-type", "application/json"), ("x-left", "many")])
        #expect(try Self.unapplied("s,a,listDepots,,200\n", ["a": [limited]]) == without("rate-limit"))
        let fetch = "s,a,fetchParcel,id=P-1,200\n"
        #expect(
            try Self.unapplied(fetch, ["a": [.answer(200, Parcels.parcel)]]) == without("resources.parcel"))
    }

    @Test("a key applies only when it is repeated")
    func keys() throws {
        let row = "sendParcel,weight=2.5; header.x-key=k,201"
        let answer = ExchangeOutcome.answer(
            201, Parcels.parcel,
            [("content-type", "application/json"), ("x-trace", "7f2c1d1e-0b7b-4d0c-9a43-1f6d1a2b3c4d")])
        let once = try Self.unapplied("s,a,\(row)\n", ["a": [answer]])
        #expect(once.contains("idempotency"))
        let twice = try Self.unapplied("s,a,\(row)\n,b,\(row)\n", ["a": [answer], "b": [answer]])
        #expect(!twice.contains("idempotency"))
    }

    @Test("a part of the scenarios, and a run without responses, prove nothing")
    func partial() throws {
        var bench = try Self.bench("s,a,listDepots,,200\n")
        #expect(try bench.verdict(["a": [.fault(.reset, "closed")]]).errors == ["transport.reset"])
        #expect(try bench.verdict(["a": [.fault(.reset, "closed")]]).allFindings.count == 1)
        bench.plan.isPartial = true
        #expect(try bench.verdict(["a": [Self.list]]).told == [])
    }
}
