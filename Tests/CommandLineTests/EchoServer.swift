import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
#elseif canImport(Darwin)
    import Darwin
    private let streamSocket = SOCK_STREAM
#endif

/// A server of one connection at a time that answers each request with what `answer` makes of it.
final class EchoServer: Sendable {
    let port: Int
    private let descriptor: Int32

    init(_ answer: @escaping @Sendable (_ request: String) -> String) throws {
        let descriptor = socket(AF_INET, streamSocket, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self),
                bind(descriptor, pointer, length) == 0
            else { return -1 }
            return getsockname(descriptor, pointer, &length)
        }
        guard status == 0, listen(descriptor, 16) == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        self.descriptor = descriptor
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread {
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { return }
                Self.serve(connection, answer)
            }
        }
    }

    func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// One request; the connection is closed afterwards, so that none has to wait for another.
    private static func serve(_ connection: Int32, _ answer: (String) -> String) {
        defer { close(connection) }
        var received: [UInt8] = []
        var needed = Int.max
        while received.count < needed {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return }
            received += chunk[..<count]
            if needed == .max, let end = received.firstRange(of: Array("\r\n\r\n".utf8))?.upperBound {
                let head = String(decoding: received[..<end], as: UTF8.self).lowercased()
                needed = end + (head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0)
            }
        }
        let bytes = Array(answer(String(decoding: received, as: UTF8.self)).utf8)
        _ = bytes.withUnsafeBytes { send(connection, $0.baseAddress, $0.count, 0) }
    }
}
