internal import Exchanges
internal import JSONDocument
internal import Primitives

/// Builds URLs from encoded parts (RFC 3986).
enum AddressText {
    /// The few base URLs of a run; each step uses one of them.
    private static let known = Memo<String, String?>(limit: 16)

    /// The base URL without slashes at its end.
    static func base(_ url: String) throws(ValueFailure) -> String {
        if let base = known.value(url, { try? checkedBase(url) }) { return base }
        return try checkedBase(url)
    }

    private static func checkedBase(_ url: String) throws(ValueFailure) -> String {
        let bytes = Array(url.utf8)
        let rest: ArraySlice<UInt8>
        if starts(bytes, "http://") {
            rest = bytes.dropFirst(7)
        } else if starts(bytes, "https://") {
            rest = bytes.dropFirst(8)
        } else if starts(bytes, SocketAddress.prefix) {
            rest = bytes.dropFirst(SocketAddress.prefix.utf8.count)
        } else {
            throw .invalid("the base URL does not start with http:// or https://")
        }
        let host = rest.prefix { $0 != UInt8(ascii: "/") }
        guard !host.isEmpty else { throw .invalid("the base URL has no host") }
        guard !host.contains(UInt8(ascii: "@")) else {
            throw .invalid("the base URL contains a user name; credentials belong in an auth profile")
        }
        guard !bytes.contains(UInt8(ascii: "?")), !bytes.contains(UInt8(ascii: "#")) else {
            throw .invalid("the base URL has a query or a fragment")
        }
        guard URIReference.isLegalURL(url) else {
            throw .invalid("the base URL contains characters that must be percent-encoded")
        }
        var end = bytes.endIndex
        while end > 0, bytes[end - 1] == UInt8(ascii: "/") { end -= 1 }
        return String(decoding: bytes[..<end], as: UTF8.self)
    }

    /// A path as written by a user, with all characters encoded that are not allowed in a path; escapes are kept.
    static func path(_ text: String) -> String {
        PercentEncoding.encodedKeepingEscapes(text, keeping: "/@!$&'()*+,;=:")
    }

    /// A query as written by a user, with all characters encoded that are not allowed in a query; escapes are kept.
    static func query(_ text: String) -> String {
        PercentEncoding.encodedKeepingEscapes(text, keeping: "/?@!$&'()*+,;=:")
    }

    /// A name or value in a query: everything except unreserved characters is encoded.
    static func component(_ text: String) -> String {
        PercentEncoding.encoded(text)
    }

    private static func starts(_ bytes: [UInt8], _ prefix: String) -> Bool {
        let lowered = bytes.prefix(prefix.utf8.count).map(\.lowercasedASCII)
        return lowered.elementsEqual(prefix.utf8)
    }
}
