import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import Primitives
import Testing

@testable import Conformance
@testable import Reporting

@Suite("The page of a run")
struct VerdictPageTests {
    private static func page(
        _ verdict: Verdict, _ redactor: Redactor = .none, sources: SourceExcerpts = SourceExcerpts(),
        trend: RunTrend? = nil
    ) -> PageReader {
        PageReader(
            page: VerdictPage(
                RunReport(verdict, elapsed: .milliseconds(1_234), redactor: redactor, sources: sources), trend: trend
            ).render())
    }

    /// A step with a response that has these findings.
    private static func verdict(
        body: String, headers: [HeaderField] = [], findings: [Finding], name: String = "fetch"
    ) -> Verdict {
        let response = ResponseMessage(status: 200, headers: headers, body: Array(body.utf8))
        let exchange = Samples.exchange(2, name, .response(response))
        return Samples.verdict([Samples.scenario([Samples.step(name, line: 3, [exchange], findings)])])
    }

    private static func finding(at names: [String]) -> Finding {
        Samples.finding(.bodyKeyword, id: "body.type", "is a string, but the schema allows only number") {
            $0.response = .body(JSONPointer(names), nil)
        }
    }

    @Test("the same verdict gives the same bytes")
    func stable() {
        for verdict in [Samples.passing, Samples.failing] {
            #expect(Self.page(verdict).page == Self.page(verdict).page)
        }
    }

