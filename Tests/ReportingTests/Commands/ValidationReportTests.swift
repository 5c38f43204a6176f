import Diagnostics
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Verdicts on single inputs, as `assay validate` reports them.
@Suite("Reports of validations")
struct ValidationReportTests {
    private static let error = Samples.finding(.bodyKeyword, id: "body.type", "is a string") {
        $0.response = .body(JSONPointer(["id"]), TextPosition(line: 2, column: 5, offset: 9))
        $0.scenario = ""
        $0.step = ""
        $0.table = nil
    }
    private static let undecided = Samples.finding(.bodyUndecided, "the pattern exceeds its budget")
    private static let warning = Samples.finding(.headerUndeclared, "is not declared") { $0.response = .header("x") }

    private static func input(_ name: String, line: Int = 1, _ findings: Finding...) -> InputVerdict {
        InputVerdict(input: name, line: line, subject: "fetchParcel 200", findings: findings)
    }

    private static func text(_ results: [InputVerdict], isQuiet: Bool = false) -> String {
        ValidationText(style: .plain, isQuiet: isQuiet).render(results)
    }

    private static let mixed = [
        input("a.json"), input("b.json", line: 7, error), input("-", undecided), input("c.json", warning),
    ]

    @Test("text: a line for each input with its findings, and the figures of those that occurred")
    func text() {
        let text = Self.text(Self.mixed)
        #expect(
            text.hasPrefix(
                """
                ✓ a.json  fetchParcel 200
                ✗ b.json:7  fetchParcel 200
                  body.type  is a string
                    place     /id  line 2, column 5
                ? standard input  fetchParcel 200
                  body.undecided  the pattern exceeds its budget

                """), "\(text)")
        #expect(text.contains("\n✓ c.json  fetchParcel 200\n  warning: header.undeclared"))
        #expect(text.hasSuffix("\n4 judged: 1 failed, 1 undecided, 2 passed\n"))
    }

    @Test("text: quiet leaves out what passed, also its warnings, and the figures if everything did")
    func quiet() {
        let text = Self.text(Self.mixed, isQuiet: true)
        #expect(!text.contains("✓") && text.contains("✗ b.json:7") && text.contains("? standard input"))
        #expect(text.hasSuffix("4 judged: 1 failed, 1 undecided, 2 passed\n"))
        #expect(Self.text([Self.input("a.json")], isQuiet: true).isEmpty && Self.text([]).isEmpty)
        #expect(Self.text([Self.input("a.json")]) == "✓ a.json  fetchParcel 200\n1 judged: 1 passed\n")
    }

    @Test(
        "JSON has the documented shape, and a word for each outcome",
        arguments: [("passed", 0), ("failed", 1), ("undecided", 1), ("wrongInput", 2)])
    func json(outcome: String, exit: Int) throws {
        let results: [InputVerdict] =
            switch outcome {
            case "passed": [Self.input("a")]
            case "failed": Self.mixed
            case "undecided": [Self.input("-", Self.undecided), Self.input("a")]
            default: []
            }
        let report = ValidationJSON().render(
            results, exit: exit, diagnostics: [Diagnostic("a.b", .warning, "odd", help: "look")])
        #expect(try PublishedSchema("validate").problems(report) == [])
        let root = try JSONDocument(parsing: report).root.value
        #expect(root["outcome"]?.string == outcome && root["exit"]?.number?.int == exit)
        #expect(root["summary"]?["inputs"]?.number?.int == results.count)
        #expect(root["results"]?.elements?.map { $0["outcome"]?.string } == results.map(\.outcome.rawValue))
    }

    @Test("JSON: a finding has its places, and no curl line")
    func members() throws {
        let report = ValidationJSON().render(Self.mixed, exit: 1, diagnostics: [])
        let result = try JSONDocument(parsing: report).root.value["results"]?[1]
        #expect(result?["input"]?.string == "b.json" && result?["line"]?.number?.int == 7)
        let finding = result?["findings"]?[0]
        #expect(finding?["at"]?.string == "/id" && finding?["response"]?.text == #"{"line":2,"column":5}"#)
        #expect(finding?["curl"] == nil && finding?["scenario"] == nil)
    }

    @Test("names of files and texts of findings cannot move the cursor")
    func hostile() {
        let finding = Samples.finding(.check, "\u{1B}[2J\n::error::") { $0.details = ["\u{202E}"] }
        let text = Self.text([Self.input("a\n::error::\u{7}", finding)])
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!text.split(separator: "\n").contains { $0.drop { $0 == " " }.hasPrefix("::") })
    }
}
