import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Scenarios
import Testing

/// Responses that are judged without a row: by themselves, or with their request.
@Suite("Responses without a row")
struct BareResponseTests {
    /// Responses with findings of every kind that a contract alone gives.
    private static let responses: [ResponseMessage] = [
        message(201, Parcels.parcel, Parcels.headers),
        message(201, #"{"id":7,"weight":2.5,"state":"packed","more":1}"#, Parcels.headers),
        message(201, "{", Parcels.headers),
        message(201, Parcels.parcel, [("content-type", "text/html")]),
        message(201, "", Parcels.headers),
        message(418, Parcels.parcel, Parcels.headers),
        message(500, #"{"message":"no"}"#, [("content-type", "application/problem+json")]),
    ]

    private static func message(_ status: Int, _ body: String, _ headers: [(String, String)]) -> ResponseMessage {
        ResponseMessage(
            status: status, headers: headers.map { HeaderField(name: $0.0, value: $0.1) }, body: Array(body.utf8))
    }

    /// The findings of a verdict that are about the contract, without their row.
    private static func withoutRow(_ findings: [Finding]) -> [Finding] {
        findings.filter { !["status.unexpected", "status.server-error"].contains($0.rule) }.map { finding in
            var finding = finding
            finding.scenario = ""
            finding.step = ""
            finding.exchange = nil
            finding.table = nil
            return finding
        }
    }

    @Test("a response has the same findings by itself as within a step, and no row", arguments: responses)
    func response(message: ResponseMessage) throws {
        // A row that expects exactly this status adds nothing.
        let table = "scenario,step,call,set,expect\ns,create,sendParcel,weight=2.5,\(message.status)\n"
        let bench = try Bench(tables: [("t.csv", table)])
        let contract = try #require(bench.contracts.all.first)
        let operation = try #require(contract.operation("sendParcel"))
        let bare = ResponseJudge(operation, of: contract).findings(message)
        let ofStep = try bench.verdict(.response(message)).allFindings
        #expect(bare == Self.withoutRow(ofStep))
        #expect(bare.allSatisfy { $0.step.isEmpty && $0.exchange == nil && $0.table == nil })
        #expect(bare.isEmpty == (message == Self.responses[0]))
    }

    @Test("a recorded exchange has the same findings as within a step, those of its request included")
    func exchange() throws {
        let contract = try Bench.contract(Parcels.document)
        let operation = try #require(contract.operation("sendParcel"))
        var judge = ExchangeJudge(contract)
        for message in Self.responses {
            let table = "scenario,step,call,set,expect\ns,create,sendParcel,weight=2.5,\(message.status)\n"
            let bench = try Bench(tables: [("t.csv", table)])
            var journal = try bench.journal(["create": [.response(message)]])
            journal.exchanges[0].request.body = Array(#"{"weight":"heavy"}"#.utf8)
            let found = judge.take(journal.exchanges[0], of: operation)
            let whole = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
            #expect(found == Self.withoutRow(whole.allFindings))
            #expect(found.contains { $0.rule == "request.type" })
        }
        let covered = try #require(judge.coverage.operations.first { $0.operation == "sendParcel" })
        #expect(covered.responses.first { $0.status == "201" }?.count == 5)
    }

    @Test("a failed exchange has one finding, and an interrupted one none")
    func failure() throws {
        let bench = try Bench(tables: [("t.csv", "scenario,step,call,set,expect\ns,f,fetchParcel,id=P-1,200\n")])
        let contract = try #require(bench.contracts.all.first)
        let operation = try #require(contract.operation("fetchParcel"))
        var judge = ExchangeJudge(contract)
        func found(_ kind: TransportFailure.Class) throws -> [String] {
            let exchange = try bench.journal(["f": [.fault(kind, "no response")]]).exchanges[0]
            return judge.take(exchange, of: operation).map(\.rule)
        }
        #expect(try found(.reset) == ["transport.reset"])
        #expect(try found(.cancelled) == [])
        #expect(judge.coverage.operations.isEmpty)
    }
}