    @Test("the policy allows exactly the style and the script of the page, and no request")
    func policy() throws {
        let page = Self.page(Samples.failing)
        let policy = try page.content(after: "Content-Security-Policy\" content=\"", until: "\"")
        func hash(_ text: String) -> String { "'sha256-\(Base64.text(SHA256.digest(Array(text.utf8))))'" }
        #expect(
            policy == "default-src 'none'; style-src \(hash(try page.style())); script-src \(hash(try page.script())); "
                + "img-src data:; base-uri 'none'; form-action 'none'")
    }

    @Test("the script creates no markup from text, requests nothing, and does not end its element")
    func script() throws {
        let script = PageScript.text
        for word in [
            "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(", "fetch(",
            "XMLHttpRequest", "WebSocket", "sendBeacon", "import(", "http://", "https://", "</", "<!--", "toLocale",
        ] where !(word == "http://") {
            #expect(!script.contains(word), "\(word)")
        }
        #expect(script.components(separatedBy: "http://").count == 2, "only the namespace of SVG")
        #expect(
            !PageStyle.text.contains("</") && !PageStyle.text.contains("url(") && !PageStyle.text.contains("@import"))
    }

    @Test(
        "text from outside is data, wherever it occurs",
        arguments: [
            "</script><script>alert(1)</script>", "<!--<script>", "<img src=x onerror=alert(1)>", "\u{2028}\u{2029}",
            "]]>", "\u{1B}[31m", "&lt;", "\" onload=\"x", "'",
        ])
    func hostile(text: String) throws {
        let value = JSONValue.string(text)
        let finding = Samples.finding(.bodyKeyword, id: "body.type", text) {
            $0.operation = text
            $0.response = .body(JSONPointer([text]), nil)
            $0.expected = text
            $0.actual = text
            $0.details = [text]
            $0.differences = [JSONDifference(pointer: JSONPointer([text]), expected: value, actual: nil)]
            $0.contractLocation = SourceLocation(file: text, line: 1, column: 1)
        }
        var verdict = Self.verdict(
            body: JSONValue.members([(text, value)]).text, headers: [HeaderField(name: "x-a", value: text)],
            findings: [finding], name: text)
        verdict.scenarios[0].name = text
        verdict.run.target = text
        verdict.hints = [Diagnostic("run.odd", .warning, text, help: text)]
        let sources = SourceExcerpts([text: [1: text]])
        let page = Self.page(verdict, sources: sources)
        // Three elements of scripts and styles, and none from the text.
        #expect(page.page.components(separatedBy: "<script").count == 3)
        #expect(page.page.components(separatedBy: "</script").count == 3)
        #expect(!page.page.contains("<img") && !page.page.contains("<!--"))
        let json = try page.content(after: "id=\"data\">", until: "</script>")
        #expect(!json.unicodeScalars.contains { "<>&\u{2028}\u{2029}".unicodeScalars.contains($0) })
        let data = try page.data()
        #expect(data["scenarios"]?[0]?["name"]?.string == text)
        #expect(data["groups"]?[0]?["message"]?.string == text)
        #expect(data["groups"]?[0]?["evidence"]?["contractLines"]?["lines"]?[0]?.string == text)
    }

    @Test("secrets are masked in every part")
    func secrets() throws {
        let secret = "Qz7vKw3xRt9pLm2s"
        let finding = Samples.finding(.bodyKeyword, id: "body.type", "is wrong: \(secret)") {
            $0.response = .body(JSONPointer(["token"]), nil)
            $0.actual = secret
            $0.details = [secret]
            $0.contractLocation = SourceLocation(file: "a.yaml", line: 1, column: 1)
        }
        var verdict = Self.verdict(
            body: "{\"token\":\"\(secret)\"}", headers: [HeaderField(name: "x-key", value: secret)],
            findings: [finding],
            name: secret)
        verdict.scenarios[0].steps[0].exchanges[0].request = RequestMessage(
            method: "POST", url: "http://127.0.0.1:51234/v1/\(secret)",
            headers: [HeaderField(name: "x-key", value: secret)],
            body: Array(secret.utf8))
        verdict.scenarios[0].steps[0].exchanges[0].sequence = 2
        let sources = SourceExcerpts(["a.yaml": [1: "key: \(secret)"]])
        let page = Self.page(verdict, Redactor(secrets: [("API_KEY", secret)]), sources: sources)
        #expect(!page.page.contains(secret))
        #expect(try page.content(after: "id=\"data\">", until: "</script>").contains("API_KEY"))
    }

    @Test(
        "places in a body are marked in UTF-16 units, the innermost value that exists",
        arguments: [
            ("{\"a\":1}", ["a"], 5, 1), ("{\"ä😀\":{\"a\":\"x\"}}", ["ä😀", "a"], 12, 3),
            ("{\"a\":{\"b\":1}}", ["a", "missing"], 5, 1), ("[1,22]", ["1"], 3, 2), ("{\"a\":1}", [], 0, 1),
        ] as [(String, [String], Int, Int)])
    func marks(body: String, names: [String], start: Int, length: Int) throws {
        let page = Self.page(Self.verdict(body: body, findings: [Self.finding(at: names)]))
        let messages = try #require(try page.data()["scenarios"]?[0]?["steps"]?[0]?["exchanges"]?[0]?["messages"])
        #expect(messages["response"]?["body"]?.string == body)
        let marks = messages["response"]?["marks"]?[0]
        #expect(marks?[0]?.spelling == String(start) && marks?[1]?.spelling == String(length))
    }

    @Test("a body is cut between characters, and its length is shown")
    func cut() throws {
        let body = "\"" + String(repeating: "€", count: 20_000) + "\""
        let response = try #require(
            try Self.page(Self.verdict(body: body, findings: [Self.finding(at: [])]))
                .data()["scenarios"]?[0]?["steps"]?[0]?["exchanges"]?[0]?["messages"]?["response"])
        let shown = try #require(response["body"]?.string)
        #expect(body.hasPrefix(shown) && shown.utf8.count > 40_000)
        #expect(response["cut"]?.spelling == String(body.utf8.count))
        let binary = ResponseMessage(status: 200, body: [0xFF, 0xFE])
        let step = Samples.step("fetch", line: 3, [Samples.exchange(2, "fetch", .response(binary))])
        let page = Self.page(Samples.verdict([Samples.scenario([step])]))
        let exchange = try page.data()["scenarios"]?[0]?["steps"]?[0]?["exchanges"]?[0]
        #expect(exchange?["messages"]?["response"]?["binary"]?.spelling == "2")
    }

    @Test("a finding of a step has only the members that differ from the first case of its group")
    func shared() throws {
        let first = Self.finding(at: ["a"])
        var second = first
        second.actual = "\"7\""
        second.table = nil
        let step = { (name: String, sequence: Int, finding: Finding) in
            var finding = finding
            finding.exchange = sequence
            return Samples.step(name, line: 3, [Samples.exchange(sequence, name, Samples.answer)], [finding])
        }
        let verdict = Samples.verdict([Samples.scenario([step("one", 1, first), step("two", 2, second)])])
        let data = try Self.page(verdict).data()
        #expect(data["groups"]?.count == 1)
        #expect(data["groups"]?[0]?["steps"]?.value == [[0, 0], [0, 1]])
        let steps = try #require(data["scenarios"]?[0]?["steps"])
        #expect(steps[0]?["findings"]?[0]?.value == ["group": 0, "isFirst": true])
        #expect(
            steps[1]?["findings"]?[0]?.value == ["group": 0, "table": JSONValue.null, "actual": "\"7\""] as JSONValue)
    }

    @Test("readers without scripts see the result and the failures")
    func withoutScripts() throws {
        let text = try Self.page(Samples.failing).content(after: "<noscript>", until: "</noscript>")
        #expect(text.contains("<h1>3 failures</h1>") && text.contains("0 passed, 1 failed, 0 skipped of 1 scenario."))
        #expect(
            text.contains("<strong>body.type</strong>") && text.contains("<code>fetchParcel /items/0/weight</code>"))
        #expect(
            try Self.page(Samples.passing).content(after: "<noscript>", until: "</noscript>").contains(
                "<h1>Passed</h1>"))
        #expect(Self.page(Samples.verdict([])).page.contains("<title>Nothing was judged · mock · assay</title>"))
    }

    @Test("expected and received body are compared as a whole where they are known")
    func sides() throws {
        let finding = Samples.finding(.sameAs, "1 field differs") {
            $0.response = .body(JSONPointer(["state"]), nil)
            $0.differences = [JSONDifference(pointer: JSONPointer(["state"]), expected: "sent", actual: "lost")]
        }
        let page = Self.page(Self.verdict(body: "{\"id\":1.50,\"state\":\"lost\"}", findings: [finding]))
        let sides = try page.data()["groups"]?[0]?["evidence"]?["sides"]
        #expect(sides?["expected"]?.string == "{\n  \"id\": 1.50,\n  \"state\": \"sent\"\n}")
        #expect(sides?["actual"]?.string == "{\n  \"id\": 1.50,\n  \"state\": \"lost\"\n}")
    }
}

