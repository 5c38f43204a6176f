import Diagnostics
import Testing

@Suite("Collected diagnostics")
struct SortingTests {
    private static func problem(_ rule: String, _ file: String?, _ line: Int = 1, _ column: Int = 1) -> Diagnostic {
        Diagnostic(rule, .error, "wrong", at: file.map { SourceLocation(file: $0, line: line, column: column) })
    }

    @Test("diagnostics are sorted by file, line and column; those without a location come first")
    func order() {
        let diagnostics = Diagnostics([
            Self.problem("d", "b.csv", 1, 1), Self.problem("c", "a.csv", 10, 1), Self.problem("b", "a.csv", 2, 30),
            Self.problem("x", nil), Self.problem("a", "a.csv", 2, 4),
        ])
        #expect(diagnostics.sorted.map(\.rule) == ["x", "a", "b", "c", "d"])
    }

    @Test("diagnostics with the same location, or without one, keep their order")
    func stability() {
        var diagnostics = Diagnostics()
        for number in 0..<50 {
            diagnostics.append(Self.problem("place \(number)", "a.csv", 3, 3))
            diagnostics.append(Self.problem("none \(number)", nil))
        }
        let expected = (0..<50).map { "none \($0)" } + (0..<50).map { "place \($0)" }
        #expect(diagnostics.sorted.map(\.rule) == expected)
    }

    @Test("file names are ordered by code unit, the same on every machine")
    func files() {
        let names = ["\u{E9}.csv", "z.csv", "a.csv", "Z.csv", "a-b.csv"]
        let sorted = Diagnostics(names.map { Self.problem($0, $0) }).sorted.map(\.rule)
        #expect(sorted == ["Z.csv", "a-b.csv", "a.csv", "z.csv", "\u{E9}.csv"])
    }

    @Test("only an error prevents use")
    func errors() {
        var diagnostics = Diagnostics()
        #expect(!diagnostics.hasErrors)
        diagnostics.append(contentsOf: [Diagnostic("a", .warning, "odd"), Diagnostic("b", .note, "aside")])
        #expect(!diagnostics.hasErrors)
        diagnostics.append(Diagnostic("c", .error, "wrong"))
        #expect(diagnostics.hasErrors)
        #expect(diagnostics.entries.map(\.severity) == [.warning, .note, .error])
    }

    @Test("severities are ordered by weight, and locations are written for editors")
    func values() {
        #expect(Severity.allCases.sorted() == [.note, .warning, .error])
        #expect(SourceLocation(file: "scenarios/a.csv", line: 12, column: 3).description == "scenarios/a.csv:12:3")
    }
}
