import Diagnostics
import Exchanges
import JSONDocument
import Primitives
import Testing

@testable import Conformance
@testable import Reporting

/// Parts of the page's data, and the index of the reports of the last run.
@Suite("Parts of the page")
struct PagePartTests {
    private static func data(_ verdict: Verdict, _ redactor: Redactor = .none) throws -> JSONValue {
        let report = RunReport(verdict, elapsed: .milliseconds(1_234), redactor: redactor)
        return try PageReader(page: VerdictPage(report).render()).data().value
    }

    private static func verdict(_ steps: [StepVerdict]) -> Verdict { Samples.verdict([Samples.scenario(steps)]) }

    @Test("both bodies of a delivery are compared, and its messages are marked")
    func delivery() throws {
        var exchange = Samples.exchange(2, "await", Samples.answer)
        exchange.request = RequestMessage(
            method: "POST", url: "/hook", body: Array(#"{"state":"lost","n":2}"#.utf8), isReceived: true)
        let finding = Samples.finding(.sameAs, "2 fields differ") {
            $0.response = .body(JSONPointer(["state"]), nil)
            $0.differences = [
                JSONDifference(pointer: JSONPointer(["state"]), expected: "sent", actual: "lost"),
                JSONDifference(pointer: JSONPointer(["n"]), expected: 1, actual: 2),
            ]
        }
        let data = try Self.data(Self.verdict([Samples.step("await", line: 3, [exchange], [finding])]))
        let sides = data["groups"]?[0]?["evidence"]?["sides"]
        #expect(sides?["expected"]?.string?.contains("\"sent\"") == true)
        #expect(sides?["actual"]?.string?.contains("\"lost\"") == true)
        let messages = data["scenarios"]?[0]?["steps"]?[0]?["exchanges"]?[0]?["messages"]
        #expect(messages?["request"]?["marks"]?.text == "[[9,6],[20,1]]")
        #expect(messages?["curl"] == nil && messages?["response"]?["marks"] == nil)
    }

    @Test("a passing step has its figures, and nothing that is usual")
    func passingStep() throws {
        let step = try Self.data(Samples.passing)["scenarios"]?[0]?["steps"]?[0]
        #expect(step?.object?.names == ["name", "call", "line", "outcome", "ms", "start", "status", "exchanges"])
        #expect(step?["ms"]?.text == "3.1" && step?["start"]?.text == "0.0")
        let exchange = step?["exchanges"]?[0]
        #expect(exchange?.object?.names == ["sequence", "method", "status", "messages"])
    }

    @Test("attempts, redirects, failures and reasons are shown where there are any")
    func positions() throws {
        var first = Samples.exchange(1, "a", .failure(TransportFailure(.reset, "was reset")))
        var second = Samples.exchange(2, "a", .response(ResponseMessage(status: 302)))
        (first.attempt, second.attempt, second.hop) = (1, 2, 1)
        first.startedAt = Samples.header.startedAt.advanced(by: .milliseconds(250))
        var other = Samples.step("b", line: 4, note: "later", reason: .setupFailed(step: "a"))
        other.planned.location.file = "scenarios/b.csv"
        let steps = try Self.data(Self.verdict([Samples.step("a", line: 3, [first, second]), other]))[
            "scenarios"]?[0]?["steps"]
        #expect(steps?[0]?["flaky"]?.boolean == true && steps?[0]?["attempts"]?.number?.int == 2)
        #expect(steps?[0]?["start"]?.text == "250.0" && steps?[0]?["status"]?.number?.int == 302)
        let exchanges = steps?[0]?["exchanges"]
        #expect(exchanges?[0]?["failure"]?.string == "reset: was reset" && exchanges?[0]?["attempt"] == nil)
        #expect(exchanges?[1]?["attempt"]?.number?.int == 2 && exchanges?[1]?["hop"]?.number?.int == 1)
        #expect(exchanges?[1]?["ms"]?.text == "3.1")
        #expect(steps?[1]?["reason"]?.string == "the setup step 'a' failed" && steps?[1]?["note"]?.string == "later")
        #expect(steps?[1]?["file"]?.string == "scenarios/b.csv" && steps?[1]?["exchanges"] == nil)
    }

    @Test("a body is text with its length where it is cut, a number of bytes, or unrecorded")
    func bodies() throws {
        func response(_ body: [UInt8], _ cut: BodyCut? = nil) throws -> JSONValue? {
            let answer = ExchangeOutcome.response(ResponseMessage(status: 200, body: body, cut: cut))
            let data = try Self.data(Self.verdict([Samples.step("a", line: 3, [Samples.exchange(1, "a", answer)])]))
            return data["scenarios"]?[0]?["steps"]?[0]?["exchanges"]?[0]?["messages"]?["response"]
        }
        #expect(try response([])?["body"] == nil)
        #expect(try response(Array("é".utf8))?["body"]?.string == "é")
        #expect(try response([0xFF, 0x41])?["binary"]?.number?.int == 2)
        #expect(try response([], .unrecorded)?["unrecorded"]?.boolean == true)
        let cut = try response(Array("aé".utf8.dropLast()), BodyCut(length: 9, hash: "x"))
        #expect(cut?["body"]?.string == "a" && cut?["cut"]?.number?.int == 9)
        let whole = try response(Array("ab".utf8), BodyCut(length: 2, hash: "x"))
        #expect(whole?["body"]?.string == "ab" && whole?["cut"] == nil)
    }

    @Test("life cycles, requirements and hints are in the data, masked")
    func parts() throws {
        var verdict = Samples.passing
        verdict.lifeCycles = [
            LifeCycle(
                resource: "order", member: "status", final: ["DONE"],
                transitions: [
                    .init(from: nil, to: "NEW", operation: "create", count: 2),
                    .init(from: "NEW", to: "DONE", operation: "swordfish-42", count: 1),
                ])
        ]
        verdict.hints = [Diagnostic("run.odd", .warning, "odd", help: "see swordfish-42")]
        verdict.requirements = [RequirementVerdict(id: "R-1", title: "must", .notExercised, rows: [])]
        let data = try Self.data(verdict, Redactor(secrets: [("KEY", "swordfish-42")]))
        #expect(
            data["lifeCycles"]?[0]?.text
                == #"{"resource":"order","member":"status","final":["DONE"],"transitions":["#
                + #"{"to":"NEW","by":"create","count":2},{"from":"NEW","to":"DONE","by":"‹secret KEY›","count":1}]}"#)
        #expect(
            data["hints"]?.text
                == #"[{"severity":"warning","code":"run.odd","message":"odd","help":"see ‹secret KEY›"}]"#)
        #expect(
            data["requirements"]?[0]?.text
                == #"{"id":"R-1","title":"must","level":"mandatory","result":"notExercised","words":"not exercised","#
                + #""rows":[],"count":0}"#)
    }

    @Test("the coverage has a share for each documented kind, and the rows that are missing")
    func coverage() throws {
        var verdict = Samples.passing
        verdict.coverage.operations[0].missing = [
            MissingRow(what: "4XX", auth: "", set: "id=…", expect: "4XX", opts: "")
        ]
        let coverage = try Self.data(verdict)["coverage"]
        #expect(
            coverage?["shares"]?.text
                == #"{"operations":[1,1],"responses":[1,2],"mediaTypes":[1,1],"headers":[0,1],"properties":[1,1],"#
                + #""values":[1,1],"security":[1,1]}"#)
        let operation = coverage?["operations"]?[0]
        #expect(operation?["statuses"]?.text == #"[["200",2],["4XX",0]]"# && operation?["negative"] == nil)
        #expect(operation?["missing"]?.text == #"[{"what":"4XX","cells":["fetchParcel","","id=…","4XX",""]}]"#)
        verdict.coverage.operations = []
        #expect(try Self.data(verdict)["coverage"] == nil)
    }

    @Test("a recording of another tool has no start")
    func start() throws {
        var verdict = Samples.passing
        verdict.run.startedAt = Instant(microsecondsSinceEpoch: 0)
        let run = try Self.data(verdict)["run"]
        #expect(
            run?["startedAt"] == nil && run?["ms"]?.text == "1234.0"
                && run?["baseURL"]?.string == "http://127.0.0.1:4010/v1")
    }

    @Test(
        "durations have one decimal, also before the start of the run",
        arguments: [(0, "0.0"), (149, "0.1"), (150, "0.2"), (1_000, "1.0"), (-250, "-0.3"), (12_345_678, "12345.7")])
    func milliseconds(microseconds: Int, text: String) {
        #expect(PageData.milliseconds(.microseconds(microseconds)).text == text)
    }

    @Test(
        "JSON in a page has no character with a meaning in HTML or a line break of JavaScript",
        arguments: ["</script><!--", "a&b", "\u{2028}\u{2029}", "\u{A8}\u{A9}é", "\u{2027}\u{202A}", "‹€¨©›"])
    func embedded(text: String) throws {
        let value = JSONValue.members([(text, .string(text)), ("n", .number(JSONNumber("1e400") ?? 0))])
        let embedded = VerdictPage.embedded(value)
        #expect(!embedded.unicodeScalars.contains { "<>&\u{2028}\u{2029}".unicodeScalars.contains($0) })
        #expect(try JSONDocument(parsing: embedded).root.value == value)
    }

    // MARK: The index

    @Test("the index links to the reports that were written, and shows the result")
    func index() {
        let report = RunReport(Samples.failing, redactor: Redactor(secrets: [("KEY", "swordfish-42")]))
        let page = LatestIndex(redactor: report.redactor).render(
            report, [.text, .json], journal: "runs/swordfish-42<.ndjson")
        #expect(page.contains("<h1>3 failures</h1>") && page.contains("0 passed, 1 failed, 0 skipped, against mock"))
        #expect(page.contains("<a href=\"report.txt\">") && page.contains("<a href=\"report.json\">"))
        #expect(!page.contains("report.html") && page.contains("assay report runs/‹secret KEY›&lt;.ndjson"))
    }

    @Test("every format has a file of its own with a purpose; text and JSON are always written")
    func formats() {
        #expect(Set(LatestReport.allCases.map(\.rawValue)).count == LatestReport.allCases.count)
        #expect(LatestReport.allCases.allSatisfy { !$0.purpose.isEmpty && !$0.rawValue.contains("/") })
        #expect(LatestReport.allCases.filter(\.isWrittenAlways) == [.text, .json])
        #expect(!LatestReport.allCases.map(\.rawValue).contains(LatestIndex.name))
    }
}
