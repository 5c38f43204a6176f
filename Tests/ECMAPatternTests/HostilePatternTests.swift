import Testing

@testable import ECMAPattern

@Suite("patterns and texts designed to be slow")
struct HostilePatternTests {
    struct Attack: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        let outcome: ECMAPattern.Outcome

        init(_ pattern: String, _ unit: String, times: Int, then end: String = "", _ outcome: ECMAPattern.Outcome) {
            self.pattern = pattern
            text = String(repeating: unit, count: times) + end
            self.outcome = outcome
        }

        var testDescription: String { "\(pattern) on \(text.utf8.count) bytes" }
    }

    // A backtracking machine alone would need more steps than there are atoms for most of these. The allowance is a
    // few hundred steps a byte, so the test fails on work that is not linear, without a clock.
    @Test(
        "the number of steps is proportional to the text",
        arguments: [
            Attack("^(a+)+$", "a", times: 2_000, then: "!", .noMatch),
            Attack("^(a|a)*$", "a", times: 2_000, then: "!", .noMatch),
            Attack("^(a|aa)+$", "a", times: 2_000, then: "b", .noMatch),
            Attack("^(a|b)*$", "ab", times: 100_000, .match),
            Attack("^(?:ab|cd)*$", "abcd", times: 50_000, .match),
            Attack("^(?:a|b|ab)*$", "ab", times: 20_000, .match),
            Attack("(x+x+)+y", "x", times: 5_000, .noMatch),
            Attack("(a*)*b", "a", times: 5_000, .noMatch),
            Attack("a*b", "a", times: 50_000, .noMatch),
            Attack("(?:.*a){12}$", "a", times: 1_000, then: "b", .noMatch),
            Attack("^(([a-z])+.)+[A-Z]([a-z])+$", "a", times: 5_000, .noMatch),
            Attack("(?:(?=.*x)a)*y", "a", times: 5_000, .noMatch),
            Attack("(?=(?:a(?!.*z))*!)a+b", "a", times: 5_000, then: "!", .noMatch),
            Attack("(?<=^(?:a|aa)*)b", "a", times: 5_000, then: "b", .match),
            Attack("(?<!(?:a+)+)c", "a", times: 5_000, then: "c", .noMatch),
            Attack("(a{1,1000}b?)*c", "a", times: 5_000, .noMatch),
            Attack("(?:a{1,1000}){2}b", "a", times: 5_000, .noMatch),
            Attack(#"^(?:\p{L}|é)*$"#, "é", times: 5_000, then: "!", .noMatch),
        ])
    func linearWork(_ attack: Attack) throws {
        let steps = 5_000 + 200 * attack.text.utf8.count
        #expect(try ECMAPattern(attack.pattern).search(attack.text, steps: steps) == attack.outcome)
    }

    @Test("a million characters are decided")
    func million() throws {
        let text = String(repeating: "ab", count: 500_000)
        #expect(try ECMAPattern("^(a|b)*$").search(text) == .match)
        #expect(try ECMAPattern("^(a|b)*$").search(text + "c") == .noMatch)
    }

    @Test("back-references report when the steps are used up")
    func backreferencesGiveUp() throws {
        let pattern = try ECMAPattern(#"^(a+)+\1$"#)
        let text = String(repeating: "a", count: 60) + "!"
        #expect(pattern.search(text, steps: 100_000) == .undecided)
        #expect(pattern.search("aaaa", steps: 100_000) == .match)
        #expect(pattern.search("aab", steps: 100_000) == .noMatch)
    }

    @Test("a pattern without back-references is undecided only if the step limit is too low")
    func tooFewSteps() throws {
        let pattern = try ECMAPattern("^(?:a|ab|b)*$")
        let text = String(repeating: "ab", count: 1_000)
        #expect(pattern.search(text, steps: 100) == .undecided)
        #expect(pattern.search(text, steps: 0) == .undecided)
        #expect(pattern.search(text, steps: 100_000) == .match)
    }

    @Test("untried alternatives may fill the stack without harm")
    func fullStack() throws {
        let text = String(repeating: "a", count: 700_000)
        #expect(try ECMAPattern(#"^(?:(a)|a)*\1b$"#).search(text) == .undecided)
        #expect(try ECMAPattern("^(?:ab|a)*$").search(text) == .match)
    }
}
