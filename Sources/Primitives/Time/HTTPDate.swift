extension Instant {
    /// Reads an HTTP date in any of its three forms (RFC 9110, section 5.6.7). The day of the week is not checked.
    ///
    /// Returns `nil` for any other text. A two-digit year that appears to be more than 50 years after `reference` is
    /// taken as a year of the century before.
    public init?(httpDate text: String, reference: Instant) {
        let words = text.utf8.split { $0 == 0x20 || $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "-") }
            .map { String(decoding: $0, as: UTF8.self) }
        // Sun, 06 Nov 1994 08:49:37 GMT · Sunday, 06-Nov-94 08:49:37 GMT · Sun Nov  6 08:49:37 1994
        guard words.count == 6 && words[5] == "GMT" || words.count == 5,
            Self.days.contains(where: { words[0] == $0 || words[0].utf8.starts(with: $0.utf8) })
        else { return nil }
        let isOldest = words.count == 5
        let parts = isOldest ? [words[2], words[1], words[4], words[3]] : [words[1], words[2], words[3], words[4]]
        guard let day = Self.digits(parts[0], 1...2), let month = Self.months.firstIndex(of: parts[1]),
            var year = Self.digits(parts[2], parts[2].utf8.count == 2 ? 2...2 : 4...4)
        else { return nil }
        let time = parts[3].split(separator: ":", omittingEmptySubsequences: false)
        guard time.count == 3, let hour = Self.digits(String(time[0]), 2...2), hour < 24,
            let minute = Self.digits(String(time[1]), 2...2), minute < 60,
            let second = Self.digits(String(time[2]), 2...2), second <= 60
        else { return nil }
        if parts[2].utf8.count == 2 {
            let present = 1970 + reference.microsecondsSinceEpoch / 31_556_952_000_000
            year += present / 100 * 100
            if year > present + 50 { year -= 100 }
        }
        guard let date = CivilDate(year: year, month: Int64(month) + 1, day: day) else { return nil }
        let seconds = date.daysSinceEpoch * 86_400 + hour * 3_600 + minute * 60 + second
        self.init(microsecondsSinceEpoch: seconds * 1_000_000)
    }

    private static let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
    fileprivate static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static func digits(_ text: String, _ count: ClosedRange<Int>) -> Int64? {
        guard count.contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit) else { return nil }
        return Int64(text)
    }
}

extension Instant {
    /// The time as in the `Date` header: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, section 5.6.7).
    public var httpDate: String {
        // 1970-01-01 was a Thursday.
        let weekday = Int((microsecondsSinceEpoch.flooredQuotient(86_400_000_000) + 4).flooredModulo(7))
        let text = text(fractionDigits: 0)
        let parts = text.split { $0 == "-" || $0 == "T" || $0 == "Z" }
        guard parts.count == 4, let month = Int(parts[1]), (1...12).contains(month) else { return text }
        return "\(Self.weekdays[weekday]), \(parts[2]) \(Self.months[month - 1]) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
}
