import Primitives
import Testing

/// Instants at the ends of their range, before 1970, and at the edges of years.
@Suite("Instants at their edges")
struct InstantEdgeTests {
    private static let first = Instant(microsecondsSinceEpoch: .min)
    private static let last = Instant(microsecondsSinceEpoch: .max)

    @Test(
        "a sum outside of the range is the end of the range on that side",
        arguments: [
            (first, .microseconds(-1), first), (first, .milliseconds(-999), first), (first, .seconds(-1), first),
            (first, .seconds(Int64.min), first), (last, .microseconds(1), last), (last, .milliseconds(999), last),
            (last, .seconds(1), last), (last, .seconds(Int64.max), last), (first, .zero, first), (last, .zero, last),
            (first, .microseconds(1), Instant(microsecondsSinceEpoch: .min + 1)),
            (last, .microseconds(-1), Instant(microsecondsSinceEpoch: .max - 1)),
        ] as [(Instant, Duration, Instant)])
    func clamped(start: Instant, duration: Duration, end: Instant) {
        #expect(start.advanced(by: duration).microsecondsSinceEpoch == end.microsecondsSinceEpoch)
    }

    @Test("a difference outside of the range is the end of the range on that side")
    func differences() {
        let zero = Instant(microsecondsSinceEpoch: 0)
        #expect(Self.last.since(Self.first) == .microseconds(Int64.max))
        #expect(Self.first.since(Self.last) == .microseconds(Int64.min))
        #expect(Self.last.since(zero) == .microseconds(Int64.max))
        #expect(Self.first.since(zero) == .microseconds(Int64.min))
        #expect(zero.since(zero) == .zero)
    }

    @Test("less than a microsecond is cut off, on both sides of zero")
    func fractions() {
        let zero = Instant(microsecondsSinceEpoch: 0)
        for (duration, microseconds) in [
            (Duration.nanoseconds(999), 0), (.nanoseconds(1_000), 1), (.nanoseconds(1_999), 1),
            (.nanoseconds(-999), 0), (.nanoseconds(-1_000), -1), (.nanoseconds(-1_999), -1),
        ] as [(Duration, Int64)] {
            #expect(zero.advanced(by: duration).microsecondsSinceEpoch == microseconds, "\(duration)")
        }
    }

    @Test("a sum minus its duration is the start, and the order is that of the durations")
    func sums() {
        var random = StableRandom(seed: 11)
        for _ in 0..<2_000 {
            let start = Instant(microsecondsSinceEpoch: Int64(random.number(below: 1 << 52)) - 1 << 51)
            let added = Int64(random.number(below: 1 << 45)) - 1 << 44
            let end = start.advanced(by: .microseconds(added))
            #expect(end.microsecondsSinceEpoch == start.microsecondsSinceEpoch + added)
            #expect(end.since(start) == .microseconds(added))
            #expect((start < end) == (added > 0) && (end < start) == (added < 0))
            #expect(end.advanced(by: start.since(end)) == start)
        }
    }

    // RFC 3339, section 5.6: `time-numoffset` is subtracted, and may change the day, the month and the year.
    @Test(
        "an offset moves the time over the edge of a day, a month and a year",
        arguments: [
            ("2024-01-01T00:00:00+00:01", "2023-12-31T23:59:00Z"),
            ("2023-12-31T23:59:00-00:01", "2024-01-01T00:00:00Z"),
            ("2024-03-01T05:29:59+05:30", "2024-02-29T23:59:59Z"),
            ("2023-03-01T05:29:59+05:30", "2023-02-28T23:59:59Z"),
            ("2024-02-28T23:00:00-01:00", "2024-02-29T00:00:00Z"),
            ("2024-06-30T23:59:60Z", "2024-07-01T00:00:00Z"),
            ("2016-12-31T18:59:60-05:00", "2017-01-01T00:00:00Z"),
            ("2024-01-01T00:00:00-00:00", "2024-01-01T00:00:00Z"),
            ("2024-01-01T00:00:00+23:59", "2023-12-31T00:01:00Z"),
            ("2024-01-01T00:00:00.000001+00:00", "2024-01-01T00:00:00.000001Z"),
            ("2024-01-01T00:00:00.9999999Z", "2024-01-01T00:00:00.999999Z"),
            ("2024-01-01T00:00:00.1Z", "2024-01-01T00:00:00.100Z"),
        ])
    func offsets(text: String, written: String) {
        #expect(Instant(text)?.text == written)
    }

