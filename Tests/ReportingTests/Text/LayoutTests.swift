import Diagnostics
import TestKit
import Testing

@testable import Reporting

/// The parts from which lines of text reports are made: labels, tables, lists and underlined excerpts.
@Suite("Layout of text reports")
struct LayoutTests {
    private static func labels(_ width: Int = 40) -> LabelledLines {
        LabelledLines(style: TextStyle(isColoured: false, width: width))
    }

    // MARK: Labels

    @Test(
        "a value follows its label in column 15 and continues below itself",
        arguments: [
            ("place", "/items/0", 40, ["    place     /items/0"]),
            ("contract", "specs/a.yaml:3:1", 40, ["    contract  specs/a.yaml:3:1"]),
            ("a-long-label", "x", 40, ["    a-long-label x"]),
            (
                "help", "one two three four five six", 40,
                ["    help      one two three four five", "              six"]
            ),
            ("help", "", 40, ["    help      "]),
            (
                "x", "0123456789012345678901234567890", 40,
                ["    x         01234567890123456789012345", "              67890"]
            ),
        ])
    func labelled(label: String, value: String, width: Int, lines: [String]) {
        #expect(Self.labels(width).lines(label, value) == lines)
    }

    @Test(
        "parts are on one line while they fit",
        arguments: [
            (["a", "b"], ["a  b"]), (["a", "", "b"], ["a  b"]), ([], []), ([""], []),
            (["0123456789", "0123456789012345678", "01234567"], ["0123456789  0123456789012345678", "    01234567"]),
            (["0123456789", "012345678901234567890123456"], ["0123456789  012345678901234567890123456"]),
            (
                ["01234567890", "012345678901234567890123456789 1"],
                ["01234567890", "    012345678901234567890123456789 1"]
            ),
            (
                ["word " + String(repeating: "x", count: 50)],
                ["word " + String(repeating: "x", count: 35), "    " + String(repeating: "x", count: 15)]
            ),
        ] as [([String], [String])])
    func parts(texts: [String], lines: [String]) {
        #expect(Self.labels().lines(of: texts.map { ($0, nil) }) == lines)
    }

