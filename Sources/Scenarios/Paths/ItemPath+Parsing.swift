import Diagnostics

/// The context of a path, which decides the possible meanings of its first word.
public enum PathContext: Sendable, Hashable {
    /// In `check`, `save` and `same_as`.
    case step
    /// In `set`, where headers of parts are allowed too: `part.photo.header.x-checksum`.
    case set
    /// In a law, where `req.…`, `operation` and `tag` are allowed too.
    case law
    /// In `{{step.…}}`, where `req.…` is allowed too.
    case reference
}

extension ItemPath {
    /// Parses a whole path.
    ///
    /// - Parameters:
    ///   - text: The path, without surrounding spaces.
    ///   - context: The context of the path.
    /// - Throws: ``ItemSyntaxError`` at the first mistake.
    public static func parse(_ text: String, in context: PathContext = .step) throws(ItemSyntaxError) -> ItemPath {
        let scalars = Array(text.unicodeScalars)
        var parser = PathParser(scanner: PathScanner(scalars[...]), context: context)
        var path = try parser.path()
        guard parser.scanner.isAtEnd else { throw parser.unexpected() }
        path.text = text
        return path
    }

    /// Parses a whole path that is part of a longer text; offsets in errors count from the start of the path.
    public static func parse(_ text: Substring, in context: PathContext = .step) throws(ItemSyntaxError) -> ItemPath {
        try parse(String(text), in: context)
    }

    /// The end of the path that starts at `start`: the index of the first scalar that cannot belong to a path.
    ///
    /// Nothing is checked, and quoted names are skipped completely. The operator of an item is therefore found even if
    /// the path is invalid.
    public static func end(of scalars: [Unicode.Scalar], from start: Int = 0) -> Int {
        var index = start
        while index < scalars.count {
            let scalar = scalars[index]
            if scalar == "[" {
                guard let close = endOfBracket(scalars, from: index) else { return index }
                index = close
            } else if scalar == "." || scalar == "$" || PathScanner.isNameScalar(scalar) {
                index += 1
            } else {
                return index
            }
        }
        return index
    }

    private static func endOfBracket(_ scalars: [Unicode.Scalar], from start: Int) -> Int? {
        var index = start + 1
        let isQuoted = index < scalars.count && scalars[index] == "'"
        if isQuoted { index += 1 }
        while index < scalars.count {
            let scalar = scalars[index]
            if isQuoted, scalar == "'" {
                let after = index + 1 < scalars.count ? scalars[index + 1] : nil
                if after == "'" {
                    index += 2
                    continue
                }
                return after == "]" ? index + 2 : index + 1
            }
            if !isQuoted, scalar == "]" { return index + 1 }
            index += 1
        }
        return isQuoted ? scalars.count : nil
    }
}

struct PathParser {
    var scanner: PathScanner
    let context: PathContext

    mutating func path() throws(ItemSyntaxError) -> ItemPath {
        guard !scanner.isAtEnd else { throw ItemSyntaxError("the path is empty", offset: 0) }
        if context == .law || context == .reference, word() == "req" {
            scanner.next += 4
            let path = try requestPath()
            return try checked(path)
        }
        let path = try anyPath()
        return try checked(path)
    }

    /// The next plain name, if a dot or `['` follows it.
    private func word() -> String? {
        var ahead = scanner
        guard let name = ahead.plainName() else { return nil }
        guard ahead.peek == "." || (ahead.peek == "[" && ahead.peek(1) == "'") else { return nil }
        return name
    }

    private mutating func anyPath() throws(ItemSyntaxError) -> ItemPath {
        if let path = try prefixed() { return path }
        var segments: [ItemPath.Segment] = []
        if scanner.peek == "$" {
            scanner.next += 1
            try scanner.segments(into: &segments)
            return ItemPath(.body, segments)
        }
        let start = scanner.offset
        if scanner.peek == "[", scanner.peek(1) == "'" {
            segments.append(.name(try scanner.quotedName()))
        } else {
            guard let name = scanner.plainName() else { throw scanner.missingName() }
            if let root = bareWord(name) {
                guard scanner.peek != ".", scanner.peek != "[" else {
                    throw ItemSyntaxError(
                        "`\(name)` is a single value and has no members",
                        offset: start,
                        length: name.unicodeScalars.count,
                        help: "write body.\(name) for a body member of that name"
                    )
                }
                return ItemPath(root)
            }
            segments.append(.name(name))
        }
        try scanner.segments(into: &segments)
        return ItemPath(.body, segments, isBare: true)
    }

