import Diagnostics
import Testing

/// Single diagnostics and their parts.
@Suite("Diagnostics")
struct DiagnosticTests {
    @Test("a diagnostic has no further parts, unless they are given")
    func defaults() {
        let diagnostic = Diagnostic("a.b", .error, "wrong")
        #expect(diagnostic.severity == .error && diagnostic.related.isEmpty)
        #expect(
            diagnostic.location == nil && diagnostic.place == nil && diagnostic.excerpt == nil && diagnostic.help == nil
        )
    }

    @Test(
        "the wrong part of an excerpt is counted in Unicode scalars, whatever its bounds",
        arguments: [
            ("one two", 4, 3, "two"), ("one two", 0, 0, ""), ("one", 2, 99, "e"), ("one", 99, 1, ""),
            ("one", -5, 2, "on"),
            ("one", 1, -2, ""), ("", 0, 1, ""), ("日本語", 1, 1, "本"), ("e\u{301}x", 1, 1, "\u{301}"),
            ("a\r\nb", 1, 1, "\r"), ("one", Int.max, 1, ""), ("one", Int.min, 1, "o"), ("one", 0, Int.max, "one"),
        ])
    func meant(text: String, offset: Int, length: Int, meant: String) {
        let found = Diagnostic.Excerpt(text, offset: offset, length: length).meant
        #expect(found.unicodeScalars.elementsEqual(meant.unicodeScalars))
    }

    @Test("the wrong part of an excerpt has at most 200 scalars")
    func bound() {
        let excerpt = Diagnostic.Excerpt(String(repeating: "x", count: 1_000), offset: 10, length: 900)
        #expect(excerpt.meant.unicodeScalars.count == 200)
    }

    @Test("diagnostics are equal if all of their parts are, and unequal ones are all kept")
    func equality() {
        let place = SourceLocation(file: "a.csv", line: 1, column: 2)
        let whole = Diagnostic(
            "a.b", .error, "wrong", at: place, place: "check", excerpt: Diagnostic.Excerpt("x", offset: 0, length: 1),
            help: "change it", related: [Diagnostic.Related("first", at: place)])
        let changes: [(inout Diagnostic) -> Void] = [
            { $0.rule = "a.c" }, { $0.severity = .note }, { $0.message = "odd" }, { $0.location?.column = 3 },
            { $0.place = nil }, { $0.excerpt?.length = 2 }, { $0.help = nil }, { $0.related[0].message = "second" },
        ]
        var all: Set = [whole, whole]
        for change in changes {
            var other = whole
            change(&other)
            all.insert(other)
        }
        #expect(all.count == changes.count + 1)
        #expect(Diagnostics([whole, whole]).entries.count == 2)
    }

    @Test(
        "locations are ordered by file, line and column, and no location precedes itself",
        arguments: [
            (("a.csv", 1, 9), ("a.csv", 2, 1)), (("a.csv", 2, 1), ("a.csv", 2, 2)), (("a.csv", 99, 1), ("b.csv", 1, 1)),
            (("B.csv", 1, 1), ("a.csv", 1, 1)), (("a", 9, 9), ("a.csv", 1, 1)), (("a.csv", 9, 1), ("a.csv", 10, 1)),
        ])
    func order(first: (String, Int, Int), second: (String, Int, Int)) {
        let one = SourceLocation(file: first.0, line: first.1, column: first.2)
        let other = SourceLocation(file: second.0, line: second.1, column: second.2)
        #expect(one < other && !(other < one) && !(one < one))
    }

    @Test("file names that only look alike are different files")
    func alike() {
        let composed = SourceLocation(file: "\u{E9}.csv", line: 1, column: 1)
        let decomposed = SourceLocation(file: "e\u{301}.csv", line: 1, column: 1)
        #expect(decomposed < composed && !(composed < decomposed))
    }

    @Test("severities are compared by weight, in both directions")
    func severities() {
        #expect(Severity.note < Severity.warning && Severity.warning < Severity.error)
        #expect(!(Severity.error < Severity.error) && Severity.error > Severity.note)
        #expect(Severity.allCases.max() == .error && Severity.allCases.map(\.rawValue) == ["note", "warning", "error"])
    }
}
