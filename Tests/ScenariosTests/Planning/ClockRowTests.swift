import Diagnostics
import Exchanges
import Primitives
import Testing

@testable import Scenarios

@Suite("Rows that change the mock's clock") struct ClockRowTests {
    @Test("the changes of the clock, each without a response to refer to") func plan() throws {
        let table = """
            scenario,step,call,set
            s,list,listBooks,genre=novel
            ,a,clock +3d,
            ,b,CLOCK FREEZE,
            ,c,clock 2026-03-01T05:30:00+05:30,
            ,d,clock reset,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        let scenario = try #require(plan.scenarios.first)
        #expect(scenario.options.usesClock)
        #expect(
            scenario.steps.map(\.callText) == [
                "listBooks", "clock +3d", "clock freeze", "clock 2026-03-01T00:00:00Z", "clock reset",
            ])
    }

    @Test("mistakes in changes of the clock, their cells and their options") func mistakes() {
        let table = """
            scenario,step,call,set,expect,check,opts
            s,list,listBooks,genre=novel,,,
            ,a,clock 3d,,,,
            ,b,clock +3w,,,,
            ,c,clock +3651d,,,,
            ,d,clock tomorrow,,,,
            ,e,clock +1d,genre=novel,200,genre=novel,poll=2s/1s repeat=2
            ,f,listBooks,genre={{e.now}},,,
            """
        let help = "write clock +3d (s, m, h or d), clock 2026-03-01T00:00:00Z, clock freeze or clock reset"
        #expect(
            Library.problems(table) == [
                "3:10 '3d' is not a valid change of the clock | \(help)",
                "4:10 '+3w' is not a valid change of the clock | \(help)",
                "5:10 '+3651d' is not a valid change of the clock | \(help)",
                "6:10 'tomorrow' is not a valid change of the clock | \(help)",
                "7:14 a change of the clock has no `set` | leave the cell empty",
                "7:26 a change of the clock has no `expect` | leave the cell empty",
                "7:30 a change of the clock has no `check` | leave the cell empty",
                "7:42 a change of the clock has no `poll` | remove the option",
                "7:53 a change of the clock has no `repeat` | remove the option",
                "8:20 'e' is a change of the clock and has no values",
            ])
    }

    @Test("a session scenario cannot change the clock, because its users have other ones") func session() {
        let table = """
            scenario,step,call,set,save,opts
            s,list,listBooks,genre=novel,id=[0].id,session
            ,a,clock +3d,,,
            t,use,listBooks,genre={{session.s.id}},,
            """
        #expect(
            Library.problems(table).contains {
                $0.contains("changes the clock in the step 'a', but the scenarios that use the session have another")
            })
    }

    @Test("options of a `*` row that repeat requests do not apply to a change of the clock") func defaults() throws {
        let table = """
            scenario,step,call,set,opts
            s,*,,,poll=2s/1s retry=2/1s repeat=3
            ,list,listBooks,genre=novel,
            ,a,clock +3d,,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.isEmpty, "\(diagnostics)")
        let steps = try #require(plan.scenarios.first).steps
        #expect(steps.map(\.name) == ["list[1]", "list[2]", "list[3]", "a"])
        #expect(steps.last?.options.poll == nil)
        #expect(steps.last?.options.retry == nil)
    }

    @Test("`{{now}}` and the time of the mock follow the clock, exactly and without the time that passes")
    func times() {
        let start = Instant(secondsSinceEpoch: 1_700_000_000)
        func after(_ seconds: Int) -> Instant { start.advanced(by: .seconds(seconds)) }
        var time = ScenarioTime(start)
        #expect(time.clock == nil)
        #expect(time.time(at: after(5)) == after(5))
        time.apply(.advance(.seconds(100)), at: after(10))
        #expect(time.now == after(100))
        #expect(time.time(at: after(20)) == after(120))
        time.apply(.freeze, at: after(20))
        #expect(time.now == after(100))
        #expect(time.time(at: after(60)) == after(120))
        time.apply(.set(after(5_000)), at: after(60))
        #expect(time.now == after(5_000))
        #expect(time.time(at: after(70)) == after(5_000))
        time.apply(.reset, at: after(70))
        #expect(time.now == start)
        #expect(time.time(at: after(80)) == after(80))
    }

    @Test(
        "the name of a branch is a header value, and differs for each scenario and data row",
        arguments: [
            ("a b", nil, "a%20b"), ("a", "b", "a%5Bb%5D"), ("é\r\n", nil, "%C3%A9%0D%0A"),
        ] as [(String, String?, String)])
    func branch(scenario: String, dataCase: String?, name: String) {
        let scope = ValueScope(
            seed: "s", table: "t.csv", scenario: scenario, dataCase: dataCase,
            now: Instant(secondsSinceEpoch: 1_700_000_000))
        #expect(scope.branchName == name)
        let long = ValueScope(
            seed: "s", table: "t.csv", scenario: String(repeating: "x y", count: 400),
            now: Instant(secondsSinceEpoch: 1_700_000_000))
        #expect(long.branchName.utf8.count == 64)
    }
}
