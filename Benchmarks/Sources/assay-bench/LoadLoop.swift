import Foundation
import Measuring

/// A client that costs almost nothing: it sends the same bytes on every connection, then reads all responses.
struct LoadLoop: ~Copyable {
    private var connections: [LoadConnection]

    /// Connects to an address like `http://127.0.0.1:4260/v1`.
    init(_ address: String, connections count: Int) throws {
        guard let url = URLComponents(string: address), let port = url.port else {
            throw BenchError("'\(address)' has no port")
        }
        connections = try (0..<count).map { _ in try LoadConnection(port: port) }
    }

    deinit { for connection in connections { connection.close() } }

    /// The time in seconds for about `requests` requests.
    mutating func seconds(_ request: [UInt8], requests: Int) throws -> Double {
        let start = ContinuousClock.now
        for _ in 0..<max(1, requests / connections.count) {
            for connection in connections { try connection.send(request) }
            for index in connections.indices { _ = try connections[index].body() }
        }
        return (ContinuousClock.now - start) / .seconds(1)
    }

    /// The body of the response to one request.
    mutating func body(_ request: [UInt8]) throws -> [UInt8] {
        try connections[0].send(request)
        return try connections[0].body()
    }

    /// A request in the form of HTTP/1.1; `path` is that of the whole URL.
    static func request(_ method: String, _ path: String, body: String? = nil) -> [UInt8] {
        var text = "\(method) \(path) HTTP/1.1\r\nhost: 127.0.0.1\r\n"
        if let body { text += "content-type: application/json\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)" }
        return Array((body == nil ? text + "\r\n" : text).utf8)
    }
}

/// One connection of blocking reads and writes.
private struct LoadConnection {
    private let descriptor: Int32
    /// Bytes that were read and belong to the next response.
    private var unread: [UInt8] = []

    init(port: Int) throws {
        #if canImport(Darwin)
            descriptor = socket(AF_INET, SOCK_STREAM, 0)
        #else
            descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #endif
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard status == 0 else { throw BenchError("cannot connect to port \(port)") }
    }

    func close() { _ = Foundation.close(descriptor) }

    func send(_ bytes: [UInt8]) throws {
        guard write(descriptor, bytes, bytes.count) == bytes.count else { throw BenchError("cannot send a request") }
    }

    /// The body of the next response, which must have a `content-length` and a status below 300.
    mutating func body() throws -> [UInt8] {
        var end = Self.headEnd(unread)
        while end == nil {
            try readMore()
            end = Self.headEnd(unread)
        }
        let head = String(decoding: unread[..<(end ?? 0)], as: UTF8.self).lowercased()
        let line = head.split(separator: "\r\n").first { $0.hasPrefix("content-length:") }
        guard head.hasPrefix("http/1.1 2"), let length = line.flatMap({ Int($0.dropFirst(15).trimmingPrefix(" ")) })
        else { throw BenchError("unexpected response: \(head)") }
        let total = (end ?? 0) + length
        while unread.count < total { try readMore() }
        let body = Array(unread[(end ?? 0)..<total])
        unread.removeFirst(total)
        return body
    }

    private mutating func readMore() throws {
        var buffer = [UInt8](repeating: 0, count: 4_096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else { throw BenchError("the server closed a connection") }
        unread += buffer[..<count]
    }

    /// The index behind the empty line at the end of the head.
    private static func headEnd(_ bytes: [UInt8]) -> Int? {
        guard bytes.count >= 4 else { return nil }
        return (4...bytes.count).first { end in
            bytes[end - 1] == 0x0A && bytes[end - 2] == 0x0D && bytes[end - 3] == 0x0A && bytes[end - 4] == 0x0D
        }
    }
}
