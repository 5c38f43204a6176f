import Primitives
import Testing

@Suite("HTTP dates")
struct HTTPDateTests {
    private let now = Instant(microsecondsSinceEpoch: 1_700_000_000_000_000)

    @Test(
        "the three forms give the same instant",
        arguments: [
            "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
        ])
    func forms(text: String) {
        #expect(Instant(httpDate: text, reference: now)?.text == "1994-11-06T08:49:37Z")
    }

    @Test("a two-digit year is in the nearest century that is not far in the future")
    func centuries() {
        #expect(Instant(httpDate: "Sunday, 06-Nov-30 08:49:37 GMT", reference: now)?.dateText == "2030-11-06")
        #expect(Instant(httpDate: "Sunday, 06-Nov-80 08:49:37 GMT", reference: now)?.dateText == "1980-11-06")
    }

    @Test(
        "any other text is not a date",
        arguments: [
            "", "soon", "1994-11-06T08:49:37Z", "Sun, 31 Feb 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Nov 19944 08:49:37 GMT", "Xxx, 06 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 1994 8:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "99999999999999999999",
        ])
    func others(text: String) {
        #expect(Instant(httpDate: text, reference: now) == nil)
    }

    @Test("a date is written in the preferred form, also before 1970")
    func writing() {
        #expect(Instant(secondsSinceEpoch: 784_111_777).httpDate == "Sun, 06 Nov 1994 08:49:37 GMT")
        #expect(Instant(secondsSinceEpoch: -1).httpDate == "Wed, 31 Dec 1969 23:59:59 GMT")
    }
}
