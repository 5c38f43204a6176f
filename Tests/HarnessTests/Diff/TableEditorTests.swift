import Diagnostics
import Foundation
import Scenarios
import Testing

@testable import Harness

/// Edits of single cells: nothing else of a table changes.
@Suite struct TableEditorTests {
    private static func edited(
        _ table: String, _ action: TableEdit.Action, line: Int, column: Int = 1
    ) -> (text: String, skipped: [String]) {
        let place = SourceLocation(file: "t.csv", line: line, column: column)
        let row = SourceLocation(file: "t.csv", line: line, column: 1)
        let result = TableEditor.apply(
            [TableEdit(action, at: place, row: row)], to: TableSource(path: "t.csv", bytes: Array(table.utf8)))
        return (String(decoding: result.bytes, as: UTF8.self), result.skipped.map(\.reason))
    }

    @Test("quotes, line ends, comments, delimiters and a byte order mark stay as they are")
    func bytes() {
        let table =
            "\u{FEFF}step;call;set;check;note\r\n# ü; a comment\r\n\r\na;op;\"x='1'\"; id~integer ;\"é \"\"q\"\"\"\r\nb;op;;;\r\n"
        #expect(
            Self.edited(table, .addToSet("y=2"), line: 4).text
                == table.replacing("\"x='1'\"", with: "\"x='1'; y=2\""))
        #expect(Self.edited(table, .addToSet("y=2"), line: 5).text == table.replacing("b;op;;;", with: "b;op;y=2;;"))
        #expect(
            Self.edited(table, .replaceItem("id~integer", with: "id~string"), line: 4, column: 15).text
                == table.replacing("id~integer", with: "id~string"))
    }

    @Test("a cell is quoted when it has to be from now on")
    func quoting() {
        let table = "step,call,set\na,op,x=1\n"
        #expect(
            Self.edited(table, .addToSet("y='a,b\"'"), line: 2).text == "step,call,set\na,op,\"x=1; y='a,b\"\"'\"\n")
    }

    @Test(
        "an item is removed with its separator",
        arguments: [("a=1", "b=2; c=3"), ("b=2", "a=1; c=3"), ("c=3", "a=1; b=2")])
    func removal(item: String, rest: String) {
        let table = "step,call,check\na,op,a=1; b=2; c=3\n"
        #expect(
            Self.edited(table, .removeItem(item), line: 2, column: 6).text == "step,call,check\na,op,\(rest)\n")
    }

    @Test("an item in a cell of several lines is found, and the other lines stay")
    func severalLines() {
        let table = "step,call,check\na,op,\"a=1;\n  b=2;\n  c=3\"\n"
        #expect(
            Self.edited(table, .replaceItem("c=3", with: "c=4"), line: 4, column: 3).text
                == table.replacing("c=3", with: "c=4"))
        #expect(
            Self.edited(table, .removeItem("b=2"), line: 3, column: 3).text == "step,call,check\na,op,\"a=1;\n  c=3\"\n"
        )
    }

    @Test("an item goes into the column that it has for itself")
    func promoted() {
        let table = "step,call,set,set.kind\na,op,x=1,\n"
        #expect(Self.edited(table, .addToSet("kind=box"), line: 2).text == "step,call,set,set.kind\na,op,x=1,box\n")
    }

    @Test("a status is replaced among others, and a call in the row that it comes from")
    func statusesAndCalls() {
        let table = "scenario,step,call,expect\ns,*,old,\n,a,,200|409\n,b,GET /x,200\n"
        #expect(
            Self.edited(table, .replaceStatus("200", with: "201"), line: 3, column: 5).text
                == table.replacing("200|409", with: "201|409"))
        #expect(Self.edited(table, .call(from: "old", to: "new"), line: 3).text == table.replacing("old", with: "new"))
        #expect(Self.edited(table, .call(from: "old", to: "new"), line: 4).text == table)
    }

    @Test("an edit that cannot be made is reported, and the table stays the same")
    func skipped() {
        let table = "step,call\na,op\n"
        #expect(Self.edited(table, .addToSet("x=1"), line: 2) == (table, ["the table has no column 'set'"]))
        #expect(Self.edited(table, .removeItem("x=1"), line: 2) == (table, ["the item is gone"]))
        #expect(Self.edited("step,call\n\"a,op\n", .addToSet("x=1"), line: 2).skipped == ["the table cannot be read"])
    }

    @Test("a table that has changed since it was read is not written")
    func changedUnderneath() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("edits-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: root) }
        let table = "step,call,set\na,op,x=1\n"
        let row = SourceLocation(file: "t.csv", line: 2, column: 1)
        let edits = TableEdits(
            [TableEdit(.addToSet("y=2"), row: row)], [TableSource(path: "t.csv", bytes: Array(table.utf8))])
        let file = root.appendingPathComponent("t.csv")
        for changed in [table + "b,op,\n", table.replacing("x=1", with: "x=3")] {
            try Data(changed.utf8).write(to: file)
            let error = #expect(throws: HarnessError.self) { try edits.write(below: root.path) }
            #expect(error?.diagnostics.entries.first?.message == "t.csv has changed since it was read")
        }
        try Data(table.utf8).write(to: file)
        try edits.write(below: root.path)
        #expect(try String(contentsOf: file, encoding: .utf8) == "step,call,set\na,op,x=1; y=2\n")
    }
}
