import Diagnostics
import Primitives
import Reporting
import Testing

@Suite("Diagnostics as text")
struct DiagnosticTextTests {
    private static let text = DiagnosticText(style: TextStyle(isColoured: false))

    @Test("a diagnostic is shown with location, excerpt, help and related locations")
    func whole() {
        let diagnostic = Diagnostic(
            "table.unknown-name", .error, "there is no operation \"sendParcle\"",
            at: SourceLocation(file: "scenarios/a.csv", line: 2, column: 12), place: "call",
            excerpt: Diagnostic.Excerpt("sendParcle", offset: 4, length: 6), help: "did you mean `sendParcel`?",
            related: [Diagnostic.Related("declared here", at: SourceLocation(file: "a.yaml", line: 7, column: 5))])
        #expect(
            Self.text.render(diagnostic) == """
                scenarios/a.csv:2:12: error: there is no operation "sendParcle" (call) [table.unknown-name]
                  | sendParcle
                  |     ^^^^^^
                  help: did you mean `sendParcel`?
                  a.yaml:7:5: declared here

                """)
    }

    @Test("a wrapped diagnostic ends its lines at the width, also with colours", arguments: [40, 41, 60, 200])
    func wrapped(width: Int) {
        let hint = Diagnostic(
            "run.all-not-found", .warning, "every response has status 404, so the path of the base URL may be wrong",
            at: SourceLocation(file: "assay.yaml", line: 3, column: 5),
            help: "compare https://example.com/v1 with the servers of the document",
            related: [
                .init(
                    "the servers of the document are declared here",
                    at: SourceLocation(file: "specs/a.yaml", line: 7, column: 3))
            ])
        let plain = DiagnosticText(style: TextStyle(isColoured: false, width: width), isWrapped: true).render(hint)
        let lines = plain.split(separator: "\n")
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= width }, "\(plain)")
        let words = plain.split { $0.isWhitespace }.joined(separator: " ")
        #expect(words == Self.text.render(hint).split { $0.isWhitespace }.joined(separator: " "))
        let coloured = DiagnosticText(style: TextStyle(isColoured: true, width: width), isWrapped: true).render(hint)
        #expect(coloured.split(separator: "\n").count == lines.count)
        #expect(coloured != plain)
    }

    @Test("several diagnostics are sorted and counted")
    func several() {
        var diagnostics = Diagnostics()
        for line in [3, 1, 2] {
            diagnostics.append(
                Diagnostic(
                    "x", line == 3 ? .warning : .error, "wrong", at: SourceLocation(file: "a", line: line, column: 1)))
        }
        diagnostics.append(Diagnostic("y", .note, "aside"))
        #expect(
            Self.text.render(diagnostics) == """
                note: aside [y]

                a:1:1: error: wrong [x]
                  2 times in all, also at a:2:1

                a:3:1: warning: wrong [x]

                2 errors, 1 warning, 1 note

                """)
        #expect(Self.text.render(Diagnostics()) == "")
    }

    @Test("2,002 equal diagnostics are grouped, with their count and first locations; others are still shown")
    func equal() {
        var diagnostics = Diagnostics()
        for line in 1...2_002 {
            diagnostics.append(
                Diagnostic(
                    "x", .error, "the header 'X-Key' is missing", at: SourceLocation(file: "a", line: line, column: 1)))
        }
        diagnostics.append(Diagnostic("x", .error, "the header 'X-Id' is missing"))
        diagnostics.append(Diagnostic("x", .error, "the header 'X-Key' is missing", help: "another"))
        #expect(
            Self.text.render(diagnostics) == """
                error: the header 'X-Id' is missing [x]

                error: the header 'X-Key' is missing [x]
                  help: another

                a:1:1: error: the header 'X-Key' is missing [x]
                  2002 times in all, also at a:2:1, a:3:1, a:4:1 and 1998 more places (--report json lists them)

                2004 errors

                """)
    }

    @Test("a long excerpt is cut around its wrong part")
    func long() {
        let excerpt = Diagnostic.Excerpt(
            String(repeating: "a", count: 200) + "BAD" + String(repeating: "b", count: 200), offset: 200, length: 3)
        let lines = Self.text.render(Diagnostic("x", .error, "wrong", excerpt: excerpt)).split(separator: "\n")
        #expect(
            lines[1] == "  | …" + String(repeating: "a", count: 40) + "BAD" + String(repeating: "b", count: 57) + "…")
        #expect(lines[2] == "  | " + String(repeating: " ", count: 41) + "^^^")
    }

    @Test(
        "an excerpt is still shown when the wrong part is outside of it",
        arguments: [(-5, 2), (0, 0), (3, 0), (3, 900), (400, 1)])
    func outside(offset: Int, length: Int) {
        let excerpt = Diagnostic.Excerpt("abc", offset: offset, length: length)
        let lines = Self.text.render(Diagnostic("x", .error, "wrong", excerpt: excerpt)).split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines[2].contains("^"))
    }

    @Test("control and bidirectional characters are escaped, and carets are below the shown text")
    func controls() {
        let excerpt = Diagnostic.Excerpt("a\u{202E}b\u{1B}c", offset: 3, length: 1)
        #expect(
            Self.text.render(Diagnostic("x", .error, "wrong \u{7}", excerpt: excerpt)) == """
                error: wrong \\u{7} [x]
                  | a\\u{202e}b\\u{1b}c
                  |           ^^^^^^

                """)
    }

    @Test("visible text keeps letters of every script")
    func visible() {
        #expect(visibleText("Grüße 東京 👍🏽 e\u{301}") == "Grüße 東京 👍🏽 e\u{301}")
        #expect(visibleText("a\nb\tc") == "a\\nb\\tc")
        #expect(visibleText("a\nb\tc", multiline: true) == "a\nb\\tc")
        #expect(visibleText("\u{E000}\u{FEFF}\u{2066}") == "\\u{e000}\\u{feff}\\u{2066}")
    }
}
