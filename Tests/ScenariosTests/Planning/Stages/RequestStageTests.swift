import Diagnostics
import JSONDocument
import Testing

@testable import Scenarios

@Suite("Stages: building and checking requests") struct RequestStageTests {
    private let fixture = StageFixture(files: [
        "scenarios/x.csv": "case,pages\none,7\ntwo,many\n", "scenarios/bodies/ok.json": "{\"title\": \"x\"}",
    ])

    @Test("a scenario contains a step for each case of each row; the senders are in the order of execution")
    func scenario() throws {
        let built = try fixture.built(
            """
            scenario,step,call,set,auth,tags,opts
            s,end,getBook,book_id=1,,smoke slow,teardown mock
            ,all,getBook,book_id=1,alternatives,,mock lock=l
            ,pause,wait 1s,,,,
            """)
        let scenario = built.scenario
        #expect(built.count == 1)
        #expect(scenario.steps.map(\.name) == ["end", "all[KeyId+KeySecret]", "all[Token]", "pause"])
        #expect(scenario.steps.map(\.referenceName) == ["end", "all", "all[Token]", "pause"])
        #expect(scenario.tags == ["smoke", "slow"])
        #expect(scenario.options.mode == .mock)
        #expect(scenario.line == 2)
        #expect(built.senders.map(\.row.name) == ["all", "end"])
    }

    @Test("a scenario with data runs once for each row of the data")
    func cases() throws {
        let built = try fixture.built("step,call,set,opts\na,addBook,title=x; pages={{row.pages}},rows=x.csv\n")
        let cases = (0..<built.count).map { built.run(at: $0) }
        #expect(cases.map(\.scenario.id) == ["t[one]", "t[two]"])
        #expect(cases.map(\.scenario.row["pages"]) == ["7", "many"])
        #expect(cases.map(\.data?.location.line) == [2, 3])
        #expect(built.scenarios.map(\.id) == cases.map(\.scenario.id))
    }

    @Test("a scenario without steps, and `only`, are reported")
    func reports() throws {
        func report(_ csv: String, isCI: Bool) throws -> [String] {
            let rows = try #require(fixture.groups(csv).first)
            return ScenarioBuilder(rows: rows, resolved: try fixture.resolved(csv), isCI: isCI).result().1
        }
        #expect(try report("step,call\na,wait 1s\n", isCI: false) == ["2:1 the scenario 't' has no steps"])
        let only = "step,call,opts\na,listBooks,skip only\n"
        #expect(
            try report(only, isCI: false).map { $0.prefix(13) } == ["2:18 warning:"])
        #expect(try report(only, isCI: true).map { $0.prefix(12) } == ["2:18 `only` "])
    }

    @Test("the preview of a request contains placeholders for values of earlier steps")
    func preview() throws {
        let built = try fixture.built(
            "step,call,set\na,addBook,title=x\nb,addBook,title={{a.title}}; pages=3\n")
        let sender = built.senders[1]
        let scope = ValueScope(planning: sender.step, in: built.run(at: 0).scenario, fixture.settings)
        let preview = try RequestPlanner(scope: scope, credentials: Credentials())
            .preview(sender.step, earlierBodies: [:])
        #expect(preview.request.pointers.map(\.description) == ["/title"])
        #expect(preview.body.value?.text == #"{"title":"0","pages":3}"#)
        #expect(!preview.request.isComplete)
        #expect(!preview.body.isNone)
    }

    @Test("a request that violates the contract is reported at the item that caused it")
    func check() throws {
        let built = try fixture.built(
            "step,call,body,set\na,addBook,,pages=3\nb,addBook,none,\nc,addBook,bodies/ok.json,\n")
        var check = RequestCheck(built.run(at: 0), built.senders, fixture.checkInput)
        check.run()
        #expect(
            check.diagnostics.map { "\($0.location?.line ?? 0) \($0.rule)" } == ["2 table.request", "3 table.request"])
    }

    @Test("a value of a data row is checked, and reported at its cell")
    func dataCell() throws {
        let built = try fixture.built("step,call,set,opts\na,addBook,title=x; pages={{row.pages}},rows=x.csv\n")
        let problems = (0..<built.count).map { index in
            var check = RequestCheck(built.run(at: index), built.senders, fixture.checkInput)
            check.run()
            return check.diagnostics.map { "\($0.location?.file ?? "") \(Library.text($0))" }
        }
        #expect(problems[0] == [])
        #expect(problems[1].count == 1)
        #expect(problems[1].first?.hasPrefix("scenarios/x.csv 3:5 'pages': 'many'") == true)
    }

    @Test("equal requests are built once: a valid one is remembered, a wrong one is not")
    func once() throws {
        let built = try fixture.built("step,call,set\na,addBook,title=x\nb,addBook,pages=3\n")
        var check = RequestCheck(built.run(at: 0), built.senders, fixture.checkInput)
        check.run()
        let shapes = built.senders.map { RequestShape($0.step, $0.row.called.contract) }
        let valid = try #require(shapes[0])
        let wrong = try #require(shapes[1])
        #expect(fixture.store.validRequests[valid]?.value?.text == #"{"title":"x"}"#)
        #expect(fixture.store.validRequests[wrong] == nil)
        #expect(check.diagnostics.count == 1)
    }
}
