import Conformance
import Diagnostics
import Exchanges
import Foundation
import Harness
import JSONDocument
import Mocking
import Sockets
import Synchronization
import TestKit
import Testing

/// Drafted projects detect a server that loses a member of a created resource when it is read.
@Suite(.inTurn) struct LossyReadTests {
    @Test(
        "drafts pass against the mock, and fail if a read loses a member that nothing requires",
        arguments: ["library", "projects", "orders", "chosen"])
    func drafts(name: String) async throws {
        let text = try #require(
            FirstDocuments.all.first { $0.name == name }?.text ?? LossyReadTests.documents[name])
        let folder = try TemporaryFolder(["api.yaml": text])
        _ = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
        let session = try RunSession(try Workspace.openWithProblems(folder.path), RunRequest())
        #expect(try await session.execute { _ in }.exit == .passed)
        let network = LossyNetwork()
        let lossy = try await session.execute(over: network) { _ in }
        #expect(!network.lost.isEmpty)
        #expect(lossy.exit == .findings)
        // The only reason is the lost member; the documents allow its absence.
        let errors = lossy.verdict.allFindings.filter { $0.severity == .error }
        #expect(!errors.isEmpty)
        for finding in errors {
            #expect(["same-as", "state.changed"].contains(finding.rule), "\(finding.message)")
            #expect(finding.evidence.differences.contains { $0.actual == nil }, "\(finding.message)")
        }
    }

    /// The promise alone, without the row's comparison, detects the loss too.
    @Test("the drafted promise detects the loss without `same_as`")
    func promise() async throws {
        let folder = try TemporaryFolder(["api.yaml": FirstDocuments.library])
        _ = try InitSession.run(InitRequest(spec: "api.yaml", folder: folder.path))
        let table = try folder.read("scenarios/books.csv")
        #expect(table.contains(",create,"))
        try folder.write(table.replacing(",create,,", with: ",,,"), to: "scenarios/books.csv")
        #expect(try folder.read("assay.yaml").contains("    book:\n      id: 'id'\n      create: 'createBook'\n"))
        let session = try RunSession(try Workspace.openWithProblems(folder.path), RunRequest())
        let lossy = try await session.execute(over: LossyNetwork()) { _ in }
        #expect(lossy.verdict.allFindings.contains { $0.rule == "state.changed" })
    }

    private static let documents = [
        // The creation and the read have different schemas, with a member that only one of them has.
        "orders": """
        openapi: 3.1.0
        info: {title: Orders, version: '1'}
        paths:
          /orders:
            post:
              operationId: createOrder
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/NewOrder'}}}}
              responses: {'201': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}, sku: {type: string}, note: {type: string}, accepted: {type: boolean}}}}}}}
          /orders/{orderId}:
            parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
            get:
              operationId: readOrder
              responses: {'200': {description: ok, content: {application/json: {schema: {type: object, required: [id], properties: {id: {type: string}, sku: {type: string}, note: {type: string}, total: {type: number}}}}}}}
        components:
          schemas:
            NewOrder: {type: object, required: [sku, note], properties: {sku: {type: string, minLength: 2}, note: {type: string, minLength: 2}}}
        """,
        // The client chooses the id.
        "chosen": """
        openapi: 3.0.3
        info: {title: Notes, version: '1'}
        paths:
          /notes/{name}:
            parameters: [{name: name, in: path, required: true, schema: {type: string, maxLength: 40}}]
            put:
              operationId: writeNote
              requestBody: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}
              responses: {'201': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
            get:
              operationId: readNote
              responses: {'200': {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/Note'}}}}}
        components:
          schemas:
            Note: {type: object, properties: {name: {type: string}, text: {type: string, minLength: 2}, colour: {type: string, enum: [red, blue]}}}
        """,
    ]
}

/// The network, with a server that loses the last optional member of every object that a GET returns.
private final class LossyNetwork: Network {
    private let names = Mutex<[String]>([])

    /// The names of the members that were lost.
    var lost: [String] { names.withLock { $0 } }

    func client(connections: Int, _ settings: ConnectionSettings) -> any NetworkClient {
        Client(network: self, inner: SocketNetwork().client(connections: connections, settings))
    }

    func serve(_ versions: [MockVersion], _ settings: MockSettings) async throws(HarnessError) -> any ServedMock {
        try await SocketNetwork().serve(versions, settings)
    }

    private struct Client: NetworkClient {
        let network: LossyNetwork
        let inner: any NetworkClient

        func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
            let outcome = await inner.send(request, deadline: deadline, meanwhile: meanwhile)
            guard request.method == "GET", case .response(var response) = outcome, response.status == 200 else {
                return outcome
            }
            response.body = network.losing(response.body)
            return .response(response)
        }

        func shutdown() async { await inner.shutdown() }
    }

    /// Members that a document of these tests requires, or that identify the resource.
    private static let kept: Set<String> = ["id", "title", "year", "name", "results", "total"]

    private func losing(_ body: [UInt8]) -> [UInt8] {
        guard case .object(var object)? = try? JSONDocument(parsing: body).root.value,
            let name = object.members.map(\.name).last(where: { !Self.kept.contains($0) })
        else { return body }
        object[name] = nil
        names.withLock { $0.append(name) }
        return Array(JSONValue.object(object).text.utf8)
    }
}
