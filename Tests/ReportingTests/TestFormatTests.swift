import Diagnostics
import Exchanges
import JSONDocument
import Testing

@testable import Conformance
@testable import Reporting

/// The formats gitlab, sarif, tap and ctrf.
@Suite("Reports of findings and of tests for other tools")
struct TestFormatTests {
    private static let failing = RunReport(Samples.failing, elapsed: .milliseconds(1_234), redactor: .none)
    private static let passing = RunReport(Samples.passing, elapsed: .milliseconds(1_234), redactor: .none)

    private static func json(_ text: String) throws -> JSONNode { try JSONDocument(parsing: text).root }

    // MARK: GitLab

    @Test("GitLab: one entry for each group of findings, with severity, row and fingerprint")
    func gitlab() throws {
        let entries = try Self.json(GitLabReport(Self.failing).render())
        let rows = entries.elements.map { entry in
            [
                entry["check_name"]?.string, entry["severity"]?.string, entry["location"]?["path"]?.string,
                entry["location"]?["lines"]?["begin"]?.spelling,
            ].map { $0 ?? "-" }.joined(separator: " ")
        }
        #expect(
            rows == [
                "body.type major scenarios/a.csv 3", "same-as major scenarios/a.csv 3",
                "value.missing major scenarios/a.csv 3", "header.undeclared minor scenarios/a.csv 3",
                "law.never-applied minor scenarios/laws.csv 2",
            ])
        let fingerprints = entries.elements.compactMap { $0["fingerprint"]?.string }
        #expect(Set(fingerprints).count == 5)
        #expect(
            entries[0]?["description"]?.string
                == "fetchParcel /items/0/weight is a string, but the schema allows only number "
                + "(send › fetch; help: return a value of an allowed type; explain: assay explain body.type)")
        #expect(GitLabReport(Self.passing).render() == "[]\n")
    }

    @Test("GitLab: entries with equal fingerprints are distinguished, and a finding without a file has one")
    func gitlabFingerprints() throws {
        let below = Finding(.coverageBelow, "coverage of responses is 31 %", blame: .table)
        var accepted = below
        accepted.severity = .note
        let report = RunReport(Samples.verdict([], findings: [below, accepted]), redactor: .none)
        let entries = try Self.json(GitLabReport(report).render()).elements
        #expect(entries.compactMap { $0["location"]?["path"]?.string } == ["assay.yaml", "assay.yaml"])
        let fingerprints = entries.compactMap { $0["fingerprint"]?.string }
        #expect(fingerprints == [below.fingerprint, below.fingerprint + "-2"])
    }

    @Test("GitLab: a mistake of the document is reported in the document")
    func gitlabDocument() throws {
        let finding = Samples.finding(.documentSchema, "the pattern is invalid") {
            $0.blame = .document
            $0.contractLocation = SourceLocation(file: "specs/parcels.yaml", line: 9, column: 3)
        }
        let verdict = Samples.verdict([Samples.scenario([Samples.step("fetch", line: 3, [], [finding])])])
        let entry = try Self.json(GitLabReport(RunReport(verdict, redactor: .none)).render())[0]
        #expect(entry?["location"]?["path"]?.string == "specs/parcels.yaml")
    }

    // MARK: SARIF

    @Test("SARIF: results have their rule, level, row, place in the contract and fingerprint")
    func sarif() throws {
        let run = try Self.json(SARIFReport(Self.failing, version: "1.2.3").render())["runs"]?[0]
        let driver = run?["tool"]?["driver"]
        #expect(driver?["semanticVersion"]?.string == "1.2.3")
        let results = Array(try #require(run?["results"]?.elements))
        #expect(results.compactMap { $0["level"]?.string } == ["error", "error", "error", "warning", "warning"])
        for result in results {
            let index = try #require(result["ruleIndex"]?.number?.int)
            #expect(driver?["rules"]?[index]?["id"]?.string == result["ruleId"]?.string)
        }
        let first = results[0]
        let place = first["locations"]?[0]?["physicalLocation"]
        #expect(place?["artifactLocation"]?["uri"]?.string == "scenarios/a.csv")
        #expect(place?["region"]?["startLine"]?.number?.int == 3)
        let related = first["relatedLocations"]?[0]
        #expect(related?["physicalLocation"]?["artifactLocation"]?["uri"]?.string == "specs/parcels.yaml")
        #expect(related?["physicalLocation"]?["region"]?["startColumn"]?.number?.int == 19)
        #expect(first["partialFingerprints"]?["assay/v1"]?.string?.utf8.count == 16)
        #expect(first["properties"]?["received"]?.string == "\"2.5\"")
        let help = driver?["rules"]?[0]?["help"]
        #expect(help?["text"]?.string?.contains("\nhelp\n") == true)
        #expect(help?["markdown"]?.string?.contains("**Based on**") == true)
    }

    @Test("SARIF: an accepted finding is suppressed with its reason, and hints are notifications")
    func sarifSuppression() throws {
        let finding = Samples.finding(.serverError, "500") {
            $0.severity = .note
            $0.accepted = Acceptance(reason: "known", until: "2026-12-31")
        }
        var verdict = Samples.verdict([
            Samples.scenario([Samples.step("a b", line: 3, [Samples.exchange(2, "fetch", Samples.answer)], [finding])])
        ])
        verdict.hints = [Diagnostic("run.all-html", .warning, "every response is an HTML page")]
        let run = try Self.json(SARIFReport(RunReport(verdict, redactor: .none), version: "1").render())["runs"]?[0]
        let suppression = run?["results"]?[0]?["suppressions"]?[0]
        #expect(suppression?["justification"]?.string == "known (until 2026-12-31)")
        let notification = run?["invocations"]?[0]?["toolExecutionNotifications"]?[0]
        #expect(notification?["descriptor"]?["id"]?.string == "run.all-html")
    }

    @Test("SARIF: paths are URIs", arguments: [("a b/ä.csv", "a%20b/%C3%A4.csv"), ("/x/y.csv", "file:///x/y.csv")])
    func sarifPaths(file: String, uri: String) throws {
        let finding = Samples.finding(.check, "x") { $0.table = SourceLocation(file: file, line: 1, column: 1) }
        let report = RunReport(Samples.verdict([], findings: [finding]), redactor: .none)
        let run = try Self.json(SARIFReport(report, version: "1").render())["runs"]?[0]
        let place = run?["results"]?[0]?["locations"]?[0]?["physicalLocation"]?["artifactLocation"]
        #expect(place?["uri"]?.string == uri)
        #expect((place?["uriBaseId"] == nil) == file.hasPrefix("/"))
    }

    // MARK: TAP

    @Test("TAP: scenarios are test points, and their steps subtests with YAML blocks")
    func tap() {
        let text = TAPReport(Self.failing).render()
        #expect(
            text.hasPrefix(
                """
                TAP version 14
                1..2
                # Subtest: send
                    1..4
                    ok 1 - create
                    not ok 2 - fetch
                      ---
                      rule: "body.type"
                      message: "is a string, but the schema allows only number"
                      severity: "fail"
                      place: "/items/0/weight"
                      at: "scenarios/a.csv:3:1"
                      help: "return a value of an allowed type"
                      explain: "assay explain body.type"
                      curl: "curl --include 'http://127.0.0.1:4010/v1/parcels/P-1'"
                      details:

                """))
        #expect(
            text.contains(
                """
                      ...
                    ok 3 - last # SKIP it needs create.id, which was never received
                    ok 4 - live # SKIP runs only against live targets
                not ok 1 - send
                # Subtest: run
                    1..1
                    not ok 1 - send › last

                """))
        #expect(TAPReport(Self.passing).render().hasSuffix("    ok 2 - fetch\nok 1 - send\n"))
    }

    @Test("TAP: names cannot become directives, and a run without scenarios is skipped")
    func tapNames() {
        var scenario = Samples.scenario([Samples.step("a # TODO \\ b", line: 2)])
        scenario.name = "# SKIP"
        let text = TAPReport(RunReport(Samples.verdict([scenario]), redactor: .none)).render()
        #expect(text.contains("    ok 1 - a \\# TODO \\\\ b\nok 1 - \\# SKIP\n"))
        #expect(
            TAPReport(RunReport(Samples.verdict([]), redactor: .none)).render().hasSuffix("1..0 # SKIP no scenario\n"))
    }

    // MARK: CTRF

    @Test("CTRF: a test for each step, with status, suite, place and findings")
    func ctrf() throws {
        let report = try Self.json(CTRFReport(Self.failing, version: "1.2.3").render())
        #expect(report["reportFormat"]?.string == "CTRF")
        let summary = report["results"]?["summary"]
        let counts = ["tests", "passed", "failed", "skipped", "pending", "other", "suites"].map {
            summary?[$0]?.number?.int ?? -1
        }
        #expect(counts == [5, 1, 2, 2, 0, 0, 2])
        #expect(summary?["start"]?.spelling == "1767225600000" && summary?["stop"]?.spelling == "1767225601234")
        let tests = Array(try #require(report["results"]?["tests"]?.elements))
        #expect(tests.compactMap { $0["status"]?.string } == ["passed", "failed", "skipped", "skipped", "failed"])
        #expect(tests[1]["suite"]?.spelling == #"["send"]"#)
        #expect(tests[1]["line"]?.number?.int == 3)
        #expect(tests[1]["message"]?.string == "is a string, but the schema allows only number")
        #expect(tests[1]["trace"]?.string?.contains("curl --include") == true)
        #expect(tests[1]["extra"]?["findings"]?[1]?["rule"]?.string == "same-as")
        #expect(tests[2]["message"]?.string == "it needs create.id, which was never received")
        #expect(tests[4]["name"]?.string == "send › last")
    }

    @Test("CTRF: attempts after the first one are retries, and a late pass is flaky")
    func ctrfRetries() throws {
        var first = Samples.exchange(1, "fetch", .response(ResponseMessage(status: 503)))
        first.attempt = 1
        var second = Samples.exchange(2, "fetch", Samples.answer)
        second.attempt = 2
        let verdict = Samples.verdict([Samples.scenario([Samples.step("fetch", line: 2, [first, second])])])
        let report = try Self.json(CTRFReport(RunReport(verdict, redactor: .none), version: "1").render())
        let test = report["results"]?["tests"]?[0]
        #expect(test?["retries"]?.number?.int == 1)
        #expect(test?["flaky"]?.boolean == true)
    }

    // MARK: Failures

    @Test("a command that failed writes its mistakes, and never a report that passes")
    func failures() throws {
        let page = FailurePage(
            command: "run",
            Diagnostics([
                Diagnostic(
                    "table.x", .error, "the cell is wrong", at: SourceLocation(file: "a.csv", line: 2, column: 3),
                    help: "change it")
            ]))
        let gitlab = try Self.json(page.gitlab)
        #expect(gitlab[0]?["check_name"]?.string == "table.x" && gitlab[0]?["severity"]?.string == "major")
        let run = try Self.json(page.sarif)["runs"]?[0]
        #expect(run?["invocations"]?[0]?["executionSuccessful"]?.boolean == false)
        let notification = run?["invocations"]?[0]?["toolConfigurationNotifications"]?[0]
        #expect(notification?["message"]?["text"]?.string == "the cell is wrong; help: change it")
        #expect(page.tap == "TAP version 14\n# a.csv:2:3: the cell is wrong\nBail out! the cell is wrong\n")
        let ctrf = try Self.json(page.ctrf)["results"]
        #expect(ctrf?["summary"]?["failed"]?.number?.int == 1)
        #expect(ctrf?["tests"]?[0]?["message"]?.string == "the cell is wrong\nhelp: change it")
    }
}
