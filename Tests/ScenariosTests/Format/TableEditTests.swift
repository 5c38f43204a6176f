import Diagnostics
import Scenarios
import Testing

@Suite("Edits of tables") struct TableEditTests {
    /// An edit at a place of the table; `row` is the line of the row that needs it, by default the same.
    private static func edit(_ action: TableEdit.Action, _ line: Int, _ column: Int = 1, row: Int? = nil) -> TableEdit {
        TableEdit(
            action, at: SourceLocation(file: "t.csv", line: line, column: column),
            row: SourceLocation(file: "t.csv", line: row ?? line, column: 1))
    }

    private static func edited(_ table: String, _ edits: [TableEdit]) -> (text: String, skipped: [String]) {
        let result = TableEditor.apply(edits, to: TableSource(path: "t.csv", bytes: Array(table.utf8)))
        return (String(decoding: result.bytes, as: UTF8.self), result.skipped.map { "\($0.edit): \($0.reason)" })
    }

    @Test(
        "an edit is described as a user would make it",
        arguments: [
            (TableEdit.Action.addToSet("a=1"), "add `a=1` to `set`"), (.removeItem("!a"), "remove `!a`"),
            (.replaceItem("a=1", with: "a=2"), "replace `a=1` by `a=2`"),
            (.replaceStatus("200", with: "201"), "expect 201 instead of 200"),
            (.call(from: "old", to: "new"), "call `new` instead of `old`"),
        ])
    func descriptions(action: TableEdit.Action, text: String) {
        #expect(Self.edit(action, 2).description == text)
    }

    @Test("edits of one place are equal, whichever row needs them")
    func equality() {
        let first = Self.edit(.removeItem("a=1"), 2, 5, row: 3)
        let second = Self.edit(.removeItem("a=1"), 2, 5, row: 4)
        let other = Self.edit(.removeItem("a=1"), 2, 9, row: 3)
        #expect(first == second && first.hashValue == second.hashValue && first != other)
        #expect(Set([first, second, other]).count == 2)
        #expect(first.sortKey < other.sortKey)
        let row = SourceLocation(file: "t.csv", line: 7, column: 1)
        #expect(TableEdit(.removeItem("a"), row: row).location == row)
    }

    @Test(
        "an edit that cannot be applied is skipped with the reason, and no byte changes",
        arguments: [
            (edit(.addToSet("a=1"), 9), "the row is gone"), (edit(.addToSet("a=1"), 3), "the row is gone"),
            (edit(.removeItem("b=2"), 2, 6), "the item is gone"), (edit(.removeItem("a=1"), 1, 1), "the item is gone"),
            (edit(.replaceItem("a=1", with: "a=2"), 2, 1), "the item is gone"),
            (edit(.replaceStatus("200", with: "201"), 2, 6), "the status is gone"),
            (edit(.replaceStatus("200", with: "201"), 1, 1), "the status is gone"),
            (edit(.call(from: "op", to: "new"), 8), "the row is gone"),
        ])
    func skipped(edit: TableEdit, reason: String) {
        let table = "step,call,set,expect\na,op,a=1,200\n# note\nb,op,,\n"
        let result = Self.edited(table, [edit])
        #expect(result.text == table)
        #expect(result.skipped == ["\(edit): \(reason)"])
    }

    @Test(
        "a table that cannot be read is not changed",
        arguments: ["step,call,set\na,op,\"a=1\n", "step,call,sett,set\na,op,,\n"])
    func unreadable(table: String) {
        let result = Self.edited(table, [Self.edit(.addToSet("b=2"), 2)])
        #expect(result.text == table && result.skipped == ["add `b=2` to `set`: the table cannot be read"])
    }

    @Test(
        "without a column for it, an item cannot be added",
        arguments: ["step,call\na,op\n", "step,call,set.a\na,op,1\n"])
    func noColumn(table: String) {
        let result = Self.edited(table, [Self.edit(.addToSet("b=2"), 2)])
        #expect(result.skipped == ["add `b=2` to `set`: the table has no column 'set'"])
    }

    @Test("the cell of an item's own column is changed, if it can have the item")
    func promoted() {
        let table = "step,call,set.a,check.b\na,op,1,~uuid\n"
        func text(_ action: TableEdit.Action, _ column: Int) -> String {
            Self.edited(table, [Self.edit(action, 2, column)]).text
        }
        #expect(text(.addToSet("a=2"), 1) == table.replacing(",1,", with: ",2,"))
        #expect(text(.addToSet("a='2'"), 1) == table.replacing(",1,", with: ",'2',"))
        #expect(text(.removeItem("a=1"), 6) == table.replacing(",1,", with: ",,"))
        #expect(text(.replaceItem("b~uuid", with: "b>=5"), 8) == table.replacing("~uuid", with: ">=5"))
        let wrong = Self.edit(.replaceItem("b~uuid", with: "c>=5"), 2, 8)
        #expect(Self.edited(table, [wrong]).skipped == ["\(wrong): the cell of its own column cannot have this item"])
    }

    @Test("several edits of one row are made one after the other")
    func several() {
        let result = Self.edited(
            "step,call,set,expect\na,op,a=1; b=2,200|201\n",
            [
                Self.edit(.removeItem("a=1"), 2, 6), Self.edit(.addToSet("c=3"), 2),
                Self.edit(.replaceItem("b=2", with: "b=\"4\""), 2, 11),
                Self.edit(.replaceStatus("201", with: "202"), 2, 15),
            ])
        #expect(result.skipped == [])
        #expect(result.text == "step,call,set,expect\na,op,\"b=\"\"4\"\"; c=3\",200|202\n")
    }

    @Test("a call is renamed where the row has it: in its own cell, or in that of the `*` row above")
    func calls() {
        let table = "step,call,note\n*,old,\na,,\nb, old ,\nc,GET /old,\n*,other,\nd,,old\n"
        func renamed(_ line: Int) -> String {
            Self.edited(table, [Self.edit(.call(from: "old", to: "new"), line)]).text
        }
        #expect(renamed(3) == table.replacing("*,old,", with: "*,new,"))
        #expect(renamed(4) == table.replacing("b, old ,", with: "b, new ,"))
        #expect(renamed(5) == table)
        #expect(renamed(7) == table)
    }

    @Test("line ends, quotes and characters of several bytes above do not move an edit")
    func otherRows() {
        let head = "\u{FEFF}step;call;set;note\r\nx;op;\"a=1\";\"é\r\n\"\"q\"\"\"\r"
        let table = head + "y;op;a=1;n\nz;op;a=1;n"
        for (line, row) in [(4, "y;op;a=1;n"), (5, "z;op;a=1;n")] {
            let result = Self.edited(table, [Self.edit(.addToSet("b=2"), line)])
            // The text contains the delimiter from now on.
            #expect(result.text == table.replacing(row, with: row.replacing("a=1", with: "\"a=1; b=2\"")))
            #expect(result.skipped == [])
        }
    }
}
