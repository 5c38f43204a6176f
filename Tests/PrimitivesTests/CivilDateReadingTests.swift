import Primitives
import Testing

/// Calendar days of announcements and ignore files.
@Suite struct CivilDateReadingTests {
    @Test(
        "days that exist are read",
        arguments: [
            "2026-01-01", "2026-01-31", "2026-04-30", "2024-02-29", "2000-02-29", "2026-12-31", "0001-01-01",
            "9999-12-31", "2026-01-01T00:00:00Z", "2026-01-01 12:00",
        ])
    func valid(text: String) {
        #expect(CivilDate(startOf: text) != nil)
    }

    @Test(
        "anything else is not",
        arguments: [
            "", "2026", "2026-1-1", "2026-01", "2026-00-01", "2026-13-01", "2026-01-00", "2026-01-32", "2026-04-31",
            "2026-02-29", "1900-02-29", "2100-02-29", "2026/01/01", "20260101", "2026-01-01x",
            "2026-01-011", " 2026-01-01", "２026-01-01", "-026-01-01", "2026-0a-01", "Thu, 01 Jan 2026 00:00:00 GMT",
            "2026-01-1T00:00:00Z",
        ])
    func invalid(text: String) {
        #expect(CivilDate(startOf: text) == nil)
    }

    @Test(
        "days between two dates",
        arguments: [
            ("2026-01-01", "2026-01-01", 0), ("2026-01-01", "2026-01-02", 1), ("2026-01-02", "2026-01-01", -1),
            ("2026-01-31", "2026-02-01", 1), ("2024-02-28", "2024-03-01", 2), ("2026-02-28", "2026-03-01", 1),
            ("2025-12-31", "2026-01-01", 1), ("2024-01-01", "2025-01-01", 366), ("2026-01-01", "2027-01-01", 365),
            ("2000-01-01", "2100-01-01", 36_525), ("1900-03-01", "2000-03-01", 36_525),
            ("2026-03-29", "2026-10-25", 210),
            ("1970-01-01", "2026-11-30", 20_787), ("0001-01-01", "1970-01-01", 719_162),
        ])
    func distances(from: String, to: String, days: Int) throws {
        let (one, other) = (try #require(CivilDate(startOf: from)), try #require(CivilDate(startOf: to)))
        #expect(one.days(until: other) == days)
        #expect(other.days(until: one) == -days)
        #expect((one < other) == (days > 0))
        #expect((one == other) == (days == 0))
    }

    @Test("the time of a day does not count")
    func times() throws {
        let day = try #require(CivilDate(startOf: "2026-01-01"))
        #expect(CivilDate(startOf: "2026-01-01T23:59:59Z") == day)
    }
}
