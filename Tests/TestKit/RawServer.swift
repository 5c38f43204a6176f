import Foundation
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

#if canImport(Glibc)
    private let streamSocket = Int32(SOCK_STREAM.rawValue)
#else
    private let streamSocket = SOCK_STREAM
#endif

/// A server that says byte for byte what a test wants, on a free port of the loopback interface.
public final class RawServer: Sendable {
    /// The port it listens on.
    public let port: Int
    private let descriptor: Int32
    private let state = Mutex<State>(State())

    private struct State {
        var connections = 0
        var requests: [String] = []
    }

    /// How many connections were accepted.
    public var connections: Int { state.withLock { $0.connections } }
    /// The requests as they arrived, head and body.
    public var requests: [String] { state.withLock { $0.requests } }

    /// The URL of a target on this server.
    public func url(_ target: String = "/", scheme: String = "http") -> String {
        "\(scheme)://127.0.0.1:\(port)\(target)"
    }

    /// Serves every connection on a thread of its own; it is closed when `handler` returns.
    ///
    /// - Parameter path: The path of a Unix socket; by default, a free port of the loopback interface.
    public init(atSocket path: String? = nil, _ handler: @escaping @Sendable (RawConnection) -> Void) throws {
        (descriptor, port) = try path.map { (try Self.bound(to: $0), 0) } ?? Self.bound()
        // A client that closes its connection must not end the test process.
        signal(SIGPIPE, SIG_IGN)
        guard listen(descriptor, 64) == 0 else { throw POSIXError(.EIO) }
        Thread.detachNewThread { [self] in
            while true {
                let accepted = accept(descriptor, nil, nil)
                guard accepted >= 0 else { return }
                state.withLock { $0.connections += 1 }
                Thread.detachNewThread { [self] in
                    handler(
                        RawConnection(descriptor: accepted) { request in
                            self.state.withLock { $0.requests.append(request) }
                        })
                    close(accepted)
                }
            }
        }
    }

    private init(bound: (descriptor: Int32, port: Int)) throws {
        (descriptor, port) = bound
        signal(SIGPIPE, SIG_IGN)
        guard listen(descriptor, 64) == 0 else { throw POSIXError(.EIO) }
    }

    /// A server that answers `count` requests, each on its connection, with `text`, and says how many connections were
    /// open when the first byte arrived.
    ///
    /// One thread does all of it. So it sees a first byte only after it has looked for waiting connections: a busy
    /// machine cannot make a connection appear late.
    ///
    /// - Parameter opened: Gets the number of connections, once.
    public static func counting(
        _ count: Int, answering text: String, opened: @escaping @Sendable (Int) -> Void
    ) throws -> RawServer {
        let server = try RawServer(bound: bound())
        Thread.detachNewThread {
            var connections: [Int32] = []
            var isReported = false
            while connections.count < count {
                if Self.hasInput([server.descriptor], milliseconds: 20) {
                    let accepted = accept(server.descriptor, nil, nil)
                    guard accepted >= 0 else { break }
                    connections.append(accepted)
                } else if !isReported, Self.hasInput(connections, milliseconds: 0),
                    !Self.hasInput([server.descriptor], milliseconds: 0)
                {
                    isReported = true
                    opened(connections.count)
                }
            }
            if !isReported { opened(connections.count) }
            server.state.withLock { $0.connections = connections.count }
            let served = connections.map { RawConnection(descriptor: $0) { _ in } }
            for connection in served where connection.readRequest() != nil { connection.write(text) }
            for connection in served {
                connection.waitForEnd()
                close(connection.descriptor)
            }
        }
        return server
    }

    /// Whether one of them can be read, or has ended.
    private static func hasInput(_ descriptors: [Int32], milliseconds: Int32) -> Bool {
        var polled = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        return poll(&polled, nfds_t(polled.count), milliseconds) > 0
    }

    /// Reads requests and answers each with `text`, as long as the client likes.
    public convenience init(answering text: String) throws {
        try self.init { connection in
            while connection.readRequest() != nil { connection.write(text) }
        }
    }

