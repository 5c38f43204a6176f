import TestKit
import Testing

@testable import Scenarios

@Suite("Canonical cells, column by column") struct CanonicalCellTests {
    /// The cell of one column in its canonical form, in a table with that column alone besides `call`.
    private static func cell(_ column: String, _ text: String) -> String {
        let quoted = "\"\(text.replacing("\"", with: "\"\""))\""
        let table = column == "call" ? "call,note\n\(quoted),x\n" : "call,\(column)\nx,\(quoted)\n"
        let bytes = TableFormatter.format(TableSource(path: "t.csv", bytes: Array(table.utf8))).bytes ?? []
        let record = CSVReader.read(bytes, file: "t.csv").records.first
        return record?.cells[column == "call" ? 0 : 1].text ?? "-"
    }

    @Test(
        "a cell has one spelling, and one that is not understood stays",
        arguments: [
            ("call", " get   /a/{b} ", "GET /a/{b}"), ("call", "listBooks", "listBooks"),
            ("call", "WAIT  2s", "wait 2s"),
            ("call", "Use  #x", "use #x"), ("call", "use a b#c", "use a b#c"),
            ("call", "event  lend  id=1", "event  lend  id=1"),
            ("auth", " Alternatives ", "alternatives"), ("auth", "Staff", "Staff"), ("body", " Example ", "example"),
            ("body", "EXAMPLE  novel", "example novel"), ("body", "As  a", "as a"),
            ("body", "File  a.png", "file a.png"),
            ("body", "file a b.png", "file a b.png"), ("body", "NONE", "none"), ("body", "none x", "none x"),
            ("body", " b.json", "b.json"),
            ("expect", " 2XX | 404 ", "2xx|404"), ("expect", "200 | x", "200 | x"), ("expect", "|200", "|200"),
            ("same_as", "a  Except  b[*].c,  d", "a except b[*].c d"), ("same_as", "a except ..", "a except .."),
            ("same_as", "a  without b", "a  without b"),
            ("save", " a = b.c ;; d=e ; ", "a=b.c; d=e"), ("save", "a", "a"),
            ("opts", "  SKIP   Timeout=5s ", "skip timeout=5s"),
            ("opts", "rows=Data/X.csv", "rows=Data/X.csv"), ("opts", "Lock=A=B", "lock=A=B"),
            ("tags", " a   b ", "a b"),
            ("note", "  two  words ", "two  words"), ("version", " v1 ", "v1"), ("ref", " A  B ", "A  B"),
            ("set", "a = 1 ;; b", "a = 1 ;; b"), ("check", " a ~ uuid ; ", "a~uuid"),
        ])
    func cells(column: String, text: String, expected: String) {
        #expect(Self.cell(column, text) == expected)
        #expect(Self.cell(column, expected) == expected)
    }

    @Test("a value that a spreadsheet changes is always one that the quick test finds")
    func quickTest() {
        var numbers = SplitMix(seed: 31)
        let pieces = [
            "0", "1", "31", "2026", "00", "-", "/", ":", ".", "+", "=", "@", "e", "E", " ", "Jan", "may", "December",
            "true", "FALSE",
            "a", "x", "é",
        ]
        var changed = 0
        for _ in 0..<20_000 {
            let text = (0..<(1 + numbers.number(below: 6))).map { _ in numbers.pick(pieces) }.joined()
            guard SpreadsheetChange(of: text) != nil else { continue }
            changed += 1
            #expect(SpreadsheetChange.isPossible(text), "\(text)")
        }
        #expect(changed > 1_000)
    }

    @Test(
        "a change is described after 'a spreadsheet', and keeps a number or does not",
        arguments: [
            ("=1", "reads it as a formula", false), ("007", "drops its leading zeros", true),
            ("1234567890123456", "keeps only fifteen of its digits", false),
            ("1E5", "writes it as another number", true),
            ("1.50", "writes it as a shorter number", true), ("1/2", "reads it as a date or a time", false),
            ("True", "writes it in upper case", false),
        ])
    func phrases(text: String, phrase: String, keepsNumber: Bool) throws {
        let change = try #require(SpreadsheetChange(of: text))
        #expect(change.phrase == phrase && change.keepsNumber == keepsNumber)
    }

    @Test("a law's columns have their own order and their own meaning of words")
    func laws() {
        let table = "note,CHECK,When,law,check.header.x\n n ,status=2XX ; time<1, operation = a ; tag=b, l ,= 5\n"
        let bytes = TableFormatter.format(TableSource(path: "t.csv", bytes: Array(table.utf8))).bytes ?? []
        #expect(
            String(decoding: bytes, as: UTF8.self)
                == "law,when,check,check.header.x,note\nl,operation=a; tag=b,status=2XX; time<1,5,n\n")
    }

    @Test("a name that spells like another is one scenario in the formatted table only if its bytes are equal")
    func names() {
        let table = "scenario,step,call\ns,a,x\ns,b,x\n\u{E9},a,x\ne\u{301},a,x\nS,a,x\n"
        let bytes = TableFormatter.format(TableSource(path: "t.csv", bytes: Array(table.utf8))).bytes ?? []
        #expect(Array("scenario,step,call\ns,a,x\n,b,x\n\u{E9},a,x\ne\u{301},a,x\nS,a,x\n".utf8) == bytes)
    }
}
