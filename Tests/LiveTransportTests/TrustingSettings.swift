import Exchanges

@testable import LiveTransport

extension LiveTransportSettings {
    /// Settings that trust the certificate in a file as well; at most one.
    init(connections: Int = 8, bodyLimit: Int = 16 << 20, trustedCertificates: [String]) {
        var connection = ConnectionSettings()
        connection.trust.additional = trustedCertificates.first.map { .init(path: $0, source: "`ca`", shown: $0) }
        self.init(connections: connections, bodyLimit: bodyLimit, connection: connection)
    }
}
