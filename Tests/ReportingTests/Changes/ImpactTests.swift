import Diagnostics
import JSONDocument
import TestKit
import Testing

@testable import Reporting
@testable import Versions

/// Rows and recordings that changes affect, in each report of a comparison.
@Suite("Affected rows and recordings")
struct ImpactTests {
    private static func row(
        _ line: Int, _ effect: ImpactEffect = .breaks, reason: String = "checks id", edit: String? = nil
    ) -> RowImpact {
        RowImpact(
            location: SourceLocation(file: "a.csv", line: line, column: 1), scenario: "send", step: "s\(line)",
            effect: effect, reason: reason, edit: edit)
    }

    private static func entry(_ number: Int, _ effect: ImpactEffect = .breaks) -> RecordingImpact {
        RecordingImpact(file: "a.har", entry: number, effect: effect, reason: "contains id")
    }

    /// The lines of one change with these rows and entries.
    private static func lines(
        _ rows: [RowImpact], _ entries: [RecordingImpact] = [], moreRows: Int = 0, moreEntries: Int = 0,
        isKnown: Bool = true
    ) throws -> [ImpactLines.Line] {
        let (change, impacts) = try impacts(
            rows, entries, moreRows: moreRows, moreEntries: moreEntries, isKnown: isKnown)
        return ImpactLines([change], impacts).lines
    }

    private static func impacts(
        _ rows: [RowImpact], _ entries: [RecordingImpact] = [], moreRows: Int = 0, moreEntries: Int = 0,
        isKnown: Bool = true
    ) throws -> (Change, ChangeImpacts) {
        let change = try #require(try ChangeSamples.changes().first { $0.severity == .error })
        var impact = ChangeImpact()
        impact.rows = rows
        impact.recordings = entries
        impact.moreRows = moreRows
        impact.moreRecordings = moreEntries
        var impacts = ChangeImpacts([change: impact])
        impacts.isKnown = isKnown
        impacts.breakingRows = rows.count { $0.effect == .breaks }
        impacts.breakingRecordings = entries.count { $0.effect == .breaks }
        impacts.edits = rows.count { $0.edit != nil }
        return (change, impacts)
    }

    private static func texts(_ lines: [ImpactLines.Line]) -> [String] {
        lines.map {
            "\($0.label) \($0.effect.rawValue) \($0.placeText): \($0.reason)" + ($0.edit.map { " → \($0)" } ?? "")
        }
    }

