import Exchanges
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1
import NIOPosix
import OpenAPI
import Primitives
import Synchronization
import Testing

@testable import MockHTTP
@testable import Mocking

/// Callbacks and webhooks. The document declares them, and the behaviour file decides when they are sent.
@Suite(.timeLimit(.minutes(20)))
struct WebhookTests {
    private static let contract = """
        openapi: 3.1.0
        info: {title: Jobs, version: '1'}
        paths:
          /jobs:
            post:
              operationId: createJob
              requestBody:
                content: {application/json: {schema: {$ref: '#/components/schemas/NewJob'}}}
              responses:
                '200': {description: made, content: {application/json: {schema: {type: object}}}}
              callbacks:
                jobStarted:
                  '{$request.body#/callback}':
                    put:
                      requestBody:
                        content:
                          application/json:
                            schema: {type: object, required: [job], properties: {job: {type: string}}}
                      responses: {'204': {description: taken}}
        webhooks:
          jobDone:
            post:
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [kind, at]
                      properties: {kind: {const: done}, at: {type: string, format: date-time}}
              responses: {'200': {description: taken}}
        components:
          schemas:
            NewJob: {type: object, properties: {id: {type: string}, callback: {type: string}}}
        """

    private static let behaviour = """
        behaviour: 1
        collections:
          jobs:
            key: id
            states: {field: status, initial: NEW, values: [NEW, DONE]}
            fields: {id: '{{request.body.id}}', status: NEW, callback: '{{request.body.callback}}'}
        operations:
          createJob:
            create: jobs
            then:
              - send: jobStarted
                to: '{{entity.callback}}'
                headers: {x-event: '{{entity.id}} started'}
                body: {job: '{{entity.id}}'}
        events:
          finish:
            collection: jobs
            inputs: {id: {type: string}}
            transitions:
              - {from: NEW, to: DONE, then: [{send: jobDone, to: '{{entity.callback}}'}]}
        """

    private static func mock() throws -> TestMock {
        try TestMock(contract: contract, behaviour: behaviour, headers: [])
    }

