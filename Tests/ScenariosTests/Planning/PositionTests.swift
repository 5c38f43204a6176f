import Diagnostics
import Scenarios
import TestKit
import Testing

/// The place of a mistake is where an editor shows it: line and column of the file, whatever precedes it there.
@Suite("Positions of diagnostics") struct PositionTests {
    /// Tables with a mark before each place that is reported, and the number of expected problems.
    private static let tables = [
        "scenario,step,call,①scen,set.a.②.b,set.genre\ns,a,listBooks,,,novel\n",
        "scenario,step,call,set\ns,①now,listBooks,genre=novel\n,②9,listBooks,genre=novel\n",
        "scenario,step,call\ns,a,①listBoks\n,b, ②DELETE /books\n,c,wait ③x\n",
        "scenario,step,call,version\ns,a,listBooks,①2024-05-01\n,b,listBooks,②v7\n",
        "scenario,step,call,auth,set\ns,a,getBook,①staf,book_id=x\n",
        "scenario,step,call,body\ns,a,addBook,①example none\n,b,addBook,②bodies/x.json\n,c,addBook,file ③x.png\n",
        "scenario,step,call,set\ns,a,addBook,title=x; ①pags=1; pages=②ten; pages=③; lent④?1\n",
        "scenario,step,call,set\ns,a,addBook,title=①{{x.y}}; isbn=a ②{{row.z}} ③{{var.none}}\n",
        "scenario,step,call,set\ns,a,addBook,title=a {{b.c② d}}; isbn=①'\n",
        "scenario,step,call,set,expect\ns,a,getBook,book_id=x,200|①abc\n,b,getBook,book_id=x,\"②|200\"\n",
        "scenario,step,call,set,check\ns,a,getBook,book_id=x,①titel=1; pages=②x; added_at<③soon; title~④uid; title~/⑤(/\n",
        "scenario,step,call,set,same_as\ns,a,getBook,book_id=x,\n,b,getBook,book_id=x,①c\n,d,getBook,book_id=x,a except ②header.x\n",
        "scenario,step,call,set,save\ns,a,getBook,book_id=x,①x; b=②colour; c=a.③.b\n",
        "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,①slow ②timeout=x ③rows\n",
        "scenario,step,call,set\ns,a,addBook,title=x\n①s[1],a,addBook,title=x\n②s,a,addBook,title=x\n",
        "law,when,check\na,status=①2x,req.②x=1\n③a,,status=200\n",
    ]

    private static func places(_ text: String) -> [String] {
        let found = Library.plan(text, files: ["scenarios/b.csv": ""]).1
        return found.filter { $0.location?.file == "scenarios/t.csv" }.compactMap { diagnostic in
            diagnostic.location.map { "\($0.line):\($0.column)" }
        }
    }

    @Test("each mistake is reported at its place", arguments: tables)
    func marked(table: String) {
        let marked = MarkedText(table)
        let expected = Set(marked.places.map(\.description))
        let found = Set(Self.places(marked.text))
        #expect(expected.isSubset(of: found), "\(Library.problems(marked.text))")
        #expect(found.isSubset(of: expected), "\(Library.problems(marked.text))")
    }

    @Test("line ends, a byte order mark and a comment above change no column", arguments: tables)
    func spellings(table: String) {
        let text = MarkedText(table).text
        let places = Self.places(text)
        #expect(Self.places(text.replacing("\n", with: "\r\n")) == places)
        #expect(Self.places(text.replacing("\n", with: "\r")) == places)
        #expect(Self.places("\u{FEFF}" + text) == places)
        // Each of the two lines below moves the rest down by one.
        let lines = text.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        let below = Self.places("\(lines[0])\n# comment, with \"quotes\"\n\n\(lines.count > 1 ? lines[1] : "")")
        #expect(
            below
                == places.map {
                    $0.hasPrefix("1:") ? $0 : "\((Int($0.prefix { $0 != ":" }) ?? 0) + 2)\($0.drop { $0 != ":" })"
                })
    }

    @Test("the file has the underlined text at the location", arguments: tables)
    func excerpts(table: String) throws {
        let text = MarkedText(table).text
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.unicodeScalars) }
        for diagnostic in Library.plan(text).1 {
            guard let location = diagnostic.location, location.file == "scenarios/t.csv" else { continue }
            let excerpt = try #require(diagnostic.excerpt, "\(diagnostic)")
            let scalars = Array(excerpt.text.unicodeScalars)
            let underlined = scalars[excerpt.offset..<(excerpt.offset + excerpt.length)]
            #expect(lines[location.line - 1].dropFirst(location.column - 1).starts(with: underlined), "\(diagnostic)")
        }
    }

    @Test("every character counts as one column, and a doubled quote as two")
    func wide() {
        let table = "scenario,step,call,set\ns,a,addBook,\"title=é🙂\"\"x\"\"; pags=1\"\n"
        #expect(Library.problems(table).map { String($0.prefix(5)) } == ["2:29 "])
        let lines = "scenario,step,call,set\ns,a,addBook,\"title=x;\r\n\r\n  pags=1;\n lnt=2\"\n"
        #expect(Library.problems(lines).map { String($0.prefix(4)) } == ["4:3 ", "5:2 "])
    }

    @Test("a mistake that a `*` row causes in many steps is reported once, in that row")
    func once() {
        let steps = (0..<20).map { ",s\($0),,,\n" }.joined()
        let table = "scenario,step,call,set,check\ns,*,listBooks,genre=nowel; limt=1,$[0].titel=x\n" + steps
        #expect(Library.problems(table).map { String($0.prefix { $0 != " " }) } == ["2:21", "2:28", "2:35"])
    }

    @Test("diagnostics have the order of the files and of the places in them")
    func order() {
        let wrong = "scenario,step,call,set\nNAME,b,addBook,pages=1; pags=x\n,a,adBook,\n"
        let found = Library.plan(
            tables: [
                "scenarios/b.csv": wrong.replacing("NAME", with: "t"),
                "scenarios/a.csv": wrong.replacing("NAME", with: "s"),
            ]
        ).1
        let places = found.compactMap(\.location)
        #expect(places.map(\.file) == places.map(\.file).sorted())
        for (first, second) in zip(places, places.dropFirst()) where first.file == second.file {
            #expect((first.line, first.column) <= (second.line, second.column))
        }
        #expect(Set(places.map(\.file)).count == 2 && found.count >= 4)
    }
}
