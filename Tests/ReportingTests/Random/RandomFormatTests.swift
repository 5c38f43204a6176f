import Diagnostics
import Exchanges
import JSONDocument
import TestKit
import Testing

@testable import Conformance
@testable import Reporting

/// Properties of the formats for CI servers and other tools, over random runs.
@Suite("Formats of random runs")
struct RandomFormatTests {
    private static let seeds = 0..<60

    private static func cases(_ report: RunReport) -> [ReportedCase] { report.suites.flatMap(\.cases) }

    @Test("suites have every step once, and an error about no step is a case of the suite 'run'")
    func suites() {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let suites = report.suites
            let own = report.verdict.findings.filter { $0.severity == .error }
            #expect(suites.count == report.verdict.scenarios.count + (own.isEmpty ? 0 : 1))
            #expect(
                suites.prefix(report.verdict.scenarios.count).map(\.cases.count)
                    == report.verdict.scenarios.map(\.steps.count))
            if !own.isEmpty { #expect(suites.last?.name == "run" && suites.last?.cases.count == own.count) }
            for item in Self.cases(report) {
                // A case fails if and only if it has an error, and a skipped one has a reason.
                let isFailing = item.result == .failed || item.result == .error
                #expect(isFailing == !item.errors.isEmpty)
                #expect((item.result == .skipped) == (item.reason != nil))
                if let step = item.step { #expect((item.result == .passed) == (step.outcome == .passed)) }
            }
        }
    }

    // MARK: JUnit