@Suite("The size of a page")
struct PageSizeTests {
    /// A run of many steps with a body each; every `failing`th step fails at a place of its own.
    static func run(steps: Int, failing: Int) -> Verdict {
        let body = Array(("{\"weight\":\"2.5\",\"note\":\"" + String(repeating: "long ", count: 200) + "\"}").utf8)
        let scenarios = (0..<steps / 10).map { scenario in
            ScenarioVerdict(
                name: "scenario-\(scenario)", file: "scenarios/many.csv", line: scenario + 2,
                steps: (0..<10).map { step in
                    let sequence = scenario * 10 + step + 1
                    let exchange = Samples.exchange(
                        sequence, "step-\(step)", .response(ResponseMessage(status: 200, body: body)))
                    let isFailing = failing > 0 && sequence.isMultiple(of: failing)
                    let finding = Samples.finding(
                        .bodyKeyword, id: "body.type", "is a string, but the schema allows only number"
                    ) {
                        $0.exchange = sequence
                        $0.response = .body(JSONPointer(["weight\(scenario)"]), nil)
                    }
                    return Samples.step("step-\(step)", line: 3, [exchange], isFailing ? [finding] : [])
                })
        }
        return Samples.verdict(scenarios)
    }

    @Test("10,000 steps are less than 5 MB, passing and failing", arguments: [0, 1, 10])
    func size(failing: Int) throws {
        let page = VerdictPage(
            RunReport(Self.run(steps: 10_000, failing: failing), elapsed: .seconds(60), redactor: .none)
        ).render()
        #expect(page.utf8.count < 5_000_000, "\(page.utf8.count)")
        let data = try PageReader(page: page).data()
        #expect(data["scenarios"]?.count == 1_000)
        // Names and results are complete; messages are not.
        let steps = try #require(data["scenarios"]?[999]?["steps"])
        #expect(steps.count == 10 && steps[9]?["status"]?.spelling == "200")
        #expect(steps[9]?["exchanges"]?[0]?["messages"] == nil)
        if failing == 1 { #expect(data["groups"]?[0]?["count"]?.spelling == "10") }
    }
}
