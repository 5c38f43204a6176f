/// Recognises the tokens of RFC 8259 in a byte buffer.
struct JSONScanner {
    typealias Failure = JSONParser.Failure

    /// The first byte; for an empty text, the address of a byte that is never read.
    let base: UnsafePointer<UInt8>
    let end: Int

    /// One byte that is never written; `nonisolated(unsafe)` because a pointer to it is not `Sendable`.
    private nonisolated(unsafe) static let nothing: UnsafePointer<UInt8> = {
        let pointer = UnsafeMutablePointer<UInt8>.allocate(capacity: 1)
        pointer.initialize(to: 0)
        return UnsafePointer(pointer)
    }()

    init(_ bytes: UnsafeBufferPointer<UInt8>) {
        base = bytes.baseAddress ?? Self.nothing
        end = bytes.count
    }

    /// 3 if the text starts with a byte order mark, which readers may ignore (RFC 8259, section 8.1), otherwise 0.
    var startOfText: Int {
        end >= 3 && base[0] == 0xEF && base[1] == 0xBB && base[2] == 0xBF ? 3 : 0
    }

    @inline(__always)
    func skipWhitespace(_ start: Int) -> Int {
        var place = start
        while place < end {
            let byte = base[place]
            if byte > 0x20 { return place }
            guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return place }
            place &+= 1
        }
        return place
    }

    @inline(__always)
    func matches(_ literal: StaticString, at start: Int) -> Bool {
        let length = literal.utf8CodeUnitCount
        guard start &+ length <= end else { return false }
        for index in 0..<length where base[start &+ index] != literal.utf8Start[index] { return false }
        return true
    }

    /// Scans a string from after its opening quote; returns the position of the closing quote.
    @inline(__always)
    func string(_ start: Int, _ isEscaped: inout Bool) throws(Failure) -> Int {
        var place = start
        while true {
            while place &+ 8 <= end {
                let word = UInt64(littleEndian: UnsafeRawPointer(base + place).loadUnaligned(as: UInt64.self))
                let special = Self.specialBytes(word)
                if special != 0 {
                    place &+= special.trailingZeroBitCount >> 3
                    break
                }
                place &+= 8
            }
            guard place < end else { throw unterminated(start) }
            let byte = base[place]
            if byte == UInt8(ascii: "\"") { return place }
            if byte >= 0x80 {
                place = try multibyte(place)
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
                place = try escape(place, openedAt: start)
            } else if byte < 0x20 {
                throw controlCharacter(place)
            } else {
                place &+= 1
            }
        }
    }

    /// Marks quotes, backslashes, control characters and bytes above 0x7F; exact for the lowest marked byte.
    @inline(__always)
    private static func specialBytes(_ word: UInt64) -> UInt64 {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (ones &* 0x22)
        let backslash = word ^ (ones &* 0x5C)
        let isQuote = (quote &- ones) & ~quote
        let isBackslash = (backslash &- ones) & ~backslash
        let isControl = word &- (ones &* 0x20)
        return (isQuote | isBackslash | isControl | word) & (ones &* 0x80)
    }

    /// Scans one multi-byte UTF-8 sequence (Unicode 16, table 3-7); returns the position after it.
    @inline(__always)
    private func multibyte(_ start: Int) throws(Failure) -> Int {
        let lead = base[start]
        let length: Int
        var low: UInt8 = 0x80
        var high: UInt8 = 0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF:
            length = 3
            if lead == 0xE0 { low = 0xA0 } else if lead == 0xED { high = 0x9F }
        case 0xF0...0xF4:
            length = 4
            if lead == 0xF0 { low = 0x90 } else if lead == 0xF4 { high = 0x8F }
        default: throw invalidUTF8(start)
        }
        guard start &+ length <= end, base[start &+ 1] >= low, base[start &+ 1] <= high else {
            throw invalidUTF8(start)
        }
        var place = start &+ 2
        while place < start &+ length {
            guard base[place] & 0xC0 == 0x80 else { throw invalidUTF8(start) }
            place &+= 1
        }
        return place
    }

    @inline(never)
    private func escape(_ start: Int, openedAt: Int) throws(Failure) -> Int {
        guard start + 1 < end else { throw unterminated(openedAt) }
        let letter = base[start + 1]
        if letter != UInt8(ascii: "u") {
            guard JSONText.simpleEscape(letter) != 0 else {
                let found = describe(start + 1)
                throw Failure(
                    reason: .syntax, offset: start, message: "invalid JSON escape: \"\\\" followed by \(found)")
            }
            return start + 2
        }
        let first = try hexadecimal(start)
        switch first >> 10 {
        case 0x36:
            guard start + 7 < end, base[start + 6] == UInt8(ascii: "\\"), base[start + 7] == UInt8(ascii: "u") else {
                throw loneSurrogate(start)
            }
            guard try hexadecimal(start + 6) >> 10 == 0x37 else { throw loneSurrogate(start) }
            return start + 12
        case 0x37: throw loneSurrogate(start)
        default: return start + 6
        }
    }

    private func hexadecimal(_ start: Int) throws(Failure) -> UInt32 {
        var value: UInt32 = 0
        for place in start + 2..<start + 6 {
            guard place < end, let digit = JSONText.hexadecimalDigit(base[place]) else {
                throw Failure(
                    reason: place < end ? .syntax : .unexpectedEnd,
                    offset: start,
                    message: "expected four hexadecimal digits after \"\\u\""
                )
            }
            value = value << 4 | digit
        }
        return value
    }

    /// Scans a number by the grammar of RFC 8259, section 6; returns the position after it.
    @inline(__always)
    func number(_ start: Int, _ isInteger: inout Bool) throws(Failure) -> Int {
        var place = start
        if base[place] == UInt8(ascii: "-") { place &+= 1 }
        let whole = place
        place = digits(place)
        guard place > whole else { throw missingDigit(place, after: "\"-\"") }
        if base[whole] == UInt8(ascii: "0"), place > whole &+ 1 {
            throw Failure(reason: .syntax, offset: whole, message: "leading zeros are not allowed in a number")
        }
        guard place < end else { return place }
        if base[place] == UInt8(ascii: ".") {
            isInteger = false
            let fraction = place &+ 1
            place = digits(fraction)
            guard place > fraction else { throw missingDigit(place, after: "\".\"") }
        }
        if place < end, base[place] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            place &+= 1
            if place < end, base[place] == UInt8(ascii: "+") || base[place] == UInt8(ascii: "-") { place &+= 1 }
            let exponent = place
            place = digits(exponent)
            guard place > exponent else { throw missingDigit(place, after: "the exponent sign \"e\"") }
        }
        return place
    }

    @inline(__always)
    private func digits(_ start: Int) -> Int {
        var place = start
        while place < end, base[place] &- 0x30 <= 9 { place &+= 1 }
        return place
    }
}
