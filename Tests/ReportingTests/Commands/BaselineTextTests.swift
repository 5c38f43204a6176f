import Diagnostics
import Exchanges
import JSONDocument
import SourceText
import Testing

@testable import Conformance
@testable import Reporting

/// The file of accepted findings as it is written and edited.
@Suite("The text of a baseline")
struct BaselineTextTests {
    private static let day = "2026-06-01"

    private static func entry(
        _ rule: String, line: Int = 1, _ change: (inout Baseline.Entry) -> Void = { _ in }
    ) -> Baseline.Entry {
        var entry = Baseline.Entry(
            rule: rule, reason: "known", until: "2026-12-31",
            location: SourceLocation(file: "b.yaml", line: line, column: 5))
        change(&entry)
        return entry
    }

    private static func finding(_ rule: Rule, id: String? = nil) -> Finding {
        Samples.finding(rule, id: id, "x") { $0.response = .status }
    }

    /// The update of a baseline by a complete run with findings.
    private static func update(_ entries: [Baseline.Entry], _ findings: [Finding]) -> BaselineUpdate {
        let step = Samples.step("fetch", line: 3, [Samples.exchange(2, "fetch", Samples.answer)], findings)
        return BaselineUpdate(
            Baseline(entries: entries), Samples.verdict([Samples.scenario([step])]), on: day, until: "2026-12-31",
            reason: "new", isWhole: true)
    }

    @Test("a new file has each entry with its members in one order, and a head that explains it")
    func new() {
        let entry = Self.entry("body.type") {
            $0.operation = "fetchParcel"
            $0.at = "/items/0"
            $0.fingerprint = "0123456789abcdef"
            $0.example = "a.csv:3 (send › fetch)"
            $0.firstSeen = Self.day
            $0.lastSeen = Self.day
        }
        let text = BaselineText(.none).text([entry])
        #expect(text.hasPrefix("# Accepted findings:"))
        #expect(
            text.hasSuffix(
                """
                entries:
                  - rule: 'body.type'
                    operation: 'fetchParcel'
                    at: '/items/0'
                    fingerprint: '0123456789abcdef'
                    example: 'a.csv:3 (send › fetch)'
                    first-seen: '2026-06-01'
                    last-seen: '2026-06-01'
                    until: '2026-12-31'
                    reason: 'known'

                """), "\(text)")
        #expect(BaselineText(.none).text([]).hasSuffix("\nentries: []\n"))
    }

    @Test("hostile texts are quoted, and secrets are masked")
    func hostile() throws {
        let entry = Self.entry("check") {
            $0.reason = "it's: a\n- rule: x # \"y\" swordfish-42"
            $0.at = "'"
        }
        let text = BaselineText(Redactor(secrets: [("KEY", "swordfish-42")])).text([entry])
        #expect(!text.contains("swordfish"))
        let file = try SourceReader.parse(Array(text.utf8), path: "b.yaml")
        let read = try #require(file.document.root["entries"]?[0])
        #expect(read["reason"]?.string == "it's: a\n- rule: x # \"y\" ‹secret KEY›" && read["at"]?.string == "'")
        #expect(read["rule"]?.string == "check")
    }

    private static let file = """
        # Ours.
        entries:
          # The first one.
          - rule: check
            until: '2026-12-31'
            reason: "it's known"   # by us
            last-seen: '2026-01-01'
            ticket: A-1
          # The second one.
          # It has two lines.
          - rule: status.unexpected
            last-seen: 2026-01-01
            until: '2026-12-31'
            reason: later

        """

    private static let entries = [
        entry("check", line: 4) { $0.lastSeen = "2026-01-01" },
        entry("status.unexpected", line: 11) { $0.lastSeen = "2026-01-01" },
    ]

    @Test("an edited file keeps comments, spellings and further members; entries that were seen get the day")
    func edited() {
        let update = Self.update(Self.entries, [Self.finding(.check), Self.finding(.statusUnexpected)])
        let text = BaselineText(.none).edited(Self.file, Baseline(entries: Self.entries), update, on: Self.day)
        let expected = Self.file.replacing("last-seen: '2026-01-01'", with: "last-seen: '2026-06-01'")
            .replacing("last-seen: 2026-01-01", with: "last-seen: '2026-06-01'")
        #expect(text == expected)
    }

    @Test("an entry that is no longer found goes with the comments in front of it", arguments: [true, false])
    func dropped(isFirst: Bool) throws {
        let update = Self.update(Self.entries, [Self.finding(isFirst ? .statusUnexpected : .check)])
        #expect(update.dropped == [isFirst ? 0 : 1])
        let text = try #require(
            BaselineText(.none).edited(Self.file, Baseline(entries: Self.entries), update, on: Self.day))
        #expect(text.hasPrefix("# Ours.\nentries:\n"))
        #expect(text.contains("The first one") != isFirst && text.contains("It has two lines") == isFirst)
        #expect(text.contains("ticket: A-1") != isFirst)
    }

    @Test("a new finding is added at the end")
    func added() throws {
        let found = [Self.finding(.check), Self.finding(.statusUnexpected), Self.finding(.serverError)]
        let update = Self.update(Self.entries, found)
        let text = try #require(
            BaselineText(.none).edited(Self.file, Baseline(entries: Self.entries), update, on: Self.day))
        #expect(text.contains("    reason: later\n  - rule: 'status.server-error'\n"), "\(text)")
        #expect(text.hasSuffix("    until: '2026-12-31'\n    reason: 'new'\n"))
    }

    @Test(
        "a file whose entries do not begin on lines of their own is not edited",
        arguments: [
            "entries: [{rule: check}, {rule: status.unexpected}]\n",
            "entries:\n  - {rule: check}\n  - {rule: status.unexpected}\n", "entries:\n",
        ])
    func otherForms(file: String) {
        let entries = [Self.entry("check", line: 2), Self.entry("status.unexpected", line: 3)]
        let update = Self.update(entries, [Self.finding(.check), Self.finding(.statusUnexpected)])
        #expect(BaselineText(.none).edited(file, Baseline(entries: entries), update, on: Self.day) == nil)
        #expect(BaselineText(.none).edited(file, Baseline(), Self.update([], []), on: Self.day) == nil)
    }

    @Test("a rewritten file keeps further members, and has the day of entries that were seen")
    func rewritten() throws {
        let json = #"[{"rule":"check","ticket":{"id":[1,2]},"note":"it's"},{"rule":"status.unexpected"}]"#
        let nodes = Array(try JSONDocument(parsing: json).root.elements)
        let update = Self.update(Self.entries, [Self.finding(.check)])
        let text = BaselineText(.none).rewritten(nodes, Baseline(entries: Self.entries), update, on: Self.day)
        #expect(
            text.hasSuffix(
                """
                entries:
                  - rule: 'check'
                    last-seen: '2026-06-01'
                    until: '2026-12-31'
                    reason: 'known'
                    'ticket': {"id":[1,2]}
                    'note': 'it''s'

                """), "\(text)")
        let nothing = BaselineText(.none).rewritten([], Baseline(), Self.update([], []), on: Self.day)
        #expect(nothing == BaselineText(.none).text([]))
    }
}
