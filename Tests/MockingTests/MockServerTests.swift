import Exchanges
import Foundation
import JSONDocument
import NIOCore
import OpenAPI
import Primitives
import Synchronization
import Testing

@testable import MockHTTP
@testable import Mocking

/// The mock on a real socket.
@Suite(.timeLimit(.minutes(20)))
struct MockServerTests {
    private static let lines = "Host: x\r\nx-key: k\r\nx-secret: s\r\n"

    private func withServer(
        _ change: (inout MockSettings) -> Void = { _ in }, _ body: (MockServer) async throws -> Void
    ) async throws {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: Parcels.behaviour)
        var settings = MockSettings(seed: "seed", now: { Instant(secondsSinceEpoch: 1_700_000_000) })
        change(&settings)
        let server = try await MockServer.start(versions: [version], settings: settings)
        do {
            try await body(server)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    private func post(_ id: String, extra: String = "") -> String {
        let body = #"{"id":"\#(id)","to":{"city":"Here"}}"#
        return "POST /api/v1/parcels HTTP/1.1\r\n\(Self.lines)\(extra)Content-Type: application/json\r\n"
            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private func get(_ path: String, extra: String = "") -> String {
        "GET \(path) HTTP/1.1\r\n\(Self.lines)\(extra)\r\n"
    }

    @Test("the server listens on a free port of this machine, at the base path of the contract")
    func address() async throws {
        try await withServer { server in
            #expect(server.port > 0)
            #expect(server.baseURL == "http://127.0.0.1:\(server.port)/api/v1")
        }
    }

    @Test("one connection serves many requests, in order")
    func keepAlive() async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send(post("p1"))
            let made = try client.response()
            #expect(made.head.hasPrefix("HTTP/1.1 200 OK\r\n"))
            #expect(made.head.contains("Date: Tue, 14 Nov 2023 22:13:20 GMT"))
            client.send(get("/api/v1/parcels/p1") + get("/api/v1/parcels/p2") + get("/api/v1/parcels"))
            #expect(try client.response().body == made.body)
            #expect(try client.response().head.hasPrefix("HTTP/1.1 404"))
            #expect(try client.response().body.hasPrefix("[{"))
        }
    }

