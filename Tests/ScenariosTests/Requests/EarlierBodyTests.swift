import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Sending bodies of earlier steps again")
struct EarlierBodyTests {
    private let contract: Contract
    private let bytes = Array("{ \"weight\": 2.50,  \"id\":\"{{uuid}}\", \"weight\": 2.5 }".utf8)

    init() throws {
        contract = try ParcelContract.load()
    }

    private func build(_ set: [String], sent: RequestMessage) throws -> BuiltRequest {
        let operation = try #require(contract.operation("SendParcel"))
        var scope = ParcelContract.scope
        let exchange = Exchange(
            sequence: 1,
            scenario: "sending",
            step: "first",
            operation: "SendParcel",
            contract: "1",
            request: sent,
            outcome: .failure(TransportFailure(.reset, "the connection was closed")),
            startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .zero
        )
        scope.exchanges["first"] = ExchangeView.parsing(exchange, operation: operation)
        let step = ParcelContract.step(
            "again",
            .operation(operation, contract: "1"),
            body: .asStep("first"),
            set: try ParcelContract.items(set)
        )
        return try RequestBuilder.build(
            step,
            scope: scope,
            credentials: Credentials(),
            baseURL: ParcelContract.base
        )
    }

    private func sent(_ body: [UInt8]?, cut: BodyCut? = nil) -> RequestMessage {
        RequestMessage(
            method: "POST",
            url: "https://parcels.example/v1/parcels",
            headers: [HeaderField(name: "Content-Type", value: "application/json; charset=utf-8")],
            body: body,
            cut: cut
        )
    }

    @Test("without set items, the same bytes are sent with the same media type")
    func verbatim() throws {
        let request = try build(["header.x-key=2"], sent: sent(bytes))
        #expect(request.message.body == bytes)
        #expect(request.message.header("content-type") == ["application/json; charset=utf-8"])
        #expect(request.body == nil)
    }

    @Test("set items change the body, everything else is unchanged, and nothing in it is a template")
    func changed() throws {
        let request = try build(["body.weight=3", "!body.none"], sent: sent(bytes))
        #expect(request.body?["weight"]?.text == "3")
        #expect(request.body?["id"] == "{{uuid}}")
    }

    @Test("bytes that are not JSON can be repeated but not changed")
    func notJSON() throws {
        let broken = Array("{\"id\":".utf8)
        #expect(try build([], sent: sent(broken)).message.body == broken)
        #expect(
            throws: ValueFailure.invalid(
                "the body of step 'first' is not JSON, so nothing can be set in it"
            )
        ) {
            try build(["body.id=1"], sent: sent(broken))
        }
    }

    @Test("a step without a body, or with an incomplete one, cannot be a source")
    func missing() throws {
        #expect(throws: ValueFailure.invalid("step 'first' sent no body")) { try build([], sent: sent(nil)) }
        let message = "only the first part of the body of step 'first' was stored"
        #expect(throws: ValueFailure.invalid(message)) {
            try build([], sent: sent(bytes, cut: BodyCut(length: 9_000_000, hash: "0")))
        }
    }

    @Test("a step that was not sent gives a missing value")
    func unsent() throws {
        let operation = try #require(contract.operation("SendParcel"))
        let step = ParcelContract.step("again", .operation(operation, contract: "1"), body: .asStep("first"))
        #expect(throws: ValueFailure.missing(step: "first", path: "req.body")) {
            try RequestBuilder.build(
                step,
                scope: ParcelContract.scope,
                credentials: Credentials(),
                baseURL: ParcelContract.base
            )
        }
    }
}
