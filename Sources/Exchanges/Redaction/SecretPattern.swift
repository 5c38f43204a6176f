/// One secret, and how to recognise it wherever a message may carry it.
struct SecretPattern: Sendable {
    /// What is written in its place.
    let mask: [UInt8]
    /// The secret's bytes.
    let bytes: [UInt8]
    /// The UTF-16 code units of the secret's scalars by the place of their first byte, for `\uXXXX`.
    private let units: [Int: [UInt16]]
    /// The characters of its base64 text that depend on the secret alone, by the count of bytes in front of it mod 3.
    private let cores: [Core]
    /// Whether the secret has bytes that escapes begin with.
    private let isAmbiguous: Bool

    private struct Core: Sendable {
        let values: [UInt8]
        let hasHead: Bool
        let hasTail: Bool
    }

    init(name: String, value: String) {
        self.init(value: value, mask: Self.mask(name))
    }

    /// A secret with a mask of its own.
    init(value: String, mask: [UInt8]) {
        bytes = Array(value.utf8)
        isAmbiguous = bytes.contains(UInt8(ascii: "%")) || bytes.contains(UInt8(ascii: "\\"))
        self.mask = mask
        var units: [Int: [UInt16]] = [:]
        var place = 0
        for scalar in value.unicodeScalars {
            units[place] = UTF16.encode(scalar).map(Array.init)
            place += UTF8.width(scalar)
        }
        self.units = units
        cores = Self.cores(of: bytes)
    }

    /// `‹secret NAME›`, with nothing in the name that could end a string or a line.
    static func mask(_ name: String) -> [UInt8] {
        let allowed = name.unicodeScalars.filter { scalar in
            scalar.value > 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" && scalar != "'"
        }
        return Array("‹secret \(String(String.UnicodeScalarView(allowed)))›".utf8)
    }

    /// The bytes with which a match can begin.
    var firstBytes: Set<UInt8> {
        var first: Set<UInt8> = [UInt8(ascii: "%"), UInt8(ascii: "\\")]
        guard let start = bytes.first else { return [] }
        first.insert(start)
        if start == UInt8(ascii: " ") { first.insert(UInt8(ascii: "+")) }
        for byte in UInt8.min...UInt8.max {
            guard let value = Base64.value(of: byte) else { continue }
            if cores.contains(where: { $0.values.first == value }) { first.insert(byte) }
        }
        return first
    }

    /// The pairs of bytes, the first one in the upper half, with which a match can begin.
    var firstPairs: Set<UInt16> {
        guard bytes.count > 1 else {
            return Set(firstBytes.flatMap { first in (0...255).map { UInt16(first) << 8 | $0 } })
        }
        var pairs: Set<UInt16> = []
        let escapes = [UInt8(ascii: "%"), UInt8(ascii: "\\")]
        // What begins with an escape may go on in any way, and any byte may be followed by one.
        for first in escapes + spellings(of: bytes[0]) {
            let next = escapes.contains(first) ? Array(UInt8.min...UInt8.max) : spellings(of: bytes[1]) + escapes
            for second in next { pairs.insert(UInt16(first) << 8 | UInt16(second)) }
        }
        for first in UInt8.min...UInt8.max {
            guard let value = Base64.value(of: first) else { continue }
            for core in cores where core.values.first == value {
                let next = core.values.dropFirst().first
                for second in UInt8.min...UInt8.max where next == nil || Base64.value(of: second) == next {
                    pairs.insert(UInt16(first) << 8 | UInt16(second))
                }
            }
        }
        return pairs
    }

    /// The bytes that stand for one of the secret without an escape.
    private func spellings(of byte: UInt8) -> [UInt8] {
        byte == UInt8(ascii: " ") ? [byte, UInt8(ascii: "+")] : [byte]
    }

    /// The part of `text` that shows the secret from `start` on, or `nil`. Base64 may widen it by one to the left.
    func match(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        let spelt = spelledMatch(in: text, at: start)
        let encoded = base64Match(in: text, at: start)
        guard let spelt, let encoded else { return spelt ?? encoded }
        return min(spelt.lowerBound, encoded.lowerBound)..<max(spelt.upperBound, encoded.upperBound)
    }

