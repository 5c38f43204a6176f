import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import Reporting
import TestKit
import Testing

/// Reports of a run in readers that others wrote.
@Suite(
    .inTurn,
    .enabled(
        if: PythonEnvironment.folder != nil,
        "needs python3, and ASSAY_PYTHON_TESTS: a folder for virtual environments"),
    .serialized)
struct ReportReaderTests {
    /// A run of the shipped tables with a mock whose cancel operation has no effect, and hostile notes.
    private func withReport(_ body: (ShippedProject, RunReport) async throws -> Void) async throws {
        try await withShippedProject { project in
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            let result = try await project.run { $0.tables.grep = "link-" }
            try await body(project, result.report)
        }
    }

    private func read(
        _ text: String, of project: ShippedProject, _ packages: [String], _ script: String, _ arguments: [String] = []
    ) throws -> (status: Int32, output: String) {
        try project.write(text, to: "report.txt")
        let file = project.root.appending(path: "report.txt").path
        let path = PythonEnvironment.scripts.appending(path: script).path
        return try PythonEnvironment(packages).run("python", [path] + arguments + [file])
    }

    @Test("sarif-tools reads a SARIF report with the same groups")
    func sarif() async throws {
        try await withReport { project, report in
            let read = try read(
                SARIFReport(report, version: "1.2.3").render(), of: project, ["sarif-tools==3.0.5"], "read_sarif.py")
            #expect(read.status == 0, "\(read.output)")
            let lines = read.output.split(separator: "\n")
            #expect(lines.count == report.groups.count + 1 && !report.failures.isEmpty, "\(read.output)")
            #expect(lines.first?.hasPrefix("['assay'] [\(report.failures.count), ") == true, "\(read.output)")
            for group in report.failures {
                let row = try #require(group.row)
                let line = "error \(row.file) \(row.line) \(group.first.rule)"
                #expect(lines.contains { $0.hasPrefix(line) }, "\(line)\n\(read.output)")
            }
        }
    }

    @Test("tap.py reads a TAP report with the same results, and parses its YAML blocks")
    func tap() async throws {
        try await withReport { project, report in
            let read = try read(
                TAPReport(report).render(), of: project,
                ["tap.py==3.2.1", "PyYAML==6.0.3", "more-itertools==10.8.0"], "read_tap.py")
            #expect(read.status == 0, "\(read.output)")
            let lines = read.output.split(separator: "\n")
            let failed = report.suites.flatMap(\.cases).filter { $0.result == .failed }
            let points = lines.filter { $0.hasPrefix("  not ok") }
            #expect(points.count == failed.count && !failed.isEmpty, "\(read.output)")
            for (point, item) in zip(points, failed) {
                #expect(point.hasSuffix(" \(try #require(item.errors.first?.rule))"), "\(point)")
            }
            #expect(lines.count { !$0.hasPrefix(" ") } == report.suites.count)
        }
    }

    @Test(
        "the TAP parser of Perl reads a report without parse errors",
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/prove"), "needs prove"))
    func prove() async throws {
        try await withReport { project, report in
            // Parsers before 3.50 know version 13, which has no other syntax for what the report contains.
            let text = TAPReport(report).render().replacing("TAP version 14", with: "TAP version 13")
            try project.write(text, to: "report.tap")
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/usr/bin/prove")
            process.arguments = ["--exec", "cat", project.root.appending(path: "report.tap").path]
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = pipe
            try process.run()
            let output = String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
            process.waitUntilExit()
            let failed = report.suites.count { $0.cases.contains { $0.result == .failed } }
            #expect(!output.contains("Parse errors"), "\(output)")
            #expect(output.contains("Failed \(failed)/\(report.suites.count) subtests"), "\(output)")
        }
    }

    @Test("a CTRF report has the members that its specification requires, and no others")
    func ctrf() async throws {
        try await withReport { project, report in
            let read = try read(
                CTRFReport(report, version: "1.2.3").render(), of: project, ["jsonschema==4.26.0"], "read_json.py",
                [PythonEnvironment.scripts.appending(path: "ctrf.schema.json").path])
            #expect(read.status == 0, "\(read.output)")
        }
    }

    @Test("the JSON report of a run is valid by the schema in docs, for another validator too")
    func json() async throws {
        try await withReport { project, report in
            let text = VerdictJSON(redactor: report.redactor).render(report.verdict, exit: 1)
            let schema = repository.appending(path: "docs/report.schema.json").path
            let read = try read(text, of: project, ["jsonschema==4.26.0"], "read_json.py", [schema])
            #expect(read.status == 0, "\(read.output)")
        }
    }

    @Test("a CommonMark renderer shows a Markdown report, and no markup from responses")
    func markdown() async throws {
        try await withReport { project, report in
            let read = try read(
                VerdictMarkdown(report).render(), of: project, ["markdown-it-py==4.3.0"], "read_markdown.py")
            #expect(read.status == 0, "\(read.output)")
            let names = Set(read.output.split(separator: "\n")[0].split(separator: " ").map(String.init))
            #expect(names.isSuperset(of: ["h2", "h3", "table", "pre", "code", "p"]), "\(read.output)")
            #expect(names.isDisjoint(with: ["script", "img", "a", "b", "iframe"]), "\(read.output)")
            let hostile = Self.hostile(report)
            let other = try self.read(
                VerdictMarkdown(hostile).render(), of: project, ["markdown-it-py==4.3.0"], "read_markdown.py")
            #expect(other.status == 0, "\(other.output)")
            let found = Set(other.output.split(separator: "\n")[0].split(separator: " ").map(String.init))
            #expect(found.isDisjoint(with: ["script", "img", "a", "b", "iframe"]), "\(other.output)")
        }
    }

    /// The report with a name, a message and values that are markup.
    private static func hostile(_ report: RunReport) -> RunReport {
        let markup = "</code></pre>```<script>x()</script><img src=x onerror=y>[a](javascript:b)|**c**"
        var verdict = report.verdict
        for index in verdict.scenarios.indices {
            verdict.scenarios[index].name += markup
            for step in verdict.scenarios[index].steps.indices {
                verdict.scenarios[index].steps[step].planned.name += markup
                for finding in verdict.scenarios[index].steps[step].findings.indices {
                    verdict.scenarios[index].steps[step].findings[finding].message += markup
                    verdict.scenarios[index].steps[step].findings[finding].actual = markup
                }
            }
        }
        return RunReport(verdict, elapsed: report.elapsed, redactor: report.redactor)
    }
}
