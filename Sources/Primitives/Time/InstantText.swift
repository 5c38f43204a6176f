extension Instant {
    /// RFC 3339 text in UTC with the fewest fraction digits needed: none, three or six.
    public var text: String {
        let fraction = microsecondsSinceEpoch.flooredModulo(1_000_000)
        return text(fractionDigits: fraction == 0 ? 0 : fraction.isMultiple(of: 1_000) ? 3 : 6)
    }

    /// RFC 3339 text with `fractionDigits` digits (0 to 6; further digits are truncated), in the zone `offsetMinutes`
    /// east of UTC. Without an offset, the text ends in `Z`.
    public func text(fractionDigits: Int, offsetMinutes: Int? = nil) -> String {
        let local = microsecondsSinceEpoch.flooredQuotient(1_000_000) + Int64(offsetMinutes ?? 0) * 60
        let day = CivilDate(daysSinceEpoch: local.flooredQuotient(86_400))
        let second = local.flooredModulo(86_400)
        var text = day.text + "T" + padded(second / 3_600) + ":" + padded(second / 60 % 60) + ":" + padded(second % 60)
        let digits = min(max(fractionDigits, 0), 6)
        if digits > 0 {
            let all = padded(microsecondsSinceEpoch.flooredModulo(1_000_000), 6)
            text += "." + all.prefix(digits)
        }
        guard let offsetMinutes else { return text + "Z" }
        let minutes = Int64(offsetMinutes.magnitude)
        return text + (offsetMinutes < 0 ? "-" : "+") + padded(minutes / 60) + ":" + padded(minutes % 60)
    }

    /// The date in UTC, such as `2026-02-28`.
    public var dateText: String {
        CivilDate(daysSinceEpoch: microsecondsSinceEpoch.flooredQuotient(86_400_000_000)).text
    }

    /// Reads a `date-time` (RFC 3339, section 5.6) with any offset; digits beyond the microsecond are truncated.
    ///
    /// Returns `nil` for any other text, for a day that does not exist, and for an hour above 23. A leap second (`:60`)
    /// is read as the first second of the next minute.
    public init?(_ text: String) {
        var reader = DigitReader(text)
        guard let year = reader.number(4), reader.take("-"), let month = reader.number(2), reader.take("-"),
            let day = reader.number(2), reader.take("Tt"),
            let hour = reader.number(2), hour < 24, reader.take(":"), let minute = reader.number(2), minute < 60,
            reader.take(":"), let second = reader.number(2), second <= 60,
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        var microseconds: Int64 = 0
        if reader.take(".") {
            guard let fraction = reader.fraction() else { return nil }
            microseconds = fraction
        }
        var offset: Int64 = 0
        if !reader.take("Zz") {
            let west = reader.take("-")
            guard west || reader.take("+"), let hours = reader.number(2), hours < 24, reader.take(":"),
                let minutes = reader.number(2), minutes < 60
            else { return nil }
            offset = (hours * 60 + minutes) * (west ? -60 : 60)
        }
        guard reader.isAtEnd else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second - offset
        self.init(microsecondsSinceEpoch: seconds * 1_000_000 + microseconds)
    }
}

/// Removes digits and single characters from the front of a text.
private struct DigitReader {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ anyOf: StaticString) -> Bool {
        guard let first = rest.first,
            anyOf.withUTF8Buffer({ $0.contains(first) })
        else { return false }
        rest.removeFirst()
        return true
    }

    mutating func digit() -> Int64? {
        guard let first = rest.first, first.isASCIIDigit else { return nil }
        rest.removeFirst()
        return Int64(first - 0x30)
    }

    mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    mutating func fraction() -> Int64? {
        var value: Int64 = 0
        var weight: Int64 = 100_000
        guard let first = digit() else { return nil }
        value = first * weight
        while let next = digit() {
            weight /= 10
            value += next * weight
        }
        return value
    }
}
