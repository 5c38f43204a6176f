import Testing

/// The readers of tests reject malformed text, so that the tests that use them can fail.
@Suite("Readers of reports in tests")
struct XMLReaderTests {
    private static let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"

    @Test(
        "malformed XML is rejected",
        arguments: [
            "", "<a>", "<a></b>", "<a/><b/>", "<a x=\"1\" x=\"2\"/>", "<a x=1/>", "<a>&nbsp;</a>", "<a>&</a>",
            "<a>]]></a>", "<a x=\"<\"/>", "<a>\u{1}</a>", "<a/>text", "<a><b></a></b>",
        ])
    func xml(text: String) {
        #expect(throws: XMLReader.Mistake.self) { try XMLReader.read(Self.head + text) }
    }

    @Test("a document is read with its attributes, children and text")
    func document() throws {
        let root = try XMLReader.read(Self.head + "<a x=\"1&amp;2\">one &lt;<b/>\n<c>2</c></a>\n")
        #expect(root.attributes == ["x": "1&2"] && root.text == "one <\n")
        #expect(root.children.map(\.name) == ["b", "c"] && root.children[1].text == "2")
    }

    @Test(
        "malformed TAP 14 is rejected",
        arguments: [
            "", "1..1\nok 1 - a\n", "TAP version 14\n1..2\nok 1 - a\n", "TAP version 14\n1..1\nok 2 - a\n",
            "TAP version 14\n1..1\nok 1 - a # TODO later\n",
            "TAP version 14\n1..1\nok 1 - a\n  ---\n  rule: x\n  ...\n",
            "TAP version 14\n1..1\nok 1 - a\nok 2 - b\n",
        ])
    func tap(text: String) {
        #expect(throws: TAPReader.Mistake.self) { try TAPReader.read(text) }
    }

    @Test("test points have names, directives, blocks and subtests")
    func points() throws {
        let points = try TAPReader.read(
            """
            TAP version 14
            1..2
            # Subtest: x
                1..1
                not ok 1 - a \\# b
                  ---
                  rule: "r: 1"
                  ...
            not ok 1 - x
            ok 2 - y # SKIP later

            """)
        #expect(points.map(\.name) == ["x", "y"] && points[1].skipped == "later")
        #expect(points[0].subtest?[0].name == "a # b" && points[0].subtest?[0].block == ["rule": "r: 1"])
    }

    @Test(
        "markup that is not escaped is found",
        arguments: ["<b>x</b>", "a *b*", "[a](b)", "`<b>` <i>", "``x` <b>", "a_b", "\\\\<b>"])
    func markup(text: String) {
        #expect(MarkdownReader.shown(text).hasMarkup)
    }
}
