import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// Failures in the text report: groups, responses, and the list at the end.
@Suite("Failures in the text report")
struct FailureTextTests {
    private static func plain(_ verdict: Verdict, _ redactor: Redactor = .none) -> String {
        VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
            .render(RunReport(verdict, redactor: redactor))
    }

    private static func failing(
        _ body: String, at pointer: [String], scenarios: Int = 1, headers: [HeaderField] = [], hints: [Diagnostic] = []
    ) -> Verdict {
        let scenarios = (1...scenarios).map { number in
            let finding = Samples.finding(
                .bodyKeyword, id: "body.type", "is a string, but the schema allows only number"
            ) {
                $0.response = .body(JSONPointer(pointer), nil)
                $0.contractLocation = SourceLocation(file: "specs/parcels.yaml", line: 93, column: 19)
                $0.expected = "number"
                $0.actual = "\"2.5\""
                $0.exchange = number
            }
            let response = ResponseMessage(
                status: 200, headers: [HeaderField(name: "Content-Type", value: "application/json")] + headers,
                body: Array(body.utf8))
            let exchange = Samples.exchange(number, "fetch", .response(response))
            var scenario = Samples.scenario([Samples.step("fetch", line: number + 1, [exchange], [finding])])
            scenario.name = "parcel-\(number)"
            return scenario
        }
        var verdict = Samples.verdict(scenarios)
        verdict.hints = hints
        return verdict
    }

    private static func excerpt(_ verdict: Verdict, _ redactor: Redactor = .none) -> [String] {
        let lines = plain(verdict, redactor).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = lines.firstIndex { $0.hasPrefix("    response") } ?? lines.count
        return Array(lines[start...].prefix { !$0.hasPrefix("    contract") })
    }

    @Test("the response is shown with its wrong place marked")
    func marked() {
        #expect(
            Self.excerpt(Self.failing("{\n  \"id\": 1,\n  \"weight\": \"2.5\",\n  \"x\": 1\n}", at: ["weight"])) == [
                "    response  HTTP/1.1 200, application/json, 42 bytes",
                "      |   \"weight\": \"2.5\",",
                "      |             ^^^^^",
            ])
    }

    @Test("a body on one line is cut on both sides of the wrong place")
    func long() {
        let filler = String(repeating: "\"a\",", count: 100)
        let lines = Self.excerpt(
            Self.failing("{\"l\":[\(filler)1],\"weight\":\"2.5\",\"m\":[\(filler)1]}", at: ["weight"]))
        #expect(lines.count == 3)
        #expect(lines.allSatisfy { $0.unicodeScalars.count <= 100 })
        #expect(lines[1].hasPrefix("      | …") && lines[1].hasSuffix("…"))
        let caret = lines[2].unicodeScalars.prefix { $0 != "^" }.count
        #expect(String(lines[1].unicodeScalars.dropFirst(caret).prefix(5)) == "\"2.5\"")
    }

    @Test("a missing member is marked at its object, and a body that is not JSON is shown from its beginning")
    func others() {
        #expect(
            Self.excerpt(Self.failing(#"{"to":{"a":1}}"#, at: ["to", "street"])).dropFirst() == [
                #"      | {"to":{"a":1}}"#, "      |       ^",
            ])
        #expect(
            Self.excerpt(Self.failing("<html>\n<b>\nc\nd\ne", at: ["weight"])).dropFirst() == [
                "      | <html>", "      | <b>", "      | c", "      | …",
            ])
    }

    @Test("headers that help to find the response are shown, others are not")
    func headers() {
        let headers = [HeaderField(name: "Server", value: "x"), HeaderField(name: "X-Request-ID", value: "r-1")]
        #expect(Self.excerpt(Self.failing("{}", at: ["weight"], headers: headers))[1] == "      | X-Request-ID: r-1")
    }

    @Test("a secret is masked in the response, and the mark stays at its place")
    func secrets() {
        let lines = Self.excerpt(
            Self.failing(#"{"key":"swordfish-42","weight":"2.5"}"#, at: ["weight"]),
            Redactor(secrets: [("KEY", "swordfish-42")]))
        #expect(lines[1] == #"      | {"key":"‹secret KEY›","weight":"2.5"}"#)
        #expect(lines[2] == "      |                                ^^^^^")
    }

    @Test("equal failures of many steps are one block with the other steps, and one line of the list")
    func groups() {
        let text = Self.plain(Self.failing(#"{"weight":"2.5"}"#, at: ["weight"], scenarios: 40))
        #expect(
            text.hasPrefix(
                """
                ✗ 1  body.type  parcel-1 › fetch  scenarios/a.csv:2:1
                  /weight: is a string, but the schema allows only number
                  help: return a value of an allowed type
                    expected  number
                    received  "2.5"
                    request   fetchParcel  GET http://127.0.0.1:4010/v1/parcels/P-1
                    response  HTTP/1.1 200, application/json, 16 bytes
                      | {"weight":"2.5"}
                      |           ^^^^^
                    contract  specs/parcels.yaml:93:19
                    table     scenarios/a.csv:3:1
                    also in   39 more steps: parcel-2 › fetch, parcel-3 › fetch and 37 more
                  curl --include 'http://127.0.0.1:4010/v1/parcels/P-1'

                """))
        #expect(
            text.hasSuffix(
                """
                failures  explain: assay explain body.type
                  1  body.type  fetchParcel /weight  40 steps  scenarios/a.csv:3

                """))
    }

    @Test("hints about the run come first, also in the JSON report")
    func hints() throws {
        let hint = Diagnostic("run.all-html", .warning, "every response is an HTML page", help: "check the base URL")
        let verdict = Self.failing("<p>", at: [], hints: [hint])
        #expect(
            Self.plain(verdict).hasPrefix(
                "warning: every response is an HTML page [run.all-html]\n  help: check the base URL\n\n✗ 1  "))
        let json = try JSONDocument(parsing: VerdictJSON(redactor: .none).render(verdict, exit: 1)).root
        #expect(json["hints"]?[0]?["code"]?.string == "run.all-html")
    }

    @Test("the JSON report has the groups with all their steps")
    func json() throws {
        let verdict = Self.failing(#"{"weight":"2.5"}"#, at: ["weight"], scenarios: 40)
        let json = try JSONDocument(parsing: VerdictJSON(redactor: .none).render(verdict, exit: 1)).root
        #expect(json["groups"]?.count == 1)
        let group = json["groups"]?[0]
        #expect(group?["number"]?.number?.int == 1)
        #expect(group?["at"]?.string == "/weight")
        #expect(group?["count"]?.number?.int == 40)
        #expect(group?["steps"]?.count == 40)
        #expect(
            group?["steps"]?[39]?.spelling
                == #"{"scenario":"parcel-40","step":"fetch","file":"scenarios/a.csv","line":41}"#)
    }

    @Test("names are not split, and a line has at most 80 characters")
    func wrapping() {
        let list = WrappedList(label: "in ", indent: 3, names: ["aaaa", "bbbb", "cccc"], count: 5, width: 14)
        #expect(list.lines == ["in aaaa, bbbb,", "   cccc and 2 more"])
        #expect(WrappedList(label: "in ", indent: 3, names: [], count: 0).lines == [])
    }
}
