import Exchanges

extension Instant {
    /// The time as the `Date` header writes it: `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110, 5.6.7).
    var httpDate: String {
        let seconds = microsecondsSinceEpoch / 1_000_000
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        // 1970-01-01 was a Thursday.
        let weekday = Int(((days + 4) % 7 + 7) % 7)
        let text = text(fractionDigits: 0)
        let parts = text.split { $0 == "-" || $0 == "T" || $0 == "Z" }
        guard parts.count == 4, let month = Int(parts[1]), (1...12).contains(month) else { return text }
        return "\(Self.weekdays[weekday]), \(parts[2]) \(Self.months[month - 1]) \(parts[0]) \(parts[3]) GMT"
    }

    private static let weekdays = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}

/// The text of the `Date` header, which changes once a second.
struct DateHeader {
    private var second = Int64.min
    private var known = ""

    mutating func text(at now: Instant) -> String {
        let current = now.microsecondsSinceEpoch / 1_000_000
        if current != second {
            second = current
            known = now.httpDate
        }
        return known
    }
}
