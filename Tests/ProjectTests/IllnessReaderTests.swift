import Diagnostics
import Project
import Scenarios
import Testing

@Suite("Illness and quarantine in the configuration")
struct IllnessReaderTests {
    @Test(
        "the share that may remain unjudged is a number of percent",
        arguments: [("20%", 20.0), ("0%", 0), ("12.5%", 12.5), ("100", 100), ("7", 7)])
    func share(text: String, percent: Double) throws {
        let illness = try project("ill: {max-unjudged: \(text), rerun: 1}").judging.illness
        #expect(illness.maximumUnjudged == percent && illness.reruns == 1)
    }

    @Test("without the key, a fifth may remain unjudged and suspects are run again three times")
    func usual() throws {
        let illness = try project("scenarios: a").judging.illness
        #expect(illness.maximumUnjudged == 20 && illness.reruns == 3)
    }

    @Test(
        "mistakes name the key and what to write",
        arguments: [
            ("ill: {max-unjudged: 101%}", "`max-unjudged` must be between 0% and 100%"),
            ("ill: {max-unjudged: -1%}", "`max-unjudged` must be between 0% and 100%"),
            ("ill: {max-unjudged: nan}", "`max-unjudged` must be between 0% and 100%"),
            ("ill: {max-unjudged: 1e1}", "`max-unjudged` must be between 0% and 100%"),
            ("ill: {rerun: 4}", "rerun must be a whole number from 0 to 3"),
            ("quarantine: {row: a}", "quarantine must be a list"),
            ("quarantine: [{row: a, until: '2026-12-31'}]", "the entry of `quarantine` has no `reason`"),
            ("quarantine: [{row: a, reason: r, until: '2026-13-31'}]", "`until` is not a valid date: '2026-13-31'"),
            ("quarantine: [{row: a, reason: r, until: 2026-12-31T00:00:00Z}]", "`until` is not a valid date"),
            (
                "quarantine: [{row: a/, reason: r, until: '2026-12-31'}]",
                "`row` does not name a scenario or a step: 'a/'"
            ),
        ])
    func mistakes(yaml: String, message: String) throws {
        let found = problems(yaml)
        #expect(found.contains { $0.contains(": \(message)") }, "\(found)")
    }

    @Test("an entry of the quarantine has a row, a reason and a last day")
    func quarantine() throws {
        let entries = try project(
            "quarantine:\n  - {row: 't.csv#pay/send', reason: TICKET-1, until: 2026-12-31}\n"
        ).judging.quarantine
        let entry = try #require(entries.first)
        #expect(entry.file == "t.csv" && entry.scenario == "pay" && entry.step == "send")
        #expect(entry.reason == "TICKET-1" && entry.until == "2026-12-31" && entry.location.line == 2)
    }
}
