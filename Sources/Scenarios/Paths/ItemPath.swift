import Primitives

/// The place of a value in an exchange, as written in scenario tables: `parcel.weight`, `$[*].id`, `header.etag`,
/// `status`.
///
/// Without a prefix, a path refers to the body; the prefixes are `header.`, `query.`, `path.`, `cookie.` and `body.`,
/// and `status` and `time` are special words. A prefix or special word takes precedence over a body member with the
/// same name, which is then written `body.status`.
public struct ItemPath: Sendable {
    /// The root of the path.
    public enum Root: Sendable {
        /// The body.
        case body
        /// A header, by name, ignoring case.
        case header(String)
        /// A query parameter of the request.
        case query(String)
        /// A path parameter of the request.
        case path(String)
        /// A cookie: of the request after `req.`, otherwise one that the response sets.
        case cookie(String)
        /// A header of a part of a multipart body, by the place of the part and its name (`set` only).
        case partHeader([Segment], String)
        /// The status code of the response.
        case status
        /// The duration of the exchange in seconds.
        case time
        /// The name of the operation (laws only).
        case operation
        /// The tags of the operation (laws only).
        case tag
        /// The method of the request: `req.method`.
        case method
        /// The path of the request: `req.path`.
        case requestPath
    }

    /// One segment of a path.
    public enum Segment: Sendable {
        /// A member of an object.
        case name(String)
        /// An element of an array, or one line of a header, from 0.
        case index(Int)
        /// `[*]`: every element.
        case every
        /// `[?]`: at least one element.
        case some
    }

    /// Whether the path refers to the request (`req.`).
    public var isRequest: Bool
    /// The root of the path.
    public var root: Root
    /// The segments after the root, outermost first.
    public var segments: [Segment]
    /// Whether the path has no prefix, so that a `set` item may refer to a parameter.
    public var isBare: Bool
    /// The path as written.
    public var text: String

    /// Creates a path from its parts; `text` is generated.
    public init(_ root: Root, _ segments: [Segment] = [], isRequest: Bool = false, isBare: Bool = false) {
        self.isRequest = isRequest
        self.root = root
        self.segments = segments
        self.isBare = isBare
        text = ""
        text = canonical
    }

    /// Whether `[*]` or `[?]` occurs, so that the path can select several values.
    public var hasWildcard: Bool {
        segments.contains { segment in
            switch segment {
            case .every, .some: true
            case .name, .index: false
            }
        }
    }

    /// Whether the path contains `[?]`.
    public var asksForSome: Bool {
        segments.contains { if case .some = $0 { true } else { false } }
    }
}

extension ItemPath: CustomStringConvertible {
    /// The path as written.
    public var description: String { text }

    /// The canonical spelling, in which equal paths have equal bytes.
    var canonical: String {
        var result = isRequest ? "req." : ""
        var rest = segments[...]
        switch root {
        case .body:
            if isBare, case .name(let name)? = rest.first {
                result += ItemPath.spelled(name, first: true)
                rest = rest.dropFirst()
            } else {
                result += rest.isEmpty ? "$" : "body"
            }
        case .header(let name): result += "header" + ItemPath.spelled(name.lowercasedASCII, first: false)
        case .query(let name): result += "query" + ItemPath.spelled(name, first: false)
        case .path(let name): result += "path" + ItemPath.spelled(name, first: false)
        case .cookie(let name): result += "cookie" + ItemPath.spelled(name, first: false)
        case .partHeader(let part, let name):
            result += "part"
            for segment in part { result += ItemPath.spelled(segment) }
            result += ".header" + ItemPath.spelled(name.lowercasedASCII, first: false)
        case .status: result += "status"
        case .time: result += "time"
        case .operation: result += "operation"
        case .tag: result += "tag"
        case .method: result += "method"
        case .requestPath: result += "path"
        }
        for segment in rest { result += ItemPath.spelled(segment) }
        return result
    }

    private static func spelled(_ segment: Segment) -> String {
        switch segment {
        case .name(let name): spelled(name, first: false)
        case .index(let index): "[\(index)]"
        case .every: "[*]"
        case .some: "[?]"
        }
    }

    private static func spelled(_ name: String, first: Bool) -> String {
        if !name.isEmpty, name.unicodeScalars.allSatisfy(PathScanner.isNameScalar) {
            return first ? name : ".\(name)"
        }
        var quoted = "['"
        for scalar in name.unicodeScalars {
            quoted.unicodeScalars.append(scalar)
            if scalar == "'" { quoted.unicodeScalars.append(scalar) }
        }
        return quoted + "']"
    }
}

extension ItemPath: Hashable {
    /// Paths are equal if they have the same canonical spelling.
    public static func == (left: ItemPath, right: ItemPath) -> Bool {
        left.canonical.utf8.elementsEqual(right.canonical.utf8)
    }

    /// Hashes the canonical spelling.
    public func hash(into hasher: inout Hasher) {
        for byte in canonical.utf8 { hasher.combine(byte) }
    }
}
