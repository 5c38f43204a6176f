import Scenarios
import Testing

/// The table in the form asked for, or what is wrong with it.
func formatted(_ table: String, as form: TableForm = TableForm()) -> String {
    let (bytes, problems) = TableFormatter.format(TableSource(path: "t.csv", bytes: Array(table.utf8)), as: form)
    return bytes.map { String(decoding: $0, as: UTF8.self) } ?? problems.map(Library.text).joined(separator: "\n")
}

@Suite("The canonical form of tables") struct FormatTests {
    @Test("cells have one spelling, column by column")
    func cells() {
        let table = """
            Scenario, STEP ,call,auth,body,set,expect,check,same_as,save,opts,tags,note
             s , a ,get  /books/{book_id}, None,As  b," a = 1 ;!b; c:= {""x"": 1} ;",200 | 4XX, !x; y ~ uuid , t  Except a ,id = a.b ;, Invalid  Timeout=5s,x  y, "two  words"
            s,b,WAIT  2s,,,,,,,,,,
            """
        // The last cell of the first row is not quoted at its start, so the quotes there would be an error.
        let straight = table.replacing(" \"two  words\"", with: " two  words ")
        #expect(
            formatted(straight) == """
                scenario,step,call,auth,body,set,expect,check,same_as,save,opts,tags,note
                s,a,GET /books/{book_id},none,as b,"a=1; !b; c:={""x"": 1}",200|4xx,!x; y~uuid,t except a,id=a.b,invalid timeout=5s,x y,two  words
                ,b,wait 2s,,,,,,,,,,

                """)
    }

    @Test("additions of spreadsheets are removed: byte order mark, sep= line, semicolons, CRLF, empty columns and rows")
    func spreadsheet() {
        let saved = "\u{FEFF}sep=;\r\nscenario;step;call;set;;\r\ns;a;addBook;title='a;b'\r\n;;;;;\r\n;;;;;\r\n"
        let cut = saved.replacing("title='a;b'", with: "\"title='a;b'\";;")
        #expect(formatted(cut) == "scenario,step,call,set\ns,a,addBook,title='a;b'\n")
    }

    @Test("columns have the canonical order, promoted ones after theirs, private ones last")
    func columns() {
        #expect(
            formatted("#who,note,check.x,call,set.b,step,set,check,set.a,scenario\nme,n,1,c,2,s,a=1,y=1,3,sc\n") == """
                scenario,step,call,set.b,set,set.a,check.x,check,note,#who
                sc,s,c,2,a=1,3,1,y=1,n,me

                """)
    }

    @Test("an unknown column keeps every column in its place")
    func unknownColumn() {
        #expect(formatted("note,call,colour\n n , c , x \n") == "note,call,colour\nn,c,x\n")
    }

    @Test("comments and paragraphs are kept")
    func comments() {
        let table = """
            scenario,step,call

            # about "this" table, at large
            s,a,listBooks


            #s,b,addBook
            s,c,listBooks
            ,,
            "# two
            lines",,
            t,a,listBooks

            """
        #expect(
            formatted(table) == """
                scenario,step,call
                # about "this" table, at large
                s,a,listBooks

                #s,b,addBook
                ,c,listBooks

                "# two
                lines"
                t,a,listBooks

                """)
    }

    @Test("a commented row moves with its columns and stays a comment")
    func commentedRow() {
        #expect(
            formatted("step,scenario,call\na,s,x\n#b,s,y\n") == "scenario,step,call\ns,a,x\n#s,b,y\n")
    }

    @Test("no row becomes a comment")
    func numberSign() {
        #expect(formatted("step,scenario,call\na,#1,x\n") == "step,scenario,call\na,#1,x\n")
        #expect(formatted("scenario,step,call\n #1,a,x\n") == "scenario,step,call\n #1,a,x\n")
    }

    @Test("a comment with a single quote does not swallow rows when cells below are quoted")
    func commentQuotes() {
        let text = formatted("scenario;step;call;note\n#x;p,\"y\ns;a;b,c;d\n")
        #expect(text == "scenario,step,call,note\n\"#x;p,\"\"y\"\ns,a,\"b,c\",d\n")
        #expect(formatted(text) == text)
    }

    @Test(
        "an item keeps its meaning",
        arguments: [
            ("a = 1", "a=1"), ("a< =5", "a< =5"), ("a > 5", "a>5"), ("a==5", "a==5"), ("!  a", "!a"),
            ("a=‘it’s’", "a='it’s'"), ("[‘odd.name’] = 1", "['odd.name']=1"), ("a ~ /x;y/ ;b=2", "a~/x;y/; b=2"),
            ("a=' b '; c=d e", "a=' b '; c=d e"), ("a := {\"x\": [1,  2]}", "a:={\"x\": [1,  2]}"),
            ("a='x;y'", "a='x;y'"), ("a", "a"), ("a=;b=1", "a=;b=1"), ("a={{ uuid }}", "a={{ uuid }}"),
            ("a='{{''{{''}}'", "a='{{''{{''}}'"), ("a=1;\n\tb=2", "a=1; b=2"),
        ])
    func items(cell: String, expected: String) {
        #expect(written(formatted("call,set\nx,\(quoted(cell))\n")) == expected)
    }

    @Test(
        "a promoted cell keeps its meaning and does not start with =",
        arguments: [
            ("= 1", "1"), (" >= 5 ", ">=5"), ("= =5", "'=5"), ("='x'", "'x'"), ("~ uuid", "~uuid"), ("!", "!"),
            ("= ~x", "'~x"), ("'007", "'007"), ("= -1", "-1"), ("!= 3", "!=3"), ("< =5", "< =5"), (":= [1]", ":=[1]"),
            ("a;b", "a;b"),
        ])
    func promoted(cell: String, expected: String) {
        #expect(written(formatted("call,check.x\nx,\(quoted(cell))\n")) == expected)
    }

    @Test("the spreadsheet form has a byte order mark, CRLF, and a quote before values that would change")
    func excel() {
        let table = "call,set.a,set.b,set.c,note\nx,007,100.50,'true',007\ny,>=1.0,1E5,plain,\n"
        let excel = formatted(table, as: TableForm(isForSpreadsheets: true))
        #expect(
            excel
                == "\u{FEFF}call,set.a,set.b,set.c,note\r\nx,'007,'100.50,'true',007\r\ny,>=1.0,'1E5,plain,\r\n")
        #expect(formatted(excel, as: TableForm(isForSpreadsheets: true)) == excel)
    }

    @Test("cells of a data file are only requoted, or protected for a spreadsheet")
    func data() {
        let file = "case;amount\r\n a ;\"1,5\"\r\n2024-01-01;007\r\n"
        #expect(formatted(file) == "case,amount\n a ,\"1,5\"\n2024-01-01,007\n")
        #expect(
            formatted(file, as: TableForm(isForSpreadsheets: true))
                == "\u{FEFF}case,amount\r\n a ,\"1,5\"\r\n'2024-01-01,'007\r\n")
    }

    @Test("a file that is not CSV is reported")
    func broken() {
        #expect(
            formatted("scenario,step,call\ns,\"a,b\n")
                == "2:3 the quote that opens here is never closed | close the cell with \" or remove the quote; "
                + "the rest of the file was read as one cell")
    }

    private func quoted(_ cell: String) -> String { "\"" + cell.replacing("\"", with: "\"\"") + "\"" }

    /// The second cell of the second row.
    private func written(_ table: String) -> String {
        CSVReader.read(Array(table.utf8), file: "t.csv").records[0].cells[1].text
    }
}
