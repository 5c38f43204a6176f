import ECMAPattern
import Testing

/// How the texts that two patterns match relate.
@Suite struct PatternRelationTests {
    private func relation(_ first: String, _ second: String, steps: Int = 1_000_000) -> PatternRelation? {
        var left = steps
        return PatternRelation.between(first, second, steps: &left)
    }

    @Test(
        "two spellings of one pattern are equal",
        arguments: [
            ("^[A-Z]{2}$", "^(?:[A-Z][A-Z])$"), ("^\\d+$", "^[0-9][0-9]*$"), ("^(a|b)*$", "^[ab]*$"),
            ("a", "a.*"), ("", "x?"), ("^a{0,2}$", "^(|a|aa)$"), ("^$|^a$", "^a?$"), ("^(ab)?$", "^(?:ab|)$"),
            ("^\\u0041$", "^A$"), ("[^\\n\\r\\u2028\\u2029]", "."), ("^a+?$", "^a+$"), ("^^a$$", "^a$"), ("a^b", "c^d"),
            ("^\\-$", "^-$"), ("^[\\s\\S]*$", ""), ("^(a*)*$", "^a*$"),
        ])
    func equal(_ first: String, _ second: String) {
        #expect(relation(first, second) == .equal)
        #expect(relation(second, first) == .equal)
    }

    @Test(
        "the second pattern matches more",
        arguments: [
            ("^[A-Z]{2}$", "^[A-Z]{2,3}$"), ("^a", "a"), ("^a$", "^a"), ("a$", "a"), ("^[a-f]$", "^[a-g]$"),
            ("^(red|green)$", "^(red|green|blue)$"), ("^a+$", "^a*$"), ("^.{1,64}$", "^.{1,65}$"), ("^x.y$", "^x[^]y$"),
            ("^\\d{3}-\\d{4}$", "^[\\d-]+$"), ("ab", "b"), ("^(?:a|ab)(?:c|bcd)$", "^ab*c(?:d|)$"), ("^.*$", ""),
        ])
    func wider(_ first: String, _ second: String) {
        #expect(relation(first, second) == .widened)
        #expect(relation(second, first) == .narrowed)
    }

    @Test(
        "each pattern matches texts that the other does not",
        arguments: [
            ("^[A-Z]{2}$", "^[A-Z]{3}$"), ("^a", "^b"), ("^a", "a$"), ("^\\w$", "^[^a]$"), ("^[a-m]+$", "^[k-z]+$"),
            ("^\u{1F600}$", "^\u{1F601}$"),
        ])
    func incomparable(_ first: String, _ second: String) {
        #expect(relation(first, second) == .incomparable)
        #expect(relation(second, first) == .incomparable)
    }

    @Test(
        "unsupported features are undecided",
        arguments: [
            ("(?=a)", "a"), ("\\bfoo", "foo"), ("(a)\\1", "aa"), ("^\\p{L}$", "^[a-z]$"), ("(", "a"),
            ("^a{5000}$", "^a{5001}$"),
        ])
    func undecided(_ first: String, _ second: String) {
        #expect(relation(first, second) == nil)
        #expect(relation(second, first) == nil)
    }

    @Test("the work is bounded", .timeLimit(.minutes(20)))
    func bounded() {
        // Machines with exponentially many sets of states.
        let hostile = ("[ab]*a[ab]{40}$", "(?:a|b)*a[ab]{40}$")
        #expect(relation(hostile.0, hostile.1, steps: 200_000) == nil)
        var left = 100
        #expect(PatternRelation.between("^a{50}$", "^a{51}$", steps: &left) == nil && left <= 0)
    }

    @Test("the relation agrees with the matcher on every short text")
    func agreesWithMatcher() throws {
        let parts = ["a", "b", "[ab]", "^", "$", "a*", "(?:ab)?", "b+", "(?:a|bb)", "a{2}", "."]
        var texts = [""]
        for _ in 0..<5 { texts += texts.suffix(texts.count).flatMap { [$0 + "a", $0 + "b"] } }
        texts = Array(Set(texts))
        var state: UInt64 = 7
        func pick() -> String {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return parts[Int(state >> 33) % parts.count]
        }
        var decided: Set<PatternRelation> = []
        for _ in 0..<400 {
            let first = (0..<3).map { _ in pick() }.joined()
            let second = (0..<3).map { _ in pick() }.joined()
            guard let relation = relation(first, second) else {
                Issue.record("\(first) and \(second) are undecided")
                continue
            }
            decided.insert(relation)
            let (ours, theirs) = (try ECMAPattern(first), try ECMAPattern(second))
            for text in texts {
                let (one, other) = (ours.search(text) == .match, theirs.search(text) == .match)
                guard one != other else { continue }
                let allowed: Set<PatternRelation> = one ? [.narrowed, .incomparable] : [.widened, .incomparable]
                #expect(allowed.contains(relation), "\(first) and \(second) for '\(text)': \(relation)")
            }
        }
        #expect(decided.count == 4)
    }
}
