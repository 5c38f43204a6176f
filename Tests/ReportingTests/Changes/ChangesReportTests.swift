import Diagnostics
import Foundation
import JSONDocument
import JSONSchema
import TestKit
import Testing

@testable import Reporting
@testable import Versions

/// The reports of a comparison.
@Suite struct ChangesReportTests {
    // MARK: JSON

    private static func report(_ changes: [Change], exit: Int = 4) -> String {
        let diagnostic = Diagnostic(
            "reference.unknown", .warning, "is odd", at: SourceLocation(file: "old.yaml", line: 2, column: 3))
        return ChangesJSON().render(
            changes, base: "old.yaml", revision: "new.yaml", preset: .strict, exit: exit, diagnostics: [diagnostic])
    }

    private static func problems(_ report: String) throws -> [String] {
        try PublishedSchema("diff").problems(report)
    }

    @Test("every report has the documented shape, without undocumented members")
    func shape() throws {
        var changes = try ChangeSamples.changes()
        changes[0].accepted = Change.Acceptance(reason: "known", until: "2030-01-01")
        changes[0].details = ["accepted until 2030-01-01: known"]
        #expect(changes.contains { $0.subject?.outgoing == "moved" } && changes.contains { $0.base.text != nil })
        #expect(try Self.problems(Self.report(changes)) == [])
        #expect(try Self.problems(Self.report([], exit: 0)) == [])
        #expect(try Self.problems(Self.report([], exit: 2)) == [])
    }

    @Test("rows and recordings have a documented shape")
    func impacts() throws {
        var report = try JSONDocument(parsing: Self.report(try ChangeSamples.changes())).root.value
        let row: JSONValue = [
            "file": "scenarios/a.csv", "line": 4, "scenario": "send", "step": "read", "effect": "breaks",
            "reason": "checks `id`, whose type changed", "edit": "check: id=\"7\"",
        ]
        let recording: JSONValue = [
            "file": "fixtures/a.har", "entry": 3, "effect": "touches", "reason": "contains `id`",
        ]
        report.set([row], at: JSONPointer(["changes", "0", "rows"]))
        report.set([recording], at: JSONPointer(["changes", "0", "recordings"]))
        #expect(try Self.problems(report.text) == [])
        report.set("hurts", at: JSONPointer(["changes", "0", "rows", "0", "effect"]))
        report.remove(at: JSONPointer(["changes", "0", "rows", "0", "reason"]))
        report.set("3", at: JSONPointer(["changes", "0", "recordings", "0", "entry"]))
        #expect(try Self.problems(report.text).count == 3)
    }

    @Test("the schema rejects a report of a different shape")
    func otherShapes() throws {
        var report = try JSONDocument(parsing: Self.report(try ChangeSamples.changes())).root.value
        report["outcome"] = "great"
        report.set("info", at: JSONPointer(["changes", "0", "severity"]))
        report.remove(at: JSONPointer(["changes", "0", "path"]))
        report.set("abc", at: JSONPointer(["changes", "1", "fingerprint"]))
        report["extra"] = 1
        #expect(try Self.problems(report.text).count == 6)
    }

    @Test("JSON has one entry for each change, even when other reports join changes")
    func entries() throws {
        let changes = try ChangeSamples.changes()
        let report = try JSONDocument(parsing: Self.report(changes)).root
        #expect(report["changes"]?.count == changes.count)
        let webhook = report["changes"]?.elements.first { $0["outgoing"]?.string == "moved" }
        #expect(webhook?["id"]?.string == "response.property.required-added")
        #expect(webhook?["direction"]?.string == "response" && webhook?["severity"]?.string == "note")
    }

    // MARK: Pages

