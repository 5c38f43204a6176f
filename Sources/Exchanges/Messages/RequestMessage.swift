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
        part { $0.path.isEmpty ? nil : $0.path } ?? "/"
    }

    /// The query of the URL without its `?`, percent-encoded; `nil` if the URL has none.
    public var query: String? {
        part(\.query)
    }

    private func part(_ range: (TargetRanges) -> Range<Int>?) -> String? {
        var url = url
        return url.withUTF8 { bytes in
            range(TargetRanges(bytes)).map {
                String(decoding: UnsafeBufferPointer(rebasing: bytes[$0]), as: UTF8.self)
            }
        }
    }
}

/// The places of path and query in the bytes of a URL, or of a path with a query. Every step needs them several times.
private struct TargetRanges {
    let path: Range<Int>
    let query: Range<Int>?

    init(_ url: UnsafeBufferPointer<UInt8>) {
        let slash = UInt8(ascii: "/")
        let mark = UInt8(ascii: "?")
        var start = 0
        while start < url.count, url[start] != UInt8(ascii: ":"), url[start] != slash, url[start] != mark { start += 1 }
        if start + 2 < url.count, url[start] == UInt8(ascii: ":"), url[start + 1] == slash, url[start + 2] == slash {
            start += 3
            while start < url.count, url[start] != slash, url[start] != mark, url[start] != UInt8(ascii: "#") {
                start += 1
            }
        } else {
            start = 0
        }
        var pathEnd: Int?
        var end = start
        while end < url.count, url[end] != UInt8(ascii: "#") {
            if pathEnd == nil, url[end] == mark { pathEnd = end }
            end += 1
        }
        path = start..<(pathEnd ?? end)
        query = pathEnd.map { $0 + 1..<end }
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