    @Test("JUnit: the document is well-formed, and the counts of suites are those of their cases")
    func junit() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let root = try XMLReader.read(JUnitReport(report).render())
            #expect(root.name == "testsuites" && root.children.allSatisfy { $0.name == "testsuite" })
            let cases = Self.cases(report)
            for (element, count) in [("failure", "failures"), ("error", "errors"), ("skipped", "skipped")] {
                func number(_ suite: XMLReader.Element) -> String? {
                    String(suite.all.count { $0.name == element })
                }
                #expect(root.attributes[count] == number(root), "\(count) of seed \(seed)")
                for suite in root.children { #expect(suite.attributes[count] == number(suite)) }
            }
            #expect(root.attributes["tests"] == String(cases.count))
            let names = root.children.flatMap(\.children).map { $0.attributes["name"] }
            #expect(names == cases.map(\.name))
            for item in root.children.flatMap(\.children) {
                let properties = item.all.filter { $0.name == "property" }
                let rules = properties.count { $0.attributes["name"] == "rule" }
                #expect(rules == properties.count { $0.attributes["name"] == "explain" })
            }
        }
    }

    // MARK: TAP

    @Test("TAP: the plan, the points and their blocks are those of the suites")
    func tap() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let points = try TAPReader.read(TAPReport(report).render())
            #expect(points.map(\.name) == report.suites.map(\.name), "seed \(seed)")
            for (suite, point) in zip(report.suites, points) {
                let cases = try #require(point.subtest)
                #expect(cases.map(\.name) == suite.cases.map(\.name))
                #expect(point.isOK == cases.allSatisfy(\.isOK))
                for (item, own) in zip(suite.cases, cases) {
                    let isFailing = item.result == .failed || item.result == .error
                    #expect(own.isOK == !isFailing && (own.block != nil) == isFailing)
                    #expect(own.block?["rule"] == (isFailing ? item.errors.first?.rule : nil))
                    #expect((own.skipped != nil) == (item.result == .skipped))
                }
            }
        }
    }

    // MARK: GitHub and GitLab

    @Test("GitHub: every line is one command with a title, and each failure has an error")
    func github() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let lines = GitHubAnnotations(report).render().split(separator: "\n")
            let command = /::(error|warning|notice) ((?:[a-z]+=[^,:]*,)*)title=([^,:]*)::(.*)/
            let names = try lines.map { line in
                String(try #require(line.wholeMatch(of: command), "seed \(seed): \(line)").output.1)
            }
            func hints(_ severity: Severity) -> Int { report.verdict.hints.count { $0.severity == severity } }
            #expect(names.count { $0 == "error" } == report.failures.count + hints(.error))
            let warnings = report.groups.count { $0.first.severity == .warning }
            #expect(names.count { $0 == "warning" } == min(10, warnings) + hints(.warning))
            let places = Set(report.failures.compactMap(\.first.contractLocation))
            #expect(names.count { $0 == "notice" } == min(10, places.count) + hints(.note))
        }
    }

    @Test("GitLab: every group and hint is an entry with a fingerprint of its own")
    func gitlab() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let entries = try #require(
                try JSONDocument(parsing: GitLabReport(report).render()).root.value.elements)
            #expect(entries.count == report.groups.count + report.verdict.hints.count)
            let groups = entries.compactMap { $0["fingerprint"]?.string }.suffix(report.groups.count)
            #expect(Set(groups).count == report.groups.count, "seed \(seed)")
            for entry in entries {
                #expect(["major", "minor", "info"].contains(entry["severity"]?.string))
                #expect(entry["location"]?["path"]?.string?.isEmpty == false)
                #expect((entry["location"]?["lines"]?["begin"]?.number?.int ?? 0) >= 1)
            }
        }
    }

    // MARK: SARIF and CTRF

    @Test("SARIF: results refer to their rule, and have places in files with ids of their own")
    func sarif() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let root = try JSONDocument(parsing: SARIFReport(report, version: "1.0.0").render()).root.value
            let run = try #require(root["runs"]?[0])
            let rules = try #require(run["tool"]?["driver"]?["rules"]?.elements)
            let ids = rules.compactMap { $0["id"]?.string }
            #expect(Set(ids).count == rules.count)
            let results = try #require(run["results"]?.elements)
            #expect(results.count == report.groups.count)
            for (group, result) in zip(report.groups, results) {
                let index = try #require(result["ruleIndex"]?.number?.int)
                #expect(ids[index] == group.first.rule && result["ruleId"]?.string == group.first.rule)
                #expect(result["level"]?.string == group.first.severity.rawValue)
                #expect((result["suppressions"] != nil) == (group.first.accepted != nil))
                let related = result["relatedLocations"]?.elements ?? []
                #expect(related.compactMap { $0["id"]?.number?.int } == related.indices.map { $0 + 1 })
                for place in (result["locations"]?.elements ?? []) + related {
                    let uri = try #require(place["physicalLocation"]?["artifactLocation"]?["uri"]?.string)
                    // A path is a URI reference: printable ASCII without a blank (RFC 3986, section 2).
                    #expect(uri.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "\(uri)")
                }
            }
        }
    }

    @Test("CTRF: the counts are those of the tests, and times do not run backwards")
    func ctrf() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let root = try JSONDocument(parsing: CTRFReport(report, version: "1.0.0").render()).root.value
            let tests = try #require(root["results"]?["tests"]?.elements)
            let summary = try #require(root["results"]?["summary"])
            #expect(tests.count == Self.cases(report).count)
            #expect(summary["tests"]?.number?.int == tests.count)
            for status in ["passed", "failed", "skipped"] {
                #expect(summary[status]?.number?.int == tests.count { $0["status"]?.string == status })
            }
            for test in tests {
                #expect((test["extra"] != nil) == (test["status"]?.string == "failed"))
                if let start = test["start"]?.number?.int, let stop = test["stop"]?.number?.int {
                    #expect(stop >= start)
                }
                #expect((test["retries"]?.number?.int ?? 1) >= 1)
            }
        }
    }

    // MARK: Markdown

    @Test("Markdown: blocks end, rows have their columns, and no text is markup")
    func markdown() throws {
        for seed in Self.seeds {
            let report = RandomVerdict.report(seed: seed)
            let lines = try #require(MarkdownReader.lines(VerdictMarkdown(report).render()), "seed \(seed)")
            let text = lines.filter { !$0.isCode }.map(\.text)
            let rows = text.filter { $0.hasPrefix("| ") }
            #expect(
                rows.count { $0.hasPrefix("| `") || $0.hasPrefix("| [") || $0.hasPrefix("| <code>") }
                    == report.verdict.requirements.count)
            for row in rows {
                let cells = MarkdownReader.cells(row)
                #expect(cells.count == 8 || cells.count == 7, "\(row)")
                guard !row.contains("---") else { continue }
                for cell in cells where !cell.hasPrefix(" [") {
                    #expect(!MarkdownReader.shown(cell).hasMarkup, "seed \(seed): \(cell)")
                }
            }
            for line in text where line.hasPrefix("### ") && !line.hasPrefix("### Requirements") {
                #expect(!MarkdownReader.shown(String(line.dropFirst(4))).hasMarkup, "seed \(seed): \(line)")
            }
            let heads = text.count { $0.hasPrefix("### ") && !$0.hasPrefix("### Requirements") }
            #expect(heads == min(20, report.failures.count))
        }
    }
}
