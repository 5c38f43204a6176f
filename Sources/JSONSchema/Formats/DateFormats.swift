/// `date-time`, `date` and `time` (RFC 3339, section 5.6).
enum DateFormats {
    /// - Parameter isLocal: Whether the text has no offset from UTC, as in `date-time-local`.
    static func isDateTime(_ text: Bytes, isLocal: Bool = false) -> Bool {
        guard text.count > 11, isDate(text.prefix(10)) else { return false }
        let separator = text[text.startIndex + 10]
        guard separator == UInt8(ascii: "T") || separator == UInt8(ascii: "t") else { return false }
        return isTime(text.dropFirst(11), isLocal: isLocal)
    }

    static func isDate(_ text: Bytes) -> Bool {
        var reader = DigitReader(text)
        guard text.count == 10, let year = reader.number(4), reader.skip("-"), let month = reader.number(2),
            reader.skip("-"), let day = reader.number(2)
        else { return false }
        guard (1...12).contains(month), day >= 1 else { return false }
        return day <= days(month, year)
    }

    /// A leap second is the last of its UTC day, so its local time depends on the offset (RFC 3339, section 5.7).
    static func isTime(_ text: Bytes, isLocal: Bool = false) -> Bool {
        var reader = DigitReader(text)
        guard let hour = reader.number(2), reader.skip(":"), let minute = reader.number(2), reader.skip(":"),
            let second = reader.number(2), hour <= 23, minute <= 59, second <= 60
        else { return false }
        if reader.skip(".") {
            guard reader.skipDigits() > 0 else { return false }
        }
        if isLocal { return reader.isAtEnd }
        guard let offset = offsetInMinutes(&reader), reader.isAtEnd else { return false }
        guard second == 60 else { return true }
        let day = 24 * 60
        let utc = ((hour * 60 + minute - offset) % day + day) % day
        return utc == day - 1
    }

    private static func offsetInMinutes(_ reader: inout DigitReader) -> Int? {
        if reader.skip("Z") || reader.skip("z") { return 0 }
        let sign: Int
        if reader.skip("+") {
            sign = 1
        } else if reader.skip("-") {
            sign = -1
        } else {
            return nil
        }
        guard let hours = reader.number(2), reader.skip(":"), let minutes = reader.number(2), hours <= 23,
            minutes <= 59
        else { return nil }
        return sign * (hours * 60 + minutes)
    }

    private static func days(_ month: Int, _ year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        default: 31
        }
    }
}

/// Reads ASCII digits and single characters.
struct DigitReader {
    private var rest: Bytes

    init(_ text: Bytes) {
        rest = text
    }

    var isAtEnd: Bool { rest.isEmpty }

    /// The value of exactly `count` digits.
    mutating func number(_ count: Int) -> Int? {
        guard rest.count >= count else { return nil }
        var value = 0
        let end = rest.startIndex + count
        for index in rest.startIndex..<end {
            let digit = rest[index] &- 0x30
            guard digit < 10 else { return nil }
            value = value * 10 + Int(digit)
        }
        rest = rest[end...]
        return value
    }

    /// Skips all digits that follow; returns their number.
    mutating func skipDigits() -> Int {
        let count = rest.prefix { $0 &- 0x30 < 10 }.count
        rest = rest.dropFirst(count)
        return count
    }

    /// Skips a character if it comes next.
    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest = rest.dropFirst()
        return true
    }
}

/// `duration` (RFC 3339, appendix A): units in order without gaps, or weeks alone.
enum DurationFormat {
    static func accepts(_ text: Bytes) -> Bool {
        var reader = DigitReader(text)
        guard reader.skip("P"), !reader.isAtEnd else { return false }
        if reader.skip("T") { return units("HMS", &reader) && reader.isAtEnd }
        var weeks = reader
        if weeks.skipDigits() > 0, weeks.skip("W") { return weeks.isAtEnd }
        guard units("YMD", &reader) else { return false }
        if reader.isAtEnd { return true }
        return reader.skip("T") && units("HMS", &reader) && reader.isAtEnd
    }

    /// Skips at least one unit, in the order of `names` without gaps.
    private static func units(_ names: String, _ reader: inout DigitReader) -> Bool {
        var expected = Array(names.unicodeScalars)[...]
        var isFirst = true
        while true {
            let before = reader
            guard reader.skipDigits() > 0 else {
                reader = before
                return !isFirst
            }
            if isFirst {
                while let unit = expected.first, !reader.skip(unit) { expected.removeFirst() }
                guard !expected.isEmpty else { return false }
            } else {
                guard let unit = expected.first, reader.skip(unit) else { return false }
            }
            expected.removeFirst()
            isFirst = false
        }
    }
}