    /// Raw, percent-encoded (RFC 3986, also `+` for a blank) and JSON-escaped bytes, in any mixture.
    private func spelledMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        plainMatch(in: text, at: start) ?? (isAmbiguous ? ambiguousMatch(in: text, at: start) : nil)
    }

    /// A `%` or `\` of the secret may stand for itself or begin an escape of itself: every way is gone.
    private func ambiguousMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        var reached = [[Int]](repeating: [], count: bytes.count + 1)
        reached[0] = [start]
        for byte in bytes.indices {
            for place in reached[byte] where place < text.count {
                if let units = units[byte], hasEscapes(of: units, in: text, at: place) {
                    reached[byte + Self.width(ofScalarStartingWith: bytes[byte])].append(place + 6 * units.count)
                }
                let wanted = bytes[byte]
                if let length = byteSpelling(of: wanted, in: text, at: place) {
                    reached[byte + 1].append(place + length)
                }
                if text[place] == wanted { reached[byte + 1].append(place + 1) }
                if isPercent(wanted, in: text, at: place) { reached[byte + 1].append(place + 3) }
            }
            // Few ways meet; many would be the same place again.
            reached[byte + 1] = Array(Set(reached[byte + 1])).sorted()
        }
        return reached[bytes.count].max().map { start..<$0 }
    }

    private func isPercent(_ wanted: UInt8, in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Bool {
        guard text[place] == UInt8(ascii: "%"), place + 2 < text.count, let high = hexadecimal(text[place + 1]),
            let low = hexadecimal(text[place + 2])
        else { return false }
        return high << 4 | low == wanted
    }

    private func plainMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        var place = start
        var byte = 0
        while byte < bytes.count {
            guard place < text.count else { return nil }
            if text[place] == UInt8(ascii: "\\"), let units = units[byte], hasEscapes(of: units, in: text, at: place) {
                place += 6 * units.count
                byte += Self.width(ofScalarStartingWith: bytes[byte])
            } else if let length = byteSpelling(of: bytes[byte], in: text, at: place) {
                place += length
                byte += 1
            } else {
                return nil
            }
        }
        return start..<place
    }

    private func byteSpelling(of wanted: UInt8, in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int? {
        let found = text[place]
        if found == UInt8(ascii: "\\"), place + 1 < text.count, Self.shortEscape(text[place + 1]) == wanted { return 2 }
        if found == wanted { return 1 }
        if found == UInt8(ascii: "+"), wanted == UInt8(ascii: " ") { return 1 }
        return isPercent(wanted, in: text, at: place) ? 3 : nil
    }

    private func hasEscapes(of units: [UInt16], in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Bool {
        guard start + 6 * units.count <= text.count else { return false }
        return units.enumerated().allSatisfy { index, unit in
            let place = start + 6 * index
            guard text[place] == UInt8(ascii: "\\"), text[place + 1] == UInt8(ascii: "u") else { return false }
            let digits = text[(place + 2)...(place + 5)].compactMap(hexadecimal)
            return digits.count == 4 && digits.reduce(0) { $0 << 4 | UInt16($1) } == unit
        }
    }

    private static func width(ofScalarStartingWith byte: UInt8) -> Int {
        switch byte {
        case ..<0xC0: 1
        case ..<0xE0: 2
        case ..<0xF0: 3
        default: 4
        }
    }

    private static func shortEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    private func base64Match(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        var widest: Range<Int>?
        for core in cores {
            let end = start + core.values.count
            guard end <= text.count else { continue }
            var place = start
            for value in core.values {
                guard Base64.value(of: text[place]) == value else { break }
                place += 1
            }
            guard place == end else { continue }
            // The neighbours carry some of the secret's bits beside other ones.
            let head = core.hasHead && start > 0 && Base64.value(of: text[start - 1]) != nil ? 1 : 0
            let tail = core.hasTail && end < text.count && Base64.value(of: text[end]) != nil ? 1 : 0
            let found = (start - head)..<(end + tail)
            if found.count > widest?.count ?? 0 { widest = found }
        }
        return widest
    }

    private static func cores(of bytes: [UInt8]) -> [Core] {
        (0..<3).compactMap { lead in
            let text = Base64.encode(Array(repeating: 0, count: lead) + bytes)
            let first = (lead * 8 + 5) / 6
            let end = (lead + bytes.count) * 8 / 6
            guard first < end else { return nil }
            let isWhole = (lead + bytes.count).isMultiple(of: 3)
            return Core(
                values: text[first..<end].compactMap(Base64.value(of:)),
                hasHead: lead > 0,
                hasTail: !isWhole
            )
        }
    }
}

/// The value of a hexadecimal digit in either case.
func hexadecimal(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x41 + 10
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
}
