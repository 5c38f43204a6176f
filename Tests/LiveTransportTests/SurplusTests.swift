import Exchanges
import Foundation
import LiveTransport
import TestKit
import Testing

/// Bytes that no request asked for.
@Suite("Surplus", .serialized, .timeLimit(.minutes(20)), .urgent)
struct SurplusTests {
    static func answer(_ text: String) -> String {
        "HTTP/1.1 200 OK\r\nContent-Length: \(text.utf8.count)\r\n\r\n\(text)"
    }

    static func name(_ sequence: Int) -> ExchangeName {
        ExchangeName(sequence: sequence, scenario: "s", step: "step \(sequence)")
    }

    @Test(
        "bytes on an idle connection belong to the previous exchange, and the next one succeeds",
        arguments: [Self.answer("late"), "x", "\r\n", "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"])
    func late(surplus: String) async throws {
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                connection.write(Self.answer("good"))
                if request.contains("/twice") {
                    connection.pause(milliseconds: 50)
                    connection.write(surplus)
                }
            }
        }
        defer { server.stop() }
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: 1)) { transport in
            for sequence in 1...3 {
                let outcome = await transport.send(
                    RequestMessage(method: "GET", url: server.url(sequence == 2 ? "/twice" : "/once")),
                    named: Self.name(sequence), deadline: .seconds(20), meanwhile: {})
                #expect(outcome.response?.body == Array("good".utf8), "\(outcome)")
                #expect(outcome.response?.defects == [])
                if sequence == 2 { try? await Task.sleep(for: .milliseconds(300)) }
            }
            let late = await transport.takeLateDefects()
            #expect(late.map(\.exchange) == [Self.name(2)])
            #expect(late.map(\.defect.kind) == [.surplus])
            #expect(await transport.takeLateDefects() == [])
        }
    }

    @Test("the run waits briefly after its last exchange")
    func lastExchange() async throws {
        let server = try RawServer { connection in
            while connection.readRequest() != nil {
                connection.write(Self.answer("good"))
                connection.pause(milliseconds: 20)
                connection.write(Self.answer("late"))
            }
        }
        defer { server.stop() }
        // On a busy machine the server may write too late. Without a wait, none of the tries would see it.
        var seen: [ExchangeName] = []
        for _ in 0..<20 where seen.isEmpty {
            seen = await LiveTransport.withTransport { transport in
                _ = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), named: Self.name(1), deadline: .seconds(20),
                    meanwhile: {})
                return await transport.takeLateDefects().map(\.exchange)
            }
        }
        #expect(seen == [Self.name(1)])
    }

    @Test("the end of a run is the end of its connections: what a server sends then is read")
    func endOfRequests() async throws {
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(Self.answer("good"))
            // There is no second request, only the end.
            if connection.readRequest() == nil { connection.write("late") }
        }
        defer { server.stop() }
        var seen: [ExchangeName] = []
        for _ in 0..<20 where seen.isEmpty {
            seen = await LiveTransport.withTransport { transport in
                _ = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), named: Self.name(1), deadline: .seconds(20),
                    meanwhile: {})
                return await transport.takeLateDefects().map(\.exchange)
            }
        }
        #expect(seen == [Self.name(1)])
    }

    @Test("requests after the end of a run use a new connection", arguments: [0, 400] as [UInt32])
    func requestsAfterTheEnd(milliseconds: UInt32) async throws {
        let server = try RawServer { connection in
            while connection.readRequest() != nil { connection.write(Self.answer("good")) }
            // Some servers keep their side open.
            connection.pause(milliseconds: milliseconds)
        }
        defer { server.stop() }
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: 1)) { transport in
            for round in 1...3 {
                for sequence in 1...2 {
                    let outcome = await transport.send(
                        RequestMessage(method: "POST", url: server.url(), body: Array("{}".utf8)),
                        named: Self.name(sequence), deadline: .seconds(20), meanwhile: {})
                    #expect(outcome.response?.body == Array("good".utf8), "\(outcome)")
                }
                #expect(await transport.takeLateDefects() == [])
                #expect(server.connections == round)
            }
        }
    }

    @Test("a server that reports an idle timeout causes no defect (RFC 9110, section 15.5.9)")
    func idleTimeout() async throws {
        let server = try RawServer { connection in
            guard connection.readRequest() != nil else { return }
            connection.write(Self.answer("good"))
            connection.pause(milliseconds: 50)
            connection.write("HTTP/1.0 408 Request Time-out\r\nConnection: close\r\n\r\n")
        }
        defer { server.stop() }
        await LiveTransport.withTransport { transport in
            for sequence in 1...2 {
                let outcome = await transport.send(
                    RequestMessage(method: "GET", url: server.url()), named: Self.name(sequence),
                    deadline: .seconds(20), meanwhile: {})
                #expect(outcome.response?.body == Array("good".utf8), "\(outcome)")
                try? await Task.sleep(for: .milliseconds(300))
            }
            #expect(await transport.takeLateDefects() == [])
        }
    }

    @Test("a server that speaks first uses another protocol and is not retried repeatedly")
    func banner() async throws {
        let server = try RawServer { connection in
            connection.write("220 mail.example ESMTP\r\n")
            connection.waitForEnd()
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url()))
        #expect(outcome.failure?.class == .protocolError, "\(outcome)")
        #expect(server.connections < 10)
    }

    @Test("parallel requests never receive each other's responses", arguments: [1, 4, 16])
    func sideBySide(jobs: Int) async throws {
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                let path = request.split(separator: " ")[1]
                connection.write(
                    path.contains("twice")
                        ? Self.answer("\(path) 1") + Self.answer("\(path) 2") : Self.answer("\(path) 1"))
            }
        }
        defer { server.stop() }
        let settings = LiveTransportSettings(connections: jobs)
        await LiveTransport.withTransport(settings: settings) { transport in
            let executors = transport.executors
            await withTaskGroup(of: Void.self) { group in
                for job in 0..<jobs {
                    group.addTask(executorPreference: executors[job % executors.count]) {
                        for turn in 0..<15 {
                            let path = "/\(turn % 3 == 0 ? "twice" : "once")/\(job)/\(turn)"
                            let outcome = await transport.send(
                                RequestMessage(method: "GET", url: server.url(path)), deadline: .seconds(20))
                            #expect(outcome.response.map { String(decoding: $0.body, as: UTF8.self) } == "\(path) 1")
                            let kinds = outcome.response?.defects.map(\.kind)
                            #expect(kinds == (turn % 3 == 0 ? [.surplus] : []), "\(outcome)")
                        }
                    }
                }
            }
            #expect(await transport.takeLateDefects() == [])
        }
        #expect(server.requests.count == jobs * 15)
    }

    @Test(
        "bytes that arrive with a response are read before the next request is sent",
        arguments: [2_047, 2_048, 2_049, 4_096, 6_144])
    func sameMoment(size: Int) async throws {
        // A connection reads 2,048 bytes first, so that a response of this size ends where a read ends.
        @Sendable func answer(_ path: Substring, _ number: Int) -> String {
            let start = "HTTP/1.1 200 OK\r\nX-Path: \(path) \(number)\r\nContent-Length: 4\r\nX-Fill: "
            return start + String(repeating: "x", count: size - start.utf8.count - 8) + "\r\n\r\ngood"
        }
        let server = try RawServer { connection in
            while let request = connection.readRequest() {
                let path = request.split(separator: " ")[1]
                connection.write(answer(path, 1) + answer(path, 2))
            }
        }
        defer { server.stop() }
        await LiveTransport.withTransport(settings: LiveTransportSettings(connections: 1)) { transport in
            await withTaskGroup(of: Void.self) { group in
                for job in 0..<8 {
                    group.addTask {
                        let outcome = await transport.send(
                            RequestMessage(method: "GET", url: server.url("/\(job)")), deadline: .seconds(20))
                        #expect(outcome.response?.header("x-path") == ["/\(job) 1"], "\(outcome)")
                        #expect(outcome.response?.defects.map(\.kind) == [.surplus])
                    }
                }
            }
        }
        #expect(server.requests.count == 8)
        #expect(server.connections == 8)
    }
}
