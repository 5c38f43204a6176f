/// A request as sent, without scheme and host.
public struct WireRequest: Sendable {
    /// The method, as sent.
    public var method: String
    /// The path below the server's own path, percent-encoded.
    public var path: String
    /// The query without its `?`, percent-encoded; `nil` if there is none.
    public var query: String?
    /// The header lines in order.
    public var headers: [(name: String, value: String)]
    /// The body's bytes; `nil` if there is none.
    public var body: [UInt8]?

    /// Creates a request from its parts.
    public init(
        method: String,
        path: String,
        query: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8]? = nil
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The values of every header line with that name, in order, ignoring ASCII case.
    public func header(_ name: String) -> [String] {
        headers.compactMap { equalIgnoringCase($0.name, name) ? $0.value : nil }
    }
}
