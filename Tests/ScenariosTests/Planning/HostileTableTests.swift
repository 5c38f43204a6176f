import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Scenarios
import Testing

@Suite("Hostile tables") struct HostileTableTests {
    private let table = """
        scenario,step,call,auth,body,set,expect,check,same_as,save,opts,#x
        s,*,,,,,,,,,timeout=5s,
        ,add,addBook,,bodies/ok.json,"book_id=B-{{uuid:b}}; author:={""name"":""J""}",200,title~/E.*/; $~len:1..9,,id=book_id,,
        ,get,GET /books/{book_id},alternatives,,book_id={{add.id}},,price>=10.50,add except tags[*] added_at,,retry=3/1s,
        ,bad,addBook,,as add,pages='x''y',400|4xx,!code,,,invalid,
        """

    @Test("no cut and no changed byte of a table prevents a result of the planner")
    func damaged() {
        let bytes = Array(table.utf8)
        for index in stride(from: 0, to: bytes.count, by: 3) {
            for byte in [0x00, 0x22, 0x27, 0x3B, 0x7B, 0x5B, 0x2E, 0x0A, 0xC3] as [UInt8] {
                var damaged = bytes
                damaged[index] = byte
                check(damaged)
            }
            check(Array(bytes[..<index]))
        }
    }

    private func check(_ bytes: [UInt8]) {
        let (_, diagnostics) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: bytes)], contracts: Library.contracts,
            settings: Library.settings(files: Library.bodies))
        for diagnostic in diagnostics {
            #expect(diagnostic.location.map { $0.line > 0 && $0.column > 0 } ?? false, "\(diagnostic)")
            guard let excerpt = diagnostic.excerpt else { continue }
            let length = excerpt.text.unicodeScalars.count
            #expect(excerpt.offset >= 0 && excerpt.offset + excerpt.length <= length, "\(diagnostic)")
        }
    }

    @Test("the undamaged table is valid")
    func undamaged() {
        #expect(Library.problems(table, files: Library.bodies) == [])
    }

    @Test("long and deep cells are quickly rejected or read")
    func sizes() {
        let deep = String(repeating: "[", count: 50_000)
        let deepJSON = Library.problems("scenario,step,call,set\ns,a,addBook,title=x; tags:=\(deep)\n")
        #expect(deepJSON.count == 1)
        let many = String(repeating: "title=x;", count: 20_000)
        #expect(
            Library.problems("scenario,step,call,set\ns,a,addBook,\(many)\n").last
                == "2:8013 the cell has more than 1000 items | move large bodies into a file"
        )
        let path = String(repeating: "a.", count: 10_000)
        #expect(Library.problems("scenario,step,call,set\ns,a,addBook,\(path)a=1\n").count == 1)
        let text = String(repeating: "x", count: 200_000)
        #expect(Library.problems("scenario,step,call,set\ns,a,addBook,title=\(text)\n") == [])
        let braces = String(repeating: "{{", count: 20_000)
        #expect(Library.problems("scenario,step,call,set\ns,a,addBook,title=\(braces)\n").count == 1)
    }

    @Test("text that spreadsheets or shells would execute is sent unchanged")
    func formulas() {
        let (plan, diagnostics) = Library.plan(
            "scenario,step,call,set\ns,a,addBook,title==1+1; isbn=@x $(id) `id` %0A\n")
        #expect(diagnostics.map(Library.text) == [])
        #expect(plan.scenarios[0].steps[0].request.set.map(\.text) == ["title==1+1", "isbn=@x $(id) `id` %0A"])
    }

    @Test("a value that is invalid in a header is rejected before anything is sent")
    func headerInjection() {
        let table = "scenario,step,call,set\ns,a,addBook,\"title=x; x-request-key='a\nx-evil: 1'\"\n"
        #expect(
            Library.problems(table) == [
                "2:37 the value of the header 'x-request-key' contains a line break | "
                    + "such a request cannot be sent as HTTP, even in an invalid row"
            ])
    }

    @Test("the content of a data row is plain data: formulas, templates, line breaks, a megabyte")
    func dataRows() throws {
        let long = String(repeating: "x", count: 1 << 20)
        let data =
            "case,title\nformula,=cmd|' /C calc'!A0\ntemplate,{{secret.TOKEN}} {{uuid}}\nlines,\"a\r\nx: 1\"\n"
            + "long,\(long)\n"
        let table = "step,call,body,set,opts\na,addBook,b.json,isbn={{row.title}},rows=d.csv\n"
        let (plan, diagnostics) = Library.plan(
            table, files: ["scenarios/d.csv": data, "scenarios/b.json": "{\"title\": \"<{{row.title}}>\"}"])
        #expect(
            diagnostics.map(Library.text) == [
                "2:9 warning: a spreadsheet reads it as a formula | write '=cmd|' /C calc'!A0, as `assay fmt --excel` does"
            ])
        let sent = ["=cmd|' /C calc'!A0", "{{secret.TOKEN}} {{uuid}}", "a\r\nx: 1", long]
        for (scenario, text) in zip(plan.scenarios, sent) {
            let scope = ValueScope(
                seed: "s", table: "t", scenario: "t", now: .init(microsecondsSinceEpoch: 0),
                sources: ValueSources(secrets: ["TOKEN": "hidden"]), row: scenario.row)
            let body = try RequestBuilder.build(
                scenario.steps[0], scope: scope, credentials: Credentials(), baseURL: "http://x"
            ).body
            #expect(body?["title"]?.string == "<\(text)>")
            #expect(body?["isbn"]?.string == text)
        }
    }

    @Test("a data cell that is invalid in a header or a path is reported before anything is sent")
    func injection() {
        let data = "case,key\n1,abc\n2,\"abc\r\nx-evil: 1\"\n3,abc\u{7F}def\n"
        let table = "step,call,set,opts\na,addBook,title=x; x-request-key={{row.key}},rows=d.csv\n"
        #expect(
            Library.problems(table, files: ["scenarios/d.csv": data]) == [
                "3:4 the value of the header 'x-request-key' contains a line break | such a request cannot be sent as "
                    + "HTTP, even in an invalid row",
                "5:3 the value of the header 'x-request-key' contains a control character | such a request cannot be sent "
                    + "as HTTP, even in an invalid row",
            ])
        #expect(
            Library.problems("step,call,set\na,addBook,title=x\u{0}y\n").map { String($0.prefix(36)) } == [
                "2:18 the file contains a NUL charact"
            ])
    }

    @Test("diagnostics have rule, file, column name, the cell and the mistake in it")
    func anatomy() throws {
        let (_, diagnostics) = Library.plan("scenario,step,call,set\ns,a,addBook,title=x; pages=ten\n")
        let found = try #require(diagnostics.first)
        #expect(found.rule == "table.value")
        #expect(found.location == SourceLocation(file: "scenarios/t.csv", line: 2, column: 28))
        #expect(found.place == "set")
        #expect(found.excerpt == Diagnostic.Excerpt("title=x; pages=ten", offset: 15, length: 3))
        #expect(found.related.map(\.message) == ["the schema"])
        #expect(found.related[0].location.file == "library.yaml")
    }
}
