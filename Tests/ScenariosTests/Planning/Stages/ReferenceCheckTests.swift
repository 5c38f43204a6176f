import Diagnostics
import Testing

@testable import Scenarios

@Suite("Stage: checking the references of a scenario") struct ReferenceCheckTests {
    private let fixture = StageFixture(files: ["scenarios/x.csv": "case,genre\n1,novel\n"])

    @Test("rows are numbered in the order of execution and found by the names of their steps")
    func order() throws {
        let scenario = try fixture.resolved(
            """
            step,call,set,auth,opts
            z,getBook,book_id=1,,teardown
            y,getBook,book_id=1,,teardown
            a,getBook,book_id=1,alternatives,
            s,getBook,book_id=1,,setup
            """)
        #expect(scenario.rows.map(\.name) == ["z", "y", "a", "s"])
        #expect(scenario.rows.map(\.position) == [3, 2, 1, 0])
        #expect(scenario.rowsByName["a"] == 2)
        #expect(scenario.rowsByName["a[Token]"] == 2)
        #expect(scenario.isSound)
    }

    @Test("a reference to a later step makes its row unsound, and only that row")
    func soundness() throws {
        let scenario = try fixture.resolved(
            "step,call,set\na,getBook,book_id={{b.book_id}}\nb,getBook,book_id={{a.book_id}}\n")
        #expect(scenario.rows.map(\.isSound) == [false, true])
        #expect(!scenario.isSound)
    }

    @Test("the data file gives the columns for {{row.…}}")
    func columns() throws {
        let csv = "step,call,set,opts\na,listBooks,genre={{row.genre}},rows=x.csv\nb,listBooks,genre={{row.gnre}},\n"
        let scenario = try fixture.resolved(csv)
        #expect(scenario.data?.columns == ["case", "genre"])
        #expect(scenario.rows.map(\.isSound) == [true, false])
        let (report, problems) = ReferenceCheck(
            scenario: scenario, settings: fixture.settings, lookups: fixture.store.lookups
        ).result()
        #expect(report.unsoundRows == [1])
        #expect(problems == ["3:19 the data file has no column 'gnre' | did you mean `row.genre`?"])
    }

    @Test("the output contains the secrets, whether they exist or not; filtered ones also as expressions")
    func secrets() throws {
        let scenario = try fixture.resolved(
            "step,call,set\na,addBook,title={{secret.TOKEN}}; book_id={{secret.TOKEN|lower}}; isbn={{secret.NO}}\n")
        #expect(scenario.secrets.names == ["TOKEN", "NO"])
        #expect(scenario.secrets.expressions.map(\.text) == ["secret.TOKEN|lower"])
    }
}
