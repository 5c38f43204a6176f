import Diagnostics
import Scenarios
import Testing

@Suite("Data rows") struct DataRowTests {
    private let files = [
        "scenarios/data/good.csv": "case,genre,limit\none,novel,'5\n# two,poem,6\nthree,poem,7\n",
        "scenarios/data/bad.csv": "case,genre,limit\none,nowel,5\ntwo,poem,ten\n",
        "scenarios/data/nocase.csv": "cas,genre\n1,2\n",
        "scenarios/data/twice.csv": "case\na\n\na\n",
        "scenarios/data/empty.csv": "case\n",
        "scenarios/data/broken.csv": "case,genre\na\n",
    ]

    @Test("a scenario runs once per data row, named by its case")
    func cases() {
        let table = """
            scenario,step,call,set,opts
            s,a,listBooks,genre={{row.genre}}; limit={{row.limit}},rows=data/good.csv
            ,b,getBook,book_id={{row.case}},
            """
        let (plan, diagnostics) = Library.plan(table, files: files)
        #expect(diagnostics.map(Library.text) == [])
        #expect(plan.scenarios.map(\.id) == ["s[one]", "s[three]"])
        #expect(plan.scenarios.map(\.dataCase) == ["one", "three"])
        #expect(plan.scenarios[0].row == ["case": "one", "genre": "novel", "limit": "5"])
        #expect(plan.scenarios.map(\.steps.count) == [2, 2])
    }

    @Test("each cell is typed where it is used, and an invalid one is reported with its row")
    func typed() {
        let table = """
            scenario,step,call,set,opts
            s,a,listBooks,genre={{row.genre}}; limit={{row.limit}},rows=data/bad.csv
            """
        let (_, diagnostics) = Library.plan(table, files: files)
        #expect(
            diagnostics.map(Library.text) == [
                "2:5 'query.genre': \"nowel\" is not one of the 3 allowed values \"novel\", \"poem\", \"essay\" | "
                    + "add `invalid` to `opts` if the request must violate the contract",
                "3:10 'limit': 'ten' is text, but the schema allows integer | "
                    + "add `invalid` to `opts` if the request must violate the contract",
            ])
        #expect(
            diagnostics.map { $0.related.last.map { "\($0.message) \($0.location)" } } == [
                "the row uses it here scenarios/t.csv:2:21", "the row uses it here scenarios/t.csv:2:42",
            ])
    }

    @Test(
        "an unusable data file is reported",
        arguments: [
            (
                "none.csv",
                "scenarios/t.csv 2:32 the data file 'scenarios/data/none.csv' cannot be read: there is no such file | "
                    + "name the data file relative to the table"
            ),
            (
                "../../../x.csv",
                "scenarios/t.csv 2:32 the data file 'data/../../../x.csv' is outside the project | "
                    + "name a file relative to the table, inside the project"
            ),
            (
                "nocase.csv",
                "scenarios/data/nocase.csv 1:1 the data file has no column `case`, which names each row | "
                    + "did you mean `case` instead of 'cas'?"
            ),
            ("twice.csv", "scenarios/data/twice.csv 4:1 duplicate case 'a'"),
            ("empty.csv", "scenarios/data/empty.csv 1:1 the data file has no rows, so the scenario would never run"),
            (
                "broken.csv",
                "scenarios/data/broken.csv 2:1 the row has 1 cell, but the header names 2 columns: "
                    + "the cell of 'genre' is missing | an empty cell also needs its delimiter"
            ),
        ])
    func unusable(name: String, expected: String) {
        let (_, diagnostics) = Library.plan(
            "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,rows=data/\(name)\n", files: files)
        #expect(diagnostics.map { "\($0.location?.file ?? "") \(Library.text($0))" } == [expected])
    }

    @Test("a file among the tables is data if some 'rows=' names it")
    func amongTables() {
        let table = "scenario,step,call,set,opts\ns,a,listBooks,genre={{row.genre}},rows=data/x.csv\n"
        let data = "case,genre\none,novel\n"
        let (plan, diagnostics) = Library.plan(tables: ["scenarios/t.csv": table, "scenarios/data/x.csv": data])
        #expect(diagnostics.isEmpty)
        #expect(plan.scenarios.map(\.id) == ["s[one]"])
        let (_, unnamed) = Library.plan(tables: ["scenarios/data/y.csv": data])
        #expect(unnamed.map(\.rule) == ["table.kind"])
    }
}
