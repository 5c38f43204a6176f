/// Scans the grammar of paths, scalar by scalar.
struct PathScanner {
    let scalars: ArraySlice<Unicode.Scalar>
    /// Index of the next scalar; offsets in errors count from the slice's start.
    var next: Int

    init(_ scalars: ArraySlice<Unicode.Scalar>) {
        self.scalars = scalars
        next = scalars.startIndex
    }

    /// The maximum number of segments; a longer path is a mistake or an attack.
    static let maximumSegments = 100

    var offset: Int { next - scalars.startIndex }
    var isAtEnd: Bool { next >= scalars.endIndex }
    var peek: Unicode.Scalar? { isAtEnd ? nil : scalars[next] }

    func peek(_ distance: Int) -> Unicode.Scalar? {
        next + distance < scalars.endIndex ? scalars[next + distance] : nil
    }

    /// Whether a plain name may contain the scalar: ASCII letters, digits, `_ - @`, and all non-ASCII scalars except
    /// spaces and control characters.
    static func isNameScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "@": true
        default: !scalar.isASCII && !scalar.properties.isWhitespace && scalar.properties.generalCategory != .control
        }
    }

    mutating func plainName() -> String? {
        var name = String.UnicodeScalarView()
        while let scalar = peek, PathScanner.isNameScalar(scalar) {
            name.append(scalar)
            next += 1
        }
        return name.isEmpty ? nil : String(name)
    }

    /// The name after the dot that was just read.
    mutating func nameAfterDot() throws(ItemSyntaxError) -> String {
        if let name = plainName() { return name }
        throw missingName()
    }

    /// `['odd.name']`, starting at the `[`; `''` inside is one quote.
    mutating func quotedName() throws(ItemSyntaxError) -> String {
        let start = offset
        next += 2
        var name = String.UnicodeScalarView()
        while let scalar = peek {
            next += 1
            guard scalar == "'" else {
                name.append(scalar)
                continue
            }
            if peek == "'" {
                name.append("'")
                next += 1
                continue
            }
            guard peek == "]" else {
                throw ItemSyntaxError(
                    "`]` is missing after the quoted name",
                    offset: offset,
                    length: isAtEnd ? 0 : 1,
                    help: "quote a name with special characters: ['odd.name']; double a quote inside: ''"
                )
            }
            next += 1
            return String(name)
        }
        throw ItemSyntaxError(
            "the quoted name is never closed", offset: start, length: offset - start, help: "end it with ']")
    }

    /// Reads all following segments, up to the first scalar that does not belong to one.
    mutating func segments(into result: inout [ItemPath.Segment]) throws(ItemSyntaxError) {
        while let scalar = peek {
            guard result.count < PathScanner.maximumSegments else {
                throw ItemSyntaxError(
                    "the path has more than \(PathScanner.maximumSegments) segments",
                    offset: offset,
                    length: 1
                )
            }
            switch scalar {
            case ".":
                next += 1
                if peek == "[" { throw missingName() }
                result.append(.name(try nameAfterDot()))
            case "[":
                result.append(try bracket())
            default:
                return
            }
        }
    }

    private mutating func bracket() throws(ItemSyntaxError) -> ItemPath.Segment {
        let start = next
        switch peek(1) {
        case "'":
            return .name(try quotedName())
        case "*" where peek(2) == "]":
            next += 3
            return .every
        case "?" where peek(2) == "]":
            next += 3
            return .some
        case .some(let digit) where ("0"..."9").contains(digit):
            next += 1
            var index = 0
            let firstDigit = offset
            while let digit = peek, ("0"..."9").contains(digit) {
                next += 1
                index = min(index * 10 + Int(digit.value - 0x30), 1_000_000_000)
            }
            let hasLeadingZero = digit == "0" && offset - firstDigit > 1
            guard peek == "]", index < 1_000_000_000, !hasLeadingZero else { break }
            next += 1
            return .index(index)
        default:
            break
        }
        next = start
        var length = 1
        while let scalar = peek(length), scalar != "]" { length += 1 }
        throw ItemSyntaxError(
            "invalid text in the brackets",
            offset: offset,
            length: min(length + 1, scalars.count - offset),
            help: "write [0] for one element, [*] for every, [?] for some, or ['odd.name'] for a member"
        )
    }

    func missingName() -> ItemSyntaxError {
        ItemSyntaxError(
            isAtEnd ? "a name is missing at the end of the path" : "a name is missing here",
            offset: offset,
            length: isAtEnd ? 0 : 1,
            help: "quote a name with special characters: ['odd.name']"
        )
    }
}

/// A path or a template that does not follow the grammar of scenario tables.
public struct ItemSyntaxError: Error, Sendable, Hashable {
    /// The mistake, in one sentence.
    public var message: String
    /// The offset of the mistake, in Unicode scalars from the start of the parsed text.
    public var offset: Int
    /// How many Unicode scalars it covers; 0 points between two.
    public var length: Int
    /// The correction, if known.
    public var help: String?

    /// Creates an error.
    public init(_ message: String, offset: Int, length: Int = 0, help: String? = nil) {
        self.message = message
        self.offset = offset
        self.length = length
        self.help = help
    }
}
