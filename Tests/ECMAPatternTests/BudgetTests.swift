import ECMAPattern
import Testing

@Suite("budgets")
struct BudgetTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        let text: String
        var testDescription: String { pattern }

        init(_ pattern: String, _ text: String) {
            self.pattern = pattern
            self.text = text
        }
    }

    static let rows = [
        Row("^a+$", String(repeating: "a", count: 500)), Row("^(?:a|b)*c$", String(repeating: "ab", count: 200) + "c"),
        Row(#"^(a+)-\1$"#, "aaaa-aaaa"), Row("(?<=a+)b", String(repeating: "a", count: 100) + "b"),
        Row("abc", "xxxabc"),
        Row("^[^x]*$", "日本語日本語"), Row(#"\bfoo\b"#, "a foo b"), Row("(?=a*b)a", "aaab"), Row("x", "aaaaaaaa"),
        Row("^(?:GET|POST)$", "POST"), Row(#"^\p{L}+$"#, "éàü"), Row("", ""), Row("(a*)*b", "aaaaaaaaaaaa"),
    ]

    @Test("a sufficient budget gives the same result as any larger one", arguments: rows)
    func monotonic(row: Row) throws {
        let pattern = try ECMAPattern(row.pattern)
        let answer = pattern.search(row.text)
        #expect(answer != .undecided)
        var isDecided = false
        for steps in [0, 1, 2, 4, 8, 16, 64, 256, 1_024, 4_096, 65_536, 1_048_576] {
            let found = pattern.search(row.text, steps: steps)
            if isDecided { #expect(found == answer, "\(steps) steps") }
            if found != .undecided {
                #expect(found == answer, "\(steps) steps")
                isDecided = true
            }
        }
        #expect(isDecided)
    }

    @Test("the steps that a search takes are subtracted from the budget", arguments: rows)
    func counted(row: Row) throws {
        let pattern = try ECMAPattern(row.pattern)
        var left = 1_000_000
        let bytes = Array(row.text.utf8)
        let answer = bytes.withUnsafeBufferPointer { pattern.search(utf8: $0, steps: &left) }
        #expect(answer == pattern.search(row.text))
        #expect(left > 0 && left <= 1_000_000)
        var few = 1_000_000 - left
        let again = bytes.withUnsafeBufferPointer { pattern.search(utf8: $0, steps: &few) }
        // The second search has exactly as many steps as the first one took. They suffice, or the budget is used up.
        #expect(again == answer || (again == .undecided && few <= 0))
    }

    @Test("a search with an exhausted budget is undecided", arguments: rows.filter { $0.text.utf8.count > 100 })
    func usedUp(row: Row) throws {
        let pattern = try ECMAPattern(row.pattern)
        var left = 10
        let answer = Array(row.text.utf8).withUnsafeBufferPointer { pattern.search(utf8: $0, steps: &left) }
        if answer == .undecided { #expect(left <= 0) }
        #expect(pattern.search(row.text, steps: 0) == .undecided)
    }

    @Test(
        "longer texts take proportionally more steps", arguments: ["^(?:a|b)*$", "^a+$", "(?<=a)b", "^.*c", #"\d+$"#])
    func proportional(source: String) throws {
        let pattern = try ECMAPattern(source)
        func steps(_ count: Int) -> Int {
            var left = 100_000_000
            let text = Array(String(repeating: "ab", count: count).utf8)
            _ = text.withUnsafeBufferPointer { pattern.search(utf8: $0, steps: &left) }
            return 100_000_000 - left
        }
        let (short, long) = (steps(1_000), steps(8_000))
        #expect(long <= 10 * short + 1_000, "\(short) and \(long)")
    }
}
