import Diagnostics
import Foundation
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

@Suite("Hostile documents")
struct HostileDocumentTests {
    /// Documents that are not treated as asked yet, by the reason.
    static let known: [String: String] = [:]

    @Test(
        "every hostile document is quickly accepted, reported or rejected as expected",
        .timeLimit(.minutes(20)), arguments: ConformanceData.all
    )
    func manifest(data: ConformanceData) throws {
        let project = try Self.copy(data)
        defer { try? FileManager.default.removeItem(at: project) }
        let outside = try SourceReader(root: project.path).read("outside/canary.yaml").document.root
        let secret = try #require(outside["A"]?["description"]?.string)
        var spent: [(String, Duration)] = []
        for entry in try data.lines("inputs/manifest.ndjson", atLeast: 20) {
            guard let file = entry["file"]?.string, file.utf8.starts(with: "spec/".utf8) else { continue }
            let clock = ContinuousClock()
            var outcome = Outcome.accepted([])
            spent.append((file, clock.measure { outcome = Self.load(file, in: project) }))
            let text = outcome.lines.joined(separator: "\n")
            #expect(!text.utf8.contains(secret.utf8), "\(file) shows what lies outside")
            if let miss = Self.miss(entry["expect"]?.string, outcome) {
                #expect(Self.known[file] != nil, "\(file): \(miss)\n\(text)")
            } else {
                #expect(Self.known[file] == nil, "\(file) is treated right now: take it off the list")
            }
            for diagnostic in outcome.diagnostics where diagnostic.severity != .note {
                #expect(diagnostic.location != nil, "\(file): \(diagnostic.message) has no place")
            }
        }
        for (file, duration) in spent {
            #expect(duration < .seconds(20), "\(file) takes \(duration)")
        }
    }

    enum Outcome {
        case refused([Diagnostic])
        case accepted([Diagnostic])

        var diagnostics: [Diagnostic] {
            switch self {
            case .refused(let found), .accepted(let found): found
            }
        }

        var lines: [String] { diagnostics.map(\.testLine) }
    }

    /// What is wrong with an outcome. A document that cannot be compiled completely counts as refused.
    private static func miss(_ expected: String?, _ outcome: Outcome) -> String? {
        let hasErrors = outcome.diagnostics.contains { $0.severity == .error }
        let hasFindings = outcome.diagnostics.contains { $0.severity != .note }
        switch (expected, outcome) {
        case ("ok", .accepted) where !hasErrors: return nil
        case ("finding", _) where hasFindings: return nil
        case ("refuse", .refused): return nil
        case ("refuse", .accepted) where hasErrors: return nil
        default: return "\(expected ?? "") was expected"
        }
    }

    private static func load(_ file: String, in project: URL) -> Outcome {
        let reader = SourceReader(root: project.appendingPathComponent("spec").path)
        do {
            let name = String(file.dropFirst("spec/".count))
            return .accepted(try ContractLoader.load(file: name, reader: reader).check())
        } catch {
            return .refused(error.diagnostics)
        }
    }

    /// A copy of the documents with the two that cannot be kept as files.
    private static func copy(_ data: ConformanceData) throws -> URL {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("inputs-\(UUID().uuidString)")
        let source = URL(fileURLWithPath: data.path("inputs"))
        try FileManager.default.copyItem(at: source, to: folder)
        let spec = folder.appendingPathComponent("spec")
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: spec.path)
        #expect(mkfifo(spec.appendingPathComponent("pipe.yaml").path, 0o600) == 0)
        try FileManager.default.createSymbolicLink(
            atPath: spec.appendingPathComponent("link.yaml").path,
            withDestinationPath: "../outside/canary.yaml"
        )
        return folder
    }

    @Test("schemas nested up to the document limit are harmless")
    func deepSchemas() throws {
        let levels = 240
        let schema = String(repeating: "{\"not\":", count: levels) + "{}" + String(repeating: "}", count: levels)
        let lists = String(repeating: "{\"allOf\":[", count: levels) + "{}" + String(repeating: "]}", count: levels)
        let text = """
            openapi: 3.1.0
            info: {title: t, version: "1"}
            components: {schemas: {A: \(schema), B: \(lists)}}
            """
        #expect(try findings(text) == [])
    }
}