    @Test("the text names each edit once, with its operations, places and both files")
    func text() throws {
        let text = ChangesText(style: TextStyle(isColoured: false)).render(
            try ChangeSamples.changes(), base: "old.yaml", revision: "new.yaml")
        #expect(
            text.hasPrefix(
                """
                error: the type of response property 'id' changed from integer to string [response.property.type-changed]
                  in   GET /parcels/{id} (readParcel), POST /parcels (sendParcel)
                  at   200/id (application/json, text/json)
                  old  old.yaml:28:46  integer
                  new  new.yaml:28:46  string

                """))
        #expect(text.contains("  old  old.yaml:14:9 and 1 more\n"))
        #expect(text.contains("in   'moved' POST moved\n"))
    }

    @Test("a comment names operations and places, and collapses warnings and notes")
    func comment() throws {
        let text = ChangesMarkdown().comment(try ChangeSamples.changes(), base: "old.yaml", revision: "new.yaml")
        #expect(text.hasPrefix("### API changes\n\n"))
        #expect(text.contains("(sendParcel)<br>`200/id (application/json, text/json)` | `old.yaml:28:46`<br>`integer`"))
        #expect(text.contains("<summary>Notes (5)</summary>"), "\(text)")
        #expect(!text.contains("<b>") && !text.contains("'x'|"))
    }

    @Test("text of documents cannot end code or begin HTML")
    func hostileText() throws {
        var change = try #require(try ChangeSamples.changes().first { $0.severity == .error })
        change.message = "property 'a` <img src=x>|' changed"
        change.pointer = JSONPointer(["a` <img src=x>|"])
        change.base.text = "`<img src=x>"
        for text in [
            ChangesMarkdown().comment([change], base: "`<img>", revision: "b"),
            ChangesMarkdown().changelog([change], base: "`<img>", revision: "b"),
            ChangesHTML().render([change], base: "`<img>", revision: "b"),
        ] {
            #expect(!text.contains("<img"))
            #expect(text.contains("&lt;img src=x&gt;"))
        }
        let row = ChangesMarkdown().comment([change], base: "a", revision: "b").split(separator: "\n").last ?? ""
        #expect(row.replacing("\\|", with: "").count { $0 == "|" } == 6, "\(row)")
        #expect(row.replacing("\\`", with: "").count { $0 == "`" }.isMultiple(of: 2))
    }

    @Test("a comment stays below the size that GitHub accepts, errors first")
    func commentSize() throws {
        let change = try #require(try ChangeSamples.changes().first { $0.severity == .error })
        let many = (0..<2_000).map { number in
            var copy = change
            copy.message = String(repeating: "long ", count: 20) + "\(number)"
            copy.severity = number < 1_000 ? .error : .note
            return copy
        }
        let text = ChangesMarkdown().comment(many, base: "old.yaml", revision: "new.yaml")
        #expect(text.utf8.count < 65_536 && text.utf8.count > 50_000)
        let cut = text.split(separator: "\n").filter { $0.hasSuffix("more are in the JSON report.") }
        #expect(cut.count == 2 && cut.last == "1000 more are in the JSON report.")
    }

    @Test("a changelog and a page list the shared changes of operations once")
    func pages() throws {
        let changes = try ChangeSamples.changes()
        let log = ChangesMarkdown().changelog(changes, base: "old.yaml", revision: "new.yaml")
        let titles = log.split(separator: "\n").filter { $0.hasPrefix("## ") }
        #expect(
            titles == ["## Several operations", "## GET /parcels/{id}", "## POST /parcels", "## 'moved' POST moved"])
        #expect(log.components(separatedBy: "the type of response property 'id'").count == 2)
        #expect(
            log.contains(
                "- **breaking** the type of request property 'id' changed from integer to string, at `body/id`\n"))
        let page = ChangesHTML().render(changes, base: "old.yaml", revision: "new.yaml")
        #expect(page.contains("<code>maximum</code> of request property") && page.contains("&lt;b&gt;"))
        #expect(!page.contains("<b>") && page.components(separatedBy: "<h2>").count == 5)
    }
}
