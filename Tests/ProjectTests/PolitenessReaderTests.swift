import Project
import Testing

@Suite("Rates and redaction in the configuration")
struct PolitenessReaderTests {
    @Test(
        "a rate is a number of requests per second, minute or hour",
        arguments: [
            ("10/s", 100), ("60/min", 1_000), ("60/minute", 1_000), ("1/h", 3_600_000), ("1000000/s", 0),
        ])
    func rates(text: String, milliseconds: Int) throws {
        let rate = try #require(Rate.parse(text))
        #expect(
            rate.interval.components.seconds * 1000 + rate.interval.components.attoseconds / 1_000_000_000_000_000
                == milliseconds)
    }

    @Test(
        "any other text is not a rate",
        arguments: ["", "10", "10/", "/s", "0/s", "-1/s", "1.5/s", "10/day", "1/s/s", "1000001/s"])
    func notRates(text: String) {
        #expect(Rate.parse(text) == nil)
    }

    @Test("a target has a rate and names its headers")
    func target() throws {
        let project = try ProjectTests.project(
            """
            targets:
              live:
                base-url: https://api.example
                rate: 60/min
                rate-limit: {remaining: x-left, reset: x-wait}
            redact: [header.authorization, body.session_id, 'cards[*].cvv', query.sig, cookie.sid]
            """)
        let target = try #require(project.target("live"))
        #expect(target.rate == Rate(count: 60, per: .seconds(60)))
        #expect(target.rateLimit == RateLimitHeaders(remaining: "x-left", reset: "x-wait"))
        #expect(project.redact.count == 5)
    }

    @Test("a target can be limited to HTTP/1.1, as a number or as text", arguments: ["1.1", "'1.1'"])
    func version(text: String) throws {
        let project = try ProjectTests.project(
            """
            targets:
              old: {base-url: 'https://old.example', http-version: \(text)}
              live: {base-url: 'https://api.example'}
            """)
        #expect(project.target("old")?.network.isHTTP1Only == true)
        #expect(project.target("live")?.network.isHTTP1Only == false)
    }

    @Test(
        "mistakes are reported with the correct form",
        arguments: [
            ("targets: {live: {base-url: 'https://a.example', rate: fast}}", "configuration.wrong-rate"),
            (
                "targets: {live: {base-url: 'https://a.example', rate-limit: {remaining: a}}}",
                "configuration.missing-key"
            ),
            (
                "targets: {live: {base-url: 'https://a.example', http-version: 2}}", "configuration.wrong-version"
            ),
            (
                "targets: {live: {base-url: 'https://a.example', http-version: [1.1]}}",
                "configuration.wrong-version"
            ),
            ("redact: [status]", "configuration.wrong-path"), ("redact: ['a..b']", "configuration.wrong-path"),
        ])
    func mistakes(text: String, rule: String) {
        let found = problems(text)
        #expect(found.count == 1 && found[0].contains(" \(rule): "), "\(found)")
    }
}