    @Test("random parts never exceed the width and lose no character", arguments: [40, 80, 200])
    func randomParts(width: Int) {
        var random = SplitMix(seed: width)
        for _ in 0..<500 {
            let texts = (0..<random.number(below: 6)).map { _ in
                (0..<random.number(below: 5)).map { _ in String(repeating: "x", count: random.number(below: 60)) }
                    .joined(separator: " ")
            }
            let indent = random.number(below: 9)
            let lines = Self.labels(width).lines(of: texts.map { ($0, nil) }, indent: indent, further: indent + 2)
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= width }, "\(texts)")
            #expect(lines.joined().filter { $0 == "x" }.count == texts.joined().filter { $0 == "x" }.count)
            let value = Self.labels(width).lines("label", texts.joined(separator: " "))
            #expect(value.allSatisfy { $0.unicodeScalars.count <= width })
        }
    }

    @Test("the indentation of a continued value has no colour")
    func colours() {
        let labels = LabelledLines(style: TextStyle(isColoured: true, width: 40))
        let lines = labels.lines("help", "one two three four five six", .bad)
        #expect(
            lines == [
                "    help      \u{1B}[31mone two three four five\u{1B}[0m", "              \u{1B}[31msix\u{1B}[0m",
            ])
    }

    // MARK: Styles

    @Test(
        "the width is kept between 40 and 200",
        arguments: [(0, 40), (39, 40), (40, 40), (137, 137), (200, 200), (9_999, 200)])
    func width(asked: Int, width: Int) {
        #expect(TextStyle(isColoured: false, width: asked).width == width)
    }

    @Test("an empty text is not painted, and each role has its own colour")
    func paint() {
        let style = TextStyle(isColoured: true)
        let roles: [TextStyle.Role] = [.good, .bad, .warning, .strong, .faint]
        #expect(Set(roles.map { style.paint("x", $0) }).count == roles.count)
        #expect(roles.allSatisfy { style.paint("", $0).isEmpty && style.paint("x", $0).hasSuffix("x\u{1B}[0m") })
        #expect(roles.allSatisfy { TextStyle.plain.paint("x", $0) == "x" })
    }

    // MARK: Tables

    @Test("columns are as wide as their widest cell, and numbers end at one column")
    func table() {
        let table = TextTable(
            columns: [.natural, TextTable.Column(minimum: 6, isTrailing: true)],
            rows: [
                [Cell("a"), Cell("1"), Cell(""), Cell("x")], [Cell("long name"), Cell("12345678"), Cell("")],
                [Cell(""), Cell("7")],
            ])
        #expect(
            table.lines(.plain) == [
                "  a                 1  x", "  long name  12345678", "                    7",
            ])
        #expect(table.width == 2 + 9 + 2 + 8 + 2 + 1)
        #expect(TextTable(rows: []).lines(.plain).isEmpty && TextTable(rows: []).width == 2)
    }

    @Test("a cell has no control characters and at most 60 characters, and painted cells stay aligned")
    func cells() {
        #expect(Cell("a\nb\u{1B}[2J").text == "a\\nb\\u{1b}[2J")
        #expect(Cell(String(repeating: "x", count: 61)).text == String(repeating: "x", count: 59) + "…")
        #expect(Cell(String(repeating: "x", count: 99), limit: .max).width == 99)
        let lines = TextStyle(isColoured: true).columns([[Cell("a", .good), Cell("x")], [Cell("bbb"), Cell("y")]])
        #expect(lines == ["  \u{1B}[32ma\u{1B}[0m    x", "  bbb  y"])
    }

    // MARK: Lists

    @Test(
        "names of a list are not split, and those that are not listed are counted",
        arguments: [
            (["a"], 1, 80, ["in: a"]), (["a", "b"], 2, 80, ["in: a, b"]), ([], 0, 80, []),
            (["a", "b", "c", "d", "e"], 5, 80, ["in: a, b, c, d and 1 more"]),
            (["a", "b"], 9, 80, ["in: a, b and 7 more"]),
            (["first name", "second name"], 2, 20, ["in: first name,", "    second name"]),
            (["a-very-long-name-that-does-not-fit"], 1, 20, ["in: a-very-long-name-that-does-not-fit"]),
        ] as [([String], Int, Int, [String])])
    func list(names: [String], count: Int, width: Int, lines: [String]) {
        let list = WrappedList(label: "in: ", indent: 4, names: names, count: count, width: width)
        #expect(list.lines == lines)
    }

    // MARK: Excerpts

    @Test(
        "the carets are below the wrong part",
        arguments: [
            ("abcdef", 2, 3, 100, ["abcdef", "  ^^^"]), ("abc", 3, 0, 100, ["abc", "   ^"]),
            ("", 0, 0, 100, ["", "^"]), ("abc", 0, 99, 100, ["abc", "^^^"]),
            ("0123456789", 8, 1, 5, ["…6789", "   ^"]), ("0123456789", 0, 2, 5, ["01234…", "^^"]),
            ("a\u{1B}b", 1, 1, 100, ["a\\u{1b}b", " ^^^^^^"]), ("日本語", 1, 1, 100, ["日本語", " ^"]),
        ])
    func underlined(text: String, offset: Int, length: Int, width: Int, lines: [String]) {
        let excerpt = Diagnostic.Excerpt(text, offset: offset, length: length)
        #expect(UnderlinedText(style: .plain, width: width).lines(excerpt) == lines)
    }

    @Test("a text that fits is shown from its beginning if it is to be kept whole")
    func whole() {
        let excerpt = Diagnostic.Excerpt("0123456789", offset: 9, length: 1)
        #expect(
            UnderlinedText(style: .plain, width: 10, keepsWhole: true).lines(excerpt) == ["0123456789", "         ^"])
        #expect(UnderlinedText(style: .plain, width: 9, keepsWhole: true).lines(excerpt)[0].hasPrefix("…"))
    }

    @Test("every excerpt has a caret below a shown character, at any offset, length and width")
    func anyExcerpt() {
        var random = SplitMix(seed: 5)
        for _ in 0..<2_000 {
            let text = String(repeating: "x", count: random.number(below: 120))
            let excerpt = Diagnostic.Excerpt(
                text, offset: random.number(below: 160) - 20, length: random.number(below: 200) - 40)
            let lines = UnderlinedText(style: .plain, width: 5 + random.number(below: 80)).lines(excerpt)
            let carets = lines[1].filter { $0 == "^" }.count
            #expect(lines.count == 2 && carets >= 1)
            #expect(lines[1].count - carets <= lines[0].count, "\(excerpt)")
        }
    }
}
