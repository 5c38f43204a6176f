/// A URI or relative reference in its five parts (RFC 3986, appendix B), with resolution against a base.
///
/// The parts are split, not checked: a text that is not a URI resolves to no document.
public struct URIReference: Sendable {
    /// `http`; `nil` in a relative reference.
    public var scheme: String?
    /// Host and port, with a user name if present; `nil` without `//`.
    public var authority: String?
    /// The path, which may be empty.
    public var path: String
    /// The text after `?`; `nil` if there is none.
    public var query: String?
    /// The text after `#`; `nil` if there is none.
    public var fragment: String?

    /// Splits `text` into its parts.
    public init(_ text: String) {
        var rest = text[...].utf8
        if let hash = rest.firstIndex(of: UInt8(ascii: "#")) {
            fragment = String(Substring(rest[rest.index(after: hash)...]))
            rest = rest[..<hash]
        }
        if let mark = rest.firstIndex(of: UInt8(ascii: "?")) {
            query = String(Substring(rest[rest.index(after: mark)...]))
            rest = rest[..<mark]
        }
        if let colon = rest.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "/") }),
            rest[colon] == UInt8(ascii: ":"), colon > rest.startIndex
        {
            scheme = String(Substring(rest[..<colon]))
            rest = rest[rest.index(after: colon)...]
        }
        if rest.starts(with: "//".utf8) {
            rest = rest.dropFirst(2)
            let end = rest.firstIndex(of: UInt8(ascii: "/")) ?? rest.endIndex
            authority = String(Substring(rest[..<end]))
            rest = rest[end...]
        }
        path = String(Substring(rest))
    }

    /// The reference as text (RFC 3986, section 5.3).
    public var text: String {
        var result = ""
        if let scheme { result += scheme + ":" }
        if let authority { result += "//" + authority }
        result += path
        if let query { result += "?" + query }
        if let fragment { result += "#" + fragment }
        return result
    }

    /// The same reference without a fragment.
    public var withoutFragment: URIReference {
        var copy = self
        copy.fragment = nil
        return copy
    }

    /// The target of this reference relative to `base` (RFC 3986, section 5.2.2).
    public func resolved(against base: URIReference) -> URIReference {
        var target = self
        if scheme != nil {
            target.path = Self.removingDotSegments(path)
            return target
        }
        target.scheme = base.scheme
        if authority != nil {
            target.path = Self.removingDotSegments(path)
            return target
        }
        target.authority = base.authority
        if path.utf8.isEmpty {
            target.path = base.path
            if query == nil { target.query = base.query }
        } else if path.utf8.first == UInt8(ascii: "/") {
            target.path = Self.removingDotSegments(path)
        } else {
            target.path = Self.removingDotSegments(Self.merge(base, path))
        }
        return target
    }

    /// Merges paths (RFC 3986, section 5.2.3).
    private static func merge(_ base: URIReference, _ path: String) -> String {
        if base.authority != nil, base.path.utf8.isEmpty { return "/" + path }
        guard let slash = base.path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return path }
        return String(base.path[...slash]) + path
    }

    /// Removes dot segments, segment by segment (RFC 3986, section 5.2.4).
    private static func removingDotSegments(_ path: String) -> String {
        guard path.utf8.contains(UInt8(ascii: ".")) else { return path }
        let segments = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let isAbsolute = path.utf8.first == UInt8(ascii: "/")
        var kept: [Substring] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            if segment.elementsEqual(".".utf8) {
                if isLast { kept.append("") }
            } else if segment.elementsEqual("..".utf8) {
                if let last = kept.last, !(isAbsolute && kept.count == 1), last != ".." {
                    kept.removeLast()
                } else if !isAbsolute {
                    kept.append("..")
                }
                if isLast { kept.append("") }
            } else {
                kept.append(Substring(segment))
            }
        }
        return kept.joined(separator: "/")
    }
}
