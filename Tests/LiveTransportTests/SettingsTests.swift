import AsyncHTTPClient
import NIOCore
import Testing

@testable import LiveTransport

@Suite("Settings")
struct SettingsTests {
    @Test("what cannot be seen on a plain connection is set all the same")
    func configuration() {
        let configuration = LiveTransportSettings(connections: 5).clientConfiguration()
        #expect(configuration.httpVersion == .http1Only)
        #expect(configuration.tlsConfiguration == nil)
        #expect(configuration.timeout.connect == .seconds(10))
        #expect(configuration.timeout.read == nil)
        #expect(configuration.timeout.write == nil)
        #expect(configuration.proxy == nil)
        #expect(configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit == 5)
        #expect(configuration.connectionPool.idleTimeout == .seconds(30))
    }

    @Test("nonsense is brought into range")
    func ranges() {
        #expect(
            LiveTransportSettings(connections: 0, bodyLimit: -1) == LiveTransportSettings(connections: 1, bodyLimit: 0))
        #expect(LiveTransportSettings().bodyLimit == 16 * 1_024 * 1_024)
    }
}
