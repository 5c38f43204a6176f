import Primitives

/// An HTTP response as received, before any decoding.
public struct ResponseMessage: Sendable, Hashable {
    /// The status code, 100 to 999.
    public var status: Int
    /// The protocol version, such as `HTTP/1.1`.
    public var version: String
    /// The header lines in the order and spelling received.
    public var headers: [HeaderField]
    /// The body's bytes; empty if there was none.
    public var body: [UInt8]
    /// Set when only the first part of the body was kept.
    public var cut: BodyCut?
    /// Defects in how the response was sent.
    public var defects: [TransportDefect]

    /// Creates a response.
    public init(
        status: Int,
        version: String = "HTTP/1.1",
        headers: [HeaderField] = [],
        body: [UInt8] = [],
        cut: BodyCut? = nil,
        defects: [TransportDefect] = []
    ) {
        self.status = status
        self.version = version
        self.headers = headers
        self.body = body
        self.cut = cut
        self.defects = defects
    }

    /// Whether the response is a redirect that can be followed without a choice (RFC 9110, section 15.4).
    public var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

    /// The values of every header line with that name, in order, ignoring ASCII case.
    public func header(_ name: String) -> [String] {
        headers.values(name)
    }
}

/// The length and hash of a body of which only the first part was kept.
public struct BodyCut: Sendable, Hashable {
    /// The length of the whole body in bytes.
    public var length: Int
    /// FNV-1a of the whole body, 64 bits as 16 hexadecimal digits. It distinguishes bodies but is not cryptographic.
    public var hash: String

    /// Describes a body of `length` bytes.
    public init(length: Int, hash: String) {
        self.length = length
        self.hash = hash
    }

    /// Describes a body that a recording does not contain; it may not have existed at all.
    public static let unrecorded = BodyCut(length: 0, hash: "")

    /// Describes a body of which nothing may be kept, not even a hash.
    static func unkept(_ body: [UInt8]) -> BodyCut {
        BodyCut(length: body.count, hash: String(repeating: "0", count: 16))
    }

    /// Describes `body`.
    public init(of body: [UInt8]) {
        var hash = StableHash()
        for byte in body { hash.add(byte) }
        self.init(length: body.count, hash: hash.digits)
    }
}
