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

// Names are compared byte by byte: JSON distinguishes spellings that Unicode calls equivalent (RFC 8259, section 8.3).
extension ItemPath.Segment: Hashable {
    /// Whether the segments have the same meaning.
    public static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.name(let left), .name(let right)): left.isSame(as: right)
        case (.index(let left), .index(let right)): left == right
        case (.every, .every), (.some, .some): true
        default: false
        }
    }

    /// Equal segments have equal hashes.
    public func hash(into hasher: inout Hasher) {
        switch self {
        case .name(let name): hasher.combine(name)
        case .index(let index): hasher.combine(index)
        case .every: hasher.combine(-1)
        case .some: hasher.combine(-2)
        }
    }
}

extension ItemPath.Root: Hashable {
    /// Whether the roots have the same meaning: names of headers ignore case.
    public static func == (left: Self, right: Self) -> Bool {
        left.kind == right.kind && left.name.isSame(as: right.name) && left.part == right.part
    }

    /// Equal roots have equal hashes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(name)
        hasher.combine(part)
    }

    private var kind: UInt8 {
        switch self {
        case .body: 0
        case .header: 1
        case .query: 2
        case .path: 3
        case .cookie: 4
        case .partHeader: 5
        case .status: 6
        case .time: 7
        case .operation: 8
        case .tag: 9
        case .method: 10
        case .requestPath: 11
        }
    }

    /// The name, in the spelling that is compared; empty for roots without one.
    private var name: String {
        switch self {
        case .header(let name), .partHeader(_, let name): name.lowercasedASCII
        case .query(let name), .path(let name), .cookie(let name): name
        default: ""
        }
    }

    private var part: [ItemPath.Segment] { if case .partHeader(let part, _) = self { part } else { [] } }
}

extension ItemPath: Hashable {
    /// Whether the paths have the same meaning, however they are written.
    public static func == (left: ItemPath, right: ItemPath) -> Bool {
        left.isRequest == right.isRequest && left.root == right.root && left.segments == right.segments
            && left.hasBareName == right.hasBareName
    }

    /// Equal paths have equal hashes.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(isRequest)
        hasher.combine(root)
        hasher.combine(segments)
        hasher.combine(hasBareName)
    }

    /// Whether the path starts with a name that may mean a parameter, so that it differs from the path with `body.`.
    private var hasBareName: Bool {
        guard isBare, case .body = root, case .name? = segments.first else { return false }
        return true
    }
}
