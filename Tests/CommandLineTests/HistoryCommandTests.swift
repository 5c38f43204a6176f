import Foundation
import JSONDocument
import TestKit
import Testing

/// `assay history`, `assay compare` and the page, as users call them.
@Suite(.inTurn) struct HistoryCommandTests {
    private static let select = ["--api-version", "2022-09-01", "--grep", "link-defaults", "--no-progress"]

    /// A project with a passing run, and then a failing one.
    private static func withTwoRuns(_ body: @escaping @Sendable (URL) throws -> Void) async throws {
        try await onOwnThread {
            try TemporaryProject.with { project in
                try TemporaryProject.copyShippedProject(to: project.folder)
                #expect(try project.run(["run"] + select).status == 0)
                let behaviour = "specs/cashfree/2022-09-01.behaviour.yaml"
                let text = try project.read(behaviour)
                try project.write(
                    text.replacing("{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}"), to: behaviour)
                #expect(try project.run(["run"] + select).status == 1)
                try body(project.folder)
            }
        }
    }

    @Test("the history shows the runs and the step that fails now")
    func history() async throws {
        try await Self.withTwoRuns { folder in
            let shown = try Executable.run(["history"], in: folder)
            #expect(shown.status == 0, "\(shown.error)")
            #expect(shown.output.hasPrefix("2 runs against mock\n"))
            #expect(shown.output.contains("newly failing (1)\n  link-defaults › cancel\n"))
            let json = try JSONDocument(
                parsing: try Executable.run(["history", "--report", "json"], in: folder).output
            ).root
            #expect(json["command"]?.string == "history" && json["runs"]?.count == 2)
            #expect(json["newlyFailing"]?[0]?["step"]?.string == "cancel")
            let other = try Executable.run(["history", "--target", "sandbox"], in: folder)
            #expect(other.status == 2)
            #expect(
                other.error.contains(
                    "reports/history.ndjson has no run against 'sandbox' [usage.no-history]\n  help: name one of: mock")
            )
        }
    }

    @Test("the last two runs are compared, and the exit code shows that the second is worse")
    func compare() async throws {
        try await Self.withTwoRuns { folder in
            let shown = try Executable.run(["compare"], in: folder)
            #expect(shown.status == 1, "\(shown.error)")
            #expect(shown.output.contains("newly failing (1)\n  link-defaults › cancel  check /link_status\n"))
            let (before, after) = ("reports/latest/report.json", "reports/previous/report.json")
            let back = try Executable.run(["compare", before, after, "--report", "json"], in: folder)
            #expect(back.status == 0)
            let json = try JSONDocument(parsing: back.output).root
            #expect(json["newlyFixed"]?[0]?["step"]?.string == "cancel" && json["exit"]?.spelling == "0")
            #expect(
                try Executable.run(["compare", before, before], in: folder).output.hasSuffix(
                    "the results are the same\n") == false)
            let missing = try Executable.run(["compare", "none.json"], in: folder)
            #expect(missing.status == 2 && missing.error.contains("none.json cannot be read"))
            let wrong = try Executable.run(["compare", "assay.yaml"], in: folder)
            #expect(wrong.status == 2 && wrong.error.contains("assay.yaml:1:1: error: the report is not JSON"))
        }
    }

    @Test("a page is one of the reports of run and report, and the page of a failed command shows its mistakes")
    func page() async throws {
        try await Self.withTwoRuns { folder in
            let journals = try FileManager.default.contentsOfDirectory(
                atPath: folder.appendingPathComponent("reports/journals").path
            ).sorted()
            let journal = "reports/journals/" + (journals.last ?? "")
            let report = try Executable.run(
                [
                    "report", journal, "--api-version", "2022-09-01", "--report", "html=page.html", "--report",
                    "json=page.json",
                ],
                in: folder)
            #expect(report.status == 1, "\(report.error)")
            let page = try String(contentsOf: folder.appendingPathComponent("page.html"), encoding: .utf8)
            #expect(page.hasPrefix("<!doctype html>") && page.contains("<title>1 failure · mock · assay</title>"))
            let failed = try Executable.run(["run", "--target", "none", "--report", "html=page.html"], in: folder)
            #expect(failed.status == 2)
            let failure = try String(contentsOf: folder.appendingPathComponent("page.html"), encoding: .utf8)
            #expect(failure.contains("assay run failed") && failure.contains("unknown target"))
        }
    }

    @Test("a project without runs has an empty history")
    func empty() async throws {
        try await onOwnThread {
            try TemporaryProject.with(TemporaryProject.orders) { project in
                let shown = try project.run(["history"])
                #expect(shown.status == 0 && shown.output == "no run is recorded yet\n")
                #expect(try project.run(["compare"]).status == 2)
            }
        }
    }
}
