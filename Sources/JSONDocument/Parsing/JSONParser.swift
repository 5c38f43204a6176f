/// Parses a text in one pass onto a tape. Nesting uses no stack: open containers are linked through the tape itself.
struct JSONParser: ~Copyable {
    /// Why parsing stopped; the position is computed only when needed.
    struct Failure: Error {
        var reason: JSONSyntaxError.Reason
        var offset: Int
        var message: String
    }

    let scanner: JSONScanner
    let limits: JSONLimits
    var names: JSONNameIndex
    private(set) var entries: UnsafeMutablePointer<JSONTapeEntry>
    private(set) var count = 0
    private var capacity: Int

    /// Creates a parser for `bytes`, which must stay valid until ``run()`` has returned.
    init(_ bytes: UnsafeBufferPointer<UInt8>, limits: JSONLimits) {
        scanner = JSONScanner(bytes)
        self.limits = limits
        names = JSONNameIndex(maximumRepeated: limits.maximumDuplicateNames)
        // An estimate that fits typical bodies without growing and stays small compared to the text.
        capacity = bytes.count / 8 + 8
        entries = .allocate(capacity: capacity)
    }

    /// Frees the tape after a failure; after a success, the storage owns it.
    func discard() { entries.deallocate() }

    /// Parses the whole text.
    mutating func run() throws(Failure) {
        let scanner = scanner
        let (base, end) = (scanner.base, scanner.end)
        let (maximumDepth, maximumNodes) = (limits.effectiveDepth, limits.effectiveNodes)
        var place = scanner.skipWhitespace(scanner.startOfText)
        var (depth, values, open) = (0, 0, -1)
        value: while true {
            guard place < end else { throw scanner.unexpectedEnd(place, expected: "a value") }
            values &+= 1
            if values > maximumNodes { throw tooMany(at: place) }
            let byte = base[place]
            switch byte {
            case UInt8(ascii: "\""): place = try string(at: place, isName: false)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth &+= 1
                if depth > maximumDepth { throw tooDeep(at: place) }
                let isObject = byte == UInt8(ascii: "{")
                let index = count
                beginContainer(at: place, isObject: isObject, in: open)
                place = scanner.skipWhitespace(place &+ 1)
                // In ASCII, "]" and "}" are two after "[" and "{".
                if place < end, base[place] == byte &+ 2 {
                    place &+= 1
                    depth &-= 1
                    entries[index].end = UInt32(truncatingIfNeeded: count)
                    break
                }
                open = index
                entries[index].length = 1
                if isObject { place = try name(at: place, orClosing: true) }
                continue value
            case UInt8(ascii: "-"), 0x30...0x39: place = try number(at: place)
            default: place = try literal(at: place)
            }
            // A value is complete: close the containers that end here, or continue with the next value.
            while open >= 0 {
                place = scanner.skipWhitespace(place)
                let isObject = entries[open].kind == .object
                guard place < end else { throw scanner.unexpectedEnd(place, expected: Self.separators(isObject)) }
                let byte = base[place]
                if byte == UInt8(ascii: ",") {
                    entries[open].length &+= 1
                    place = scanner.skipWhitespace(place &+ 1)
                    if isObject { place = try name(at: place, orClosing: false) }
                    continue value
                }
                guard byte == (isObject ? UInt8(ascii: "}") : UInt8(ascii: "]")) else {
                    throw scanner.unexpected(place, expected: Self.separators(isObject))
                }
                place &+= 1
                depth &-= 1
                open = endContainer(open, isObject: isObject)
            }
            break
        }
        place = scanner.skipWhitespace(place)
        if place < end { throw scanner.trailing(place) }
    }

    /// The expected text after a value in a container, for messages.
    private static func separators(_ isObject: Bool) -> String {
        isObject ? "\",\" or \"}\"" : "\",\" or \"]\""
    }

    /// Adds the entry of a container. Until its end, it is linked to the container around it, or to -1.
    @inline(__always)
    private mutating func beginContainer(at start: Int, isObject: Bool, in outer: Int) {
        push(
            JSONTapeEntry(
                offset: UInt32(truncatingIfNeeded: start),
                length: 0,
                end: UInt32(truncatingIfNeeded: outer),
                kind: isObject ? .object : .array
            )
        )
    }

    /// Completes the entry of a container, and returns the container around it, or -1.
    @inline(__always)
    private mutating func endContainer(_ container: Int, isObject: Bool) -> Int {
        let outer = Int(Int32(bitPattern: entries[container].end))
        entries[container].end = UInt32(truncatingIfNeeded: count)
        if isObject { names.close(object: container, entries: entries, content: scanner.base) }
        return outer
    }

