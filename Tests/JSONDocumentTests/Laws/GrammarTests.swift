import JSONDocument
import TestKit
import Testing

/// The grammar of numbers and strings against plain readings of RFC 8259, over all short texts.
@Suite("Grammar, exhaustively")
struct GrammarTests {
    /// Every text of at most `length` letters of an alphabet.
    private static func texts(_ alphabet: [String], upTo length: Int) -> [String] {
        var all = [""]
        var last = [""]
        for _ in 0..<length {
            last = last.flatMap { text in alphabet.map { text + $0 } }
            all += last
        }
        return all
    }

    /// `number = [ minus ] int [ frac ] [ exp ]` (RFC 8259, section 6).
    private static func isNumber(_ text: String) -> Bool {
        var rest = Substring(text)
        func digits() -> Int {
            let count = rest.prefix { ("0"..."9").contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        if rest.first == "-" { rest = rest.dropFirst() }
        if rest.first == "0" { rest = rest.dropFirst() } else if digits() == 0 { return false }
        if rest.first == "." {
            rest = rest.dropFirst()
            if digits() == 0 { return false }
        }
        if rest.first == "e" || rest.first == "E" {
            rest = rest.dropFirst()
            if rest.first == "+" || rest.first == "-" { rest = rest.dropFirst() }
            if digits() == 0 { return false }
        }
        return rest.isEmpty
    }

    @Test("numbers: every text of at most six characters")
    func numbers() {
        var accepted = 0
        for text in Self.texts(["0", "1", ".", "e", "-", "+"], upTo: 6) {
            let expected = Self.isNumber(text)
            #expect((JSONNumber(text) != nil) == expected, "\(text)")
            accepted += expected ? 1 : 0
        }
        #expect(accepted > 500)
    }

    @Test("a document accepts the same numbers, with blanks around them", arguments: ["", " ", "\t\r\n"])
    func documents(blank: String) {
        for text in Self.texts(["0", "2", ".", "E", "-", "+"], upTo: 4) {
            let document = try? JSONDocument(parsing: blank + text + blank)
            #expect((document?.root.number?.lexeme == text) == Self.isNumber(text), "'\(text)'")
        }
    }

    /// The value that a number spells, as an integer times a power of ten.
    private static func parts(_ text: String) -> (digits: Int, exponent: Int)? {
        guard isNumber(text) else { return nil }
        let halves = text.split(whereSeparator: { $0 == "e" || $0 == "E" })
        let mantissa = halves[0].split(separator: ".", omittingEmptySubsequences: false)
        let fraction = mantissa.count > 1 ? String(mantissa[1]) : ""
        guard let digits = Int(mantissa[0].drop { $0 == "-" } + fraction),
            let exponent = halves.count > 1 ? Int(halves[1]) : 0
        else { return nil }
        return (text.hasPrefix("-") ? -digits : digits, exponent - fraction.count)
    }

    @Test("numbers are compared by their value: all pairs of short spellings")
    func values() throws {
        let numbers = Self.texts(["0", "1", "2", ".", "e", "-"], upTo: 4).compactMap { text in
            Self.parts(text).map { (text, $0) }
        }.filter { abs($0.1.exponent) <= 4 }
        var random = SplitMix(seed: 9)
        for _ in 0..<20_000 {
            let (one, left) = random.pick(numbers)
            let (other, right) = random.pick(numbers)
            func scaled(_ parts: (digits: Int, exponent: Int)) -> Int {
                (0..<parts.exponent + 8).reduce(parts.digits) { value, _ in value * 10 }
            }
            let (first, second) = (try number(one), try number(other))
            #expect((first == second) == (scaled(left) == scaled(right)), "\(one) \(other)")
            #expect((first < second) == (scaled(left) < scaled(right)), "\(one) \(other)")
            #expect((first.canonical == second.canonical) == (scaled(left) == scaled(right)), "\(one) \(other)")
        }
    }

    // MARK: Strings

    @Test("every Unicode scalar survives writing and reading, escaped only where RFC 8259 requires it")
    func scalars() throws {
        var value: UInt32 = 0
        var failures: [UInt32] = []
        while value <= 0x10FFFF {
            defer { value += value < 0x3000 ? 1 : 97 }
            guard let scalar = Unicode.Scalar(value) else { continue }
            let text = "a" + String(Character(scalar)) + "b"
            let written = JSONValue.string(text).text
            let isEscaped = value < 0x20 || value == 0x22 || value == 0x5C
            let read = try? JSONDocument(parsing: written).root.string
            if read?.unicodeScalars.elementsEqual(text.unicodeScalars) != true
                || written.unicodeScalars.contains("\\") != isEscaped
            {
                failures.append(value)
            }
        }
        #expect(failures == [])
    }

    @Test("every escape of four digits is its scalar, and halves of pairs need their other half")
    func escapes() throws {
        var failures: [String] = []
        for value in stride(from: 0, through: 0xFFFF, by: 7) {
            let digits = String(value, radix: 16)
            let escape = "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            let alone = try? JSONDocument(parsing: "\"\(escape)\"").root.string
            let upper = try? JSONDocument(parsing: "\"\\u\(escape.dropFirst(2).uppercased())\"").root.string
            let expected = Unicode.Scalar(UInt32(value)).map { String(Character($0)) }
            if alone.map({ Array($0.unicodeScalars) }) != expected.map({ Array($0.unicodeScalars) }) || upper != alone {
                failures.append(escape)
            }
        }
        #expect(failures == [])
        for (high, low) in [(0xD800, 0xDC00), (0xDBFF, 0xDFFF), (0xD83D, 0xDE00)] {
            let pair = "\\u" + String(high, radix: 16) + "\\u" + String(low, radix: 16)
            let scalar = Unicode.Scalar(UInt32(0x10000 + (high - 0xD800) << 10 + low - 0xDC00))
            #expect(try JSONDocument(parsing: "\"\(pair)\"").root.string?.unicodeScalars.first == scalar)
            let reversed = "\\u" + String(low, radix: 16) + "\\u" + String(high, radix: 16)
            #expect(syntaxError("\"\(reversed)\"")?.reason == .loneSurrogate)
        }
    }

    @Test("a string that is not UTF-8 is rejected, whatever is around it")
    func invalid() {
        var random = SplitMix(seed: 10)
        for _ in 0..<2_000 {
            var bytes = Array("\"".utf8) + Array(random.pick(["", "a", "é", "a longer text of many words ✓"]).utf8)
            let place = bytes.count
            let length = Int.random(in: 1...4, using: &random)
            let inserted = (0..<length).map { _ in UInt8.random(in: 0x80...0xFF, using: &random) }
            bytes += inserted + Array(random.pick(["", "b", "é"]).utf8) + Array("\"".utf8)
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            let error = syntaxError(bytes)
            #expect((error == nil) == isValid, "\(bytes)")
            if let error { #expect(error.reason == .invalidUTF8 && error.position.offset >= place) }
        }
    }
}
