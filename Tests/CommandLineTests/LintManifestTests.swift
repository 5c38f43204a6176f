import Foundation
import JSONDocument
import TestKit
import Testing

/// Broken and hostile files, each looked at by the command itself.
@Suite(.inTurn) struct LintManifestTests {
    /// A copy of the files, with the two that cannot be kept as files.
    private func copy(_ root: String, to project: TemporaryProject) throws -> URL {
        let folder = project.folder.appendingPathComponent("inputs")
        try TemporaryProject.copy(URL(fileURLWithPath: root + "/inputs"), to: folder)
        let spec = folder.appendingPathComponent("spec")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: spec.path)
        #expect(mkfifo(spec.appendingPathComponent("pipe.yaml").path, 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: spec.appendingPathComponent("link.yaml").path, withDestinationPath: "../outside/canary.yaml")
        return folder
    }

    @Test(
        "every file is accepted, reported or rejected as listed, in short time, and nothing outside is shown",
        .timeLimit(.minutes(20)), arguments: ConformanceData.all
    )
    func manifest(data: ConformanceData) throws {
        try TemporaryProject.with { project in
            let folder = try copy(data.root, to: project)
            let outside = try String(contentsOf: folder.appendingPathComponent("outside/canary.yaml"), encoding: .utf8)
            let secret = try #require(outside.split { " {}\n".contains($0) }.last.map { String($0) })
            for entry in try data.lines("inputs/manifest.ndjson", atLeast: 20) {
                let file = try #require(entry["file"]?.string)
                let clock = ContinuousClock()
                let start = clock.now
                let run = try Executable.run(["lint", file, "--report", "json"], in: folder)
                #expect(clock.now - start < .seconds(30), "\(file)")
                #expect(!run.output.contains(secret) && !run.error.contains(secret), "\(file)")
                let report = try JSONDocument(parsing: run.output).root
                let found = report["diagnostics"].map { Array($0.elements) } ?? []
                let isPlaced = found.allSatisfy { $0["file"] != nil && $0["line"] != nil }
                switch entry["expect"]?.string {
                case "ok": #expect(run.status == 0, "\(file): \(run.output)")
                case "finding":
                    #expect(run.status <= 1 && !found.isEmpty && isPlaced, "\(file): \(run.output)")
                // An invalid ECMA-262 pattern makes one schema unusable, but not the document.
                case "refuse" where file.contains("/pattern-"): #expect(run.status != 0 && isPlaced, "\(file)")
                default: #expect(run.status == 2 && isPlaced, "\(file): \(run.output)")
                }
            }
        }
    }
}
