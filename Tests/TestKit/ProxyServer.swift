import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// An HTTP proxy on a free port of the loopback interface. It passes on requests with an absolute URL, and opens
/// tunnels.
public final class ProxyServer: Sendable {
    private let server: RawServer

    /// The port it listens on.
    public var port: Int { server.port }
    /// The heads of the requests that it received, CONNECT included, without those inside of tunnels.
    public var requests: [String] { server.requests }

    /// - Parameters:
    ///   - authorization: The value of `proxy-authorization` that it requires; `nil` for none.
    ///   - refusal: The status with which it refuses every CONNECT; `nil` to allow them.
    public init(requiring authorization: String? = nil, refusing refusal: String? = nil) throws {
        server = try RawServer { connection in
            while let request = connection.readRequest() {
                let lines = request.components(separatedBy: "\r\n")
                let given = lines.first { $0.lowercased().hasPrefix("proxy-authorization: ") }
                guard authorization == nil || given?.dropFirst(21) == authorization.map({ $0[...] }) else {
                    connection.write(
                        "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"p\"\r\n"
                            + "Content-Length: 0\r\n\r\n")
                    continue
                }
                let words = lines[0].split(separator: " ")
                guard words[0] == "CONNECT" else {
                    guard Self.forward(request, String(words[1]), connection) else { return }
                    continue
                }
                guard refusal == nil, let port = Int(words[1].split(separator: ":").last ?? ""),
                    let back = Self.connect(port)
                else {
                    connection.write("HTTP/1.1 \(refusal ?? "502 Bad Gateway")\r\nContent-Length: 0\r\n\r\n")
                    return
                }
                connection.write("HTTP/1.1 200 Connection established\r\n\r\n")
                Self.relay(connection.descriptor, back)
                close(back)
                return
            }
        }
    }

    /// Closes the port.
    public func stop() { server.stop() }

    /// Sends a request on to the server of its URL and passes back everything up to the end of the connection.
    private static func forward(_ request: String, _ url: String, _ connection: RawConnection) -> Bool {
        guard let parts = URLComponents(string: url), let port = parts.port, let back = connect(port) else {
            connection.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
            return true
        }
        defer { close(back) }
        let path = parts.percentEncodedPath + (parts.percentEncodedQuery.map { "?\($0)" } ?? "")
        let sent = request.replacingOccurrences(of: url, with: path.isEmpty ? "/" : path)
            .components(separatedBy: "\r\n").filter { !$0.lowercased().hasPrefix("proxy-") }
            .joined(separator: "\r\n").replacingOccurrences(of: "\r\n\r\n", with: "\r\nConnection: close\r\n\r\n")
        let server = RawConnection(descriptor: back, note: { _ in })
        guard server.write(sent) else { return false }
        relay(back, to: connection.descriptor)
        return false
    }

    private static func connect(_ port: Int) -> Int32? {
        #if canImport(Glibc)
            let kind = Int32(SOCK_STREAM.rawValue)
        #else
            let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeBytes(of: &address) { bytes -> Int32 in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            #if canImport(Glibc)
                return Glibc.connect(descriptor, pointer, length)
            #else
                return Darwin.connect(descriptor, pointer, length)
            #endif
        }
        guard status == 0 else {
            close(descriptor)
            return nil
        }
        return descriptor
    }

    /// Passes on bytes in both directions until both ends are closed.
    private static func relay(_ front: Int32, _ back: Int32) {
        let isOver = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            relay(back, to: front)
            isOver.signal()
        }
        relay(front, to: back)
        isOver.wait()
    }

    private static func relay(_ source: Int32, to target: Int32) {
        var chunk = [UInt8](repeating: 0, count: 16_384)
        let output = RawConnection(descriptor: target, note: { _ in })
        while true {
            let count = recv(source, &chunk, chunk.count, 0)
            guard count > 0, output.write(Array(chunk[..<count])) else { break }
        }
        shutdown(target, Int32(SHUT_WR))
    }
}
