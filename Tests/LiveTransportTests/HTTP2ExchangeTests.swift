import Exchanges
import Foundation
import LiveTransport
import Synchronization
import Testing

@Suite(
    "HTTP/2", .timeLimit(.minutes(20)), .urgent,
    .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"))
struct HTTP2ExchangeTests {
    private func settings(_ server: FrameServer, jobs: Int = 1) -> LiveTransportSettings {
        LiveTransportSettings(connections: jobs, trustedCertificates: [server.certificate.path])
    }

    @Test("the sent fields are ours in our order, in lower case, without connection fields")
    func request() async throws {
        let server = try await FrameServer { peer, request in peer.respond(request.stream) }
        let request = RequestMessage(
            method: "POST", url: server.url("/parcels?q=a%20b"),
            headers: [
                HeaderField(name: "X-b", value: "1"), HeaderField(name: "Connection", value: "close"),
                HeaderField(name: "x-A", value: "two words"), HeaderField(name: "x-empty", value: ""),
            ],
            body: Array("{}".utf8))
        let response = await exchange(request, settings: settings(server)).response
        #expect(response?.version == "HTTP/2")
        #expect(
            server.requests.map(\.fields) == [
                [
                    ":path: /parcels?q=a%20b", ":method: POST", ":scheme: https",
                    ":authority: 127.0.0.1:\(server.port)", "x-b: 1", "x-a: two words", "x-empty: ",
                    "accept-encoding: identity", "content-length: 2",
                ]
            ])
        #expect(server.requests.first?.body == Array("{}".utf8))
        await server.stop()
    }

    @Test(
        "the response is returned as received, without added fields, with or without a length",
        arguments: [true, false], [true, false])
    func answer(hasLength: Bool, hasBody: Bool) async throws {
        let fields = [("set-cookie", "a"), ("x-mixed", "b"), ("set-cookie", "c")]
        let length = hasLength ? [("content-length", hasBody ? "3" : "0")] : []
        let server = try await FrameServer { peer, request in
            peer.headers(request.stream, [(":status", "404")] + fields + length, end: !hasBody)
            if hasBody { peer.data(request.stream, "a\u{0}b", end: true) }
        }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()), settings: settings(server))
        #expect(
            outcome
                == .response(
                    ResponseMessage(
                        status: 404, version: "HTTP/2",
                        headers: (fields + length).map { HeaderField(name: $0.0, value: $0.1) },
                        body: hasBody ? [0x61, 0, 0x62] : [])))
        await server.stop()
    }

    @Test("parallel exchanges share one connection, each with its own stream")
    func streams() async throws {
        let arrivals = Mutex(0)
        let server = try await FrameServer { peer, request in
            let count = arrivals.withLock { count in
                count += 1
                return count
            }
            peer.later(count == 1 ? 0 : 200) { peer.respond(request.stream, request.path) }
        }
        let start = ContinuousClock.now
        await LiveTransport.withTransport(settings: settings(server, jobs: 16)) { transport in
            let url = server.url()
            _ = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            await withTaskGroup(of: Void.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        let outcome = await transport.send(
                            RequestMessage(method: "GET", url: url + "\(number)"), deadline: .seconds(20))
                        #expect(outcome.response?.body == Array("/\(number)".utf8), "\(outcome)")
                    }
                }
            }
        }
        #expect(server.connections == 1)
        #expect(server.requests.count == 65)
        #expect(ContinuousClock.now - start < .seconds(10))
        await server.stop()
    }

    @Test("the number of open streams respects the server's limit")
    func streamLimit() async throws {
        let present = Mutex((now: 0, most: 0))
        let server = try await FrameServer(settings: [0, 3, 0, 0, 0, 2]) { peer, request in
            present.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            peer.later(30) {
                present.withLock { $0.now -= 1 }
                peer.respond(request.stream)
            }
        }
        await LiveTransport.withTransport(settings: settings(server, jobs: 8)) { transport in
            let url = server.url()
            _ = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<12 {
                    group.addTask {
                        let outcome = await transport.send(
                            RequestMessage(method: "GET", url: url), deadline: .seconds(20))
                        #expect(outcome.response?.status == 200, "\(outcome)")
                    }
                }
            }
        }
        #expect(present.withLock(\.most) == 2)
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("a large body is sent completely, and one of exactly the limit is accepted")
    func largeBodies() async throws {
        let server = try await FrameServer { peer, request in
            peer.headers(request.stream, [(":status", "200")])
            peer.flood(request.stream, bytes: request.path == "/more" ? 300_001 : 300_000)
        }
        var settings = settings(server)
        settings.bodyLimit = 300_000
        // No more than the server has a window for: it takes what comes within its first one.
        let body = (0..<60_000).map { UInt8($0 % 95 + 32) }
        let outcome = await exchange(
            RequestMessage(method: "PUT", url: server.url(), body: body), settings: settings)
        #expect(outcome.response?.body.count == 300_000)
        #expect(server.requests.first?.body == body)
        let more = await exchange(RequestMessage(method: "GET", url: server.url("/more")), settings: settings)
        #expect(more == .failure(TransportFailure(.tooLarge, "the response body is larger than 300000 bytes")))
        await server.stop()
    }

    @Test("a failure of one stream does not affect the others")
    func neighbours() async throws {
        let server = try await FrameServer { peer, request in
            switch request.path {
            case "/reset": peer.reset(request.stream, 2)
            case "/wrong": peer.headers(request.stream, [(":status", "200"), ("content-length", "9")], end: true)
            case "/slow": peer.later(500) { peer.respond(request.stream) }
            default: peer.respond(request.stream)
            }
        }
        await LiveTransport.withTransport(settings: settings(server, jobs: 4)) { transport in
            let url = server.url()
            _ = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            async let slow = transport.send(RequestMessage(method: "GET", url: url + "slow"), deadline: .seconds(20))
            let reset = await transport.send(
                RequestMessage(method: "GET", url: url + "reset"), deadline: .seconds(20))
            let wrong = await transport.send(
                RequestMessage(method: "GET", url: url + "wrong"), deadline: .seconds(20))
            #expect(reset.failure?.class == .reset)
            #expect(wrong.failure?.class == .protocolError)
            #expect(await slow.response?.status == 200)
        }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("a server that aborts a request body does not affect the other streams")
    func brokenUpload() async throws {
        let server = try await FrameServer { peer, request in
            // The body is larger than the server has a window for, so that its end never comes.
            if request.path == "/kill" { for stream in peer.open.keys { peer.reset(stream, 8) } }
            peer.later(request.path == "/slow" ? 700 : 0) { peer.respond(request.stream) }
        }
        await LiveTransport.withTransport(settings: settings(server, jobs: 4)) { transport in
            let url = server.url()
            _ = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            async let slow = transport.send(RequestMessage(method: "GET", url: url + "slow"), deadline: .seconds(20))
            async let large = transport.send(
                RequestMessage(method: "PUT", url: url + "large", body: [UInt8](repeating: 0x61, count: 1_000_000)),
                deadline: .seconds(20))
            try? await Task.sleep(for: .milliseconds(300))
            let kill = await transport.send(RequestMessage(method: "GET", url: url + "kill"), deadline: .seconds(20))
            #expect(kill.response?.status == 200)
            let broken = await large
            #expect(
                broken.failure?.message
                    == "the server reset the stream before a response was received (RST_STREAM, CANCEL)", "\(broken)")
            #expect(await slow.response?.status == 200)
        }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("a response before the end of the request body is accepted")
    func earlyAnswer() async throws {
        let server = try await FrameServer { peer, request in
            for stream in peer.open.keys {
                peer.headers(stream, [(":status", "413")], end: true)
                peer.reset(stream, 0)
            }
            peer.respond(request.stream)
        }
        await LiveTransport.withTransport(settings: settings(server, jobs: 4)) { transport in
            let url = server.url()
            _ = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            async let large = transport.send(
                RequestMessage(method: "PUT", url: url, body: [UInt8](repeating: 0x61, count: 1_000_000)),
                deadline: .seconds(20))
            try? await Task.sleep(for: .milliseconds(300))
            let other = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            #expect(other.response?.status == 200)
            let early = await large
            #expect(early.response?.status == 413, "\(early)")
        }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("an unprocessed request is sent again, and a possibly processed one is not")
    func unprocessed() async throws {
        let server = try await FrameServer { peer, request in
            switch (request.path, peer.number) {
            case ("/refused", 1): peer.reset(request.stream, 7)
            // The answer to the first one was the last that this connection gives.
            case ("/late", 1): peer.goAway(last: 1, 0)
            case ("/lost", _):
                peer.goAway(last: request.stream, 2)
                peer.close()
            default: peer.respond(request.stream)
            }
        }
        await LiveTransport.withTransport(settings: settings(server)) { transport in
            for path in ["", "late", "lost"] {
                let outcome = await transport.send(
                    RequestMessage(method: "POST", url: server.url("/" + path), body: []), deadline: .seconds(20))
                #expect((outcome.response?.status == 200) == (path != "lost"), "\(outcome)")
            }
        }
        #expect(server.requests.map(\.path) == ["/", "/late", "/late", "/lost"])
        #expect(server.connections == 2)
        await server.stop()
    }

    @Test("a server that closes every connection after ten responses causes no failure")
    func shortConnections() async throws {
        let server = try await FrameServer { peer, request in
            // Streams of a client have odd numbers.
            guard request.stream < 20 else { return }
            if request.stream == 19 { peer.goAway(last: 19, 0) }
            // Some answers are still to come when the connection is given up.
            peer.later(request.stream % 3 == 0 ? 20 : 0) { peer.respond(request.stream) }
        }
        await LiveTransport.withTransport(settings: settings(server, jobs: 4)) { transport in
            let url = server.url()
            await withTaskGroup(of: Void.self) { group in
                for _ in 0..<4 {
                    group.addTask {
                        for _ in 0..<50 {
                            let outcome = await transport.send(
                                RequestMessage(method: "POST", url: url, body: [0x61]), deadline: .seconds(20))
                            #expect(outcome.response?.status == 200, "\(outcome)")
                        }
                    }
                }
            }
        }
        await server.stop()
    }

    @Test("after an exchange without a response, the next one uses a new connection")
    func silence() async throws {
        // The first connection falls silent: before its first frame, or after it.
        for says in [false, true] {
            let first = Mutex(true)
            let server = try await FrameServer(
                settings: nil,
                begin: { peer in
                    if !first.withLock({ $0 }) || says { peer.frame(4, 0, 0) }
                }
            ) { peer, request in
                if !first.withLock({ $0 }) { peer.respond(request.stream) }
            }
            await LiveTransport.withTransport(settings: settings(server)) { transport in
                let silent = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), deadline: .seconds(3))
                #expect(silent.failure?.class == (says ? .timedOut : .connectTimedOut))
                first.withLock { $0 = false }
                let next = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), deadline: .seconds(20))
                #expect(next.response?.status == 200, "\(next)")
            }
            #expect(server.connections == 2)
            await server.stop()
        }
    }

    @Test("an interrupt ends the exchange immediately and resets only its stream")
    func cancellation() async throws {
        let server = try await FrameServer { peer, request in
            if request.path == "/" { peer.respond(request.stream) }
        }
        await LiveTransport.withTransport(settings: settings(server)) { transport in
            let url = server.url()
            let task = Task {
                await transport.send(RequestMessage(method: "GET", url: url + "never"), deadline: .seconds(60))
            }
            while server.requests.isEmpty { try? await Task.sleep(for: .milliseconds(10)) }
            task.cancel()
            #expect(await task.value == .failure(TransportFailure(.cancelled, "the run was interrupted")))
            let next = await transport.send(RequestMessage(method: "GET", url: url), deadline: .seconds(20))
            #expect(next.response?.status == 200)
        }
        #expect(server.connections == 1)
        await server.stop()
    }

    @Test("a target restricted to HTTP/1.1 offers nothing else, and HTTP/1.1 is the fallback")
    func version() async throws {
        for protocols in [["h2", "http/1.1"], ["http/1.1"], []] {
            let server = try await FrameServer(protocols: protocols) { peer, request in peer.respond(request.stream) }
            var settings = settings(server)
            settings.connection.isHTTP1Only = protocols.first == "h2"
            _ = await exchange(
                RequestMessage(method: "GET", url: server.url()), settings: settings)
            #expect(server.texts.first?.hasPrefix("GET / HTTP/1.1\r\n") == true, "\(protocols)")
            await server.stop()
        }
    }

    @Test("a server that closes early is a reset, and one that speaks out of turn is not")
    func beforeSettings() async throws {
        for closes in [true, false] {
            let server = try await FrameServer(
                settings: nil,
                begin: { peer in
                    if closes { peer.close() } else { peer.goAway(last: 0, 1) }
                }
            ) { _, _ in }
            let outcome = await exchange(
                RequestMessage(method: "GET", url: server.url()), deadline: .seconds(5), settings: settings(server))
            #expect(outcome.failure?.class == (closes ? .reset : .connectTimedOut), "\(outcome)")
            await server.stop()
        }
    }
}
