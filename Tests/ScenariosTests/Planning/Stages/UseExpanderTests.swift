import Diagnostics
import Testing

@testable import Scenarios

@Suite("Stage: expanding the uses of a scenario") struct UseExpanderTests {
    private let fixture = StageFixture(files: [
        "scenarios/shared.csv": "scenario,step,call\nlogin,get,getBook\n"
    ])

    /// Expands the first scenario of a table; `resolve` stands for the stages of the used scenario.
    private func expand(
        _ csv: String, nesting: [UseTarget] = [],
        resolve: UseExpander.Resolution? = nil
    ) throws -> (ExpandedScenario, [String]) {
        let resolved = try fixture.resolved(
            "step,call,set,opts\nget,getBook,book_id=1,\nend,getBook,book_id={{get.book_id}},teardown\n")
        return UseExpander(
            draft: try fixture.draft(csv), nesting: nesting, used: fixture.store.used,
            resolve: resolve ?? { _, _ in (resolved, []) }
        ).result()
    }

    private func names(_ scenario: ExpandedScenario) -> [String] {
        scenario.parts.flatMap { part in
            switch part {
            case .row(let row): [row.name]
            case .used(let rows): rows.map(\.name)
            }
        }
    }

    @Test("a row with `use` becomes the steps of the scenario, named after the row; `*` rows disappear")
    func steps() throws {
        let (scenario, problems) = try expand(
            "step,call,opts\n*,,mock\na,listBooks,\nin,use shared.csv#login,\n")
        #expect(problems == [])
        #expect(names(scenario) == ["a", "in.get", "in.end"])
        #expect(scenario.uses.all == ["in"])
        #expect(scenario.uses.broken == [])
        guard case .used(let rows) = scenario.parts[1] else {
            Issue.record("the second part is not a use")
            return
        }
        #expect(rows.map(\.options.mockOnly) == [true, true])
        #expect(rows.map(\.options.isTeardown) == [false, true])
        #expect(rows[1].references == [.step("in.get", try ItemPath.parse("book_id", in: .reference))])
    }

    @Test("a scenario is resolved once, with the scenarios around it")
    func once() throws {
        let target = UseTarget(path: "scenarios/t.csv", scenario: "t")
        let outer = UseTarget(path: "scenarios/o.csv", scenario: "o")
        let resolved = try fixture.resolved("step,call,set\nx,getBook,book_id=1\n")
        let calls = Calls()
        let (scenario, problems) = try expand(
            "step,call\na,use shared.csv#login\nb,use shared.csv#login\n", nesting: [outer]
        ) { _, nesting in
            calls.nestings.append(nesting)
            return (resolved, [])
        }
        #expect(problems == [])
        #expect(calls.nestings == [[outer, target]])
        #expect(names(scenario) == ["a.x", "b.x"])
    }

    /// The nestings with which the used scenarios were resolved.
    private final class Calls {
        var nestings: [[UseTarget]] = []
    }

    @Test("a use that cannot be expanded is reported, and its name is remembered as broken")
    func mistakes() throws {
        let (scenario, problems) = try expand(
            """
            step,call,set
            a,use,
            b,use shared.csv#logn,
            c,use #t,
            d,use none.csv#x,
            e,use shared.csv#login,x=1
            """)
        #expect(
            problems == [
                "2:3 'use' does not name a scenario of a table | "
                    + "write use other.csv#scenario, or use #scenario for a scenario of this table",
                "3:18 'scenarios/shared.csv' has no scenario 'logn' | did you mean `login`?",
                "4:3 the scenario uses itself: scenarios/t.csv#t → scenarios/t.csv#t | "
                    + "move the shared steps into a scenario of their own",
                "5:7 the table 'scenarios/none.csv' cannot be read: there is no such file | "
                    + "name the table relative to the table that uses it",
                "6:24 a row that uses a scenario has no `set` | "
                    + "leave the cell empty; the steps of that scenario define what is sent and checked",
            ])
        #expect(scenario.uses.broken == ["a", "b", "c", "d", "e"])
        #expect(!scenario.isSound)
        #expect(scenario.parts.isEmpty)
    }

    @Test("the nesting of scenarios is limited")
    func depth() throws {
        let nesting = (0..<10).map { UseTarget(path: "scenarios/\($0).csv", scenario: "x") }
        let (_, problems) = try expand("step,call\na,use shared.csv#login\n", nesting: nesting)
        #expect(
            problems == ["2:3 scenarios are nested more than 10 levels deep | use the innermost one directly"])
    }

    @Test("a scenario has one lock: its own rows and the used scenarios must agree")
    func locks() throws {
        var inner = try fixture.resolved("step,call,set\nx,getBook,book_id=1\n")
        inner.lock = "inner"
        let resolved = inner
        let (alone, none) = try expand("step,call\na,use shared.csv#login\n") { _, _ in (resolved, []) }
        #expect(none == [])
        #expect(alone.lock == "inner")
        let (both, problems) = try expand(
            "step,call,opts\na,listBooks,lock=own\nb,listBooks,lock=other\nc,use shared.csv#login,\n"
        ) { _, _ in (resolved, []) }
        #expect(
            problems == [
                "3:18 the scenario already has the lock 'own' | a scenario can hold only one lock",
                "4:3 the scenario that is used requires the lock 'inner', but this scenario sets 'other' | "
                    + "a scenario can hold only one lock",
            ])
        #expect(both.lock == "inner")
        guard case .row(let row) = both.parts[1] else {
            Issue.record("the second part is not a row")
            return
        }
        #expect(!row.isSound)
    }
}
