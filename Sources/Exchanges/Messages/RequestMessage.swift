/// An HTTP request, complete and ready to send.
public struct RequestMessage: Sendable, Hashable {
    /// The method, as sent.
    public var method: String
    /// The absolute URL, percent-encoded.
    public var url: String
    /// The header lines in the order of sending, without `host` and `content-length`.
    public var headers: [HeaderField]
    /// The body's bytes; `nil` for no body.
    public var body: [UInt8]?
    /// Set when only the first part of the body was kept.
    public var cut: BodyCut?
    /// Whether the target sent the request to us, as the delivery of a webhook. Its response is then ours.
    public var isReceived: Bool

    /// Creates a request to `url`.
    public init(
        method: String,
        url: String,
        headers: [HeaderField] = [],
        body: [UInt8]? = nil,
        cut: BodyCut? = nil,
        isReceived: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.cut = cut
        self.isReceived = isReceived
    }

    /// The values of every header line with that name, in order, ignoring ASCII case.
    public func header(_ name: String) -> [String] {
        headers.values(name)
    }

    /// The path of the URL, percent-encoded; `/` if the URL has none.
    public var path: String {
        let target = self.target.prefix { $0 != UInt8(ascii: "?") }
        return target.isEmpty ? "/" : String(decoding: target, as: UTF8.self)
    }

    /// The query of the URL without its `?`, percent-encoded; `nil` if the URL has none.
    public var query: String? {
        guard let mark = target.firstIndex(of: UInt8(ascii: "?")) else { return nil }
        return String(decoding: target[target.index(after: mark)...], as: UTF8.self)
    }

    /// The part of the URL from after the authority up to the fragment.
    private var target: Substring.UTF8View {
        var rest = url[...].utf8
        let slash = UInt8(ascii: "/")
        let end = rest.firstIndex { $0 == UInt8(ascii: ":") || $0 == slash || $0 == UInt8(ascii: "?") }
        if let end, rest[end...].starts(with: "://".utf8) {
            rest = rest[end...].dropFirst(3)
            rest = rest.drop { $0 != slash && $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        }
        return rest.prefix { $0 != UInt8(ascii: "#") }
    }
}

/// Whether requests with a method can be repeated (RFC 9110, section 9.2). Methods are case-sensitive.
public enum MethodSemantics {
    /// Whether requests with this method are read-only.
    public static func isSafe(_ method: String) -> Bool {
        ["GET", "HEAD", "OPTIONS", "TRACE"].contains(method)
    }

    /// Whether two identical requests with this method have the same effect as one.
    public static func isIdempotent(_ method: String) -> Bool {
        isSafe(method) || ["PUT", "DELETE"].contains(method)
    }
}
