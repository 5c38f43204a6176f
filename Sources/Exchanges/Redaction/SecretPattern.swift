import Primitives

/// One secret, and how to recognise it in any encoding.
struct SecretPattern: Sendable {
    /// The text that replaces it.
    let mask: [UInt8]
    /// The secret's bytes.
    let bytes: [UInt8]
    /// The bytes with ASCII letters in lower case.
    private let folded: [UInt8]
    /// The secret's non-ASCII characters, by the position of their first byte.
    private let scalars: [Int: UInt32]
    private let forms: [EncodedSecret]
    /// Whether the secret contains bytes that begin escapes, so that a text can have two meanings.
    private let isAmbiguous: Bool

    /// The fewest bytes of a secret that are masked where a text was cut.
    static let leastCut = 3

    init(name: String, value: String) {
        self.init(value: value, mask: Self.mask(name))
    }

    /// Creates a secret with its own mask.
    init(value: String, mask: [UInt8]) {
        bytes = Array(value.utf8)
        folded = bytes.map(\.lowercasedASCII)
        isAmbiguous = bytes.contains(where: EscapedText.begins)
        self.mask = mask
        var scalars: [Int: UInt32] = [:]
        var place = 0
        for scalar in value.unicodeScalars {
            if !scalar.isASCII { scalars[place] = scalar.value }
            place += UTF8.width(scalar)
        }
        self.scalars = scalars
        forms = EncodedSecret.forms(of: value)
    }

    /// Returns `‹secret NAME›`, without characters that could end a string or a line.
    static func mask(_ name: String) -> [UInt8] {
        let allowed = name.unicodeScalars.filter { scalar in
            scalar.value > 0x20 && scalar.value < 0x7F && scalar != "\"" && scalar != "\\" && scalar != "'"
        }
        return Array("‹secret \(String(String.UnicodeScalarView(allowed)))›".utf8)
    }

    /// The bytes with which a match can begin, with escapes decoded.
    var firstBytes: Set<UInt8> {
        guard let start = bytes.first else { return [] }
        var first = Set(spellings(of: start))
        for byte in UInt8.min...UInt8.max where forms.contains(where: { $0.symbols.first == $0.symbol(byte) }) {
            first.insert(byte)
        }
        return first
    }

    /// The pairs of bytes with which a match without an initial escape can begin. The first byte is in the upper half.
    var firstPairs: Set<UInt16> {
        let all = UInt8.min...UInt8.max
        var pairs: Set<UInt16> = []
        func insert(_ first: UInt8, _ isNext: (UInt8) -> Bool) {
            for second in all where isNext(second) || EscapedText.begins(second) {
                pairs.insert(UInt16(first) << 8 | UInt16(second))
            }
        }
        for first in bytes.first.map(spellings) ?? [] {
            let next = bytes.dropFirst().first.map(spellings)
            insert(first) { next?.contains($0) ?? true }
        }
        for form in forms {
            let next = form.symbols.dropFirst().first
            for first in all where form.symbol(first) != nil && form.symbol(first) == form.symbols.first {
                insert(first) { next == nil || form.symbol($0) == next || $0 == 0x0A || $0 == 0x0D }
            }
        }
        return pairs
    }

    /// The bytes that represent a byte of the secret without an escape: letters in both cases, and `+` for a space.
    private func spellings(of byte: UInt8) -> [UInt8] {
        switch byte {
        case UInt8(ascii: " "): [byte, UInt8(ascii: "+")]
        case 0x41...0x5A, 0x61...0x7A: [byte | 0x20, byte & 0xDF]
        default: [byte]
        }
    }

    /// The part of `text` that contains the secret from `start` on, or `nil`. Base64 may extend it by one to the left.
    func match(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        var widest = spelledMatch(in: text, at: start)
        for form in forms {
            guard let found = form.match(in: text, at: start) else { continue }
            widest =
                widest.map {
                    min($0.lowerBound, found.lowerBound)..<max($0.upperBound, found.upperBound)
                } ?? found
        }
        return widest
    }

