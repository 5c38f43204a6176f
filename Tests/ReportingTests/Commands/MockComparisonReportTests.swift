import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Reporting

/// The responses of a server next to those of the mock, as text and JSON.
@Suite("Reports on server and mock")
struct MockComparisonReportTests {
    private static func difference(
        _ operation: String, _ place: String, status: Int = 200, contract: String = "v1", count: Int = 1,
        sandbox: String = "\"a\"", mock: String = "\"b\""
    ) -> MockComparison.Difference {
        MockComparison.Difference(
            contract: contract, operation: operation, status: status, place: place, document: "string",
            sandbox: sandbox, mock: mock, count: count, first: "buy › fetch")
    }

    private static func comparison(_ differences: [MockComparison.Difference]) -> MockComparison {
        var comparison = MockComparison(source: "reports/runs/a.ndjson", target: "sandbox")
        comparison.compared = 9
        comparison.equal = 9 - differences.count
        comparison.differences = differences
        return comparison
    }

    private static func text(_ comparison: MockComparison, width: Int = 100, _ redactor: Redactor = .none) -> String {
        MockComparisonText(style: TextStyle(isColoured: false, width: width), redactor: redactor).render(comparison)
    }

    @Test("text: a table for each operation and status, in the order of the first difference, then the figures")
    func tables() {
        let comparison = Self.comparison([
            Self.difference("getPet", "/name", count: 2), Self.difference("addPet", "status", status: 201),
            Self.difference("getPet", "/tag"), Self.difference("getPet", "/name", status: 404),
        ])
        #expect(
            Self.text(comparison) == """
                getPet  200  2 responses, first buy › fetch
                  place  document  sandbox  mock
                  /name  string    "a"      "b"
                  /tag   string    "a"      "b"

                addPet  201  1 response, first buy › fetch
                  place   document  sandbox  mock
                  status  string    "a"      "b"

                getPet  404  1 response, first buy › fetch
                  place  document  sandbox  mock
                  /name  string    "a"      "b"

                ✗ 9 responses compared: 5 equal, 4 different in 4 places

                """)
    }

    @Test("text: the contract is named if there are several")
    func contracts() {
        let text = Self.text(
            Self.comparison([Self.difference("getPet", "/a"), Self.difference("getPet", "/a", contract: "v2")]))
        #expect(text.contains("getPet (v1)  200") && text.contains("getPet (v2)  200"))
    }

    @Test("text: proposed lines, and what no line expresses")
    func proposals() {
        var comparison = Self.comparison([])
        comparison.notCompared = [
            .init(reason: "nothing was received", count: 1, first: "a › b"),
            .init(reason: "x", count: 3, first: "c › d"),
        ]
        comparison.proposals = [
            .init(contract: "v1", file: "mock.yaml", lines: "a:\n  b: 1\n", unexpressed: []),
            .init(
                contract: "v2", file: nil, lines: "c: 2\n",
                unexpressed: [.init(place: "getPet 200 /name", reason: "change it by hand")]),
        ]
        #expect(
            Self.text(comparison) == """
                ✓ 9 responses compared: 9 equal, 0 different in 0 places
                  1 row not compared: nothing was received (first a › b)
                  3 rows not compared: x (first c › d)

                proposed lines for mock.yaml
                  a:
                    b: 1

                proposed lines for a behaviour file
                  c: 2
                not proposed (v2)
                  getPet 200 /name: change it by hand

                """)
    }

    @Test("the columns of a table fit into the width", arguments: [40, 80, 200])
    func widths(width: Int) {
        let long = String(repeating: "long value ", count: 30)
        let text = Self.text(
            Self.comparison([Self.difference("getPet", "/" + long, sandbox: long, mock: long)]), width: width)
        let lines = text.split(separator: "\n").filter { $0.hasPrefix("  ") }
        // At 40 columns every column keeps its least width.
        #expect(lines.count == 2 && lines.allSatisfy { $0.unicodeScalars.count <= max(width, 2 + 4 * 12 + 3 * 2) })
        #expect(lines[1].contains("…"))
    }

    @Test("secrets and invisible characters of both sides are masked and escaped")
    func hostile() throws {
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        var comparison = Self.comparison([
            Self.difference("get\u{1B}Pet", "/a\n::error::", sandbox: "\"swordfish-42\"", mock: "\u{202E}")
        ])
        comparison.notCompared = [.init(reason: "swordfish-42", count: 1, first: "\u{7}")]
        comparison.proposals = [
            .init(
                contract: "v1", file: "swordfish-42.yaml", lines: "a: swordfish-42\n::error::x\u{1B}\n",
                unexpressed: [.init(place: "swordfish-42", reason: "\u{1B}")])
        ]
        let text = Self.text(comparison, redactor)
        #expect(!text.contains("swordfish") && text.contains("‹secret KEY›"))
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
        let json = MockComparisonJSON(redactor: redactor).render(comparison, exit: 1)
        #expect(!json.contains("swordfish"))
    }

    @Test("JSON: each difference, reason and proposal")
    func json() throws {
        var comparison = Self.comparison([Self.difference("getPet", "/a", count: 3)])
        comparison.notCompared = [.init(reason: "x", count: 2, first: "c › d")]
        comparison.proposals = [
            .init(contract: "v1", file: nil, lines: "a: 1\n", unexpressed: [.init(place: "p", reason: "r")])
        ]
        let report = MockComparisonJSON(redactor: .none).render(
            comparison, exit: 1, diagnostics: [Diagnostic("a.b", .note, "odd")])
        let root = try JSONDocument(parsing: report).root.value
        #expect(root["command"]?.string == "compare-mock" && root["compared"]?.number?.int == 9)
        #expect(
            root["differences"]?.text
                == #"[{"contract":"v1","operation":"getPet","status":200,"place":"/a","document":"string","#
                + #""sandbox":"\"a\"","mock":"\"b\"","count":3,"first":"buy › fetch"}]"#)
        #expect(root["notCompared"]?.text == #"[{"reason":"x","count":2,"first":"c › d"}]"#)
        #expect(
            root["proposals"]?.text
                == #"[{"contract":"v1","file":null,"lines":"a: 1\n","unexpressed":[{"place":"p","reason":"r"}]}]"#)
        let nothing = JSONEnvelope("compare-mock").render(exit: 2, MockComparisonJSON.membersOfNothing)
        #expect(try JSONDocument(parsing: nothing).root.members.map(\.name) == root.object?.names)
    }
}
