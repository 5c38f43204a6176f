import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import SourceText
import TestKit
import Testing

@testable import Mocking

/// A mock without a socket, and a client that talks to it.
struct TestMock {
    var engine: MockEngine
    let versions: [MockVersion]
    /// The time of the next request.
    var now = Instant(secondsSinceEpoch: 1_700_000_000)
    /// Header lines of every request.
    var headers: [(String, String)]

    init(
        versions: [MockVersion], seed: String = "seed", credentials: [String: Set<String>] = [:],
        headers: [(String, String)] = []
    ) {
        self.versions = versions
        self.headers = headers
        engine = MockEngine(versions: versions, settings: MockSettings(seed: seed, credentials: credentials))
    }

    init(
        contract: String = Parcels.contract, behaviour: String? = Parcels.behaviour, seed: String = "seed",
        credentials: [String: Set<String>] = [:], headers: [(String, String)] = [("x-key", "k"), ("x-secret", "s")]
    ) throws {
        let version = try Fixture.version(contract: contract, behaviour: behaviour)
        self.init(versions: [version], seed: seed, credentials: credentials, headers: headers)
    }

    /// Sends a request; `headers` replaces the usual lines.
    mutating func send(
        _ method: String, _ path: String, _ body: String? = nil, headers: [(String, String)]? = nil,
        adding: [(String, String)] = []
    ) -> ResponseMessage {
        var fields = ((headers ?? self.headers) + adding).map { HeaderField(name: $0.0, value: $0.1) }
        if body != nil, !fields.contains(where: { $0.isNamed("content-type") }) {
            fields.append(HeaderField(name: "Content-Type", value: "application/json"))
        }
        let request = RequestMessage(
            method: method, url: "http://127.0.0.1:1\(path)", headers: fields, body: body.map { Array($0.utf8) })
        return engine.respond(to: request, at: now)
    }
}

extension ResponseMessage {
    var text: String { String(decoding: body, as: UTF8.self) }

    var json: JSONValue? { try? JSONDocument(parsing: body).root.value }

    func line(_ name: String) -> String? { header(name).first }
}

/// Contracts and behaviours from text.
enum Fixture {
    static func version(contract: String, behaviour: String?, name: String? = nil) throws -> MockVersion {
        let folder = try TemporaryFolder(["api.yaml": contract])
        let contract = try folder.contract(name: name)
        guard let behaviour else { return MockVersion(contract: contract) }
        try folder.write(behaviour, to: "behaviour.yaml")
        return try withExtendedLifetime(folder) {
            let reader = SourceReader(root: folder.path)
            return MockVersion(
                contract: contract,
                behaviour: try Behaviour.load(file: "behaviour.yaml", contract: contract, reader: reader))
        }
    }

    /// The diagnostics of a behaviour file, one line each.
    static func problems(_ behaviour: String, contract: String = Parcels.contract) throws -> [String] {
        do {
            _ = try version(contract: contract, behaviour: behaviour)
            return []
        } catch let error as SourceError {
            return error.diagnostics.map { problem in
                let place = problem.location?.description ?? "-"
                return "\(place): \(problem.message)" + (problem.help.map { " | \($0)" } ?? "")
            }
        }
    }
}

/// Checks a response against the contract: documented status, media type, body and required headers.
func expectContract(
    _ response: ResponseMessage, _ operation: String, _ contract: Contract,
    sourceLocation: Testing.SourceLocation = #_sourceLocation
) throws {
    let operation = try #require(contract.operation(operation), sourceLocation: sourceLocation)
    let documented = try #require(
        operation.responses.first { $0.statusKey == String(response.status) },
        "status \(response.status) is not documented: \(response.text)", sourceLocation: sourceLocation)
    for header in documented.headers {
        let lines = response.header(header.name)
        #expect(!header.isRequired || !lines.isEmpty, "no header \(header.name)", sourceLocation: sourceLocation)
        guard let line = lines.first, let schema = try header.valueSchema?.compiled() else { continue }
        let kinds = header.valueSchema?.view?.kinds ?? []
        let value: JSONValue =
            if kinds == [.number], let number = JSONNumber(line) { .number(number) } else { .string(line) }
        let report = schema.validate(JSONDocument(value).root, ValidationOptions())
        #expect(report.outcome == .valid, "\(header.name): \(report.issues)", sourceLocation: sourceLocation)
    }
    guard !documented.content.isEmpty else {
        #expect(response.body.isEmpty, sourceLocation: sourceLocation)
        return
    }
    let type = try #require(response.line("content-type"), sourceLocation: sourceLocation)
    let media = try #require(
        documented.mediaType(for: type), "\(type) is not documented", sourceLocation: sourceLocation)
    guard media.range.isJSON, let schema = media.schema else { return }
    let body = try JSONDocument(parsing: response.body)
    let report = try schema.compiled().validate(body.root, ValidationOptions())
    #expect(report.outcome == .valid, "\(report.issues)", sourceLocation: sourceLocation)
}
