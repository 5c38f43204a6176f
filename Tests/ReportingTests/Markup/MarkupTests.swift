import Primitives
import TestKit
import Testing

@testable import Reporting

/// Text from outside in Markdown, HTML and XML.
@Suite("Escaped text")
struct MarkupTests {
    // MARK: Markdown

    @Test(
        "a reader of Markdown sees the text as it is",
        arguments: [
            ("plain text", "plain text"), ("a_b*c", "a\\_b\\*c"), ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("[a](b)", "\\[a\\](b)"), ("a|b", "a\\|b"), ("\\", "\\\\"), ("#1 @x ~y~", "\\#1 \\@x \\~y\\~"),
            // Inside of code, neither a backslash nor a reference has a meaning (CommonMark 0.31.2, section 6.1).
            ("`link_status` is <x>", "`link_status` is &lt;x&gt;"), ("`a<b>&c`", "<code>a&lt;b&gt;&amp;c</code>"),
            ("`a|b`", "`a\\|b`"), ("`a` and `b_c`", "`a` and `b_c`"),
            // A backtick without another one, and rows of several ones, are text.
            ("it`s_", "it\\`s\\_"), ("``x`", "\\`\\`x\\`"), ("``", "\\`\\`"),
            ("a ``b` <i>` c", "a \\`\\`b\\` &lt;i&gt;\\` c"),
            ("line\nbreak\u{202E}", "line\\\\nbreak\\\\u{202e}"), ("", ""), ("é`\u{301}`", "é`\u{301}`"),
        ])
    func escaped(text: String, markdown: String) {
        #expect(MarkdownText.escaped(text) == markdown)
    }

    @Test(
        "code ends at its own end, also in a table",
        arguments: [
            ("body.type", "`body.type`"), ("a|b", "`a\\|b`"), ("a_b", "`a_b`"), ("<i>", "<code>&lt;i&gt;</code>"),
            ("a`b", "<code>a&#96;b</code>"), ("`a`", "<code>&#96;a&#96;</code>"),
            ("`a`b`_", "<code>&#96;a&#96;b&#96;\\_</code>"), ("a\\", "<code>a\\\\</code>"),
            ("a&b|*", "<code>a&amp;b\\|\\*</code>"),
        ])
    func code(text: String, markdown: String) {
        #expect(MarkdownText.code(text) == markdown)
    }

    @Test("random text is shown as it is, in text, in code and in the cell of a table")
    func random() {
        var random = SplitMix(seed: 11)
        let alphabet = Array("``<>&\\|*_[]#~@ ab1;!-\u{202E}")
        for _ in 0..<3_000 {
            let text = String((0..<random.number(below: 14)).map { _ in random.pick(alphabet) })
            let visible = visibleText(text)
            let (escaped, code) = (MarkdownText.escaped(text), MarkdownText.code(text))
            // Backticks of code are not shown, and neither is the space at either end of code.
            func bare(_ text: String) -> String { text.filter { $0 != "`" && $0 != " " } }
            let shown = MarkdownReader.shown(escaped)
            #expect(bare(shown.text) == bare(visible) && !shown.hasMarkup, "\(text) as \(escaped)")
            if !text.isEmpty {
                let shownCode = MarkdownReader.shown(code)
                #expect(shownCode.text == visible && !shownCode.hasMarkup, "\(text) as \(code)")
            }
            let cells = MarkdownReader.cells("| \(escaped) | \(code) |")
            #expect(cells.count == 4, "\(text)")
        }
    }

    @Test(
        "the fence of a block is longer than any row of backticks in it",
        arguments: [
            (["a"], "```"), ([], "```"), (["```"], "````"), (["a ```` b", "`"], "`````"), (["``"], "```"),
            (["``````text"], "```````"),
        ])
    func block(lines: [String], fence: String) {
        let text = MarkdownText.block(lines)
        #expect(text == "\(fence)text\n" + lines.map { $0 + "\n" }.joined() + fence + "\n")
        #expect(MarkdownReader.lines(text)?.filter(\.isCode).map(\.text) == lines)
    }

    @Test("a line of a block cannot begin another line")
    func blockLines() {
        let shown = MarkdownReader.lines(MarkdownText.block(["a\n```\n<b>", "\u{1B}[2J"]))
        #expect(shown?.filter(\.isCode).map(\.text) == ["a\\n```\\n<b>", "\\u{1b}[2J"])
    }

    @Test(
        "the address of a link cannot end the link or the cell",
        arguments: [
            ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"), ("https://a/(b)", "https://a/%28b%29"),
            ("a|b`c\"d", "a%7Cb%60c%22d"), ("<a>[b]\\", "%3Ca%3E%5Bb%5D%5C"),
        ])
    func address(text: String, address: String) {
        #expect(MarkdownText.address(text) == address)
    }

    // MARK: XML and HTML

    @Test(
        "text in XML keeps its characters, and invisible ones are escapes",
        arguments: [
            ("a", "a"), ("<a b=\"c\">&</a>", "&lt;a b=&quot;c&quot;&gt;&amp;&lt;/a&gt;"), ("]]>", "]]&gt;"),
            ("it's", "it's"), ("\u{0}\u{B}\u{FFFE}\u{1B}", "\\u{0}\\u{b}\\u{fffe}\\u{1b}"), ("a\nb\tc", "a\\nb\\tc"),
            ("\u{D7FF}\u{E000}", "\u{D7FF}\\u{e000}"), ("日本 😀", "日本 😀"),
        ])
    func xml(text: String, xml: String) {
        #expect(xmlText(text).replacing("\u{D7FF}", with: "\\u{d7ff}") == xml.replacing("\u{D7FF}", with: "\\u{d7ff}"))
        #expect(htmlText(text) == xmlText(text).replacing("'", with: "&#39;"))
    }

    @Test("line breaks stay in the text of an element, and never in an attribute")
    func lines() throws {
        let element = XMLElement(
            name: "a", attributes: [("x", "1\n2\"<")], text: "one\ntwo & <three>", children: [XMLElement(name: "b")])
        #expect(
            element.render() == """
                <a x="1\\n2&quot;&lt;">one
                two &amp; &lt;three&gt;
                  <b/>
                </a>

                """)
        let read = try XMLReader.read(JUnitReport.declaration + element.render())
        #expect(read.attributes == ["x": "1\\n2\"<"] && read.children.map(\.name) == ["b"])
        #expect(read.text.hasPrefix("one\ntwo & <three>"))
    }

    @Test("an element without text and children is closed at once")
    func empty() {
        #expect(XMLElement(name: "a", text: "").render(depth: 2) == "    <a/>\n")
        #expect(XMLElement(name: "a", text: "x").render() == "<a>x</a>\n")
    }

    @Test("a page without a script forbids every request")
    func page() {
        let page = HTMLPage.render(title: "<i> & 'x'", body: "<p>x</p>\n")
        #expect(page.contains("<title>&lt;i&gt; &amp; &#39;x&#39;</title>"))
        #expect(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""))
        #expect(!page.contains("<script") && !page.contains("src=") && !page.contains("@import"))
        #expect(page.hasSuffix("<body>\n<p>x</p>\n</body>\n</html>\n"))
    }
}
