import Conformance
import Exchanges
import Foundation
import JSONDocument
import Primitives
import Reporting
import Sockets
import TestKit
import Testing
import Webhooks

@testable import Harness

/// Signatures and receivers before the libraries of others; they come from the Python registry.
@Suite(
    .inTurn,
    .enabled(
        if: PythonEnvironment.folder != nil,
        "needs python3, and ASSAY_PYTHON_TESTS: a folder for virtual environments"),
    .serialized)
struct WebhookLibraryTests {
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    private static let libraries: [(name: String, scheme: SignatureScheme, entry: String)] = [
        ("standardwebhooks", .standardWebhooks, "standard-webhooks"), ("stripe", .timestampedList, "timestamped-list"),
        ("cashfree", .timestampBody, "timestamp-body"),
    ]
    private static let script = PythonEnvironment.scripts.appending(path: "webhooks.py").path

    private static func python() throws -> PythonEnvironment {
        try PythonEnvironment(["cashfree_pg==6.0.1", "standardwebhooks==1.1.0", "stripe==16.1.0"])
    }

    @Test("deliveries signed here verify with the libraries, which reject changed ones")
    func signatures() throws {
        let bodies = [#"{"type":"paid","amount":1.0}"#, "{ \"type\" : \"ü/<😀\",\n\"amount\": 10.50 }\n"]
        var lines = ""
        for (name, scheme, _) in Self.libraries {
            for body in bodies {
                let key = try #require(scheme.secretEncoding.key(Self.secret))
                // The libraries compare the time with the clock.
                let headers = scheme.sign(
                    SignedDelivery(id: "msg_1", url: "", body: Array(body.utf8)), keys: [key], at: .now)
                let fields = JSONValue.object(JSONObject(headers.map { ($0.name, .string($0.value)) }))
                let line: JSONValue = [
                    "library": .string(name), "secret": .string(Self.secret), "headers": fields, "body": .string(body),
                ]
                lines += JSONSpelling().text(line) + "\n"
            }
        }
        let folder = try TemporaryFolder(["deliveries.ndjson": lines])
        let result = try Self.python().run("python", [Self.script, "verify", folder.path + "/deliveries.ndjson"])
        #expect(result.status == 0, "\(result.output)")
        for (name, _, _) in Self.libraries {
            #expect(result.output.components(separatedBy: "\(name) accepts\n").count == 3, "\(result.output)")
        }
    }

    @Test(
        "receivers with the libraries pass; those that parse before they verify do not",
        arguments: ["standardwebhooks", "stripe", "cashfree"])
    func receivers(library: String) async throws {
        let entry = try #require(Self.libraries.first { $0.name == library }).entry
        // The provider's library does not compare the time at all, and one compares only the past.
        let known: Set<String> =
            switch library {
            case "cashfree": ["receiver.old-signature", "receiver.future-signature"]
            case "stripe": ["receiver.future-signature"]
            default: []
            }
        for isParsed in [false, true] {
            let rules = try await Self.check(library + (isParsed ? "-parsed" : ""), entry)
            let expected: Set<String> = isParsed ? known.union(["receiver.raw-body", "receiver.parsed-body"]) : known
            #expect(rules == expected, "\(library)")
        }
    }

    private static func check(_ receiver: String, _ entry: String) async throws -> Set<String> {
        let folder = try TemporaryFolder([
            "assay.yaml": "webhooks: {shop: {scheme: \(entry), secret: '{{secret.HOOK}}'}}"
        ])
        let server = try python().start("python", [script, "serve", receiver, secret])
        defer { try? server.input.close() }
        var request = WebhookCheckRequest(url: "http://127.0.0.1:\(server.line)/hooks")
        request.environment = ["HOOK": secret]
        // The machine can be busy with other tests.
        request.timeout = .seconds(60)
        request.slow = .seconds(60)
        // As `json.dumps` writes it, so that the correct delivery passes in both kinds of receivers.
        request.delivery.body = Array(#"{"type": "paid", "amount": 12.5, "note": "a/b"}"#.utf8)
        let session = try WebhookCheckSession(try Workspace.open(folder.path), request)
        let check = try await session.check(over: SocketNetwork())
        return Set(check.results.flatMap(\.findings).map(\.rule))
    }
}

extension PythonEnvironment {
    /// Starts a program of the environment, and waits for the first line of its output. It ends when its input is closed.
    fileprivate func start(_ program: String, _ arguments: [String]) throws -> (input: FileHandle, line: String) {
        let process = Process()
        process.executableURL = executable(program)
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        let input = Pipe()
        process.standardInput = input
        try process.run()
        var line = ""
        while !line.hasSuffix("\n") {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { throw Failure(description: "\(program) ended: \(line)") }
            line += String(decoding: data, as: UTF8.self)
        }
        return (input.fileHandleForWriting, line.trimmingCharacters(in: .newlines))
    }
}
