import Exchanges
import Foundation
import JSONDocument
import TestKit
import Testing

/// Runs that are killed and gone on with.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct ResumeCommandTests {
    private static let environment = [
        "CASHFREE_CLIENT_ID": "merchant-one", "CASHFREE_CLIENT_SECRET": "merchant-key",
        "CASHFREE_PARTNER_MERCHANT_ID": "partner-one", "CASHFREE_PARTNER_API_KEY": "partner-key",
        "CASHFREE_CLIENT_SIGNATURE": "signature-one",
    ]

    @Test(
        "after kill -9 the verdict is that of an undisturbed run, and nothing that had ended is sent again",
        arguments: [(4, true), (77, true), (31, false), (140, false)])
    func killed(lines: Int, isBuiltIn: Bool) async throws {
        try await onOwnThread { try Self.killAndResume(lines: lines, isBuiltIn: isBuiltIn) }
    }

    private static func killAndResume(lines: Int, isBuiltIn: Bool) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("assay-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try TemporaryProject.copyShippedProject(to: folder)
        var target: [String] = []
        var mock: Process?
        defer {
            mock?.terminate()
            mock?.waitUntilExit()
        }
        if !isBuiltIn {
            let output = Pipe()
            mock = try Executable.start(["mock"], environment: environment, in: folder, output: output)
            let line = String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
            target = ["--base-url", String(line.split(separator: "\n").first ?? "")]
        }
        let path = folder.appendingPathComponent("run.ndjson").path
        let arguments = ["run", "--journal", "run.ndjson", "--jobs", "3"] + target
        let process = try Executable.start(arguments, environment: environment, in: folder)
        try kill(process, whenLinesIn: path, reach: lines)
        let cut = try JournalReader.read(path: path)

        let resumed = try Executable.run(
            arguments + ["--resume", "--report", "json"], environment: environment, in: folder)
        #expect(resumed.status == 0, "\(resumed.error)\n\(resumed.output)")
        let report = try JSONDocument(parsing: resumed.output).root
        let undisturbed = try Executable.run(
            ["run", "--report", "json"] + target, environment: environment, in: folder)
        #expect(
            try outcomes(report) == outcomes(JSONDocument(parsing: undisturbed.output).root), "\(undisturbed.error)")

        let whole = try JournalReader.read(path: path)
        for scenario in cut.ended {
            func sequences(_ journal: Journal) -> [Int] {
                journal.exchanges.filter { $0.scenario == scenario }.map(\.sequence)
            }
            #expect(sequences(whole) == sequences(cut), "\(scenario) had ended")
        }
        #expect(whole.unanswered == cut.unanswered)
        let unknown = cut.unanswered.filter { $0.request.method == "POST" }
        let reported =
            (report["findings"]?.elements.map { $0 } ?? [])
            + steps(report).flatMap { step in
                step["findings"]?.elements.map { $0 } ?? []
            }
        #expect(reported.count { $0["rule"]?.string == "journal.unknown-outcome" } == unknown.count)
    }

    private static func steps(_ report: JSONNode) -> [JSONNode] {
        report["scenarios"]?.elements.flatMap { $0["steps"]?.elements.map { $0 } ?? [] } ?? []
    }

    /// Every step with its outcome and what was found.
    private static func outcomes(_ report: JSONNode) throws -> [String] {
        let scenarios = try #require(report["scenarios"])
        return scenarios.elements.flatMap { scenario in
            (scenario["steps"]?.elements.map { $0 } ?? []).map { step in
                let findings = (step["findings"]?.elements.map { $0["fingerprint"]?.string ?? "" } ?? []).sorted()
                return [scenario["name"]?.string, step["name"]?.string, step["outcome"]?.string].map { $0 ?? "" }
                    .joined(separator: " ") + " " + findings.joined(separator: ",")
            }
        }
    }

    /// Kills without a word once the journal has so many lines; a run that is faster has simply ended.
    private static func kill(_ process: Process, whenLinesIn path: String, reach lines: Int) throws {
        while process.isRunning {
            let text = (try? Data(contentsOf: URL(fileURLWithPath: path))) ?? Data()
            if text.count(where: { $0 == 0x0A }) >= lines { break }
            usleep(500)
        }
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }
}
