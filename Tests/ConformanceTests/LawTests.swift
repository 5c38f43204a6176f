import Conformance
import Exchanges
import Testing

@Suite("Laws")
struct LawTests {
    private static let table =
        "scenario,step,call,set,expect,opts\nall,one,listDepots,,200,\n,two,listDepots,,200,retry=2/1s\n"

    private static func bench(_ laws: String) throws -> Bench {
        try Bench(tables: [("t.csv", table), ("laws.csv", "law,when,check,note\n\(laws)\n")])
    }

    private static func depots(_ status: Int = 200, _ headers: (String, String)...) -> ExchangeOutcome {
        .answer(
            status, status == 200 ? #"[{"city":"Riga"}]"# : #"{"message":"x"}"#,
            [("content-type", "application/json")] + headers)
    }

    @Test("a law applies to every response that meets its conditions, and its finding has its note")
    func applies() throws {
        let bench = try Self.bench(
            "via-present,status=2xx; operation=listDepots; !header.age,header.via~present; header.via=a,says "
                + "who passed it on"
        )
        let verdict = try bench.verdict([
            "one": [Self.depots(200, ("via", "b"))], "two": [Self.depots(200, ("age", "1"))],
        ])
        #expect(
            verdict.told == [
                """
                law @header via laws.csv:2:79
                law 'via-present': expected `header.via` to be "a", received "b"
                - a + "b"
                says who passed it on
                """
            ])
        #expect(verdict.allFindings.map(\.operation) == ["listDepots"])
    }

    @Test("laws apply to retried responses too")
    func retries() throws {
        let bench = try Self.bench("wait-said,status=503,header.retry-after~present,")
        let verdict = try bench.verdict(["one": [Self.depots()], "two": [Self.depots(503), Self.depots()]])
        #expect(verdict.errors == ["law"])
        #expect(verdict.outcomes == ["one passed", "two failed"])
    }

    @Test("a law that never applied is one note of the run")
    func neverApplied() throws {
        let bench = try Self.bench("slow-down,status=429,header.retry-after~present,")
        let verdict = try bench.verdict(["one": [Self.depots()], "two": [Self.depots()]])
        #expect(
            verdict.told == ["law.never-applied (warning) laws.csv:2:1\nthe law 'slow-down' applied to no exchange"])
        #expect(!verdict.fails())
    }

    @Test("without any response, no law is reported for not applying")
    func nothingAnswered() throws {
        let bench = try Self.bench("slow-down,status=429,header.retry-after~present,")
        #expect(try bench.verdict([:]).allFindings == [])
    }

    @Test("conditions can use the request, and a condition on an absent place is false")
    func conditions() throws {
        let bench = try Self.bench(
            "by-path,req.method=GET; req.path~ends:/depots; req.header.x-none=1,status=500,\n"
                + "by-tag,req.query.limit=5,status=500,")
        let verdict = try bench.verdict(["one": [Self.depots()], "two": [Self.depots()]])
        #expect(verdict.allFindings.map(\.rule) == ["law.never-applied", "law.never-applied"])
    }

    @Test("a place that violates the contract has only that finding")
    func covered() throws {
        let bench = try Self.bench("city-long,status=200,$[*].city~len:4,")
        let verdict = try bench.verdict([
            "one": [.answer(200, #"[{"city":5}]"#)], "two": [.answer(200, #"[{"city":"Rome"}, {"city":"Oslo!"}]"#)],
        ])
        #expect(
            verdict.told == [
                """
                body.type @/0/city 1:10 parcels.yaml:87:29 t.csv:2:1
                is a number, but the schema allows only string
                - string + 5
                """,
                """
                law @/1/city 1:27 parcels.yaml:87:27 laws.csv:2:22
                law 'city-long': expected `$[*].city` to be a value of length 4, received "Oslo!"; 1 of 2 elements fail
                - a value of length 4 + "Oslo!"
                """,
            ])
    }

    @Test("two laws at one place have two fingerprints")
    func fingerprints() throws {
        let bench = try Self.bench("a,,header.via=a,\nb,,header.via=b,")
        let verdict = try bench.verdict(["one": [Self.depots()], "two": [Self.depots()]])
        #expect(verdict.errors == ["law", "law", "law", "law"])
        #expect(Set(verdict.allFindings.map(\.fingerprint)).count == 2)
    }
}
