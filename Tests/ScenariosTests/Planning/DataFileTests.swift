import Diagnostics
import Scenarios
import Testing

@Suite("Data files") struct DataFileTests {
    private let table = "step,call,set,opts\na,addBook,title={{row.title}},rows=data/x.csv\n"

    private func problems(_ data: String?, _ table: String? = nil) -> [String] {
        Library.plan(
            table ?? self.table, files: data.map { ["scenarios/data/x.csv": $0] } ?? [:]
        ).1.map { "\($0.location?.file ?? "") \(Library.text($0))" }
    }

    @Test("each row is a scenario of its own, in the order of the file, with its cells as text")
    func cases() {
        let data = "\u{FEFF}Case;title;#private\r\none;Emma;x\r\n;;\r\n two ;'007;y\r\n'3';'it''s';z\r\n"
        let (plan, diagnostics) = Library.plan(table, files: ["scenarios/data/x.csv": data])
        #expect(diagnostics.map(Library.text) == [])
        #expect(plan.scenarios.map(\.id) == ["t[one]", "t[two]", "t[3]"])
        #expect(plan.scenarios.map(\.name) == ["t", "t", "t"])
        #expect(plan.scenarios.map(\.dataCase) == ["one", "two", "3"])
        #expect(plan.scenarios.map { $0.row["title"] } == ["Emma", "007", "it''s"])
        #expect(plan.scenarios.allSatisfy { $0.row["#private"] == nil })
        #expect(plan.scenarios.map { $0.row["Case"] } == ["one", " two ", "3"])
    }

    @Test(
        "a file that cannot give rows is reported where it is named, or where it is wrong",
        arguments: [
            (
                nil,
                "scenarios/t.csv 2:36 the data file 'scenarios/data/x.csv' cannot be read: there is no such file | name the data file relative to the table"
            ),
            ("case,title\n", "scenarios/data/x.csv 1:1 the data file has no rows, so the scenario would never run"),
            ("case,title\n,\n", "scenarios/data/x.csv 1:1 the data file has no rows, so the scenario would never run"),
            (
                "name,title\n1,Emma\n",
                "scenarios/data/x.csv 1:1 the data file has no column `case`, which names each row"
            ),
            (
                "cases,title\n1,Emma\n",
                "scenarios/data/x.csv 1:1 the data file has no column `case`, which names each row | did you mean `case` instead of 'cases'?"
            ),
            (
                "",
                "scenarios/data/x.csv 1:1 the file is empty; its first line must name the columns | write a header, for example scenario,step,call,set,expect,check"
            ),
            (
                "case,title\n1,Emma,x\n",
                "scenarios/data/x.csv 2:8 the row has 3 cells, but the header names 2 columns | quote a cell that contains the delimiter: \"a, b\""
            ),
        ])
    func broken(data: String?, message: String) {
        // References to columns of the file have the same cause, and are not reported again.
        #expect(problems(data) == [message])
    }

