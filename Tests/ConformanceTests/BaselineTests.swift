import Conformance
import Diagnostics
import Testing

@Suite struct BaselineTests {
    private static func broken() throws -> Verdict {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\ns,create,sendParcel,weight=2.5,201\n")]
        )
        var sent = Parcels.Sent()
        sent.replace("2.5", #""2.5""#)
        return try bench.verdict(.answer(sent.status, sent.body, sent.headers))
    }

    private static func entry(_ rule: String, at: String? = nil, until: String) -> Baseline.Entry {
        Baseline.Entry(
            rule: rule, at: at, reason: "known", until: until,
            location: SourceLocation(file: "baseline.yaml", line: 2, column: 5))
    }

    private static func told(_ entries: [Baseline.Entry], isWhole: Bool = true) throws -> [String] {
        try broken().accepting(Baseline(entries: entries), on: "2026-06-01", isWhole: isWhole).allFindings
            .map { "\($0.rule) \($0.severity.rawValue)" }
    }

    @Test("a finding of the rule and place is a note until the day, the day itself included")
    func accepted() throws {
        #expect(try Self.broken().fails())
        #expect(try Self.told([Self.entry("body.type", until: "2026-06-01")]) == ["body.type note"])
        #expect(try Self.told([Self.entry("body.type", at: "/weight", until: "2027-01-01")]) == ["body.type note"])
        let verdict = try Self.broken().accepting(
            Baseline(entries: [Self.entry("body.type", until: "2026-06-01")]), on: "2026-06-01", isWhole: true)
        #expect(!verdict.fails())
        #expect(verdict.scenarios.first?.outcome == .passed)
        #expect(verdict.allFindings.first?.accepted == Acceptance(reason: "known", until: "2026-06-01"))
    }

    @Test("an entry whose day has passed accepts nothing and is an error itself")
    func expired() throws {
        let told = try Self.told([Self.entry("body.type", until: "2026-05-31")])
        #expect(told == ["body.type error", "baseline.expired error"])
    }

    @Test("an entry that fits nothing is stale, in whole runs alone")
    func stale() throws {
        let entries = [Self.entry("body.type", at: "/note", until: "2027-01-01")]
        #expect(try Self.told(entries) == ["body.type error", "baseline.stale warning"])
        #expect(try Self.told(entries, isWhole: false) == ["body.type error"])
    }

    @Test("a baseline that is written of a verdict accepts all of it")
    func written() throws {
        let verdict = try Self.broken()
        let baseline = verdict.baseline(until: "2026-07-01", reason: "new")
        #expect(baseline.entries.map(\.rule) == ["body.type"])
        #expect(baseline.entries.map(\.at) == ["/weight"])
        #expect(!verdict.accepting(baseline, on: "2026-06-01", isWhole: true).fails())
    }
}
