import Conformance
import Diagnostics
import Exchanges
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

    @Test("a finding with the entry's rule and place is a note until its last day, inclusive")
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

    @Test("an expired entry accepts nothing and is an error")
    func expired() throws {
        let told = try Self.told([Self.entry("body.type", until: "2026-05-31")])
        #expect(told == ["body.type error", "baseline.expired error"])
    }

    @Test("an entry without a finding is stale, only in whole runs")
    func stale() throws {
        let entries = [Self.entry("body.type", at: "/note", until: "2027-01-01")]
        #expect(try Self.told(entries) == ["body.type error", "baseline.stale warning"])
        #expect(try Self.told(entries, isWhole: false) == ["body.type error"])
    }

    private static func update(
        _ old: [Baseline.Entry], _ verdict: Verdict? = nil, isWhole: Bool = true
    ) throws -> BaselineUpdate {
        BaselineUpdate(
            Baseline(entries: old), try verdict ?? broken(), on: "2026-06-01", until: "2026-07-01", reason: "new",
            isWhole: isWhole)
    }

    @Test("a baseline written from a verdict accepts all of it, and names row and days")
    func written() throws {
        let verdict = try Self.broken()
        let added = try Self.update([]).added
        #expect(added.map(\.rule) == ["body.type"])
        #expect(added.map(\.at) == ["/weight"])
        #expect(added.map(\.example) == ["t.csv:2 (s › create)"])
        #expect(added.map(\.firstSeen) == ["2026-06-01"])
        #expect(!verdict.accepting(Baseline(entries: added), on: "2026-06-01", isWhole: true).fails())
    }

    @Test("an entry that still accepts a finding is kept, even after its last day, and no other entry is added")
    func kept() throws {
        let update = try Self.update([Self.entry("body.type", at: "/weight", until: "2020-01-01")])
        #expect(update.seen == [0])
        #expect(update.added == [])
        #expect(update.dropped == [])
    }

    @Test(
        "an entry is dropped only when a whole run exercised its operation without the finding",
        arguments: [true, false])
    func gone(isWhole: Bool) throws {
        var exercised = Self.entry("body.enum", at: "/state", until: "2027-01-01")
        exercised.operation = try #require(Self.broken().allFindings.first?.operation)
        var other = exercised
        other.operation = "neverCalled"
        let update = try Self.update([exercised, other], isWhole: isWhole)
        #expect(update.dropped == (isWhole ? [0] : []))
        #expect(update.unobserved == (isWhole ? [1] : [0, 1]))
    }

    @Test("a step that was skipped or not run observes nothing")
    func leftOut() throws {
        var verdict = try Self.broken()
        var entry = Self.entry("body.enum", until: "2027-01-01")
        entry.operation = try #require(verdict.allFindings.first?.operation)
        var skipped = try #require(verdict.scenarios.first?.steps.first)
        skipped.findings = []
        skipped.exchanges = []
        skipped.reason = .skipped("not here")
        verdict.scenarios[0].steps.append(skipped)
        #expect(try Self.update([entry], verdict).unobserved == [0])
        entry.operation = nil
        #expect(try Self.update([entry], verdict).unobserved == [0])
    }
}
