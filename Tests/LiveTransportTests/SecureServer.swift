import Foundation
import TestKit

/// A certificate made for a test by the `openssl` command.
final class TestCertificate: Sendable {
    static let openssl = ["/usr/bin/openssl", "/opt/homebrew/bin/openssl", "/usr/local/bin/openssl"]
        .first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Where `cert.pem` and `key.pem` lie.
    let folder: String

    var path: String { folder + "/cert.pem" }
    var key: String { folder + "/key.pem" }

    /// Signed by itself, for `host`, valid for `days` from now on; -1 ended yesterday.
    init(host: String, days: Int, openssl: String) async throws {
        let folder = NSTemporaryDirectory() + "/tls-" + UUID().uuidString
        self.folder = folder
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let name = host.allSatisfy { $0.isNumber || $0 == "." } ? "IP:\(host)" : "DNS:\(host)"
        try Data("subjectAltName=\(name)\n".utf8).write(to: URL(fileURLWithPath: folder + "/names"))
        for arguments in [
            [
                "req", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "request.pem", "-subj",
                "/CN=\(host)",
            ],
            [
                "x509", "-req", "-in", "request.pem", "-signkey", "key.pem", "-days", "\(days)", "-out", "cert.pem",
                "-extfile", "names",
            ],
        ] {
            // Waiting for the process would block a thread that other tests need.
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                do {
                    _ = try startProcess(openssl, arguments, in: folder) { continuation.resume() }
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }

    /// One for the loopback address, for all who need a good one.
    static let good = Task { () async throws -> TestCertificate? in
        guard let openssl else { return nil }
        return try await TestCertificate(host: "127.0.0.1", days: 30, openssl: openssl)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: folder)
    }
}

/// A TLS server, the `openssl` command's own.
final class SecureServer {
    static let openssl = TestCertificate.openssl

    let port: Int
    private let own: TestCertificate
    private let process: Process

    /// The certificate's file.
    var certificate: String { own.path }

    /// Serves with a certificate that it signed itself, for `host`, valid for `days` from now on; -1 ended yesterday.
    init(host: String, days: Int, openssl: String) async throws {
        own = try await TestCertificate(host: host, days: days, openssl: openssl)
        port = try RawServer.unusedPort()
        process = try startProcess(
            openssl,
            ["s_server", "-accept", "127.0.0.1:\(port)", "-cert", "cert.pem", "-key", "key.pem", "-www", "-quiet"],
            in: own.folder)
    }

    var url: String { "https://127.0.0.1:\(port)/" }

    func stop() {
        // The server passes over the polite signal where the tests' own process does.
        kill(process.processIdentifier, SIGKILL)
        own.remove()
    }
}

private func startProcess(
    _ path: String, _ arguments: [String], in folder: String, whenOver: (@Sendable () -> Void)? = nil
) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    process.standardInput = Pipe()
    if let whenOver { process.terminationHandler = { _ in whenOver() } }
    try process.run()
    return process
}
