import Primitives
import Testing

@Suite("Days of the calendar")
struct CivilDateTests {
    @Test(
        "days that exist are read, with or without a time",
        arguments: [
            ("2026-01-31", "2026-01-31"), ("2024-02-29", "2024-02-29"), ("2000-02-29", "2000-02-29"),
            ("2026-01-31T10:00:00Z", "2026-01-31"), ("2026-01-31 10:00", "2026-01-31"), ("0001-01-01", "0001-01-01"),
            ("2023-02-29", nil), ("1900-02-29", nil), ("2026-13-01", nil), ("2026-00-01", nil), ("2026-04-31", nil),
            ("2026-01-00", nil), ("2026-1-31", nil), ("2026-01-31x", nil), ("2026/01/31", nil), ("", nil),
            ("٢٠٢٦-01-01", nil),
        ] as [(String, String?)])
    func reading(text: String, day: String?) {
        #expect(CivilDate(startOf: text)?.text == day)
    }

    @Test("days are numbered without a gap over four hundred years")
    func numbers() {
        var previous = CivilDate(daysSinceEpoch: -100_000)
        for number in Int64(-99_999)...100_000 {
            let day = CivilDate(daysSinceEpoch: number)
            #expect(day.daysSinceEpoch == number)
            #expect(previous < day)
            #expect(CivilDate(year: day.year, month: day.month, day: day.day) == day)
            previous = day
        }
        #expect(CivilDate(daysSinceEpoch: 0).text == "1970-01-01")
        #expect(CivilDate(daysSinceEpoch: 19_782).text == "2024-02-29")
    }

    @Test("days between two dates")
    func distance() throws {
        let first = try #require(CivilDate(startOf: "2024-02-28"))
        let second = try #require(CivilDate(startOf: "2024-03-01"))
        #expect(first.days(until: second) == 2)
        #expect(second.days(until: first) == -2)
        #expect(first.days(until: first) == 0)
    }
}