    @Test("the longest fraction is read without overflow")
    func longFraction() {
        let text = "2024-01-01T00:00:00." + String(repeating: "9", count: 10_000) + "Z"
        #expect(Instant(text)?.text == "2024-01-01T00:00:00.999999Z")
    }

    // RFC 3339, section 5.6, and the bounds of its fields.
    @Test(
        "a text with one wrong character is not a date-time",
        arguments: [
            "2024-01-01T00:00:00+5:30", "2024-01-01T00:00:00+05:3", "2024-01-01T00:00:00+05:60",
            "2024-01-01T00:00:00+", "2024-01-01T00:00:00ZZ", "2024-01-01T00:00:00Z+00:00", "2024-01-01T00:00:00,5Z",
            "2024-01-01T00:00:00.5", "2024-01-01T0:00:00Z", "2024-1-01T00:00:00Z", "24-01-01T00:00:00Z",
            "2024-01-01TT00:00:00Z", "2024-01-01T00:00Z", "2024-01-01T00-00-00Z", "2024-01-01T00:00:00.-5Z",
            " 2024-01-01T00:00:00Z", "2024-01-01T00:00:00Z\n", "2024-01-01T00:00:00\u{2212}05:00",
            "2024-01-01T00:00:00.\u{0665}Z", "12024-01-01T00:00:00Z", "2024-02-30T00:00:00Z", "2024-01-01T99:00:00Z",
        ])
    func malformed(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("a time that is written in any zone is read as the same instant")
    func zones() {
        var random = StableRandom(seed: 12)
        for _ in 0..<2_000 {
            // The years 1902 to 2105, so that no zone leaves the years of four digits.
            let instant = Instant(
                microsecondsSinceEpoch: Int64(random.number(below: 6_400_000_000_000_000)) - 2_130_000_000_000_000)
            let zone = random.number(below: 2 * 1_439 + 1) - 1_439
            let text = instant.text(fractionDigits: 6, offsetMinutes: zone)
            #expect(Instant(text) == instant, "\(text)")
            #expect(Instant(instant.text) == instant)
            let second = Instant(instant.text(fractionDigits: 0))
            #expect(second.map { $0 <= instant && instant.since($0) < .seconds(1) } == true)
        }
    }

    @Test(
        "seconds are rounded to the nearest microsecond and limited to the years of RFC 3339",
        arguments: [
            (0.000_000_4, "1970-01-01T00:00:00Z"), (0.000_000_6, "1970-01-01T00:00:00.000001Z"),
            (-0.000_000_6, "1969-12-31T23:59:59.999999Z"), (-0.5, "1969-12-31T23:59:59.500Z"),
            (1e300, "9999-12-31T23:59:59Z"), (-1e300, "0000-01-01T00:00:00Z"),
            (-.infinity, "0000-01-01T00:00:00Z"), (-0.0, "1970-01-01T00:00:00Z"),
        ] as [(Double, String)])
    func seconds(seconds: Double, text: String) {
        #expect(Instant(secondsSinceEpoch: seconds).text == text)
    }

    @Test("instants at the ends of the range can be written")
    func ends() {
        // The year has six digits there, so only its form is checked.
        for instant in [Self.first, Self.last] {
            #expect(instant.text.hasSuffix("Z") && instant.text.contains("T"))
            #expect(instant.httpDate.hasSuffix(" GMT"))
            #expect(!instant.dateText.isEmpty && instant.description == instant.text)
        }
    }
}

/// HTTP dates (RFC 9110, section 5.6.7).
@Suite("HTTP dates at their edges")
struct HTTPDateEdgeTests {
    private static func instant(_ text: String) -> Instant {
        Instant(text) ?? Instant(microsecondsSinceEpoch: 0)
    }

