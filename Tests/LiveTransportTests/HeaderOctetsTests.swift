import Exchanges
import LiveTransport
import Testing

@Suite("Header octets over HTTP/2", .timeLimit(.minutes(20)), .urgent)
struct HeaderOctetsTests {
    @Test(
        "bytes outside US-ASCII are a defect of the response",
        .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"),
        arguments: [
            ([0xC3, 0xA9], [.headerText]), ([0xE9], [.headerOctets]), ([0x65], []),
        ] as [([UInt8], [TransportDefect.Kind])])
    func octets(value: [UInt8], expected: [TransportDefect.Kind]) async throws {
        let server = try await FrameServer { peer, request in
            // A literal without a name of the tables (RFC 7541, section 6.2.2), after the status 200 of the static table.
            peer.frame(1, 5, request.stream, [0x88, 0, 1, 0x78, UInt8(value.count)] + value)
        }
        let outcome = await exchange(
            RequestMessage(method: "GET", url: server.url()),
            settings: LiveTransportSettings(trustedCertificates: [server.certificate.path]))
        #expect(outcome.response?.defects.map(\.kind) == expected, "\(outcome)")
        await server.stop()
    }
}