    @Test("rows with the same effect, reason and edit are one line, and breaking ones come first")
    func grouped() throws {
        let lines = try Self.lines(
            [
                Self.row(9, .touches), Self.row(2), Self.row(3, reason: "sends tag"), Self.row(4, edit: "id=\"7\""),
                Self.row(5),
            ], [Self.entry(3, .touches), Self.entry(1)])
        #expect(
            Self.texts(lines) == [
                "row breaks a.csv:2 send/s2, a.csv:5 send/s5: checks id", "row breaks a.csv:3 send/s3: sends tag",
                "row breaks a.csv:4 send/s4: checks id → id=\"7\"", "row touches a.csv:9 send/s9: checks id",
                "har breaks a.har entry 1: contains id", "har touches a.har entry 3: contains id",
            ])
    }

    @Test("five rows and two entries are listed, and the others are counted")
    func limits() throws {
        let lines = try Self.lines(
            (1...9).map { Self.row($0) }, (1...4).map { Self.entry($0) }, moreRows: 10, moreEntries: 100)
        #expect(lines.map(\.more) == [14, 102])
        #expect(lines[0].places.count == 5 && lines[1].placeText == "a.har entry 1, a.har entry 2 and 102 more")
        let mixed = try Self.lines((1...7).map { Self.row($0, reason: "reason \($0)") })
        #expect(mixed.count == 5 && mixed.last?.more == 2)
    }

    @Test("a row that several changes of a group affect is listed once")
    func once() throws {
        let (change, impacts) = try Self.impacts([Self.row(2)])
        #expect(ImpactLines([change, change], impacts).lines.map(\.places) == [["a.csv:2 send/s2"]])
        #expect(try Self.lines([Self.row(2)], isKnown: false).isEmpty)
    }

    @Test(
        "the sentence counts what breaks",
        arguments: [
            (0, 0, "no row and no recording breaks"), (1, 0, "1 row breaks"), (2, 0, "2 rows break"),
            (0, 1, "1 recorded exchange breaks"), (1, 1, "1 row and 1 recorded exchange break"),
            (3, 2, "3 rows and 2 recorded exchanges break"),
        ])
    func sentence(rows: Int, recordings: Int, sentence: String) {
        var impacts = ChangeImpacts()
        #expect(impacts.sentence == nil && impacts.advice == nil)
        impacts.isKnown = true
        impacts.breakingRows = rows
        impacts.breakingRecordings = recordings
        #expect(impacts.sentence == sentence)
    }

    @Test(
        "the number of edits is followed by the commands that show and make them",
        arguments: [(1, "1 edit of"), (4, "4 edits of")])
    func advice(edits: Int, start: String) {
        var impacts = ChangeImpacts()
        impacts.edits = edits
        #expect(impacts.advice == "\(start) tables: run again with --edits to see, --write to make")
    }

    @Test("each report lists the rows below their change")
    func reports() throws {
        let (change, impacts) = try Self.impacts(
            [Self.row(2, edit: "check: id=\"7\""), Self.row(3, .touches, reason: "<b>|`x`")], [Self.entry(1)])
        let text = ChangesText(style: .plain).render([change], base: "a", revision: "b", impacts: impacts)
        #expect(
            text.contains(
                """
                  row  breaks  a.csv:2 send/s2: checks id
                               edit: check: id="7"
                  row  touches a.csv:3 send/s3: <b>|`x`
                  har  breaks  a.har entry 1: contains id

                """), "\(text)")
        #expect(
            text.hasSuffix(
                "1 row and 1 recorded exchange break\n1 edit of tables: run again with --edits to see, --write to make\n"
            ))
        let comment = ChangesMarkdown().comment([change], base: "a", revision: "b", impacts: impacts)
        #expect(comment.contains("\n**1 row and 1 recorded exchange break**\n"))
        #expect(
            comment.contains("<br>breaks `a.csv:2 send/s2`: checks id<br>touches `a.csv:3 send/s3`: &lt;b&gt;\\|`x`"))
        let log = ChangesMarkdown().changelog([change], base: "a", revision: "b", impacts: impacts)
        #expect(log.contains("\n  - breaks `a.csv:2 send/s2`: checks id\n"))
        let html = ChangesHTML().render([change], base: "a", revision: "b", impacts: impacts)
        #expect(html.contains("<span class=\"error\">breaks</span> <code>a.csv:2 send/s2</code>: checks id</li>"))
        #expect(html.contains("<span class=\"note\">touches</span>") && !html.contains("<b>"))
        let json = ChangesJSON().render(
            [change], base: "a", revision: "b", preset: .strict, exit: 4, diagnostics: [], impacts: impacts)
        #expect(try PublishedSchema("diff").problems(json) == [])
        let root = try JSONDocument(parsing: json).root.value
        #expect(root["changes"]?[0]?["rows"]?[0]?["edit"]?.string == "check: id=\"7\"")
        #expect(root["summary"]?["breakingRows"]?.number?.int == 1 && root["summary"]?["edits"]?.number?.int == 1)
    }

    @Test("without changes there is one line, whatever was joined")
    func nothing() {
        var impacts = ChangeImpacts()
        impacts.isKnown = true
        let text = ChangesText(style: .plain).render([], base: "a\u{1B}", revision: "b", impacts: impacts)
        #expect(text == "✓ no changes from a\\u{1b} to b\n")
        #expect(
            ChangesMarkdown().comment([], base: "a", revision: "b")
                == "### API changes\n\nno changes, from `a` to `b`.\n")
    }

    @Test(
        "changes are counted by severity",
        arguments: [
            ([], "no changes"), ([Severity.error], "1 change: 1 error"),
            ([.note, .error, .note], "3 changes: 1 error, 2 notes"),
        ])
    func counts(severities: [Severity], text: String) throws {
        let change = try #require(try ChangeSamples.changes().first)
        let changes = severities.map { severity in
            var change = change
            change.severity = severity
            return change
        }
        #expect(changeCounts(changes) == text)
    }
}
