import Reporting
import Testing

@Suite struct ProgressTextTests {
    @Test(
        "the line shows scenarios, requests, rate, failures and the time left, as far as they are known",
        arguments: [
            (ProgressText(scenarios: 16), "0/16 scenarios, 0 requests"),
            (
                ProgressText(scenarios: 16, done: 4, sent: 30, elapsed: .milliseconds(900)),
                "4/16 scenarios, 30 requests"
            ),
            (
                ProgressText(scenarios: 16, done: 4, sent: 30, failedSteps: 1, elapsed: .seconds(3)),
                "4/16 scenarios, 30 requests, 10/s, 1 step failed, 9 s left"
            ),
            (
                ProgressText(scenarios: 100, done: 1, sent: 30, failedSteps: 2, elapsed: .seconds(30)),
                "1/100 scenarios, 30 requests, 1/s, 2 steps failed, 49 min left"
            ),
            (
                ProgressText(scenarios: 2, done: 2, sent: 8, elapsed: .seconds(4)), "2/2 scenarios, 8 requests, 2/s"
            ),
        ])
    func line(text: ProgressText, expected: String) {
        #expect(text.line == expected)
    }
}
