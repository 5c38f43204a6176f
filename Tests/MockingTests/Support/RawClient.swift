import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A socket, so tests can send requests that an HTTP client would not.
final class RawClient {
    private let socket: Int32
    private var buffer: [UInt8] = []

    struct Failure: Error { let message: String }

    init(port: Int) throws {
        #if canImport(Glibc)
            socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var timeout = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(socket, $0, size) }
        }
        guard result == 0 else { throw Failure(message: "cannot connect: \(errno)") }
    }

    deinit { close(socket) }

    func send(_ text: String) {
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Foundation.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return }
            sent += count
        }
    }

    /// Everything up to the end of the connection; `nil` when it stays open for ten seconds.
    func readToEnd() -> String? {
        while true {
            switch fill() {
            case 0:
                defer { buffer = [] }
                return String(decoding: buffer, as: UTF8.self)
            case ..<0: return errno == EAGAIN ? nil : String(decoding: buffer, as: UTF8.self)
            default: continue
            }
        }
    }

    /// The next response: its head, and its body with the length from the head.
    func response(hasBody: Bool = true) throws -> (head: String, body: String) {
        let separator = Array("\r\n\r\n".utf8)
        while true {
            if let end = range(of: separator) {
                let head = String(decoding: buffer[..<end], as: UTF8.self)
                let length =
                    head.lowercased().split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
                    .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
                let start = end + 4
                let wanted = hasBody ? length : 0
                while buffer.count < start + wanted {
                    guard fill() > 0 else { throw Failure(message: "the body ends early") }
                }
                let body = String(decoding: buffer[start..<(start + wanted)], as: UTF8.self)
                buffer.removeFirst(start + wanted)
                return (head, body)
            }
            guard fill() > 0 else { throw Failure(message: "no response: \(String(decoding: buffer, as: UTF8.self))") }
        }
    }

    private func range(of needle: [UInt8]) -> Int? {
        guard buffer.count >= needle.count else { return nil }
        return (0...(buffer.count - needle.count)).first { buffer[$0..<($0 + needle.count)].elementsEqual(needle) }
    }

    private func fill() -> Int {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = recv(socket, &chunk, chunk.count, 0)
        if count > 0 { buffer.append(contentsOf: chunk[..<count]) }
        return count
    }
}
