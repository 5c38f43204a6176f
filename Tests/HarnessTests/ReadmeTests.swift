import Conformance
import Diagnostics
import Foundation
import Harness
import TestKit
import Testing

/// The examples of the README match the product.
@Suite(.inTurn) struct ReadmeTests {
    private let readme: String

    init() throws {
        readme = try String(contentsOf: repository.appendingPathComponent("README.md"), encoding: .utf8)
    }

    @Test("the table of the README passes against the mock")
    func table() async throws {
        let table = try block(after: "```csv\n")
        try await withShippedProject { project in
            try project.write(table, to: "scenarios/readme.csv")
            let result = try await project.run {
                $0.tables.tables = ["scenarios/readme.csv"]
                $0.contracts.version = "2022-09-01"
            }
            #expect(result.exit == .passed)
            #expect(result.verdict.exchanges.count == 5)
        }
    }

    @Test("the mistake in the README is reported with the text in the README")
    func mistake() async throws {
        let table = try block(after: "```csv\n").replacingOccurrences(of: "link_amount=99.50", with: "link_amout=99.50")
        try await withShippedProject { project in
            try project.write(table, to: "scenarios/payment-links.csv")
            let error = await #expect(throws: HarnessError.self) {
                _ = try await project.run { $0.tables.tables = ["scenarios/payment-links.csv"] }
            }
            let mistake = try #require(error?.diagnostics.entries.first)
            let location = try #require(mistake.location)
            let shown = "\(location): error: \(mistake.message) (\(mistake.place ?? "")) [\(mistake.rule)]"
            #expect(readme.contains(shown), "\(shown)")
            #expect(readme.contains("  help: \(mistake.help ?? "")"))
        }
    }

    @Test("the first table of the README equals the draft for the library")
    func firstTable() throws {
        let table = try block(after: "<!-- init:begin -->\n```csv\n")
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("readme-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data(FirstDocuments.library.utf8).write(to: folder.appendingPathComponent("openapi.yaml"))
        _ = try InitSession.run(InitRequest(spec: "openapi.yaml", folder: folder.path))
        let drafted = try String(contentsOf: folder.appendingPathComponent("scenarios/books.csv"), encoding: .utf8)
        #expect(drafted.hasPrefix(table))
    }

    @Test("the sample report equals the one in reports/sample")
    func sample() throws {
        let file = repository.appendingPathComponent("reports/sample/report.txt")
        let sample = try String(contentsOf: file, encoding: .utf8)
        #expect(try block(after: "<!-- sample:begin -->\n```\n") == sample)
    }

    @Test("the sample report comes from a mock whose cancel operation has no effect")
    func sampleIsTrue() async throws {
        try await withShippedProject { project in
            try project.replace(
                "{from: ACTIVE, to: CANCELLED}", with: "{from: ACTIVE, to: ACTIVE}",
                in: "specs/cashfree/2022-09-01.behaviour.yaml")
            _ = try await project.run { request in
                request.seed = "sample"
                request.contracts.version = "2022-09-01"
                request.tables.grep = "link-defaults"
                request.invocation.isWatched = true
            }
            try checkPage(try project.read("reports/latest/report.html"))
            let sample = try block(after: "<!-- sample:begin -->\n```\n")
            #expect(lasting(try project.read("reports/latest/report.txt")) == lasting(sample))
        }
    }

    /// Compares the page with the one in `reports/sample`: values and times differ from run to run, so only the shape, the
    /// style, the script and the failures are equal. `ASSAY_RECORD_SNAPSHOTS` stores the new page.
    private func checkPage(_ page: String) throws {
        let file = repository.appendingPathComponent("reports/sample/report.html")
        if ProcessInfo.processInfo.environment["ASSAY_RECORD_SNAPSHOTS"] != nil {
            try Data(page.utf8).write(to: file)
            Issue.record("recorded \(file.path); open it, then run again without recording")
        }
        let sample = try String(contentsOf: file, encoding: .utf8)
        for (start, end) in [("<style>", "</style>"), ("<script>", "</script>")] {
            let part = try #require(page.range(of: start)).upperBound
            let text = page[part..<(try #require(page.range(of: end, range: part..<page.endIndex)).lowerBound)]
            #expect(!text.isEmpty && sample.contains(text), "the sample page has another \(start)")
        }
        for fact in ["link-defaults", "PGCancelLink", "expected `link_status` to be", "payment-links.csv"] {
            #expect(page.contains(fact) && sample.contains(fact), "\(fact)")
        }
    }

    /// A report without the parts that differ from run to run.
    private func lasting(_ report: String) -> [Substring] {
        report.split(separator: "\n").map { line in
            line.hasPrefix("✗ 1 scenario") ? line.split(separator: " in ")[0] : line
        }
    }

    private func block(after start: String) throws -> String {
        let from = try #require(readme.range(of: start)).upperBound
        let to = try #require(readme.range(of: "```", range: from..<readme.endIndex)).lowerBound
        try #require(from < to, "the block is empty")
        return String(readme[from..<to])
    }
}