    @Test("a body can arrive in chunks, or after 100 Continue")
    func bodies() async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send(
                "POST /api/v1/parcels HTTP/1.1\r\n\(Self.lines)Content-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n1a\r\n:\"p1\",\"to\":{\"city\":\"Here\"}\r\n1\r\n}\r\n0\r\n\r\n"
            )
            #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
            let body = #"{"id":"p2","to":{"city":"Here"}}"#
            client.send(
                "POST /api/v1/parcels HTTP/1.1\r\n\(Self.lines)Content-Type: application/json\r\n"
                    + "Expect: 100-continue\r\nContent-Length: \(body.utf8.count)\r\n\r\n")
            #expect(try client.response(hasBody: false).head.hasPrefix("HTTP/1.1 100"))
            client.send(body)
            #expect(try client.response().head.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a response to HEAD has the length of the body and no body; 204 has neither")
    func noBody() async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send(post("p1"))
            let length = try client.response().body.utf8.count
            client.send("HEAD /api/v1/parcels/p1 HTTP/1.1\r\n\(Self.lines)\r\n")
            #expect(try client.response(hasBody: false).head.lowercased().contains("content-length: \(length)"))
            client.send("DELETE /api/v1/parcels/p1 HTTP/1.1\r\n\(Self.lines)\r\n")
            let gone = try client.response().head
            #expect(gone.hasPrefix("HTTP/1.1 204"))
            #expect(!gone.lowercased().contains("content-length"))
            client.send(get("/api/v1/parcels/p1"))
            #expect(try client.response().head.hasPrefix("HTTP/1.1 404"))
        }
    }

    @Test(
        "a malformed HTTP/1.1 request is rejected and the connection is closed",
        arguments: [
            ("GET /api/v1/parcels HTTP/1.1\r\nx-key: k\r\n\r\n", "HTTP/1.1 400"),
            ("GET /api/v1/parcels HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "HTTP/1.1 400"),
            ("FOO /api/v1/parcels HTTP/1.1\r\nHost: x\r\n\r\n", "HTTP/1.1 400"),
            ("GARBAGE\r\n\r\n", "HTTP/1.1 400"),
            ("GET /api/v1/parcels HTTP/1.1\r\nHost: a b\r\n\r\n", "HTTP/1.1 400"),
            ("GET /api/v1/parcels HTTP/1.0\r\nHost: a/b\r\n\r\n", "HTTP/1.1 400"),
            ("POST /api/v1/parcels HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: banana\r\n\r\nabc", "HTTP/1.1 501"),
            (
                "POST /api/v1/parcels HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "HTTP/1.1 501"
            ),
            ("POST /api/v1/parcels HTTP/1.1\r\nHost: x\r\nExpect: tea\r\n\r\n", "HTTP/1.1 417"),
            (
                "GET /api/v1/parcels HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "HTTP/1.1 400"
            ),
            ("POST /api/v1/parcels HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", "HTTP/1.1 413"),
            (
                "GET /api/v1/parcels HTTP/1.1\r\nHost: x\r\nx-long: " + String(repeating: "a", count: 100_000)
                    + "\r\n\r\n",
                "HTTP/1.1 400"
            ),
        ])
    func refused(request: String, status: String) async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send(request)
            let answer = try #require(client.readToEnd(), "the connection stays open")
            #expect(answer.hasPrefix(status), "\(answer.prefix(100))")
            // There is one response, and no second one from the parser.
            #expect(answer.matches(of: #/HTTP/1\.1 \d{3} /#).count == 1, "\(answer)")
            let other = try RawClient(port: server.port)
            other.send(get("/api/v1/parcels"))
            #expect(try other.response().head.hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a body without a declared length that exceeds the limit is rejected")
    func growingBody() async throws {
        try await withServer({ $0.limits.bodyBytes = 1_000 }) { server in
            let client = try RawClient(port: server.port)
            client.send("POST /api/v1/parcels HTTP/1.1\r\n\(Self.lines)Transfer-Encoding: chunked\r\n\r\n")
            for _ in 0..<3 { client.send("200\r\n" + String(repeating: "a", count: 512) + "\r\n") }
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 413") == true)
        }
    }

    @Test(
        "a large body is rejected before it has arrived, and the client can still read the reason",
        arguments: [true, false])
    func stagedClose(isChunked: Bool) async throws {
        try await withServer({ $0.limits.bodyBytes = 1_000 }) { server in
            let client = try RawClient(port: server.port)
            let size = 12_000_000
            client.send("POST /api/v1/parcels HTTP/1.1\r\n\(Self.lines)")
            client.send(
                isChunked
                    ? "Transfer-Encoding: chunked\r\n\r\n\(String(size, radix: 16))\r\n"
                    : "Content-Length: \(size)\r\n\r\n")
            client.send(String(repeating: "a", count: size))
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 413") == true)
        }
    }

    @Test("methods that the contract declares are served; unknown ones are not")
    func customMethods() async throws {
        let contract = """
            openapi: 3.2.0
            info: {title: T, version: '1'}
            servers: [{url: /}]
            paths:
              /x:
                additionalOperations:
                  FROB: {operationId: frob, requestBody: {content: {text/plain: {schema: {type: string}}}}, responses: {'200': {description: ok, content: {text/plain: {example: frob}}}}}
                query: {operationId: ask, responses: {'200': {description: ok, content: {text/plain: {example: ask}}}}}
                post: {operationId: post, responses: {'200': {description: ok, content: {text/plain: {example: post}}}}}
            """
        let version = try Fixture.version(contract: contract, behaviour: nil)
        let server = try await MockServer.start(versions: [version], settings: MockSettings())
        do {
            let client = try RawClient(port: server.port)
            for (method, body) in [("FROB", "frob"), ("POST", "post"), ("QUERY", "ask"), ("FROB", "frob")] {
                client.send(
                    "\(method) /x HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nFROB /x")
                #expect(try client.response().body == body)
            }
            client.send("FR")
            try await Task.sleep(for: .milliseconds(50))
            client.send("OB /x HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().body == "frob")
            // Requests that arrive together, one of them with a method in its body, and one cut within its method.
            let body = "Content-Type: text/plain\r\nContent-Length: 7\r\n\r\nFROB /x"
            let two = "FROB /x HTTP/1.1\r\nHost: x\r\n\(body)POST /x HTTP/1.1\r\nHost: x\r\n\(body)"
            client.send("\(two)FROB /x HTTP/1.1\r\nHost: x\r\n\r\nQUERY /x HTTP/1.1\r\nHost: x\r\n\r\nFRO")
            for body in ["frob", "post", "frob", "ask"] { #expect(try client.response().body == body) }
            client.send("B /x HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().body == "frob")
            client.send("FROBS /x HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(client.readToEnd()?.hasPrefix("HTTP/1.1 400") == true)
        } catch {
            try await server.stop()
            throw error
        }
        try await server.stop()
    }

    @Test("OPTIONS * lists the methods of the server")
    func serverOptions() async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n")
            let head = try client.response(hasBody: false).head
            #expect(head.hasPrefix("HTTP/1.1 204"))
            #expect(head.contains("Allow: DELETE, GET, HEAD, OPTIONS, POST"))
            client.send("GET * HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.response().head.hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("the log contains the operation, the status and the reason, but never the query")
    func log() async throws {
        let entries = Mutex<[MockLogEntry]>([])
        try await withServer({ settings in
            settings.log = { entry in entries.withLock { $0.append(entry) } }
            settings.limits.bodyBytes = 100
        }) { server in
            let client = try RawClient(port: server.port)
            client.send(get("/api/v1/parcels/p1?key=hidden") + get("/api/v1/nothing"))
            _ = try client.response()
            _ = try client.response()
            client.send(post("p1"))
            _ = try client.response()
            client.send("POST /api/v1/parcels?key=hidden HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n")
            _ = try client.response()
        }
        let all = entries.withLock { $0 }
        #expect(all.map(\.operation) == ["getParcel", nil, "createParcel", nil])
        #expect(all.map(\.status) == [404, 404, 200, 413])
        #expect(all.map(\.path) == ["/api/v1/parcels/p1", "/api/v1/nothing", "/api/v1/parcels", "/api/v1/parcels"])
        #expect(all.map { $0.reason == nil } == [false, false, true, false])
    }

    @Test(
        "a host is a name or an address with an optional port",
        arguments: [
            ("", true), ("a", true), ("a.example:80", true), ("a:", true), ("127.0.0.1:1", true), ("[::1]:8080", true),
            ("[::1]", true), ("a_b", true), ("a%41", true), ("a b", false), ("a/b", false), ("a@b", false),
            ("a:b", false), ("a:1:2", false), ("a:99999", false), ("[::1", false), ("[]", false), ("[::1]x", false),
            ("a%4", false), ("ü", false), ("a,b", true), ("a?b", false),
        ])
    func host(text: String, isValid: Bool) {
        #expect(RequestFraming.isHost(text) == isValid)
    }

    @Test("HTTP/1.0 and Connection: close end the connection after the response")
    func closing() async throws {
        try await withServer { server in
            for request in [
                "GET /api/v1/parcels HTTP/1.0\r\nx-key: k\r\nx-secret: s\r\n\r\n",
                get("/api/v1/parcels", extra: "Connection: close\r\n"),
            ] {
                let client = try RawClient(port: server.port)
                client.send(request)
                let answer = try #require(client.readToEnd())
                #expect(answer.hasPrefix("HTTP/1.1 200"))
                #expect(answer.lowercased().contains("connection: close"))
                #expect(answer.hasSuffix("[]\n"))
            }
        }
    }

    @Test("a client that is silent, or sends byte by byte, is disconnected")
    func slow() async throws {
        try await withServer({ $0.limits.idleTime = .milliseconds(300) }) { server in
            let silent = try RawClient(port: server.port)
            #expect(silent.readToEnd() == "")
            let dripping = try RawClient(port: server.port)
            // The test passes if the connection is closed: nothing else closes it within the time limit.
            for byte in "GET /api/v1/parcels HTTP/1.1\r\nHost: x\r\n" {
                dripping.send(String(byte))
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(dripping.readToEnd() == "")
        }
    }

    @Test("with many clients at once each parcel is created once, and one of two concurrent requests succeeds")
    func concurrency() async throws {
        try await withServer { server in
            let port = server.port
            let statuses = try await withThrowingTaskGroup(of: [String].self) { group in
                for client in 0..<8 {
                    let requests = (0..<25).map { post("c\(client / 2)-\($0)") }
                    group.addTask {
                        let socket = try RawClient(port: port)
                        return try requests.map { request in
                            socket.send(request)
                            return String(try socket.response().head.prefix(12))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses.count { $0 == "HTTP/1.1 200" } == 100)
            #expect(statuses.count { $0 == "HTTP/1.1 409" } == 100)
        }
    }

    @Test("more connections than the limit are closed at once")
    func tooMany() async throws {
        try await withServer({ $0.limits.connections = 2 }) { server in
            let first = try RawClient(port: server.port)
            let second = try RawClient(port: server.port)
            for client in [first, second] {
                client.send(get("/api/v1/parcels"))
                _ = try client.response()
            }
            let third = try RawClient(port: server.port)
            #expect(third.readToEnd() == "")
        }
    }

    @Test("stopping ends idle connections and frees the port")
    func stop() async throws {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: Parcels.behaviour)
        var settings = MockSettings()
        settings.limits.idleTime = .seconds(600)
        let server = try await MockServer.start(versions: [version], settings: settings)
        let client = try RawClient(port: server.port)
        client.send(get("/api/v1/parcels"))
        _ = try client.response()
        let started = ContinuousClock.now
        try await server.stop()
        // Connections may stay idle for ten minutes here; the bound leaves room for a busy machine.
        #expect(ContinuousClock.now - started < .seconds(300))
        #expect(client.readToEnd() == "")
        #expect(throws: (any Error).self) { try RawClient(port: server.port) }
        try await server.stop()
    }

    @Test("sockets of clients have TCP_NODELAY, and no option that requires root")
    func socketOptions() async throws {
        try await withServer { server in
            let client = try RawClient(port: server.port)
            client.send(get("/api/v1/parcels"))
            _ = try client.response()
            let channel = try #require(server.connections.open.first)
            #expect(try await channel.getOption(.tcpOption(.tcp_nodelay)).get() != 0)
            let debug = NIOBSDSocket.Option(rawValue: SO_DEBUG)
            #expect(try await channel.getOption(.socketOption(debug)).get() == 0)
        }
    }

    @Test("a port that is in use is reported in plain words")
    func portInUse() async throws {
        try await withServer { server in
            let port = server.port
            let version = try Fixture.version(contract: Parcels.contract, behaviour: nil)
            let error = await #expect(throws: MockServerError.self) {
                _ = try await MockServer.start(versions: [version], settings: MockSettings(port: port))
            }
            #expect(error?.message == "the mock cannot listen on 127.0.0.1:\(port): the port is already in use")
            #expect(error?.help?.contains("another port") == true)
        }
    }

    @Test(
        "an address that cannot be used is reported in plain words",
        arguments: [
            (EACCES, "only privileged processes can use this port", "1023"),
            (EADDRNOTAVAIL, "this machine does not have that address", "127.0.0.1"),
            (EAFNOSUPPORT, "this machine does not have that address", "127.0.0.1"),
            (EMFILE, "too many files are open", "ulimit"),
            (EINVAL, "invalid argument", "another port"),
        ])
    func startError(code: Int32, reason: String, help: String) {
        let error = MockServerError(host: "::1", port: 80, error: IOError(errnoCode: code, reason: "bind(ptr:)"))
        #expect(error.message == "the mock cannot listen on [::1]:80: \(reason)")
        #expect(error.help?.contains(help) == true)
    }

    @Test("an unknown host name is reported in plain words")
    func unknownHost() async throws {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: nil)
        let error = await #expect(throws: MockServerError.self) {
            _ = try await MockServer.start(versions: [version], settings: MockSettings(host: "no.such.invalid"))
        }
        #expect(error?.message == "the mock cannot listen on no.such.invalid:0: the host name cannot be resolved")
    }
}