    /// Matches raw and escaped bytes in any mixture and in any case.
    private func spelledMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        var place = start
        for (index, wanted) in folded.enumerated() {
            guard place < text.count else { return isAmbiguous ? escapedMatch(in: text, at: start) : nil }
            let found = text[place].lowercasedASCII
            if found == wanted || found == UInt8(ascii: "+") && wanted == UInt8(ascii: " ") {
                place += 1
            } else {
                // Most texts differ here and contain no escape that could still match.
                guard isAmbiguous && index > 0 || EscapedText.begins(text[place]) else { return nil }
                return escapedMatch(in: text, at: start)
            }
        }
        // A secret that ends in such a byte is also the beginning of its escaped form: `\` of `\\`, and `%` of `%25`.
        return isAmbiguous ? escapedMatch(in: text, at: start) : start..<place
    }

    private func escapedMatch(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        reached(in: text, at: start)[bytes.count].max().map { start..<$0 }
    }

    /// The text position after each byte of the secret, for every way of reading it from byte `first` on.
    private func reached(in text: UnsafeBufferPointer<UInt8>, at start: Int, from first: Int = 0) -> [[Int]] {
        var reached = [[Int]](repeating: [], count: bytes.count + 1)
        reached[first] = [start]
        var furthest = first
        for index in first..<bytes.count {
            guard index <= furthest else { break }
            for place in Set(reached[index]) {
                for unit in EscapedText.units(in: text, at: place) {
                    guard let width = width(of: unit.value, at: index) else { continue }
                    reached[index + width].append(unit.end)
                    furthest = max(furthest, index + width)
                }
            }
        }
        return reached
    }

    /// The number of the secret's bytes that a piece of text represents; `nil` if it does not match.
    private func width(of value: EscapedText.Unit.Value, at index: Int) -> Int? {
        switch value {
        case .byte(let byte):
            let isBlank = byte == UInt8(ascii: "+") && bytes[index] == UInt8(ascii: " ")
            return isBlank || byte.lowercasedASCII == folded[index] ? 1 : nil
        case .scalar(let scalar) where scalar < 0x80:
            return UInt8(scalar).lowercasedASCII == folded[index] ? 1 : nil
        case .scalar(let scalar):
            guard scalars[index] == scalar, let known = Unicode.Scalar(scalar) else { return nil }
            return UTF8.width(known)
        }
    }

    // MARK: Texts that were cut

    /// The part of the secret before a cut at `end`.
    func cutMatch(in text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Range<Int>? {
        let shown = UnsafeBufferPointer(rebasing: text[..<end])
        // Three layers of percent-encoding take seven bytes for one.
        let window = max(0, end - 8 * bytes.count)
        for start in window..<end where isBeginning(text[start]) {
            let reached = reached(in: shown, at: start)
            let isCut = reached.indices.dropFirst(Self.leastCut).contains { index in
                reached[index].contains { $0 == end || isTorn(text[$0..<end]) }
            }
            if isCut { return start..<end }
        }
        return forms.lazy.compactMap { $0.cutStart(in: text, endingAt: end) }.min().map { $0..<end }
    }

    /// The part of the secret after a cut at `start`.
    func cutMatch(in text: UnsafeBufferPointer<UInt8>, startingAt start: Int) -> Range<Int>? {
        guard start < text.count, bytes.count > Self.leastCut else { return nil }
        for first in 1...(bytes.count - Self.leastCut) {
            if let end = reached(in: text, at: start, from: first)[bytes.count].max() { return start..<end }
        }
        return forms.lazy.compactMap { $0.cutEnd(in: text, startingAt: start) }.max().map { start..<$0 }
    }

    private func isBeginning(_ byte: UInt8) -> Bool {
        EscapedText.begins(byte) || bytes.first.map { spellings(of: $0).contains(byte) } ?? false
    }

    /// Whether a cut went through an escape. The longest escape is a surrogate pair of twelve bytes.
    private func isTorn(_ rest: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        rest.count < 12 && rest.first.map(EscapedText.begins) ?? false
    }
}
