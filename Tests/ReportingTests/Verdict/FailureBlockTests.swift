import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The block of one failure: its parts, and the bounds of each.
@Suite("Blocks of failures")
struct FailureBlockTests {
    private static func text(
        _ steps: [StepVerdict], width: Int = 100, sources: SourceExcerpts = SourceExcerpts()
    ) -> String {
        let report = RunReport(Samples.verdict([Samples.scenario(steps)]), redactor: .none, sources: sources)
        return VerdictText(style: TextStyle(isColoured: false, width: width), redactor: .none)
            .failures(report.failures, of: report)
    }

    private static func step(
        _ exchange: Exchange?, name: String = "fetch", line: Int = 3, _ findings: Finding...
    ) -> StepVerdict {
        Samples.step(name, line: line, [exchange].compactMap { $0 }, findings)
    }

    private static func finding(_ change: (inout Finding) -> Void = { _ in }) -> Finding {
        Samples.finding(.statusUnexpected, "expected 200, received 404") {
            $0.response = .status
            change(&$0)
        }
    }

    private static let notFound = Samples.exchange(2, "fetch", .response(ResponseMessage(status: 404)))

    // MARK: The head

    @Test("a failure without a request names the operation, and one with a request the place alone")
    func heads() {
        #expect(
            Self.text([Self.step(nil, Self.finding())]).hasPrefix(
                """
                ✗ 1  status.unexpected  send › fetch  scenarios/a.csv:3:1
                  fetchParcel status: expected 200, received 404
                  help: \(Self.finding().remedy)
                    place     status

                """))
        #expect(Self.text([Self.step(Self.notFound, Self.finding())]).contains("\n  status: expected 200"))
        let whole = Self.finding { $0.response = nil }
        #expect(Self.text([Self.step(Self.notFound, whole)]).contains("\n  expected 200, received 404\n"))
    }

    @Test("the note of a row is below the help")
    func note() {
        var step = Self.step(Self.notFound, Self.finding())
        step.planned.note = "the parcel\nas it was sent"
        #expect(Self.text([step]).contains("\n  the parcel\\nas it was sent\n    request   "))
    }

    @Test(
        "the party at fault is named unless it is the server or the connection",
        arguments: [
            (Finding.Blame.server, nil), (.transport, nil), (.document, "the document"), (.table, "the table"),
        ] as [(Finding.Blame, String?)])
    func blame(blame: Finding.Blame, words: String?) {
        let text = Self.text([Self.step(Self.notFound, Self.finding { $0.blame = blame })])
        #expect(text.contains("    at fault  ") == (words != nil))
        if let words { #expect(text.contains("    at fault  \(words)\n")) }
    }

    // MARK: Evidence

    @Test(
        "six explanations and six differences are shown, and the others are counted",
        arguments: [(6, nil), (7, 1), (30, 24)] as [(Int, Int?)])
    func lists(count: Int, rest: Int?) {
        let finding = Self.finding { finding in
            finding.details = (0..<count).map { "detail \($0)" }
            finding.differences = (0..<count).map {
                JSONDifference(pointer: JSONPointer(["m\($0)"]), expected: nil, actual: .string("x"))
            }
        }
        let text = Self.text([Self.step(Self.notFound, finding)])
        #expect(text.contains("      detail 5\n") && !text.contains("detail 6\n"))
        #expect(text.contains("      - /m5: absent\n      + /m5: \"x\"\n") && !text.contains("/m6"))
        #expect(text.contains("      … and \(rest ?? 0) more details in the JSON report\n") == (rest != nil))
        #expect(text.contains("      … and \(rest ?? 0) more\n") == (rest != nil))
    }

    @Test("a difference of the whole body has no name, and a line break in a value stays on the line")
    func wholeBody() {
        let finding = Self.finding {
            $0.differences = [JSONDifference(pointer: .root, expected: .string("a\nb"), actual: nil)]
        }
        #expect(
            Self.text([Self.step(Self.notFound, finding)]).contains(
                "    diff      - expected  + received\n      - body: \"a\\nb\"\n      + body: absent\n"))
    }

    @Test("long values are cut at 240 characters")
    func longValues() {
        let long = String(repeating: "ß", count: 1_000)
        let finding = Self.finding {
            $0.expected = long
            $0.actual = long
        }
        let text = Self.text([Self.step(Self.notFound, finding)])
        #expect(text.filter { $0 == "ß" }.count == 2 * 239)
    }

    // MARK: Exchanges

    @Test("an exchange is shown once, and other failures of it refer to the first one")
    func earlier() {
        let other = Samples.finding(.headerMissing, "the header is missing") { $0.response = .header("x-a") }
        let text = Self.text([Self.step(Self.notFound, Self.finding(), other)])
        #expect(text.ranges(of: "    request   ").count == 2 && text.ranges(of: "curl --include").count == 1)
        #expect(text.contains("✗ 2  header.required"))
        #expect(text.contains("    response  as in failure 1\n"))
    }

    @Test("a failure of the connection has its message in place of a response")
    func transport() {
        let exchange = Samples.exchange(2, "fetch", .failure(TransportFailure(.reset, "was reset\n::error::")))
        let finding = Samples.finding(.transport, id: "transport.reset", "was reset") { $0.blame = .transport }
        let text = Self.text([Self.step(exchange, finding)])
        #expect(text.contains("    response  none: was reset\\n::error::\n  curl --include"))
    }

    private static func delivery(_ outcome: ExchangeOutcome) -> Exchange {
        var exchange = Samples.exchange(2, "await", outcome)
        exchange.request = RequestMessage(
            method: "POST", url: "/hook",
            headers: [HeaderField(name: "x-request-id", value: "r-1")],
            body: Array(#"{"state":"lost"}"#.utf8), isReceived: true)
        return exchange
    }

    @Test("a delivery is shown with the place in its body and the response that was sent back, without a curl line")
    func delivery() {
        let finding = Self.finding { $0.response = .body(JSONPointer(["state"]), nil) }
        let text = Self.text([Self.step(Self.delivery(Samples.answer), Self.finding(), finding)])
        #expect(
            text.contains(
                """
                    received  POST /hook
                      | x-request-id: r-1
                      | {"state":"lost"}
                    response  200, sent back

                """), "\(text)")
        #expect(text.contains("    received  as in failure 1\n") && !text.contains("curl"))
    }

    @Test("a delivery that did not come has the address at which it was awaited")
    func noDelivery() {
        let exchange = Self.delivery(.failure(TransportFailure(.undelivered, "no delivery within 2 s")))
        #expect(Self.text([Self.step(exchange, Self.finding())]).contains("    received  no delivery to /hook\n"))
    }

    @Test("a long URL is cut in the request line, and whole in the curl line")
    func longURL() {
        var exchange = Self.notFound
        exchange.request.url = "http://a.example/" + String(repeating: "x", count: 300)
        let text = Self.text([Self.step(exchange, Self.finding())])
        let lines = text.split(separator: "\n")
        #expect(lines.contains { $0.hasPrefix("    request   ") && $0.hasSuffix("x…") && $0.count == 100 })
        #expect(text.contains(exchange.request.url))
    }

    @Test(
        "a command over more than two lines is one line, and one of more than 3,000 bytes is a command that shows it",
        arguments: [(40, 2), (400, 1), (2_800, 1), (4_000, 0)])
    func commands(length: Int, lines: Int) {
        var exchange = Self.notFound
        exchange.request.body = Array(repeating: UInt8(ascii: "x"), count: length)
        exchange.request.headers = [HeaderField(name: "content-type", value: "text/plain")]
        let text = Self.text([Self.step(exchange, Self.finding())])
        let command = text.split(separator: "\n").drop { !$0.hasPrefix("  curl") }
        #expect(command.count == max(1, lines))
        #expect((command.first == "  curl: see assay show 'send › fetch'") == (lines == 0), "\(command)")
    }

    @Test("a name with a quote is quoted for the shell in the command that shows a step")
    func quotedName() {
        var exchange = Self.notFound
        exchange.request.body = Array(repeating: UInt8(ascii: "x"), count: 4_000)
        let text = Self.text([Self.step(exchange, name: "it's", Self.finding())])
        #expect(text.contains("  curl: see assay show 'send › it'\\''s'\n"))
    }

    // MARK: Places and other steps

    @Test("the cell of a finding is a place of its own, and the row is not")
    func table() {
        let row = Self.finding { $0.table = SourceLocation(file: "scenarios/a.csv", line: 3, column: 1) }
        let cell = Self.finding { $0.table = SourceLocation(file: "scenarios/a.csv", line: 3, column: 9) }
        #expect(!Self.text([Self.step(Self.notFound, row)]).contains("    table "))
        #expect(Self.text([Self.step(Self.notFound, cell)]).contains("    table     scenarios/a.csv:3:9\n"))
    }

    @Test(
        "the other steps of a failure are named as far as they fit",
        arguments: [
            (1, 100, nil), (2, 100, "1 more step: send › s1"), (3, 100, "2 more steps: send › s1, send › s2"),
            (9, 100, "8 more steps: send › s1, send › s2 and 6 more"), (9, 40, "8 more steps"),
            (2, 40, "1 more step: send › s1"),
        ] as [(Int, Int, String?)])
    func others(count: Int, width: Int, text: String?) {
        let steps = (0..<count).map { index in
            Self.step(
                Samples.exchange(index, "s\(index)", .response(ResponseMessage(status: 404))), name: "s\(index)",
                line: index + 2, Self.finding { $0.exchange = index })
        }
        let lines = Self.text(steps, width: width).split(separator: "\n").map { String($0) }
        let line = lines.first { $0.hasPrefix("    also in   ") }
        #expect(line == text.map { "    also in   " + $0 })
    }

    @Test("the list of failures is a table if it fits, and otherwise a few lines for each")
    func list() {
        let report = RunReport(Samples.failing, redactor: .none)
        func list(_ width: Int) -> [Substring] {
            VerdictText(style: TextStyle(isColoured: false, width: width), redactor: .none)
                .failureList(report.failures).split(separator: "\n")
        }
        #expect(
            list(100) == [
                "failures  explain: assay explain body.type",
                "  1  body.type      fetchParcel /items/0/weight  scenarios/a.csv:3",
                "  2  same-as        fetchParcel /state           scenarios/a.csv:3",
                "  3  value.missing  fetchParcel                  scenarios/a.csv:3",
            ])
        #expect(list(40).count == 9 && list(40).allSatisfy { $0.count <= 40 })
        #expect(VerdictText(style: .plain, redactor: .none).failureList([]).isEmpty)
    }
}
