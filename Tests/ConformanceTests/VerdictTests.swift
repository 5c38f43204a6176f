import Conformance
import Exchanges
import Testing

@Suite("Verdicts")
struct VerdictTests {
    private static func finding(_ table: String, spec: String = Parcels.document, _ body: String) throws -> [Finding] {
        try Bench(spec: spec, tables: [("t.csv", table)]).verdict(.answer(200, body)).allFindings
    }

    @Test("a fingerprint depends on rule and place, not on line, index, value, scenario or step")
    func stableFingerprints() throws {
        let plain = "scenario,step,call,expect\nall,list,listDepots,200\n"
        let first = try Self.finding(plain, #"[{"city":5}]"#)
        let later = try Self.finding(
            "scenario,step,call,expect\n\n\nother,again,listDepots,200\n", #"[{"city":"a"},{"city":true}]"#)
        let moved = try Self.finding(plain, spec: "# moved\n" + Parcels.document, #"[ {"city":5}]"#)
        #expect(first.count == 1 && later.count == 1 && moved.count == 1)
        #expect(Set([first[0], later[0], moved[0]].map(\.fingerprint)).count == 1)
    }

    @Test("another rule, place, operation, response, check or row has another fingerprint")
    func differentFingerprints() throws {
        let plain = "scenario,step,call,expect,check\nall,list,listDepots,200,\n"
        var all: [Finding] = []
        all += try Self.finding(plain, #"[{"city":5}]"#)
        all += try Self.finding(plain, "[{}]")
        all += try Self.finding(plain, #"[{"city":"a","gates":"b"}]"#)
        all += try Self.finding(plain, "[]")
        all += try Self.finding(
            "scenario,step,call,expect,check\nall,list,listDepots,200,$~len:3; $[0].city=b\n", #"[{"city":"a"}]"#)
        all += try Self.finding(
            "scenario,step,call,expect,check\nall,other,listDepots,200,$~len:3\n", #"[{"city":"a"}]"#)
        let problems = try Bench(tables: [("t.csv", plain)])
        all += try problems.verdict(.answer(500, "{}")).allFindings
        all += try problems.verdict(.answer(418, "{}")).allFindings
        #expect(all.count == 11)
        #expect(Set(all.map(\.fingerprint)).count == 11)
        #expect(all.allSatisfy { $0.fingerprint.utf8.count == 16 })
    }

    @Test("every rule has its own id, and every finding has a rule")
    func rules() throws {
        #expect(Set(Rule.all.map(\.id)).count == Rule.all.count)
        for id in [
            "body.type", "body.required", "body.json", "header.maximum", "header.required", "transport.reset",
            "request.type", "law",
        ] {
            #expect(Rule.named(id) != nil, "\(id)")
        }
        #expect(Rule.named("body.json")?.summary == "the body is not JSON")
        #expect(Rule.named("header.pattern")?.id == "header.*")
        #expect(Rule.named("bodily") == nil)
    }

    @Test("the same journal gives the same verdict, in any order of its exchanges")
    func pure() throws {
        let table = "scenario,step,call,expect\na,one,listDepots,200\nb,two,listDepots,200\nc,three,listDepots,200\n"
        let bench = try Bench(tables: [("t.csv", table)])
        let outcome = ExchangeOutcome.answer(200, #"[{"city":5}]"#)
        var journal = try bench.journal(["one": [outcome], "two": [outcome], "three": [outcome]])
        let judge = Judge(plan: bench.plan, contracts: bench.contracts)
        let first = judge.verdict(journal).told
        journal.exchanges.reverse()
        #expect(judge.verdict(journal).told == first)
        #expect(first.count == 3)
    }
}
