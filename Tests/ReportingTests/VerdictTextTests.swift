import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

@Suite("The text report")
struct VerdictTextTests {
    private static func plain(_ verdict: Verdict, _ redactor: Redactor = .none) -> String {
        VerdictText(style: TextStyle(isColoured: false), redactor: redactor)
            .render(RunReport(verdict, elapsed: .milliseconds(1_234), redactor: redactor), folder: "reports/latest")
    }

    @Test("a run in which everything passed is a few lines of figures")
    func passing() {
        #expect(
            Self.plain(Samples.passing) == """
                ✓ 1 scenario: 1 passed · 2 steps, 2 exchanges in 1.2 s
                  coverage  1 of 1 operation, 1 of 2 documented responses
                  reports   reports/latest
                  seed      tulip

                """)
    }

    @Test("unexercised operations are listed in one line, with versions if there are several")
    func missing() {
        func covered(_ contract: String, _ operation: String, _ missing: [String]) -> OperationCoverage {
            var covered = OperationCoverage(
                contract: contract, operation: operation, responses: [ResponseCoverage(status: "200", count: 1)])
            covered.missing = missing.map { MissingRow(what: $0, auth: "", set: "", expect: "", opts: "") }
            return covered
        }
        func line(_ operations: [OperationCoverage]) -> String? {
            var verdict = Samples.passing
            verdict.coverage.operations = operations
            func line(listsMissing: Bool) -> String? {
                VerdictText(
                    style: TextStyle(isColoured: false, width: 200), redactor: .none, listsMissing: listsMissing
                )
                .render(RunReport(verdict, redactor: .none)).split(separator: "\n").first {
                    $0.hasPrefix("  to add")
                }
                .map(String.init)
            }
            #expect(line(listsMissing: false) == nil)
            return line(listsMissing: true)
        }
        #expect(line([covered("1", "send", [])]) == nil)
        #expect(
            line([covered("1", "send", []), covered("1", "fetch", ["404", "no credentials"])])
                == "  to add    fetch: 404, no credentials  (rows: --report json)")
        #expect(
            line((1...5).map { covered("1", "op\($0)", ["401", "404", "409", "422", "500"]) })
                == "  to add    op1: 401, 404, 409, 422, …; 4 more operations  (rows: --report json)")
        #expect(
            line([covered("1", "send", ["409"]), covered("2", "send", ["409"])])
                == "  to add    send (1): 409; 1 more operation  (rows: --report json)")
    }

    @Test("a failure is shown with places, differences and a line to repeat it, and each warning once")
    func failing() {
        #expect(
            Self.plain(Samples.failing) == """
                ✗ 1  body.type  send › fetch  scenarios/a.csv:3:1
                  /items/0/weight: is a string, but the schema allows only number
                  help: return a value of an allowed type
                  the parcel as it was sent
                    expected  number
                    received  "2.5"
                      also at /items/1/weight
                    request   fetchParcel  GET http://127.0.0.1:4010/v1/parcels/P-1
                    response  HTTP/1.1 200, 0 bytes, line 4, column 15
                    contract  specs/parcels.yaml:93:19
                  curl --include 'http://127.0.0.1:4010/v1/parcels/P-1'

                ✗ 2  same-as  send › fetch  scenarios/a.csv:3:1
                  /state: 2 fields differ from the answer of create
                  help: return the same values from both operations
                  the parcel as it was sent
                    diff      - expected  + received
                      - /state: "sent"
                      + /state: "lost"
                      - /note: null
                      + /note: absent
                    request   fetchParcel  GET http://127.0.0.1:4010/v1/parcels/P-1
                    response  as in failure 1
                    table     scenarios/a.csv:3:40

                ✗ 3  value.missing  send › last  scenarios/a.csv:3:1
                  fetchParcel: step 'last' needs create.id, which the response to 'create' does not contain
                  help: correct the path of the template; `assay show SCENARIO/STEP` prints the earlier response
                    table     scenarios/a.csv:3:1

                • send › last  skipped: it needs create.id, which was never received

                warning: header.undeclared ×2  fetchParcel header x-shade
                    the contract does not declare the header x-shade  specs/parcels.yaml:32:9
                warning: law.never-applied  the law 'slow-down' applied to no exchange  scenarios/laws.csv:2:1

                ✗ 1 scenario: 1 failed, 0 passed · 4 steps (1 skipped), 2 exchanges in 1.2 s
                  skipped   1 step: runs only against live targets
                  coverage  1 of 1 operation, 1 of 2 documented responses
                  reports   reports/latest
                  seed      tulip
                failures  explain: assay explain body.type
                  1  body.type      fetchParcel /items/0/weight  scenarios/a.csv:3
                  2  same-as        fetchParcel /state           scenarios/a.csv:3
                  3  value.missing  fetchParcel                  scenarios/a.csv:3

                """)
    }

    @Test("an incomplete run has neither passed nor failed")
    func notRun() {
        let verdict = Samples.verdict([Samples.scenario([Samples.step("create", line: 2, reason: .stopped)])])
        #expect(
            Self.plain(verdict).hasPrefix(
                "• send › create  skipped: the run was interrupted\n\n• 1 scenario: 0 passed, 1 skipped · 1 "
                    + "step, 0 exchanges"
            ))
    }

    @Test("many steps that were skipped for one reason share a line, and other steps have their own")
    func manyNotRun() {
        let steps = (1...866).map { Samples.step("step \($0)", line: $0 + 1, reason: .stopped) }
        let other = Samples.step("other", line: 900, reason: .setupFailed(step: "login"))
        let text = Self.plain(Samples.verdict([Samples.scenario(steps + [other])]))
        #expect(
            text.hasPrefix(
                """
                • 866 steps skipped: the run was interrupted
                    send › step 1, send › step 2, send › step 3 and 863 more
                • send › other  skipped: the setup step 'login' failed

                """))
    }

    @Test("a run with only skipped steps has no tick and no green figure")
    func onlySkips() {
        let verdict = Samples.verdict([
            Samples.scenario([
                Samples.step("create", line: 2, reason: .skipped("no credentials for the profile 'main'"))
            ])
        ])
        let text = VerdictText(style: TextStyle(isColoured: true), redactor: .none)
            .render(RunReport(verdict, elapsed: .milliseconds(2), redactor: .none))
        #expect(!text.contains("✓"))
        #expect(!text.contains("\u{1B}[32m"))
        #expect(text.contains("no credentials for the profile 'main'"))
    }

    @Test("coloured and plain output contain the same text")
    func colours() {
        let coloured = VerdictText(style: TextStyle(isColoured: true), redactor: .none)
            .render(
                RunReport(Samples.failing, elapsed: .milliseconds(1_234), redactor: .none), folder: "reports/latest")
        #expect(
            coloured.contains("\u{1B}[31m✗ 1\u{1B}[0m  \u{1B}[31mbody.type\u{1B}[0m  \u{1B}[1msend › fetch\u{1B}[0m"))
        #expect(coloured.contains("expected  \u{1B}[32mnumber\u{1B}[0m\n    received  \u{1B}[31m\"2.5\"\u{1B}[0m"))
        var stripped = coloured
        for code in ["0", "1", "2", "31", "32", "33"] { stripped = stripped.replacing("\u{1B}[\(code)m", with: "") }
        #expect(stripped == Self.plain(Samples.failing))
        #expect(!Self.plain(Samples.failing).contains("\u{1B}"))
    }

    @Test("text from a server cannot move the cursor, change colours or reverse the line")
    func hostileText() {
        let hostile = "a\u{1B}[2Jb\u{202E}c\u{0}d\re\nf\u{9B}g\u{200B}h\u{2028}"
        let finding = Samples.finding(.check, hostile) {
            $0.response = .header(hostile)
            $0.expected = hostile
            $0.actual = hostile
            $0.details = [hostile]
            $0.differences = [JSONDifference(pointer: JSONPointer([hostile]), expected: .string(hostile), actual: nil)]
        }
        let request = RequestMessage(method: "GET", url: "http://a/\(hostile)")
        var exchange = Samples.exchange(2, "fetch", Samples.answer)
        exchange.request = request
        var step = Samples.step("fetch", line: 3, note: hostile, [exchange], [finding])
        step.planned.name = hostile
        let text = Self.plain(Samples.verdict([Samples.scenario([step])]))
        let odd = text.unicodeScalars.filter { scalar in
            scalar != "\n"
                && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
                    || "\u{202E}\u{200B}\u{2028}".unicodeScalars.contains(scalar))
        }
        #expect(odd.isEmpty)
        #expect(text.contains("a\\u{1b}[2Jb\\u{202e}c\\u{0}d\\re\\nf\\u{9b}g\\u{200b}h\\u{2028}"))
        #expect(text.split(separator: "\n").allSatisfy { $0.hasPrefix("failures  explain: ") || !$0.hasPrefix("f") })
    }

    @Test("secrets are masked everywhere, also where the text is cut")
    func secrets() {
        let secret = "swordfish-42"
        let redactor = Redactor(secrets: [("KEY", secret)])
        let long = String(repeating: "x", count: 115) + secret
        let finding = Samples.finding(.check, "it is \(secret)") {
            $0.expected = long
            $0.actual = secret
            $0.details = ["branch \(secret)"]
            $0.differences = [
                JSONDifference(pointer: .root, expected: .string(secret), actual: .object(["k": .string(secret)]))
            ]
        }
        let exchange = Samples.exchange(
            2, "fetch", Samples.answer, headers: [HeaderField(name: "x-key", value: secret)],
            url: "https://a.example/\(secret)")
        let verdict = Samples.verdict([
            Samples.scenario([Samples.step("fetch", line: 3, note: secret, [exchange], [finding])])
        ])
        let text = Self.plain(verdict, redactor)
        #expect(!text.contains("sword"))
        #expect(text.contains("it is ‹secret KEY›"))
        #expect(text.contains(#"curl --include 'https://a.example/'"$KEY" --header 'x-key: '"$KEY""#))
        let json = VerdictJSON(redactor: redactor).render(verdict, exit: 1)
        #expect(!json.contains("sword"))
    }

    @Test("only the port of a run's own mock is replaced")
    func addresses() {
        func line(_ target: String, _ baseURL: String, _ url: String) -> String {
            var header = Samples.header
            header.target = target
            header.baseURL = baseURL
            return ReproductionLine(header, redactor: .none).text(RequestMessage(method: "GET", url: url))
        }
        let own = "http://127.0.0.1:51234"
        #expect(line("mock", own, own + "/a") == "curl --include 'http://127.0.0.1:4010/a'")
        #expect(line("mock", own + "/v1", own + "?x=1") == "curl --include 'http://127.0.0.1:4010?x=1'")
        #expect(line("mock", own, "http://127.0.0.1:512345/a") == "curl --include 'http://127.0.0.1:512345/a'")
        #expect(line("local", own, own + "/a") == "curl --include '\(own)/a'")
        #expect(line("mock", "https://a.example", "https://a.example/a") == "curl --include 'https://a.example/a'")
    }

    @Test("a long list of warnings and notes is cut, and the text reports the cut")
    func many() {
        let findings = (0..<40).map { number in
            Samples.finding(.headerUndeclared, "odd") { $0.response = .header("x-\(number)") }
        }
        let text = Self.plain(
            Samples.verdict([
                Samples.scenario([
                    Samples.step("fetch", line: 3, [Samples.exchange(2, "fetch", Samples.answer)], findings)
                ])
            ]))
        #expect(text.split(separator: "\n").count { $0.hasPrefix("warning:") } == 20)
        #expect(text.contains("… and 20 more in the JSON report"))
    }
}
