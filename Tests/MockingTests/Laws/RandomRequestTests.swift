import Exchanges
import JSONDocument
import Primitives
import TestKit
import Testing

@testable import Mocking

/// Random and damaged requests: the mock responds to each of them with a complete response, and continues.
@Suite("Random requests to the mock")
struct RandomRequestTests {
    private static let pieces = [
        "/", "//", "parcels", "p1", "send", "stops", "..", "%2F", "%", "%zz", "?", "&", "=", "#", "{id}", "é", "\u{0}",
        " ", "offices",
        "limit=1", "_mock", "events", "state", "clock", "api/v1", "*", ";", ":", "@", "http://x",
    ]
    private static let bodies = [
        "", "{}", "[]", "null", "{", #"{"id":"p1"}"#, Parcels.parcel, #"{"id":7,"to":[]}"#,
        #"{"id":"p1","to":{"city":"Here"},"x":{}}"#,
        "a=b&c=d", "\u{FEFF}{}", #"{"id":"\ud800"}"#, "--x\r\n\r\n--x--",
    ]
    private static let headers = [
        ("x-key", "k"), ("x-secret", "s"), ("content-type", "application/json"), ("content-type", "text/plain"),
        ("content-type", ""),
        ("content-type", "multipart/form-data; boundary=x"), ("accept", "text/html"), ("accept", ";;;"),
        ("accept", "*/*;q=0"),
        ("prefer", "code=500"), ("prefer", "example=nothing"), ("prefer", "dynamic=true, seed=1"),
        ("x-once", "k\r\nx: y"),
        ("authorization", "Bearer"), ("authorization", "Basic %%%"), ("content-encoding", "gzip"),
        ("x-trace", "\u{1F}"),
        ("assay-mock-branch", "none"), ("cookie", "=;=;"), ("content-length", "-1"),
        ("x-http-method-override", "DELETE"),
    ]
    private static let methods = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "get", "", "A B",
    ]

    private static func request(_ random: inout SplitMix) -> RequestMessage {
        let prefix = random.pick([
            "http://127.0.0.1:1", "http://127.0.0.1:1/api/v1/parcels", "http://127.0.0.1:1/api/v1", "", "/_mock/",
        ])
        let path = (0..<random.number(below: 5)).map { _ in random.pick(pieces) }.joined(
            separator: random.pick(["", "/"]))
        let fields = (0..<random.number(below: 7)).map { _ in random.pick(headers) }.map {
            HeaderField(name: $0.0, value: $0.1)
        }
        // Otherwise nearly every request would lack credentials.
        let known = [("x-key", "k"), ("x-secret", "s")].map { HeaderField(name: $0.0, value: $0.1) }
        let body = random.once(in: 3) ? nil : Array(random.pick(bodies).utf8)
        return RequestMessage(
            method: random.pick(methods), url: prefix + path, headers: (random.once(in: 2) ? known : []) + fields,
            body: body)
    }

    @Test("every response is complete, and its headers are single lines", arguments: [true, false])
    func complete(hasBehaviour: Bool) throws {
        var random = SplitMix(seed: hasBehaviour ? 1 : 2)
        var mock = try TestMock(behaviour: hasBehaviour ? Parcels.behaviour : nil)
        var statuses: Set<Int> = []
        for _ in 0..<700 {
            let request = Self.request(&random)
            let response = mock.engine.respond(to: request, at: mock.now)
            statuses.insert(response.status)
            #expect((200...599).contains(response.status), "\(request)")
            for field in response.headers {
                #expect(!field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F })
                #expect(!field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 }, "\(field.name)")
            }
            if let type = response.line("content-type"), type.contains("json"), !response.body.isEmpty {
                #expect(response.json != nil, "\(response.text)")
            }
        }
        #expect(statuses.isSuperset(of: [200, 400, 401, 404, 405]), "\(statuses.sorted())")
        // The mock still works.
        _ = mock.send("POST", "/_mock/reset")
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status == 200)
        #expect(mock.send("GET", "/api/v1/parcels/p1").status == 200)
    }

    @Test("a request has the same response at any address, and with headers in any case")
    func spellings() throws {
        var random = SplitMix(seed: 3)
        var one = try TestMock()
        var other = try TestMock()
        for _ in 0..<150 {
            var request = Self.request(&random)
            guard request.url.hasPrefix("http://127.0.0.1:1/api") else { continue }
            let first = one.engine.respond(to: request, at: one.now)
            request.url = "HTTP://Other.example:8080" + request.url.dropFirst("http://127.0.0.1:1".count)
            request.headers = request.headers.map { HeaderField(name: $0.name.uppercased(), value: $0.value) }
            let second = other.engine.respond(to: request, at: other.now)
            #expect(first.status == second.status && first.body == second.body, "\(request)")
        }
    }

    // MARK: Messages that wait to be sent

    private static func delivery(_ number: Int, in contract: ServedContract) throws -> Delivery {
        try #require(
            Delivery("boxMoved", to: "http://127.0.0.1:9/\(number)", [], .integer(number), contract, id: "id\(number)"))
    }

    private static func contract() throws -> ServedContract {
        let text = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            paths: {}
            webhooks: {boxMoved: {post: {responses: {'200': {description: d}}}}}
            """
        return ServedContract(try Fixture.version(contract: text, behaviour: nil), MockSettings(seed: "seed"))
    }

    @Test("messages are taken once, in their order, and the oldest of too many are forgotten")
    func outbox() throws {
        let contract = try Self.contract()
        var outbox = Outbox()
        #expect(outbox.takeUnsent().isEmpty)
        for number in 0..<3 { outbox.add(try Self.delivery(number, in: contract)) }
        #expect(outbox.takeUnsent().map(\.id) == ["id0", "id1", "id2"])
        #expect(outbox.takeUnsent().isEmpty)
        outbox.add(try Self.delivery(3, in: contract))
        #expect(outbox.takeUnsent().map(\.id) == ["id3"])
        #expect(outbox.entries.map(\.delivery.number) == [1, 2, 3, 4])
        for number in 4..<1_100 { outbox.add(try Self.delivery(number, in: contract)) }
        #expect(outbox.entries.count == 1_000 && outbox.entries.first?.delivery.id == "id100")
        #expect(outbox.takeUnsent().count == 1_000)
    }

    @Test("the results of attempts are kept with their message, up to a number")
    func attempts() throws {
        let contract = try Self.contract()
        var outbox = Outbox()
        for number in 0..<2 { outbox.add(try Self.delivery(number, in: contract)) }
        outbox.note(.status(500), of: 1)
        outbox.note(.failed("no connection"), of: 2)
        outbox.note(.status(200), of: 1)
        outbox.note(.status(200), of: 99)
        #expect(outbox.entries[0].attempts == [.status(500), .status(200)])
        #expect(outbox.entries[1].attempts == [.failed("no connection")])
        for _ in 0..<50 { outbox.note(.status(503), of: 2) }
        #expect(outbox.entries[1].attempts.count == 16)
        #expect(Set((0..<100).map { _ in outbox.nextSerial() }).count == 100)
    }
}
