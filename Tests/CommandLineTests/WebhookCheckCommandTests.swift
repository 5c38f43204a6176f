import Foundation
import JSONDocument
import TestKit
import Testing

@Suite("assay webhook-check", .inTurn)
struct WebhookCheckCommandTests {
    private static let files = [
        "assay.yaml": "webhooks: {shop: {scheme: timestamped-list, secret: '{{secret.HOOK}}'}}",
        "paid.json": #"{"type": "paid", "amount": 12.5}"#,
    ]
    private static let secret = ["HOOK": "topsecret-value"]

    /// Runs the check against a receiver that gives every delivery the same status.
    private static func check(
        _ status: String, _ arguments: [String] = [], environment: [String: String] = secret
    ) throws -> Executable.Output {
        let server = try EchoServer { _ in "HTTP/1.1 \(status)\r\ncontent-length: 0\r\nconnection: close\r\n\r\n" }
        defer { server.stop() }
        let folder = try TemporaryFolder(files)
        return try Executable.run(
            ["webhook-check", "--body", "paid.json", "http://127.0.0.1:\(server.port)/hooks"] + arguments,
            environment: environment, in: folder.url)
    }

    @Test("a receiver that accepts everything fails each case that must be rejected")
    func acceptsEverything() async throws {
        let result = try await onOwnThread { try Self.check("204 No Content") }
        #expect(result.status == 1, "\(result)")
        for rule in ["wrong-signature", "missing-signature", "old-signature", "altered-body", "parsed-body"] {
            #expect(result.output.contains("  receiver.\(rule)  "), "\(rule)")
        }
        #expect(result.output.contains("✓ duplicate") && result.output.contains("Only responses are judged."))
        #expect(!(result.output + result.error).contains("topsecret"))
    }

    @Test("a receiver that rejects everything fails once, and nothing else is judged")
    func rejectsEverything() async throws {
        let result = try await onOwnThread { try Self.check("401 Unauthorized", ["--report", "json"]) }
        #expect(result.status == 1, "\(result)")
        let root = try JSONDocument(parsing: result.output).root
        #expect(root["summary"]?["failed"]?.spelling == "1" && root["summary"]?["passed"]?.spelling == "0")
        let folder = try TemporaryFolder(["report.json": result.output])
        let judged = try await onOwnThread {
            try Executable.run(
                [
                    "validate", "--spec", "docs/webhook-check.schema.json", "--schema", "#",
                    folder.url.appending(path: "report.json").path,
                ])
        }
        #expect(judged.status == 0, "\(judged)")
    }

    @Test("the JUnit report has a test case for each case, with the failures")
    func junit() async throws {
        let result = try await onOwnThread {
            try Self.check("500 Internal Server Error", ["--report", "junit", "--case", "duplicate"])
        }
        #expect(result.status == 1)
        #expect(result.output.contains("<testcase name=\"right\" classname=\"shop\""))
        #expect(
            result.output.contains("type=\"receiver.rejected\"")
                && result.output.contains("<skipped message=\"not judged"))
    }

    @Test("mistakes are exit 2, an unreachable receiver is exit 3, and both are in the JSON report")
    func exits() async throws {
        let missing = try await onOwnThread { try Self.check("204 No Content", environment: ["HOOK": ""]) }
        #expect(missing.status == 2 && missing.error.contains("the secret HOOK, which has no value"), "\(missing)")
        let unknown = try await onOwnThread { try Self.check("204 No Content", ["--case", "dupplicate"]) }
        #expect(unknown.status == 2 && unknown.error.contains("did you mean `duplicate`?"), "\(unknown)")
        let header = try await onOwnThread { try Self.check("204 No Content", ["--header", "a b: c"]) }
        #expect(header.status == 2 && header.error.contains("is not a valid header line"), "\(header)")
        let folder = try TemporaryFolder(Self.files)
        let port = try RawServer.unusedPort()
        let away = try await onOwnThread {
            try Executable.run(
                [
                    "webhook-check", "--body", "paid.json", "--report", "json", "http://127.0.0.1:\(port)/",
                ], environment: Self.secret, in: folder.url)
        }
        #expect(away.status == 3, "\(away)")
        #expect(try JSONDocument(parsing: away.output).root["outcome"]?.string == "notPossible")
    }
}
