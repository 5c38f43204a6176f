/// An HTTP response as it was received, nothing decoded.
public struct ResponseMessage: Sendable, Hashable {
    /// The status code, 100 to 999.
    public var status: Int
    /// The protocol version, such as `HTTP/1.1`.
    public var version: String
    /// The header lines in the order and spelling in which they arrived.
    public var headers: [HeaderField]
    /// The body's bytes; empty when there was none.
    public var body: [UInt8]
    /// Set when only the first part of the body was kept.
    public var cut: BodyCut?
    /// What was wrong with how the response was sent.
    public var defects: [TransportDefect]

    /// A response.
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

    /// Whether the answer sends on to another place, which can be followed without choosing (RFC 9110, 15.4).
    public var isRedirect: Bool { [301, 302, 303, 307, 308].contains(status) }

    /// The values of every header line of that name, in order; the name in any ASCII case.
    public func header(_ name: String) -> [String] {
        headers.values(name)
    }
}
