import Primitives

/// A text that contains a whole secret: its base64 or hexadecimal form.
struct EncodedSecret: Sendable, Hashable {
    enum Alphabet: Sendable, Hashable {
        /// Both alphabets of RFC 4648, sections 4 and 5; the symbols are values of six bits.
        case base64
        /// RFC 4648, section 8, in either case; the symbols are digits in lower case.
        case hexadecimal
    }

    let alphabet: Alphabet
    /// The symbols that depend only on the secret.
    let symbols: [UInt8]
    /// Whether the neighbouring symbols contain some bits of the secret and some other bits.
    var hasHead = false
    var hasTail = false

    /// The fewest symbols of a cut form that are masked: three bytes of the secret.
    private var leastCut: Int { alphabet == .base64 ? 4 : 6 }

    /// The forms of a secret: its own bytes, its upper and lower case, and base64 of base64.
    static func forms(of value: String) -> [EncodedSecret] {
        var forms: [EncodedSecret] = []
        func add(_ form: EncodedSecret) { if !forms.contains(form) { forms.append(form) } }
        let spellings = [value, value.uppercased(), value.lowercased()].map { Array($0.utf8) }
        for bytes in spellings {
            for lead in 0..<3 { if let form = base64(bytes, lead: lead) { add(form) } }
            add(EncodedSecret(alphabet: .hexadecimal, symbols: bytes.flatMap { [digit($0 >> 4), digit($0 & 15)] }))
        }
        for lead in 0..<3 { if let form = base64(Base64.encode(Array(value.utf8)), lead: lead) { add(form) } }
        return forms
    }

    /// The base64 form of a secret that follows `lead` other bytes, modulo three.
    private static func base64(_ bytes: [UInt8], lead: Int) -> EncodedSecret? {
        let text = Base64.encode(Array(repeating: 0, count: lead) + bytes)
        let first = (lead * 8 + 5) / 6
        let end = (lead + bytes.count) * 8 / 6
        guard first < end else { return nil }
        return EncodedSecret(
            alphabet: .base64, symbols: text[first..<end].compactMap(Base64.value(of:)), hasHead: lead > 0,
            hasTail: !(lead + bytes.count).isMultiple(of: 3))
    }

    private static func digit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x61 + value - 10 }

    /// The symbol for a byte of a text.
    func symbol(_ byte: UInt8) -> UInt8? {
        switch alphabet {
        case .base64: Base64.value(of: byte)
        case .hexadecimal: byte.hexadecimalValue == nil ? nil : byte.lowercasedASCII
        }
    }

    /// The part of `text` that is this form, or `nil`; it may start one byte further left.
    func match(in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Range<Int>? {
        guard let end = end(of: symbols[...], in: text, at: start) else { return nil }
        guard alphabet == .base64 else { return start..<end }
        let head = hasHead && start > 0 && symbol(text[start - 1]) != nil ? 1 : 0
        return (start - head)..<(hasTail ? endOfTail(in: text, at: end) : end)
    }

    /// The end of the symbol at `place`, escaped or not; `place` if there is none.
    private func endOfTail(in text: UnsafeBufferPointer<UInt8>, at place: Int) -> Int {
        let units = EscapedText.units(in: text, at: place)
        return units.first { $0.ascii.flatMap(symbol) != nil }?.end ?? place
    }

    /// The start of a prefix of this form that ends at `end`, or `nil`.
    func cutStart(in text: UnsafeBufferPointer<UInt8>, endingAt end: Int) -> Int? {
        guard symbols.count > leastCut else { return nil }
        return (leastCut..<symbols.count).reversed().lazy.map { end - $0 }.first { start in
            start >= 0 && zip(symbols, text[start..<end]).allSatisfy { $0 == symbol($1) }
        }
    }

    /// The end of a suffix of this form that starts at `start`, or `nil`.
    func cutEnd(in text: UnsafeBufferPointer<UInt8>, startingAt start: Int) -> Int? {
        guard symbols.count > leastCut else { return nil }
        return (leastCut..<symbols.count).reversed().lazy.compactMap { count in
            self.end(of: symbols.suffix(count), in: text, at: start)
        }.first
    }

    private func end(of symbols: ArraySlice<UInt8>, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var place = start
        for wanted in symbols {
            guard place < text.count else { return nil }
            if symbol(text[place]) == wanted {
                place += 1
                continue
            }
            // `+` and `/` are escaped in URLs and JSON, and long texts are split into lines.
            guard place > start || EscapedText.begins(text[place]), let next = next(wanted, in: text, at: place) else {
                return nil
            }
            place = next
        }
        return place
    }

    private func next(_ wanted: UInt8, in text: UnsafeBufferPointer<UInt8>, at start: Int) -> Int? {
        var place = start
        for _ in 0..<4 {
            guard place < text.count else { return nil }
            let isBreak = text[place] == 0x0A || text[place] == 0x0D
            guard isBreak || EscapedText.begins(text[place]) else {
                return symbol(text[place]) == wanted ? place + 1 : nil
            }
            let units = EscapedText.units(in: text, at: place)
            if let found = units.first(where: { $0.ascii.flatMap(symbol) == wanted }) { return found.end }
            guard let feed = units.first(where: { $0.ascii == 0x0A || $0.ascii == 0x0D }) else { return nil }
            place = feed.end
        }
        return nil
    }
}
