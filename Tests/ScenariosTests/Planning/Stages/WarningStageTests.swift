import Diagnostics
import Testing

@testable import Scenarios

@Suite("Stage: warnings, and the collection of diagnostics") struct WarningStageTests {
    private let fixture = StageFixture(files: ["scenarios/x.csv": "case,pages,other\none,007,1\n"])

    @Test("saved values that no step uses are returned, because a user of the scenario may use them")
    func saves() throws {
        let scenario = try fixture.resolved(
            """
            step,call,set,save
            a,addBook,title=x,id=book_id; t=title
            b,getBook,book_id={{a.id}},
            """)
        var report = UnusedPartsReport(scenario: scenario)
        let warnings = report.run()
        #expect(report.diagnostics.isEmpty)
        #expect(warnings.map(\.scenario) == [UseTarget(path: "scenarios/t.csv", scenario: "t")])
        #expect(
            warnings.map { Library.text($0.diagnostic) } == [
                "2:31 warning: the saved value 't' is never used | use {{a.t}}, or remove it"
            ])
    }

    @Test("defaults without steps, unused data columns and data cells that a spreadsheet changes are reported")
    func unused() throws {
        let scenario = try fixture.resolved(
            "step,call,set,opts\na,addBook,title={{row.pages}},rows=x.csv\n*,getBook,,\n")
        let (warnings, problems) = UnusedPartsReport(scenario: scenario).result()
        #expect(warnings.isEmpty)
        #expect(
            problems.map { $0.prefix { $0 != "|" } } == [
                "3:1 warning: no step of the scenario follows this row of defaults ",
                "1:12 note: 't' never uses the column 'other' ",
                "2:5 warning: a spreadsheet drops its leading zeros ",
            ])
    }

    @Test("nothing is reported about a scenario with errors")
    func unsound() throws {
        var scenario = try fixture.resolved("step,call,set\na,addBook,title=x\n*,getBook,\n")
        scenario.isSound = false
        let (warnings, problems) = UnusedPartsReport(scenario: scenario).result()
        #expect(warnings.isEmpty)
        #expect(problems.isEmpty)
    }

    @Test("the sink adds equal diagnostics once and sorts them by location; ties keep their order")
    func sink() {
        func diagnostic(_ message: String, _ line: Int) -> Diagnostic {
            Diagnostic("table.x", .error, message, at: SourceLocation(file: "t.csv", line: line, column: 1))
        }
        var sink = DiagnosticSink()
        sink.report([diagnostic("b", 3), diagnostic("c", 2), diagnostic("a", 2), diagnostic("b", 3)])
        #expect(sink.sorted.map(\.message) == ["c", "a", "b"])
    }
}
