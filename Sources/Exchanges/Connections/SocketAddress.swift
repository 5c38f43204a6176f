internal import Primitives

/// A Unix socket as the address of a server: `http+unix://%2Frun%2Fshop.sock/v1`. The host is the path of the socket,
/// percent-encoded.
public struct SocketAddress: Sendable, Hashable {
    /// The beginning of the URL of a socket.
    public static let prefix = "http+unix://"
    /// The maximum length of the path in bytes. Linux accepts 107, macOS 103.
    public static let longestPath = 103

    /// The absolute path of the socket.
    public let path: String

    /// The socket in a URL; `nil` if the URL has another scheme.
    ///
    /// - Throws: ``Problem`` if the URL has the scheme and names no valid path.
    public init?(url: String) throws(Problem) {
        guard url.utf8.starts(with: Self.prefix.utf8) else { return nil }
        let authority = url.utf8.dropFirst(Self.prefix.utf8.count).prefix { byte in
            byte != UInt8(ascii: "/") && byte != UInt8(ascii: "?") && byte != UInt8(ascii: "#")
        }
        let bytes = PercentEncoding.decodedLeniently(bytes: Array(authority))
        guard !bytes.isEmpty else {
            throw Problem("has no socket: write the path of the socket with %2F for each /")
        }
        guard bytes.first == UInt8(ascii: "/"), let path = String(validating: bytes, as: UTF8.self),
            bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F })
        else {
            throw Problem("names no absolute path of a socket: write the path with %2F for each /")
        }
        guard bytes.count <= Self.longestPath else {
            throw Problem("names a socket whose path has more than \(Self.longestPath) bytes")
        }
        self.path = path
    }

    /// Why a URL names no socket; the message follows the subject `the base URL`.
    public struct Problem: Error, Sendable, Hashable {
        /// The mistake, as a clause without its subject.
        public let message: String

        init(_ message: String) {
            self.message = message
        }
    }
}