    @Test("a callback is sent as the file defines it, a webhook as its schema defines it")
    func deliveries() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/jobs", #"{"id":"j1","callback":"http://127.0.0.1:9/hook?x=1"}"#)
        _ = mock.send("POST", "/_mock/events/finish", #"{"id":"j1"}"#)
        let sent = try #require(mock.send("GET", "/_mock/deliveries").json)
        #expect(sent[0]?["name"] == "jobStarted")
        #expect(sent[0]?["method"] == "PUT")
        #expect(sent[0]?["url"] == "http://127.0.0.1:9/hook?x=1")
        #expect(sent[0]?["headers"]?["x-event"] == "j1 started")
        #expect(sent[0]?["body"] == ["job": "j1"])
        #expect(sent[1]?["name"] == "jobDone")
        #expect(sent[1]?["method"] == "POST")
        #expect(sent[1]?["body"]?["kind"] == "done")
        #expect(sent[2] == nil)
        _ = mock.send("POST", "/_mock/events/finish", #"{"id":"j1"}"#)
        #expect(mock.send("GET", "/_mock/deliveries").json?[2] == nil, "nothing happened, so nothing is sent")
    }

    @Test("without `to`, a callback goes to the URL of its expression, and a webhook to that of the settings")
    func defaultAddresses() throws {
        let file = Self.behaviour.replacing("        to: '{{entity.callback}}'\n", with: "")
            .replacing("{send: jobDone, to: '{{entity.callback}}'}", with: "{send: jobDone}")
        var version = try Fixture.version(contract: Self.contract, behaviour: file)
        version.deliveries.url = "http://127.0.0.1:9/all"
        var engine = MockEngine(versions: [version], settings: MockSettings())
        let now = Instant(microsecondsSinceEpoch: 0)
        func send(_ path: String, _ body: String) {
            _ = engine.respond(
                to: RequestMessage(
                    method: "POST", url: "http://mock" + path,
                    headers: [HeaderField(name: "content-type", value: "application/json")], body: Array(body.utf8)),
                at: now)
        }
        send("/jobs", #"{"id":"j1","callback":"http://127.0.0.1:9/one"}"#)
        send("/_mock/events/finish", #"{"id":"j1"}"#)
        #expect(engine.takeDeliveries().map(\.request.url) == ["http://127.0.0.1:9/one", "http://127.0.0.1:9/all"])
    }

    @Test(
        "expressions of callbacks as templates",
        arguments: [
            ("{$request.body#/a/b}", "{{request.body.a.b}}"), ("$request.body#/a", "{{request.body.a}}"),
            ("https://x/{$request.query.id}/y?m={$method}", "https://x/{{request.query.id}}/y?m={{request.method}}"),
            ("{$request.header.x-url}", "{{request.header.x-url}}"), ("{$request.path.id}", "{{request.path.id}}"),
            ("{$response.body#/url}", nil), ("{$request.body#/a~1b}", nil), ("{$request.body#/a", nil), ("{$url}", nil),
        ] as [(String, String?)])
    func expressions(expression: String, template: String?) {
        #expect(CallbackExpression.template(of: expression) == template)
    }

    @Test("nothing is sent without an address")
    func noAddress() throws {
        var mock = try Self.mock()
        _ = mock.send("POST", "/jobs", #"{"id":"j1"}"#)
        #expect(mock.send("GET", "/_mock/deliveries").json == [])
    }

    @Test(
        "callbacks are sent to this machine only",
        arguments: [
            ("http://127.0.0.1:8080/x", true), ("http://localhost/x", true), ("http://[::1]:80", true),
            ("http://example.com/x", false), ("https://127.0.0.1/x", false), ("http://127.0.0.1.example.com/", false),
            ("http://10.0.0.1/", false), ("http://127.0.0.1@example.com/", false), ("http://127.0.0.1:x/", false),
            ("ftp://localhost/", false), ("", false), ("http://localhost:70000", false),
        ])
    func receivers(url: String, isCalled: Bool) {
        #expect((DeliveryClient.receiver(of: url) != nil) == isCalled)
    }

    @Test(
        "a delivery is over when it is acknowledged with 2xx, and not after a redirect",
        arguments: [
            (DeliveryAttempt.status(199), false), (.status(200), true), (.status(299), true), (.status(300), false),
            (.status(302), false), (.status(410), false), (.status(500), false), (.failed("no"), false),
            (.refused("no"), true),
        ])
    func results(attempt: DeliveryAttempt, isLast: Bool) {
        #expect(attempt.isLast == isLast)
    }

    @Test("each receiver gets its deliveries one after the other, in their order")
    func order() throws {
        var version = try Fixture.version(contract: Self.contract, behaviour: Self.behaviour)
        version.deliveries.url = "http://127.0.0.1:9/all"
        var engine = MockEngine(versions: [version], settings: MockSettings())
        for id in ["j1", "j2", "j3", "j4"] {
            let body = #"{"id":"\#(id)","callback":"http://127.0.0.1:9/one"}"#
            _ = engine.respond(
                to: RequestMessage(
                    method: "POST", url: "http://mock/jobs",
                    headers: [HeaderField(name: "content-type", value: "application/json")], body: Array(body.utf8)),
                at: Instant(microsecondsSinceEpoch: 0))
        }
        let deliveries = engine.takeDeliveries()
        let queue = DeliveryQueue()
        #expect(deliveries.map { queue.add($0, to: "one") } == [true, false, false, false])
        #expect(queue.add(deliveries[0], to: "two"))
        #expect((0..<4).map { _ in queue.next(to: "one")?.number } == [2, 3, 4, nil])
        #expect(queue.add(deliveries[3], to: "one"))
    }

    @Test(
        "mistakes are reported with their locations",
        arguments: [
            ("send: jobDine, to: x", "did you mean `jobDone`"), ("send: jobStarted", "add `to`, such as"),
            ("send: jobDone, to: x, event: finish", "either an event or a message to send"),
            ("event: finish, to: x", "`to` belongs to `send`"),
        ])
    func mistakes(effect: String, part: String) throws {
        let file = Self.behaviour.replacing("{send: jobDone, to: '{{entity.callback}}'}", with: "{\(effect)}")
        let problems = try Fixture.problems(file, contract: Self.contract)
        #expect(problems.contains { $0.lowercased().contains(part.lowercased()) }, "\(problems)")
    }

    @Test("a mock on a socket sends callbacks to a receiver on this machine")
    func served() async throws {
        let received = Mutex<[String]>([])
        let receiver = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.pipeline.configureHTTPServerPipeline().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(
                        Receiver { line in received.withLock { $0.append(line) } })
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        let port = try #require(receiver.localAddress?.port)
        let version = try Fixture.version(contract: Self.contract, behaviour: Self.behaviour)
        let server = try await MockServer.start(versions: [version], settings: MockSettings())
        let client = try RawClient(port: server.port)
        let body = #"{"id":"j1","callback":"http://127.0.0.1:\#(port)/hook?x=1"}"#
        client.send(
            "POST /jobs HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
        #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
        for _ in 0..<200 where received.withLock({ $0.isEmpty }) { try await Task.sleep(for: .milliseconds(25)) }
        #expect(received.withLock { $0 } == [#"PUT /hook?x=1 j1 started {"job":"j1"}"#])
        try await server.stop()
        try await receiver.close().get()
    }

    private final class Receiver: ChannelInboundHandler {
        typealias InboundIn = HTTPServerRequestPart
        typealias OutboundOut = HTTPServerResponsePart

        private let note: @Sendable (String) -> Void
        private var line = ""

        init(_ note: @escaping @Sendable (String) -> Void) { self.note = note }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            switch unwrapInboundIn(data) {
            case .head(let head): line = "\(head.method) \(head.uri) \(head.headers["x-event"].first ?? "") "
            case .body(let part): line += String(buffer: part)
            case .end:
                note(line)
                let head = HTTPResponseHead(version: .http1_1, status: .noContent)
                context.write(wrapOutboundOut(.head(head)), promise: nil)
                context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
            }
        }
    }
}
