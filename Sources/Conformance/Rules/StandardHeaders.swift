import Exchanges

/// Response headers that HTTP, its caches, browsers and proxies add and that no API document declares.
enum StandardHeaders {
    /// From the permanent entries of IANA's HTTP field name registry, plus what proxies are known to add.
    private static let names: Set<String> = [
        "accept-encoding", "accept-patch", "accept-post", "accept-ranges", "access-control-allow-credentials",
        "access-control-allow-headers", "access-control-allow-methods", "access-control-allow-origin",
        "access-control-expose-headers", "access-control-max-age", "age", "allow", "alt-svc", "cache-control",
        "cache-status", "cdn-cache-control", "clear-site-data", "connection", "content-disposition",
        "content-encoding", "content-language", "content-length", "content-location", "content-range",
        "content-security-policy", "content-security-policy-report-only", "content-type",
        "cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy", "date",
        "deprecation", "etag", "expires", "keep-alive", "last-modified", "link", "location", "nel",
        "origin-agent-cluster", "permissions-policy", "pragma", "proxy-authenticate", "proxy-status",
        "referrer-policy", "report-to", "reporting-endpoints", "retry-after", "server", "server-timing", "set-cookie",
        "strict-transport-security", "sunset", "timing-allow-origin", "trailer", "transfer-encoding", "upgrade",
        "vary", "via", "warning", "www-authenticate", "x-content-type-options", "x-frame-options", "x-powered-by",
        "x-xss-protection",
    ]

    /// Whether `name`, in lower case, is one of them, or the header by which the built-in mock explains itself.
    static func contains(_ name: String) -> Bool {
        names.contains(name) || HeaderField(name: MockReason.header, value: "").isNamed(name)
    }
}
