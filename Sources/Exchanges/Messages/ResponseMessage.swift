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
