import Exchanges
import Foundation
import LiveTransport
import Testing

@Suite("TLS", .timeLimit(.minutes(1)))
struct SecureConnectionTests {
    static let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    @Test("a server without TLS is told as such, and gets no request in the clear")
    func plainServer() async throws {
        let server = try RawServer { connection in
            connection.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            connection.waitForEnd()
        }
        defer { server.stop() }
        let outcome = await exchange(RequestMessage(method: "GET", url: server.url(scheme: "https")))
        #expect(outcome == .failure(TransportFailure(.tls, "The server does not speak TLS at this port.")))
    }

    @Test("a certificate that nobody vouches for is refused", .enabled(if: openssl != nil, "needs the openssl command"))
    func selfSigned() async throws {
        let openssl = try #require(Self.openssl)
        let folder = NSTemporaryDirectory() + "/tls-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let make = try start(
            openssl,
            [
                "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-days", "1",
                "-subj",
                "/CN=127.0.0.1",
            ],
            in: folder
        )
        make.process.waitUntilExit()
        let port = try RawServer.unusedPort()
        let server = try start(
            openssl, ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-www"],
            in: folder)
        defer { server.process.terminate() }
        var outcome = await exchange(RequestMessage(method: "GET", url: "https://127.0.0.1:\(port)/"))
        for _ in 0..<100 where outcome.failure?.class == .connectionRefused {
            try await Task.sleep(for: .milliseconds(50))
            outcome = await exchange(RequestMessage(method: "GET", url: "https://127.0.0.1:\(port)/"))
        }
        #expect(outcome == .failure(TransportFailure(.tls, "The server's certificate is not trusted.")))
    }

    private func start(
        _ path: String, _ arguments: [String], in folder: String
    ) throws -> (process: Process, input: Pipe) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        let input = Pipe()
        process.standardInput = input
        try process.run()
        return (process, input)
    }
}
