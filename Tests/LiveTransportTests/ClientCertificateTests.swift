import Exchanges
import TestKit
import Testing

@testable import LiveTransport

@Suite(
    "Certificates and keys of the user", .enabled(if: TestCertificate.openssl != nil, "needs the openssl command"),
    .timeLimit(.minutes(20)), .urgent)
struct ClientCertificateTests {
    private static func file(_ path: String) -> ConfiguredFile {
        ConfiguredFile(path: path, source: "--cert", shown: "file.pem")
    }

    private static func identity(_ certificate: TestCertificate) -> ClientIdentity {
        ClientIdentity(certificate: file(certificate.path), key: file(certificate.key))
    }

    enum Presented: CaseIterable {
        case required, other, none

        /// What the failure says; `nil` for a response.
        var failure: String? {
            switch self {
            case .required: nil
            case .other: "the server rejected the client certificate"
            case .none: "the server requires a client certificate: set `cert` of the target, or pass --cert"
            }
        }
    }

    @Test("a server that requires a certificate gets the client's", arguments: Presented.allCases)
    func presented(_ presented: Presented) async throws {
        let openssl = try #require(TestCertificate.openssl)
        let certificate = try #require(try await TestCertificate.good.value)
        let client = try await TestCertificate(host: "client.test", days: 30, openssl: openssl)
        let other = try await TestCertificate(host: "other.test", days: 30, openssl: openssl)
        defer {
            client.remove()
            other.remove()
        }
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let front = try await SecureFront(of: server.port, certificate, clients: client)
        var settings = LiveTransportSettings(trustedCertificates: [certificate.path])
        if presented != .none {
            settings.connection.identity = Self.identity(presented == .required ? client : other)
        }
        let outcome = await exchange(RequestMessage(method: "GET", url: front.url), settings: settings)
        #expect((outcome.response?.status == 204) == (presented == .required), "\(outcome)")
        #expect(outcome.failure?.message == presented.failure)
        if presented != .required { #expect(outcome.failure?.class == .tls) }
        await front.stop()
    }

    @Test("any certificate is accepted only if the user says so", arguments: [true, false])
    func insecure(acceptsEverything: Bool) async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let front = try await SecureFront(of: server.port, certificate)
        var settings = LiveTransportSettings()
        settings.connection.trust.acceptsEverything = acceptsEverything
        let outcome = await exchange(RequestMessage(method: "GET", url: front.url), settings: settings)
        #expect(outcome.response?.status == (acceptsEverything ? 204 : nil))
        await front.stop()
    }

    @Test("a file of roots replaces the system's certificates")
    func roots() async throws {
        let certificate = try #require(try await TestCertificate.good.value)
        let server = try RawServer(answering: ExchangeTests.empty)
        defer { server.stop() }
        let front = try await SecureFront(of: server.port, certificate)
        var settings = LiveTransportSettings()
        settings.connection.trust.roots = Self.file(certificate.path)
        let outcome = await exchange(RequestMessage(method: "GET", url: front.url), settings: settings)
        #expect(outcome.response?.status == 204)
        await front.stop()
    }

    @Test("problems of files name the file and where it is configured")
    func problems() async throws {
        let openssl = try #require(TestCertificate.openssl)
        let certificate = try #require(try await TestCertificate.good.value)
        let other = try await TestCertificate(host: "other.test", days: 30, openssl: openssl)
        defer { other.remove() }
        var settings = ConnectionSettings()
        #expect(LiveTransport.problems(with: settings).isEmpty)
        settings.trust.additional = Self.file("/nowhere.pem")
        settings.trust.roots = Self.file(certificate.key)
        settings.identity = ClientIdentity(
            certificate: Self.file(certificate.path),
            key: ConfiguredFile(path: other.key, source: "--key", shown: "other.pem"))
        #expect(
            LiveTransport.problems(with: settings).map(\.message) == [
                "the file 'file.pem' (--cert) contains no certificate in PEM",
                "the file 'file.pem' (--cert) does not exist",
                "the file 'other.pem' (--key) does not belong to the certificate 'file.pem'",
            ])
        settings = ConnectionSettings()
        settings.identity = ClientIdentity(certificate: Self.file(certificate.path), key: Self.file(certificate.path))
        #expect(
            LiveTransport.problems(with: settings).map(\.message) == [
                "the file 'file.pem' (--cert) contains no private key in PEM, or an encrypted one"
            ])
        settings.identity = Self.identity(certificate)
        #expect(LiveTransport.problems(with: settings).isEmpty)
    }
}
