import Diagnostics
import JSONDocument
import Primitives
import Testing

@testable import Conformance
@testable import Reporting

/// The reports of `assay explain`: rows, and rules.
@Suite("Reports of explanations")
struct ExplanationReportTests {
    private static let row = SourceLocation(file: "a.csv", line: 3, column: 1)
    private static let schema = SourceLocation(file: "a.yaml", line: 9, column: 5)

    private static func explanation(_ change: (inout StepExplanation) -> Void = { _ in }) -> StepExplanation {
        var step = StepExplanation(
            scenario: "buy", step: "fetch", location: row, note: "", skipped: nil, call: "getPet", operation: schema,
            checks: [])
        change(&step)
        return step
    }

    @Test("text: the request, its values with their sources, the checks and the laws")
    func text() {
        let step = Self.explanation {
            $0.note = "reads it"
            $0.refs = ["R-1 it exists"]
            $0.request = ExplainedRequest(
                method: "GET", url: "http://a.example/pets/7", body: nil,
                curl: "curl --include 'http://a.example/pets/7'")
            $0.values = [
                ExplainedValue(
                    place: "path.id", value: "7", type: "integer", schema: Self.schema, source: "set", origin: Self.row),
                ExplainedValue(place: "header.x", value: "", source: "default"),
                ExplainedValue(place: "query.q", source: "set"),
            ]
            $0.checks = [
                ExplainedCheck(kind: "expect", text: "200", origin: Self.row),
                ExplainedCheck(kind: "check", text: "name=x", type: "string", schema: Self.schema, origin: Self.row),
                ExplainedCheck(kind: "law", text: "fast"), ExplainedCheck(kind: "law", text: "traced"),
            ]
        }
        #expect(
            ExplanationText(style: .plain).render(step) == """
                buy › fetch  getPet  a.csv:3:1  a.yaml:9:5
                reads it
                shows R-1 it exists

                GET http://a.example/pets/7

                  path.id   7          integer  a.yaml:9:5  set      a.csv:3:1
                  header.x  (empty)                         default
                  query.q   (omitted)                       set

                  expect  200                         a.csv:3:1
                  check   name=x  string  a.yaml:9:5  a.csv:3:1
                  laws  fast, traced

                curl --include 'http://a.example/pets/7'

                """)
    }

    @Test("text: a step that is not sent has its reason, and no request")
    func skipped() {
        let step = Self.explanation {
            $0.skipped = "no key"
            $0.operation = nil
        }
        #expect(ExplanationText(style: .plain).render(step) == "buy › fetch  getPet  a.csv:3:1\nnot sent: no key\n")
    }

    @Test("text: of the cases of a row three are explained, and one of the others is named")
    func cases() {
        let cases = (1...5).map { number in Self.explanation { $0.step = "fetch[\(number)]" } }
        let text = ExplanationText(style: .plain).render(cases)
        #expect(text.contains("fetch[3]") && !text.contains("fetch[4]  "))
        #expect(text.hasSuffix("\n2 more cases of these rows; name one to show it: buy/fetch[5]\n"))
        #expect(!ExplanationText(style: .plain).render(Array(cases.prefix(3))).contains("more case"))
        let others = cases.enumerated().map { index, step in
            var step = step
            step.location.line = index
            return step
        }
        #expect(!ExplanationText(style: .plain).render(others).contains("more case"))
    }

    @Test("text: values from tables and documents cannot move the cursor")
    func hostile() {
        let step = Self.explanation {
            $0.scenario = "\u{1B}[2J"
            $0.note = "\n::error::"
            $0.request = ExplainedRequest(method: "GET", url: "\u{202E}", body: nil, curl: "curl '\u{7}'")
            $0.values = [ExplainedValue(place: "a\nb", value: "\u{0}", source: "\r")]
        }
        let text = ExplanationText(style: .plain).render(step)
        #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::") })
    }

    @Test("JSON: values, checks and the request, without members that have no value")
    func json() throws {
        let step = Self.explanation {
            $0.refs = ["R-1"]
            $0.request = ExplainedRequest(method: "GET", url: "u", body: "{}", curl: "curl 'u'")
            $0.values = [
                ExplainedValue(place: "path.id", value: "7", type: "integer", schema: Self.schema, source: "set"),
                ExplainedValue(place: "query.q", source: "set", origin: Self.row),
            ]
            $0.checks = [
                ExplainedCheck(kind: "check", text: "a=1", type: "string", schema: Self.schema, origin: Self.row)
            ]
        }
        let report = ExplanationJSON().render([step, Self.explanation()], seed: "s", diagnostics: [])
        let steps = try JSONDocument(parsing: report).root.value["steps"]
        #expect(
            steps?[0]?["values"]?.text
                == #"[{"place":"path.id","value":"7","type":"integer","contract":{"file":"a.yaml","line":9,"column":5},"#
                + #""source":"set"},{"place":"query.q","leftOut":true,"source":"set","#
                + #""origin":{"file":"a.csv","line":3,"column":1}}]"#)
        #expect(
            steps?[0]?["checks"]?[0]?.text
                == #"{"kind":"check","text":"a=1","type":"string","contract":{"file":"a.yaml","line":9,"column":5},"#
                + #""table":{"file":"a.csv","line":3,"column":1}}"#)
        #expect(steps?[0]?["body"]?.string == "{}" && steps?[0]?["refs"]?.text == #"["R-1"]"#)
        #expect(
            steps?[1]?.text
                == #"{"scenario":"buy","step":"fetch","file":"a.csv","line":3,"call":"getPet","#
                + #""operation":{"file":"a.yaml","line":9,"column":5},"values":[],"checks":[]}"#)
    }

    // MARK: Rules

    @Test("every rule is explained within the width, with the same parts", arguments: [40, 80, 200])
    func rules(width: Int) throws {
        for id in RuleExplanation.ids {
            let explanation = try #require(RuleExplanation.of(id))
            let text = RuleExplanationText(style: TextStyle(isColoured: false, width: width)).render(explanation)
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.filter { ["based on", "example", "help"].contains($0) }.count == 3, "\(id)")
            #expect(lines[0] == "\(id)  \(explanation.severity.rawValue)" && lines.last == "")
            let examples = Set(explanation.example.map { "  " + $0 })
            for line in lines where !examples.contains(String(line)) {
                #expect(line.unicodeScalars.count <= width || line.hasPrefix(id), "\(id): \(line)")
            }
            #expect(lines.count { $0.hasPrefix("  - ") } >= explanation.remedies.count)
        }
    }

    @Test("the explanation in Markdown has no open code and no markup of its own")
    func ruleMarkdown() throws {
        for id in RuleExplanation.ids {
            let explanation = try #require(RuleExplanation.of(id))
            let lines = try #require(MarkdownReader.lines(RuleExplanationText.markdown(explanation)))
            #expect(lines.filter(\.isCode).map(\.text) == explanation.example, "\(id)")
            let meaning = try #require(lines.first).text
            #expect(!MarkdownReader.shown(meaning).hasMarkup, "\(id)")
            #expect(
                MarkdownReader.shown(meaning).text.filter { $0 != "`" } == explanation.meaning.filter { $0 != "`" })
        }
    }

    @Test("the explanation in JSON has each part")
    func ruleJSON() throws {
        let explanation = try #require(RuleExplanation.of("body.type"))
        let rule = try JSONDocument(parsing: RuleExplanationJSON().render(explanation)).root.value["rule"]
        #expect(rule?["id"]?.string == "body.type" && rule?["severity"]?.string == "error")
        #expect(rule?["remedies"]?.elements?.count == explanation.remedies.count)
        #expect(rule?["example"]?.elements?.compactMap(\.string) == explanation.example)
        #expect(rule?["meaning"]?.string == explanation.meaning && rule?["basis"]?.string == explanation.basis)
    }
}
