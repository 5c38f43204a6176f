import Conformance
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Reporting
import Sockets
import TestKit
import Testing

/// Creates a first project for a document from elsewhere.
@Suite(.inTurn) struct InitSessionTests {
    /// A folder of documents that we may not distribute. Their tests are skipped where it is missing.
    private static let foreign = ProcessInfo.processInfo.environment["ASSAY_CONFORMANCE_DATA"]
        .map { URL(fileURLWithPath: $0).deletingLastPathComponent().appendingPathComponent("cashfree/openapi").path }

    private static let foreignNames = ["2022-09-01.json", "2023-08-01.json"]

    @Test("drafted tables pass against the unchanged mock", arguments: FirstDocuments.all.map(\.name))
    func holds(name: String) async throws {
        let text = try #require(FirstDocuments.all.first { $0.name == name }?.text)
        try await withFolder { folder in
            try Data(text.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            try await expectHolds("api.yaml", in: folder)
        }
    }

    @Test("drafted tables for a random service pass against the mock", arguments: 0..<3)
    func holdsForAnyService(number: Int) async throws {
        var random = RandomService(number)
        let text = random.document(collections: 2).text
        try await withFolder { folder in
            try Data(text.utf8).write(to: folder.appendingPathComponent("api.json"))
            try await expectHolds("api.json", in: folder)
        }
    }

    @Test(
        "tables drafted for a large document pass against the unchanged mock",
        .enabled(
            if: foreign.map { FileManager.default.fileExists(atPath: $0) } ?? false, "ASSAY_CONFORMANCE_DATA is not set"
        ),
        arguments: foreignNames)
    func holdsWhole(name: String) async throws {
        let folder = try #require(Self.foreign)
        try await withFolder { root in
            try FileManager.default.copyItem(
                atPath: "\(folder)/\(name)", toPath: root.appendingPathComponent(name).path)
            try await expectHolds(name, in: root)
        }
    }

    @Test("existing files are not changed")
    func keeps() async throws {
        try await withFolder { folder in
            try Data(FirstDocuments.library.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            _ = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
            let table = folder.appendingPathComponent("scenarios/books.csv")
            try Data("mine".utf8).write(to: table)
            let again = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
            #expect(again.files.allSatisfy { !$0.isWritten })
            #expect(try String(contentsOf: table, encoding: .utf8) == "mine")
        }
    }

    @Test("a document from elsewhere is copied into the project")
    func copies() async throws {
        try await withFolder { folder in
            try Data(FirstDocuments.library.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            var request = InitRequest(spec: "api.yaml", folder: folder.path)
            request.output = "tests/contract"
            let result = try InitSession.run(request)
            #expect(result.files.map(\.path).prefix(3) == ["specs/api.yaml", "assay.yaml", "scenarios/books.csv"])
            let root = folder.appendingPathComponent("tests/contract")
            let session = try RunSession(try Workspace.openWithProblems(root.path), RunRequest())
            #expect(try await session.execute { _ in }.exit == .passed)
        }
    }

    @Test("a document from elsewhere that refers to other files is rejected with advice")
    func torn() async throws {
        try await withFolder { folder in
            let text = FirstDocuments.library.replacingOccurrences(
                of: "'#/components/schemas/Book'", with: "'book.yaml#/Book'")
            try Data(text.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            var request = InitRequest(spec: "api.yaml", folder: folder.path)
            request.output = "tests"
            let error = #expect(throws: HarnessError.self) { _ = try InitSession.run(request) }
            let problem = try #require(error?.diagnostics.entries.first)
            #expect(problem.message == "api.yaml is outside the project and refers to another file: book.yaml#/Book")
            #expect(problem.help == "move both into the project folder, or choose another folder with --output")
            #expect(error?.exit == .wrongInput)
        }
    }

    @Test(
        "a document without operations is reported as such, and the reader is not sent to run tables that are not there",
        arguments: [
            ("paths: {}", "api.yaml declares no operations, so there is nothing to test"),
            (
                "webhooks: {made: {post: {responses: {'200': {description: ok}}}}}",
                "api.yaml declares only webhooks, and tests need an operation"
            ),
            ("components: {}", "api.yaml declares no operations, so there is nothing to test"),
        ])
    func withoutOperations(content: String, message: String) async throws {
        try await withFolder { folder in
            let text = "openapi: 3.1.0\ninfo: {title: None, version: '1'}\n\(content)\n"
            try Data(text.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            let result = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
            #expect(result.diagnostics.entries.map(\.message) == [message])
            #expect(result.files.map(\.path) == ["assay.yaml"])
            let shown = InitText(style: TextStyle(isColoured: false)).render(result)
            #expect(!shown.contains("assay run") && shown.contains("assay lint"))
        }
    }

    @Test(
        "credentials of every kind are drafted so that the mock accepts them",
        arguments: [
            "[{A: [], B: []}]", "[{A: [], K: []}]", "[{X: [], Y: []}]", "[{Login: []}]", "[{A: [], Tls: []}]",
            "[{A: [], X: [], Q: [], C: []}]", "[{None: []}, {A: []}]", "[{Login: [], A: []}, {Q: []}]",
            "[{Digest: []}]",
        ], [false, true])
    func credentials(security: String, withProfile: Bool) async throws {
        try await withFolder { folder in
            let text = """
                openapi: 3.1.0
                info: {title: Keys, version: '1'}
                paths: {/a: {get: {operationId: read, security: \(security), responses: {'200': {description: ok}, '401': {description: who}}}}}
                components:
                  securitySchemes:
                    A: {type: oauth2, flows: {}}
                    B: {type: http, scheme: bearer}
                    K: {type: apiKey, in: header, name: Authorization}
                    X: {type: apiKey, in: header, name: X-Key}
                    Y: {type: apiKey, in: header, name: x-key}
                    Q: {type: apiKey, in: query, name: key}
                    C: {type: apiKey, in: cookie, name: sid}
                    Login: {type: http, scheme: basic}
                    Digest: {type: http, scheme: digest}
                    Tls: {type: mutualTLS}
                """
            try Data(text.utf8).write(to: folder.appendingPathComponent("api.yaml"))
            _ = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
            if !withProfile {
                // Without a configuration the mock makes up values by itself.
                try FileManager.default.removeItem(at: folder.appendingPathComponent("assay.yaml"))
            }
            var request = RunRequest()
            if !withProfile { request.contracts.spec = "api.yaml" }
            let session = try RunSession(try Workspace.openWithProblems(folder.path), request)
            let run = try await session.execute { _ in }
            #expect(run.verdict.allFindings.filter { $0.severity == .error }.map(\.message) == [])
            #expect(run.exit == .passed)
        }
    }

    private func expectHolds(_ spec: String, in folder: URL) async throws {
        let result = try InitSession.run(InitRequest(spec: spec, folder: folder.path))
        #expect(result.files.contains { $0.scenarios > 0 })
        #expect(result.leftOut.filter { $0.what.hasPrefix("the step") }.isEmpty, "\(result.leftOut)")
        let session = try RunSession(try Workspace.openWithProblems(folder.path), RunRequest())
        let run = try await session.execute { _ in }
        expectNoDifference(
            // Published examples contain members that their schemas do not declare. They are reported as a warning.
            run.verdict.allFindings.filter { $0.severity == .error }.map {
                "\($0.scenario)/\($0.step): \($0.message)"
            }, [])
        #expect(run.exit == .passed)
    }

    private func withFolder(_ body: (URL) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("first-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        do {
            try await body(folder)
            try? FileManager.default.removeItem(at: folder)
        } catch {
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
    }
}
