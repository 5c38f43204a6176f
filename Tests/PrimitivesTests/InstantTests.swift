import Primitives
import Testing

@Suite("Instants")
struct InstantTests {
    @Test(
        "an instant is written in RFC 3339 with as few fraction digits as possible",
        arguments: [
            (0, "1970-01-01T00:00:00Z"),
            (951_782_400_000_000, "2000-02-29T00:00:00Z"),
            (4_107_542_400_000_000, "2100-03-01T00:00:00Z"),
            (1_700_000_000_120_000, "2023-11-14T22:13:20.120Z"),
            (1_700_000_000_000_001, "2023-11-14T22:13:20.000001Z"),
            (-1, "1969-12-31T23:59:59.999999Z"),
            (-62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
            (253_402_300_799_000_000, "9999-12-31T23:59:59Z"),
        ] as [(Int64, String)]
    )
    func writing(microseconds: Int64, text: String) {
        let instant = Instant(microsecondsSinceEpoch: microseconds)
        #expect(instant.text == text)
        #expect(Instant(text) == instant)
    }

    @Test("every day of 800 years survives writing and reading, and consecutive days are consecutive")
    func everyDay() {
        var last = ""
        for day in -146_097..<146_097 as Range<Int64> {
            let instant = Instant(microsecondsSinceEpoch: day * 86_400_000_000)
            let text = instant.dateText
            #expect(last < text)
            #expect(Instant(text + "T00:00:00Z") == instant)
            last = text
        }
    }

    @Test(
        "other spellings of the same instant are read",
        arguments: [
            "2023-11-14T22:13:20.5Z", "2023-11-14t22:13:20.500z", "2023-11-15T03:43:20.5+05:30",
            "2023-11-14T14:13:20.5000000009-08:00",
        ]
    )
    func spellings(text: String) {
        #expect(Instant(text)?.microsecondsSinceEpoch == 1_700_000_000_500_000)
    }

    @Test(
        "text that is not a date-time is rejected",
        arguments: [
            "", "2023-11-14", "2023-11-14T22:13:20", "2023-11-14 22:13:20Z", "2023-02-29T00:00:00Z",
            "1900-02-29T00:00:00Z", "2023-13-01T00:00:00Z", "2023-00-01T00:00:00Z", "2023-01-00T00:00:00Z",
            "2023-01-01T24:00:00Z", "2023-01-01T00:60:00Z", "2023-01-01T00:00:61Z", "2023-01-01T00:00:00.Z",
            "2023-01-01T00:00:00+24:00", "2023-01-01T00:00:00+0530", "2023-01-01T00:00:00Z ", "+023-01-01T00:00:00Z",
            "٢٠٢٣-01-01T00:00:00Z",
        ]
    )
    func refused(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test("an instant is written in another zone")
    func zones() {
        let instant = Instant(microsecondsSinceEpoch: 1_700_000_000_123_456)
        #expect(instant.text(fractionDigits: 0, offsetMinutes: 330) == "2023-11-15T03:43:20+05:30")
        #expect(instant.text(fractionDigits: 2, offsetMinutes: -90) == "2023-11-14T20:43:20.12-01:30")
        #expect(instant.text(fractionDigits: 9) == "2023-11-14T22:13:20.123456Z")
    }

    @Test("durations are added without overflow")
    func arithmetic() {
        let instant = Instant(microsecondsSinceEpoch: 1_000_000)
        #expect(instant.advanced(by: .seconds(-2)).text == "1969-12-31T23:59:59Z")
        #expect(instant.advanced(by: .milliseconds(1_500)).since(instant) == .milliseconds(1_500))
        #expect(instant.advanced(by: .seconds(Int64.max)).microsecondsSinceEpoch == .max)
        #expect(instant.advanced(by: .seconds(Int64.min)).microsecondsSinceEpoch == .min)
        #expect(Instant(secondsSinceEpoch: .nan).microsecondsSinceEpoch == 0)
        #expect(Instant(secondsSinceEpoch: .infinity).text == "9999-12-31T23:59:59Z")
    }

    @Test("the system clock advances and is later than 2025")
    func clock() {
        let first = Instant.now
        #expect(first.text > "2025")
        #expect(Instant.now >= first)
    }
}
