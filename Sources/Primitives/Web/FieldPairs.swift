/// Names and values of a query string.
public enum QueryPairs {
    /// The values of a name in a query, percent-decoded, in order. Names are compared after decoding.
    public static func values(of name: String, in query: String) -> [String] {
        query.utf8.split(separator: UInt8(ascii: "&")).compactMap { pair in
            let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard text(pair[..<equals]).isSame(as: name) else { return nil }
            return text(pair[equals...].dropFirst())
        }
    }

    private static func text(_ part: Substring.UTF8View) -> String {
        PercentEncoding.decodedLeniently(Substring(part))
    }
}

/// Names and values of the headers `cookie` and `set-cookie` (RFC 6265, sections 4.1.1 and 4.2.1).
public enum CookiePairs {
    /// The value of a name in one line; the first one, if it occurs several times.
    public static func value(of name: String, in line: String) -> String? {
        value(of: name, in: line.split(separator: ";", omittingEmptySubsequences: false))
    }

    /// The value of a name among pairs such as `a=b`.
    public static func value(of name: String, in pairs: some Sequence<Substring>) -> String? {
        for pair in pairs {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, trimmed(parts[0]).isSame(as: name) else { continue }
            return trimmed(parts[1])
        }
        return nil
    }

    /// `text` without spaces and tabs at its ends.
    public static func trimmed(_ text: Substring) -> String {
        let start = text.utf8.drop(while: \.isBlank)
        let end = start.lastIndex { !$0.isBlank }
        return end.map { String(Substring(start[...$0])) } ?? ""
    }
}