    @Test("a row without a name, and a second row with the name of another, are reported; the others stay")
    func names() {
        let data = "case,title\none,Emma\n,Persuasion\none,Sanditon\n'one',Lady Susan\ntwo,Evelyn\n"
        let (plan, diagnostics) = Library.plan(table, files: ["scenarios/data/x.csv": data])
        #expect(
            diagnostics.map(Library.text) == [
                "3:1 the row has no `case`, which names it", "4:1 duplicate case 'one'", "5:1 duplicate case 'one'",
            ])
        #expect(
            diagnostics.last?.related.map { "\($0.message) \($0.location)" } == [
                "the first one is here scenarios/data/x.csv:2:1"
            ])
        #expect(plan.scenarios.map(\.id) == ["t[one]", "t[two]"])
    }

    @Test(
        "a file outside of the project is not read",
        arguments: ["../../x.csv", "/etc/passwd", "data/../../../x.csv"])
    func outside(path: String) {
        let table = "step,call,set,opts\na,addBook,title=x,rows=\(path)\n"
        #expect(
            problems(nil, table) == [
                "scenarios/t.csv 2:24 the data file '\(path)' is outside the project | "
                    + "name a file relative to the table, inside the project"
            ])
    }

    @Test("a path may go up and down inside of the project")
    func inside() {
        let table = "step,call,set,opts\na,addBook,title={{row.title}},rows=./../shared//./x.csv\n"
        let (plan, problems) = Library.plan(table, files: ["shared/x.csv": "case,title\n1,Emma\n"])
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios.map(\.id) == ["t[1]"])
    }

    @Test("an unknown column of the data is reported with the nearest one, or with all of them")
    func columns() {
        let table =
            "step,call,set,opts\na,addBook,title={{row.titel}}; isbn={{row.x}}; genre={{row.title}},rows=data/x.csv\n"
        #expect(
            problems("case,title,#x\n1,novel,\n", table) == [
                "scenarios/t.csv 2:17 the data file has no column 'titel' | did you mean `row.title`?",
                "scenarios/t.csv 2:37 the data file has no column 'x' | its columns are case, title",
            ])
    }

    @Test("a value of the wrong type is reported at its cell, each row once")
    func types() throws {
        let table = "step,call,set,opts\na,addBook,title=x; pages={{row.pages}}; lent={{row.lent}},rows=data/x.csv\n"
        let data = "case,pages,lent\n1,10,true\n2,ten,true\n3,0,no\n4,11,false\n"
        let found = Library.plan(table, files: ["scenarios/data/x.csv": data]).1.filter { $0.severity == .error }
        #expect(
            found.map { "\($0.location?.file ?? "") \(Library.text($0))" } == [
                "scenarios/data/x.csv 3:3 'pages': 'ten' is text, but the schema allows integer | "
                    + "add `invalid` to `opts` if the request must violate the contract",
                "scenarios/data/x.csv 4:5 'lent': 'no' is text, but the schema allows boolean | "
                    + "add `invalid` to `opts` if the request must violate the contract",
            ])
        let related = try #require(found.first?.related.last)
        #expect(related.message == "the row uses it here")
        #expect(related.location == SourceLocation(file: "scenarios/t.csv", line: 2, column: 26))
    }

    @Test("a violated keyword is reported at the cell that has the value")
    func keywords() {
        let table = "step,call,set,opts\na,addBook,title=x; pages={{row.pages}},rows=data/x.csv\n"
        let found = problems("case,pages\n1,10\n2,0\n", table)
        #expect(found.count == 1)
        #expect(
            found.first?.hasPrefix("scenarios/data/x.csv 3:3 'body/pages': 0 is below the minimum 1") == true,
            "\(found)")
    }

    @Test("a value that two cells form is reported at the row of the table, with the data row")
    func twoCells() throws {
        let table = "step,call,set,opts\na,addBook,title=x; pages={{row.a}}{{row.b}},rows=data/x.csv\n"
        let found = Library.plan(table, files: ["scenarios/data/x.csv": "case,a,b\n1,1,0\n2,1,x\n"]).1
        #expect(found.count == 1)
        let problem = try #require(found.first)
        #expect(
            problem.location?.file == "scenarios/t.csv"
                && problem.message == "'pages': '1x' is text, but the schema allows integer")
        #expect(
            problem.related.last.map { "\($0.message) \($0.location)" }
                == "with the data row '2' scenarios/data/x.csv:3:1")
    }

    @Test("the same file serves several scenarios, and its mistakes are reported once")
    func shared() {
        let tables =
            "scenario,step,call,set,opts\ns,a,addBook,title={{row.title}},rows=data/x.csv\nt,a,addBook,title={{row.title}},rows=data/x.csv\n"
        let found = problems("case,title\n1,Emma\n1,Sanditon\n", tables)
        #expect(found == ["scenarios/data/x.csv 3:1 duplicate case '1'"])
    }

    @Test("a data file that some table names is not a mistake, and one that none names is")
    func purpose() {
        let data = "case,title\n1,Emma\n"
        let used = Library.plan(tables: ["scenarios/t.csv": table, "scenarios/data/x.csv": data]).1
        #expect(used.map(Library.text) == [])
        let unused = Library.plan(tables: [
            "scenarios/t.csv": "step,call,set\na,addBook,title=x\n", "scenarios/data/x.csv": data,
        ]).1
        #expect(unused.map(\.rule) == ["table.kind"])
    }

    @Test(
        "a header decides what a file is; a typing error does not make a table into data",
        arguments: [
            ("case,title\n", false), ("scenario,step,call\n", true), ("law,check\n", true),
            ("scenario,step,cal\n", true),
            ("lwa,check\n", true), ("scenarios,x\n", true), ("\"call\";a\n", true), ("name,value\n", false),
            ("", false),
        ])
    func kinds(text: String, isTable: Bool) {
        #expect(TableSource(path: "x.csv", bytes: Array(text.utf8)).isTable == isTable)
    }

    @Test("control characters of a data file are warnings at their place; tabs are ordinary")
    func controls() {
        let text = "case,a,b\n1,\"x\ny\",ok\n2,a\tb,\u{1B}[31m\n3,c\u{7F},d\n"
        let found = TableSource(path: "d.csv", bytes: Array(text.utf8)).dataProblems
        #expect(
            found.map(Library.text) == [
                "2:5 warning: the cell contains a line break, which headers and paths cannot contain | "
                    + "use it only in a body, or remove it from the value",
                "4:7 warning: the cell contains the control character 27, which headers and paths cannot contain | "
                    + "use it only in a body, or remove it from the value",
                "5:4 warning: the cell contains the control character 127, which headers and paths cannot contain | "
                    + "use it only in a body, or remove it from the value",
            ])
        #expect(found.map(\.place) == ["a", "b", "a"])
    }
}