    @Test(
        "the day of the week belongs to the day, also in the last second of a day before 1970",
        arguments: [
            ("1969-12-31T23:59:59.999999Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
            ("1969-12-30T23:59:59.999Z", "Tue, 30 Dec 1969 23:59:59 GMT"),
            ("1969-12-31T00:00:00Z", "Wed, 31 Dec 1969 00:00:00 GMT"),
            ("1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
            ("1970-01-01T23:59:59.999Z", "Thu, 01 Jan 1970 23:59:59 GMT"),
            ("1970-01-04T00:00:00Z", "Sun, 04 Jan 1970 00:00:00 GMT"),
            ("2000-02-29T12:00:00Z", "Tue, 29 Feb 2000 12:00:00 GMT"),
            ("2024-02-29T12:00:00Z", "Thu, 29 Feb 2024 12:00:00 GMT"),
            ("1900-03-01T00:00:00Z", "Thu, 01 Mar 1900 00:00:00 GMT"),
            ("9999-12-31T23:59:59Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ])
    func weekdays(text: String, date: String) {
        #expect(Self.instant(text).httpDate == date)
    }

    @Test("a written date is read as the same second")
    func roundTrip() {
        var random = StableRandom(seed: 13)
        let reference = Self.instant("2024-01-01T00:00:00Z")
        for _ in 0..<1_000 {
            let seconds = Int64(random.number(below: 8_000_000_000)) - 2_000_000_000
            let instant = Instant(microsecondsSinceEpoch: seconds * 1_000_000)
            #expect(Instant(httpDate: instant.httpDate, reference: reference) == instant, "\(instant.httpDate)")
        }
    }

    // RFC 9110, section 5.6.7: more than 50 years in the future means the past year with the same last digits.
    @Test(
        "a year of two digits is at most 50 years after the present",
        arguments: [
            ("2023-06-01T00:00:00Z", "73", "2073"), ("2023-06-01T00:00:00Z", "74", "1974"),
            ("2023-06-01T00:00:00Z", "00", "2000"), ("2023-06-01T00:00:00Z", "23", "2023"),
            ("2049-06-01T00:00:00Z", "99", "2099"), ("2050-06-01T00:00:00Z", "99", "2099"),
            ("1999-06-01T00:00:00Z", "99", "1999"), ("1999-06-01T00:00:00Z", "49", "1949"),
        ])
    func centuries(reference: String, year: String, expected: String) {
        let date = Instant(httpDate: "Monday, 15-May-\(year) 00:00:00 GMT", reference: Self.instant(reference))
        #expect(date?.dateText == "\(expected)-05-15")
    }

    @Test(
        "each field has its digits and its range",
        arguments: [
            ("Sun, 06 Nov 1994 23:59:60 GMT", "1994-11-07T00:00:00Z"),
            ("Sun Nov 16 08:49:37 1994", "1994-11-16T08:49:37Z"),
            ("Thu, 29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z"), ("Wed, 29 Feb 2023 00:00:00 GMT", nil),
            ("Sun, 06 Nov 1994 08:60:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:61 GMT", nil),
            ("Sun, 06 nov 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 1994 08:49:37 gmt", nil),
            ("Sun, 006 Nov 1994 08:49:37 GMT", nil), ("Sun, 06 Nov 994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:49:37:00 GMT", nil), ("Sun, 06 Nov 1994 +8:49:37 GMT", nil),
            ("Sun, 00 Nov 1994 08:49:37 GMT", nil), ("06 Nov 1994 08:49:37 GMT", nil),
            ("Sun, 06 Nov 1994 08:49:37 GMT GMT", nil), ("Sun, \u{0660}6 Nov 1994 08:49:37 GMT", nil),
        ] as [(String, String?)])
    func fields(text: String, instant: String?) {
        #expect(Instant(httpDate: text, reference: Self.instant("2024-01-01T00:00:00Z"))?.text == instant)
    }
}
