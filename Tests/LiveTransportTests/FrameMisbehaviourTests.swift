import Exchanges
import Foundation
import LiveTransport
import Testing

/// A server that does everything wrong that can be done wrong with HTTP/2.
@Suite(
    "Misbehaving HTTP/2 servers", .serialized, .timeLimit(.minutes(20)), .urgent,
    .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"))
struct FrameMisbehaviourTests {
    @Test(
        "each failure has its own class, takes bounded time, and the next step succeeds",
        arguments: FrameMisbehaviour.all)
    func misbehaviour(_ misbehaviour: FrameMisbehaviour) async throws {
        let server = try await FrameServer { peer, request in
            if request.path == "/good" { peer.respond(request.stream) } else { misbehaviour.act(peer, request.stream) }
        }
        let settings = LiveTransportSettings(
            connections: 1, bodyLimit: 1 << 18, trustedCertificates: [server.certificate.path])
        await LiveTransport.withTransport(settings: settings) { transport in
            let isSlow = [.failure(.timedOut), .failure(.bodyTimedOut)].contains(misbehaviour.expected)
            let start = ContinuousClock.now
            let outcome = await transport.send(
                RequestMessage(method: misbehaviour.method, url: server.url("/bad")),
                deadline: isSlow ? .seconds(2) : .seconds(8))
            let time = ContinuousClock.now - start
            switch (misbehaviour.expected, outcome) {
            case (.answer(let status), .response(let response)):
                #expect(response.status == status)
                #expect(response.version == "HTTP/2")
            case (.failure(let expected), .failure(let failure)):
                #expect(failure.class == expected, "\(failure.message)")
                #expect(misbehaviour.says.isEmpty || failure.message.contains(misbehaviour.says), "\(failure.message)")
                #expect(!failure.message.contains("Error"), "\(failure.message)")
            default: Issue.record("\(outcome)")
            }
            #expect(time < .seconds(isSlow ? 30 : 7))
            if outcome.response != nil { try? await Task.sleep(for: .milliseconds(300)) }
            let next = await transport.send(
                RequestMessage(method: "GET", url: server.url("/good")), deadline: .seconds(20))
            #expect(next.response?.body == Array("good".utf8), "\(next)")
        }
        await server.stop()
    }
}