    private func bareWord(_ name: String) -> ItemPath.Root? {
        switch name {
        case "status": .status
        case "time": .time
        case "operation" where context == .law: .operation
        case "tag" where context == .law: .tag
        default: nil
        }
    }

    /// A path with one of the prefixes, or `nil` if there is no prefix.
    private mutating func prefixed() throws(ItemSyntaxError) -> ItemPath? {
        guard let prefix = word() else {
            var ahead = scanner
            guard ahead.plainName() == "body", ahead.peek == "[" else { return nil }
            scanner = ahead
            return try body()
        }
        switch prefix {
        case "body":
            scanner.next += 4
            return try body()
        case "part":
            return context == .set ? partHeader() : nil
        case "header", "query", "path", "cookie":
            scanner.next += prefix.unicodeScalars.count
            let name: String
            if scanner.peek == "." {
                scanner.next += 1
                name = try scanner.nameAfterDot()
            } else {
                name = try scanner.quotedName()
            }
            var segments: [ItemPath.Segment] = []
            try scanner.segments(into: &segments)
            return ItemPath(root(prefix, name), segments)
        default:
            return nil
        }
    }

    /// `part.NAME.header.HEADER`, with an index after the name or in its place; `nil` for any other path, which is that of
    /// a body member with the name `part`.
    private mutating func partHeader() -> ItemPath? {
        var ahead = scanner
        ahead.next += 4
        var segments: [ItemPath.Segment] = []
        guard (try? ahead.segments(into: &segments)) != nil, (3...4).contains(segments.count),
            case .name("header") = segments[segments.count - 2], case .name(let name) = segments[segments.count - 1]
        else { return nil }
        scanner = ahead
        return ItemPath(.partHeader(Array(segments.dropLast(2)), name))
    }

    private func root(_ prefix: String, _ name: String) -> ItemPath.Root {
        switch prefix {
        case "header": .header(name)
        case "query": .query(name)
        case "path": .path(name)
        default: .cookie(name)
        }
    }

    private mutating func body() throws(ItemSyntaxError) -> ItemPath {
        var segments: [ItemPath.Segment] = []
        try scanner.segments(into: &segments)
        return ItemPath(.body, segments)
    }

    /// Parses the text after `req.`.
    private mutating func requestPath() throws(ItemSyntaxError) -> ItemPath {
        let start = scanner.offset
        var path: ItemPath
        if let prefixed = try prefixed() {
            path = prefixed
        } else if scanner.peek == "$" {
            path = try anyPath()
        } else {
            guard let name = scanner.plainName() else { throw scanner.missingName() }
            switch name {
            case "method": path = ItemPath(.method)
            case "path": path = ItemPath(.requestPath)
            case "body": path = try body()
            default:
                let near = nearestName(to: name, among: ["method", "path", "header", "query", "cookie", "body"])
                throw ItemSyntaxError(
                    "`req.` must be followed by a part of the request",
                    offset: start,
                    length: name.unicodeScalars.count,
                    help: near.map { "did you mean `req.\($0)`?" }
                        ?? "a request has method, path, header.…, query.…, path.…, cookie.… and body.…: "
                        + "write req.body.\(name) for a member of its body"
                )
            }
        }
        path.isRequest = true
        return path
    }

    private func checked(_ path: ItemPath) throws(ItemSyntaxError) -> ItemPath {
        let hasEvery = path.segments.contains { if case .every = $0 { true } else { false } }
        guard hasEvery, path.asksForSome else { return path }
        throw ItemSyntaxError(
            "[*] and [?] cannot be combined in one path",
            offset: 0,
            length: scanner.offset,
            help: "use two items, one for every element and one for some element"
        )
    }

    func unexpected() -> ItemSyntaxError {
        ItemSyntaxError(
            "unexpected '\(scanner.peek.map(String.init) ?? "")' in a path",
            offset: scanner.offset,
            length: 1,
            help: "quote a name with special characters: ['odd.name']"
        )
    }
}
