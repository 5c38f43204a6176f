import Diagnostics
import Testing

@testable import Scenarios

@Suite("Stage: reading the rows of a scenario") struct ScenarioReaderTests {
    private let fixture = StageFixture()

    private func read(_ csv: String) throws -> (ScenarioDraft, [String]) {
        ScenarioReader(try #require(fixture.groups(csv).first)).result()
    }

    @Test("a `*` row gives its cells, items and options to the rows below, until the next one")
    func defaults() throws {
        let (draft, problems) = try read(
            """
            step,call,set,expect,opts
            a,addBook,title=Emma,,
            *,getBook,book_id=1; x=2,404,timeout=5s
            b,,x=3,,
            c,listBooks,,200,invalid
            """)
        #expect(problems == [])
        #expect(draft.isSound)
        #expect(draft.rows.map(\.name) == ["a", "*", "b", "c"])
        #expect(draft.rows.map(\.isDefaults) == [false, true, false, false])
        #expect(draft.rows.map { $0[.call]?.text } == ["addBook", "getBook", "getBook", "listBooks"])
        #expect(draft.rows.map { $0[.expect]?.text } == [nil, "404", "404", "200"])
        #expect(draft.rows[2].defaultSet.map(\.path.text) == ["book_id", "x"])
        #expect(draft.rows[2].set.map(\.path.text) == ["x"])
        #expect(draft.rows.map(\.options.step.timeout) == [nil, .seconds(5), .seconds(5), .seconds(5)])
        #expect(draft.rows.map(\.options.step.isInvalid) == [false, false, false, true])
        #expect(draft.idleDefaults.isEmpty)
    }

    @Test("the first row names the data file; `only` and `*` rows at the end are remembered")
    func scenarioOptions() throws {
        let (draft, problems) = try read(
            "step,call,opts\n*,listBooks,rows=data/x.csv\na,,only\n*,getBook,\n")
        #expect(problems == [])
        #expect(draft.dataFile?.text == "data/x.csv")
        #expect(draft.dataFile?.offset == 5)
        #expect(draft.only?.text == "only")
        #expect(draft.idleDefaults.map(\.text) == ["*"])
        #expect(draft.target == UseTarget(path: "scenarios/t.csv", scenario: "t"))
    }

    @Test("a row without a valid name is left out; a row with another mistake is kept as unsound")
    func mistakes() throws {
        let (draft, problems) = try read(
            """
            step,call,opts
            ,getBook,
            env,getBook,
            1x,getBook,
            a,getBook,rows=x.csv
            a,getBook,
            b,getBook,
            """)
        #expect(
            problems == [
                "2:1 the row names no step | name it: other rows refer to it by name; `*` sets defaults",
                "3:1 'env' is a reserved word and cannot name a step | "
                    + "the reserved words are env, row, secret, var, uuid, random, now, req, session, receiver",
                "4:1 '1x' is not a valid name of a step | start with a letter, then use letters, digits, '-' and '_'",
                "5:11 `rows=` is not in the first row of the scenario | "
                    + "move it to the scenario's first row: the data applies to the whole scenario",
                "6:1 duplicate step 'a' in the scenario 't' | give each step of a scenario its own name",
            ])
        #expect(!draft.isSound)
        #expect(draft.rows.map(\.name) == ["a", "b"])
        #expect(draft.rows.map(\.isSound) == [false, true])
        #expect(draft.dataFile == nil)
    }

    @Test("consecutive rows with one name form a scenario; without the column, the file names it")
    func groups() {
        let groups = fixture.groups("scenario,step,call\none,a,x\n,b,x\none,c,x\ntwo,d,x\none,e,x\n")
        #expect(groups.map(\.name) == ["one", "two", "one"])
        #expect(groups.map(\.rows.count) == [3, 1, 1])
        #expect(groups.map(\.location.line) == [2, 5, 6])
        #expect(fixture.groups("step,call\na,x\n").map(\.name) == ["t"])
    }

    @Test("names of scenarios are compared over all tables")
    func names() throws {
        var check = ScenarioNameCheck()
        let groups = fixture.groups("scenario,step,call\none,a,x\ntwo[1],b,x\none,c,x\n")
        let problems = groups.map { check.check($0).map(Library.text) }
        #expect(problems[0] == [])
        #expect(
            problems[1] == [
                "3:1 the name of a scenario cannot contain brackets or line breaks | "
                    + "remove them: in reports, brackets mark the data case of a scenario"
            ])
        #expect(
            problems[2] == [
                "4:1 duplicate scenario 'one' | "
                    + "keep the rows of a scenario together, and give each scenario its own name"
            ])
    }
}