    /// Parses a name, its colon and the whitespace around it; returns the start of the value.
    @inline(__always)
    private mutating func name(at start: Int, orClosing: Bool) throws(Failure) -> Int {
        guard start < scanner.end else {
            throw scanner.unexpectedEnd(start, expected: orClosing ? "a name in quotes or \"}\"" : "a name in quotes")
        }
        guard scanner.base[start] == UInt8(ascii: "\"") else {
            throw scanner.unexpected(start, expected: orClosing ? "a name in quotes or \"}\"" : "a name in quotes")
        }
        let place = scanner.skipWhitespace(try string(at: start, isName: true))
        guard place < scanner.end else { throw scanner.unexpectedEnd(place, expected: "\":\"") }
        guard scanner.base[place] == UInt8(ascii: ":") else { throw scanner.unexpected(place, expected: "\":\"") }
        return scanner.skipWhitespace(place &+ 1)
    }

    @inline(__always)
    private mutating func string(at start: Int, isName: Bool) throws(Failure) -> Int {
        var isEscaped = false
        let close = try scanner.string(start &+ 1, &isEscaped)
        var flags: JSONTapeEntry.Flags = isEscaped ? .escaped : []
        var tag: UInt16 = 0
        if isName {
            flags.insert(.name)
            let raw = UnsafeBufferPointer(start: scanner.base + (start &+ 1), count: close &- start &- 1)
            tag = isEscaped ? Self.decodedTag(raw) : JSONNameKey.tag(raw)
        }
        push(
            JSONTapeEntry(
                offset: UInt32(truncatingIfNeeded: start &+ 1),
                length: UInt32(truncatingIfNeeded: close &- start &- 1),
                end: UInt32(truncatingIfNeeded: count &+ 1),
                kind: .string,
                flags: flags,
                tag: tag
            )
        )
        return close &+ 1
    }

    @inline(__always)
    private mutating func number(at start: Int) throws(Failure) -> Int {
        var isInteger = true
        let stop = try scanner.number(start, &isInteger)
        push(
            JSONTapeEntry(
                offset: UInt32(truncatingIfNeeded: start),
                length: UInt32(truncatingIfNeeded: stop &- start),
                end: UInt32(truncatingIfNeeded: count &+ 1),
                kind: .number,
                flags: isInteger ? .integer : []
            )
        )
        return stop
    }

    @inline(__always)
    private mutating func literal(at start: Int) throws(Failure) -> Int {
        let kind: JSONKind
        var flags: JSONTapeEntry.Flags = []
        let length: Int
        if scanner.matches("true", at: start) {
            kind = .boolean
            flags = .yes
            length = 4
        } else if scanner.matches("false", at: start) {
            kind = .boolean
            length = 5
        } else if scanner.matches("null", at: start) {
            kind = .null
            length = 4
        } else {
            throw scanner.unexpected(start, expected: "a value")
        }
        push(
            JSONTapeEntry(
                offset: UInt32(truncatingIfNeeded: start),
                length: UInt32(truncatingIfNeeded: length),
                end: UInt32(truncatingIfNeeded: count &+ 1),
                kind: kind,
                flags: flags
            )
        )
        return start &+ length
    }

    @inline(__always)
    private mutating func push(_ entry: JSONTapeEntry) {
        if count == capacity { grow() }
        (entries + count).initialize(to: entry)
        count &+= 1
    }

    @inline(never)
    private mutating func grow() {
        let larger = UnsafeMutablePointer<JSONTapeEntry>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: entries, count: count)
        entries.deallocate()
        entries = larger
        capacity *= 2
    }

    private static func decodedTag(_ raw: UnsafeBufferPointer<UInt8>) -> UInt16 {
        var text: [UInt8] = []
        JSONText.decode(raw, into: &text)
        return text.withUnsafeBufferPointer(JSONNameKey.tag)
    }

    private func tooDeep(at place: Int) -> Failure {
        Failure(reason: .tooDeep, offset: place, message: "nested deeper than \(limits.effectiveDepth) levels")
    }

    private func tooMany(at place: Int) -> Failure {
        Failure(reason: .tooManyValues, offset: place, message: "more than \(limits.effectiveNodes) values")
    }
}

extension JSONParser {
    /// Transfers the tape to a storage after ``run()`` has succeeded.
    consuming func finish(source: [UInt8]) -> JSONStorage {
        JSONStorage(source: source, content: source, entries: entries, count: count, names: names)
    }
}