    /// Closes the port.
    public func stop() {
        shutdown(descriptor, Int32(SHUT_RDWR))
        close(descriptor)
    }

    /// A port at which nothing listens.
    public static func unusedPort() throws -> Int {
        let (descriptor, port) = try bound()
        close(descriptor)
        return port
    }

    private static func bound(to path: String) throws -> Int32 {
        let descriptor = socket(AF_UNIX, streamSocket, 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8).prefix($0.count - 1)) }
        let status = withUnsafeBytes(of: &address) { bytes -> Int32 in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            return bind(descriptor, pointer, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
        guard descriptor >= 0, status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return descriptor
    }

    private static func bound() throws -> (descriptor: Int32, port: Int) {
        let descriptor = socket(AF_INET, streamSocket, 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = in_addr_t(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutableBytes(of: &address) { bytes -> Int32 in
            guard let pointer = bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return -1 }
            guard bind(descriptor, pointer, length) == 0 else { return -1 }
            return getsockname(descriptor, pointer, &length)
        }
        guard descriptor >= 0, status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        return (descriptor, Int(UInt16(bigEndian: address.sin_port)))
    }
}

/// One accepted connection.
public struct RawConnection: Sendable {
    /// The socket.
    public let descriptor: Int32
    /// Keeps a request among ``RawServer/requests``.
    public let note: @Sendable (String) -> Void

    /// The next request, head and `content-length` bytes of body; `nil` when the client is gone.
    @discardableResult
    public func readRequest() -> String? {
        readMessage().map { $0.head + String(decoding: $0.body, as: UTF8.self) }
    }

    /// The next request: its head with the empty line, and `content-length` bytes of body; `nil` when the client is gone.
    public func readMessage() -> (head: String, body: [UInt8])? {
        var received: [UInt8] = []
        let blankLine = Array("\r\n\r\n".utf8)
        var (end, needed) = (0, Int.max)
        while received.count < needed {
            var chunk = [UInt8](repeating: 0, count: 65_536)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            received.append(contentsOf: chunk[..<count])
            if needed == .max, let found = received.firstRange(of: blankLine)?.upperBound {
                let head = String(decoding: received[..<found], as: UTF8.self).lowercased()
                let length = head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
                (end, needed) = (found, found + length)
            }
        }
        note(String(decoding: received, as: UTF8.self))
        return (String(decoding: received[..<end], as: UTF8.self), Array(received[end...]))
    }

    /// The next head, and no more of what follows it than came with it; `nil` when the client is gone.
    public func readHead() -> String? {
        var received: [UInt8] = []
        while received.firstRange(of: Array("\r\n\r\n".utf8)) == nil {
            var chunk = [UInt8](repeating: 0, count: 4_096)
            let count = recv(descriptor, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            received.append(contentsOf: chunk[..<count])
        }
        return String(decoding: received.prefix(4_096), as: UTF8.self)
    }

    /// Reads so many bytes, and returns how many of them never came.
    public func readBytes(_ count: Int) -> Int {
        var left = count
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while left > 0 {
            let count = recv(descriptor, &chunk, min(left, chunk.count), 0)
            guard count > 0 else { break }
            left -= count
        }
        return left
    }

    /// Says that nothing more comes.
    public func endWriting() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Whether the client has taken all of it.
    @discardableResult
    public func write(_ text: String) -> Bool { write(Array(text.utf8)) }

    /// Whether the client has taken all of it.
    @discardableResult
    public func write(_ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, 0)
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// Says that nothing more comes, and ends the reading.
    public func close() {
        shutdown(descriptor, Int32(SHUT_RDWR))
    }

    /// Whether the client is still there after waiting so long.
    public func pause(milliseconds: UInt32) {
        usleep(milliseconds * 1_000)
    }

    /// Waits until the client closes.
    public func waitForEnd() {
        var byte: UInt8 = 0
        while recv(descriptor, &byte, 1, 0) > 0 {}
    }

    /// Ends the reading, so that the connection is closed with nothing said before.
    public func leave() {
        shutdown(descriptor, Int32(SHUT_RD))
    }

    /// Makes the coming close a reset.
    public func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}
