import Primitives

/// A parsed reference (RFC 3986, section 4.2).
struct Reference: Equatable {
    /// Why a reference cannot be resolved.
    struct Problem: Error, Equatable {
        var rule: String
        var message: String
        var help: String?
    }

    /// The target of a reference.
    enum Target: Equatable {
        /// A place in the same document.
        case sameDocument
        /// A file, relative to the project folder; `uri` is the resolved URI.
        case file(path: String, uri: String)
        /// An absolute URI.
        case absolute(uri: String)
    }

    let target: Target
    /// The part after `#`, decoded; `nil` if there is none.
    let fragment: String?

    /// Parses a reference in the file at `path`.
    init(_ text: String, in path: String) throws(Problem) {
        let bytes = Array(text.utf8)
        let parts = bytes.split(separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
        let address = parts[0]
        if parts.count > 1 {
            guard let decoded = PercentEncoding.text(parts[1]) else {
                throw Problem(
                    rule: "reference.malformed",
                    message: "the fragment of '\(text)' is not percent-encoded text")
            }
            fragment = decoded
        } else {
            fragment = nil
        }
        target = try Self.target(address, text: text, in: path)
    }

    private static func target(_ address: ArraySlice<UInt8>, text: String, in path: String) throws(Problem) -> Target {
        guard !address.isEmpty else { return .sameDocument }
        if let scheme = scheme(of: address) {
            switch scheme {
            case "http", "https", "urn", "tag":
                return .absolute(uri: String(decoding: address, as: UTF8.self))
            default:
                throw Problem(
                    rule: "reference.scheme",
                    message: "the reference '\(excerpt(text))' has the scheme '\(scheme)', which is not allowed",
                    help: "refer to a file of the project by its relative path"
                )
            }
        }
        if address.starts(with: "//".utf8) { throw remote(text) }
        guard !address.contains(UInt8(ascii: "?")) else {
            throw Problem(
                rule: "reference.malformed",
                message: "the reference '\(excerpt(text))' has a query, which a file cannot have"
            )
        }
        guard let decoded = PercentEncoding.text(address), !decoded.utf8.contains(0) else {
            throw Problem(
                rule: "reference.malformed",
                message: "the reference '\(excerpt(text))' is not percent-encoded text"
            )
        }
        guard !decoded.utf8.contains(UInt8(ascii: "\\")) else {
            throw Problem(
                rule: "reference.malformed",
                message: "the reference '\(excerpt(text))' contains a backslash; use slashes"
            )
        }
        let folder = path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) + "/" } ?? ""
        let isRooted = decoded.utf8.first == UInt8(ascii: "/")
        let file = isRooted ? String(decoded.utf8.drop { $0 == UInt8(ascii: "/") }) ?? "" : folder + decoded
        let base = isRooted ? "" : PercentEncoding.encoded(folder, keeping: "/!$&'()*+,;=:@")
        let raw = String(decoding: address.drop { isRooted && $0 == UInt8(ascii: "/") }, as: UTF8.self)
        return .file(path: file, uri: "file:///" + removingDots(base + raw))
    }

    /// The URI of a relative reference in a document with the absolute URI `base` (RFC 3986, section 5.2); `nil` for a
    /// base without an authority.
    static func address(of text: String, in base: String) -> String? {
        let relative = text.utf8.prefix { $0 != UInt8(ascii: "#") }
        let slash = UInt8(ascii: "/")
        guard let colon = base.utf8.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let rest = base.utf8[base.utf8.index(after: colon)...]
        guard rest.starts(with: "//".utf8) else { return nil }
        let authority = rest.dropFirst(2).prefix { $0 != slash }
        let path = base.utf8[authority.endIndex...].prefix { $0 != UInt8(ascii: "?") && $0 != UInt8(ascii: "#") }
        let folder = path.lastIndex(of: slash).map { path[...$0] } ?? "/"[...].utf8
        let whole = relative.first == slash ? Array(relative) : Array(folder) + Array(relative)
        return String(Substring(base.utf8[..<authority.endIndex])) + "/"
            + removingDots(String(decoding: whole.drop { $0 == slash }, as: UTF8.self))
    }

    /// The rule for references that would have to be downloaded.
    static let remoteRule = "reference.remote"

    /// A reference that would have to be downloaded. The message names the host, so that all references to it are
    /// reported as one.
    static func remote(_ text: String) -> Problem {
        Problem(
            rule: remoteRule,
            message: "references to '\(excerpt(host(of: text)))' are not followed: remote documents are not fetched",
            help: "save the document in the project and refer to it by its relative path; until then, "
                + "whatever depends on it is not judged"
        )
    }

    /// The host of a reference; the whole URI if it has none.
    private static func host(of text: String) -> String {
        let address = text.utf8.prefix { $0 != UInt8(ascii: "#") }
        let slash = UInt8(ascii: "/")
        let ends = [slash, UInt8(ascii: "?")]
        guard let start = address.firstIndex(of: slash), address[start...].starts(with: "//".utf8) else {
            return String(Substring(address))
        }
        return String(Substring(address[start...].dropFirst(2).prefix { !ends.contains($0) }))
    }

    /// A reference for messages, cut to 100 characters.
    static func excerpt(_ text: String) -> String {
        let scalars = text.unicodeScalars
        guard scalars.count > 100 else { return text }
        return String(String.UnicodeScalarView(scalars.prefix(100))) + "…"
    }

    private static func scheme(of address: ArraySlice<UInt8>) -> String? {
        guard let colon = address.firstIndex(of: UInt8(ascii: ":")) else { return nil }
        let name = address[..<colon]
        let isLetter: (UInt8) -> Bool = { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        }
        guard let first = name.first, isLetter(first) else { return nil }
        let isAllowed = name.allSatisfy { byte in
            isLetter(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "+-.".utf8.contains(byte)
        }
        return isAllowed ? String(decoding: name, as: UTF8.self).lowercased() : nil
    }

    /// Removes dot segments (RFC 3986, section 5.2.4) from a path without a leading slash.
    private static func removingDots(_ path: String) -> String {
        var parts: [Substring.UTF8View] = []
        for part in path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        where !part.elementsEqual(".".utf8) {
            if part.elementsEqual("..".utf8) {
                _ = parts.popLast()
            } else {
                parts.append(part)
            }
        }
        return parts.map { String(Substring($0)) }.joined(separator: "/")
    }
}
