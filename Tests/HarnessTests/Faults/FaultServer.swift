import Exchanges
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// A server on a socket of this machine that writes whatever bytes it is told to, one thread per connection.
final class FaultServer: Sendable {
    struct Failure: Error { let message: String }

    let port: Int
    private let socket: Int32

    /// Listens; every request is answered with the bytes that `answer` gives.
    init(_ answer: @escaping @Sendable (RequestMessage) -> [UInt8]) throws {
        #if canImport(Glibc)
            let listener = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            let listener = Darwin.socket(AF_INET, SOCK_STREAM, 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, size) == 0 && listen(listener, 64) == 0
                    && getsockname(listener, address, &size) == 0
            }
        }
        guard bound else { throw Failure(message: "cannot listen: \(errno)") }
        port = Int(in_port_t(bigEndian: address.sin_port))
        socket = listener
        Thread.detachNewThread {
            while true {
                let connection = accept(listener, nil, nil)
                guard connection >= 0 else { return }
                Thread.detachNewThread {
                    Self.serve(connection, answer)
                    close(connection)
                }
            }
        }
    }

    func stop() {
        shutdown(socket, Int32(SHUT_RDWR))
        close(socket)
    }

    private static func serve(_ connection: Int32, _ answer: (RequestMessage) -> [UInt8]) {
        var buffer: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        func fill() -> Bool {
            let count = recv(connection, &chunk, chunk.count, 0)
            guard count > 0 else { return false }
            buffer.append(contentsOf: chunk[..<count])
            return true
        }
        while true {
            var end: Int?
            while end == nil {
                end = buffer.indices.first { buffer[$0...].starts(with: "\r\n\r\n".utf8) }
                if end == nil, !fill() { return }
            }
            guard let end else { return }
            let lines = String(decoding: buffer[..<end], as: UTF8.self).components(separatedBy: "\r\n")
            let first = lines[0].components(separatedBy: " ")
            guard first.count == 3 else { return }
            let headers = lines.dropFirst().compactMap { line -> HeaderField? in
                guard let colon = line.firstIndex(of: ":") else { return nil }
                let value = line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces)
                return HeaderField(name: String(line[..<colon]), value: value)
            }
            let length = headers.first { $0.isNamed("content-length") }.flatMap { Int($0.value) }
            while buffer.count < end + 4 + (length ?? 0) { if !fill() { return } }
            let body = length.map { Array(buffer[(end + 4)..<(end + 4 + $0)]) }
            buffer.removeFirst(end + 4 + (length ?? 0))
            let request = RequestMessage(method: first[0], url: "http://mock" + first[1], headers: headers, body: body)
            let bytes = answer(request)
            guard !bytes.isEmpty else { return }
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { return }
                sent += count
            }
        }
    }
}

extension ResponseMessage {
    /// The response as it goes over the wire; the length is that of the body unless a header says otherwise.
    var wire: [UInt8] {
        var text = "HTTP/1.1 \(status) X\r\n"
        for field in headers { text += "\(field.name): \(field.value)\r\n" }
        let hasBody = status != 204 && status != 304
        if hasBody, !headers.contains(where: { $0.isNamed("content-length") }) {
            text += "content-length: \(body.count)\r\n"
        }
        return Array((text + "\r\n").utf8) + (hasBody ? body : [])
    }
}
