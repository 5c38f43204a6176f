import TestKit
import Testing

@testable import ECMAPattern

/// Two spellings of one pattern find a match in the same texts. Patterns and texts are random.
@Suite("equivalent patterns")
struct PatternRewritingTests {
    private typealias Dice = MachineAgreementTests.Dice

    private static let steps = 2_000_000

    private static func finds(_ pattern: String, _ text: String) throws -> Bool? {
        switch try ECMAPattern(pattern).search(text, steps: steps) {
        case .match: true
        case .noMatch: false
        case .undecided: nil
        }
    }

    /// Spellings of a search for `P` (ECMA-262, section 22.2.2).
    static let spellings = [
        "(?:P)", "(P)", "(?<n>P)", "(?:P){1}", "(?:P){1,1}", "(?:P)+", "(?:P)+?", "(?:P){1,3}", "(?:P)|(?!)",
        "(?!)|(?:P)",
        "(?:P)|(?:P)", "(?:)(?:P)(?:)", "(?=(?:P))", "(?!(?!(?:P)))", "[^]*?(?:P)", "[^]*(?:P)[^]*", "^[^]*?(?:P)",
        "(?:P)[^]*$", "(?<=(?:P))", "^(?=[^]*?(?:P))", "(?:(?:P)|x(?!))", "(?:P)(?:x(?!))*", "(?:P)(?:x{0})",
    ]

    @Test("a search is not changed by groups, counts of one, or an assertion at the same place", arguments: 1...6)
    func searches(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 104_729)
        var verdicts: [Bool: Int] = [:]
        for _ in 0..<40 {
            let pattern = dice.pattern(depth: 2)
            for _ in 0..<4 {
                let text = dice.text()
                guard let expected = try Self.finds(pattern, text) else { continue }
                verdicts[expected, default: 0] += 1
                for spelling in Self.spellings {
                    let other = spelling.replacing("P", with: pattern)
                    let found = try Self.finds(other, text)
                    #expect(found == expected || found == nil, "\(other) on \(text.debugDescription)")
                }
            }
        }
        #expect(verdicts[true, default: 0] > 20 && verdicts[false, default: 0] > 20, "\(verdicts)")
    }

    @Test("two patterns are joined by alternatives, look-aheads and their negation", arguments: 1...6)
    func logic(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 15_485_863)
        var verdicts: Set<[Bool]> = []
        for _ in 0..<60 {
            let (first, second) = (dice.pattern(depth: 2), dice.pattern(depth: 2))
            for _ in 0..<4 {
                let text = dice.text()
                guard let one = try Self.finds(first, text), let other = try Self.finds(second, text) else { continue }
                verdicts.insert([one, other])
                for (pattern, expected) in [
                    ("(?:\(first))|(?:\(second))", one || other), ("(?:\(second))|(?:\(first))", one || other),
                    ("^(?=[^]*?(?:\(first)))(?=[^]*?(?:\(second)))", one && other), ("^(?![^]*?(?:\(first)))", !one),
                    ("^(?![^]*?(?:\(first)))(?![^]*?(?:\(second)))", !one && !other), ("(?:\(first))?", true),
                    ("(?:\(first))*", true), ("(?:\(first)){0}", true), ("(?:\(first))|", true),
                ] {
                    let found = try Self.finds(pattern, text)
                    #expect(found == expected || found == nil, "\(pattern) on \(text.debugDescription)")
                }
            }
        }
        #expect(verdicts.count == 4)
    }

    @Test("a count is the pattern written that many times", arguments: 1...6)
    func counts(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let atoms = ["a", "[ab]", ".", "(?:a|bb)", "(?:ab)?", "[^a]", #"\w"#, "(?:a|)", "é"]
        var verdicts: [Bool: Int] = [:]
        for _ in 0..<60 {
            let atom = random.pick(atoms)
            let (least, more) = (random.number(below: 4), random.number(below: 4))
            let optional = String(repeating: "(?:\(atom)", count: more) + String(repeating: ")?", count: more)
            let counted = try ECMAPattern("^(?:\(atom)){\(least),\(least + more)}$")
            let lazy = try ECMAPattern("^(?:\(atom)){\(least),\(least + more)}?$")
            let written = try ECMAPattern("^" + String(repeating: "(?:\(atom))", count: least) + optional + "$")
            let open = try ECMAPattern("^(?:\(atom)){\(least),}$")
            let star = try ECMAPattern("^" + String(repeating: "(?:\(atom))", count: least) + "(?:\(atom))*$")
            for _ in 0..<12 {
                let text = (0..<random.number(below: 7)).map { _ in random.pick(["a", "b", "é"]) }.joined()
                let expected = written.search(text)
                verdicts[expected == .match, default: 0] += 1
                #expect(expected != .undecided)
                #expect(counted.search(text) == expected, "\(counted.source) on \(text)")
                #expect(lazy.search(text) == expected, "\(lazy.source) on \(text)")
                #expect(open.search(text) == star.search(text), "\(open.source) on \(text)")
            }
        }
        #expect(verdicts[true, default: 0] > 50 && verdicts[false, default: 0] > 50)
    }

    @Test("with fewer steps, the outcome is the same or undecided, and stays once it is decided", arguments: 1...6)
    func budgets(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 32_452_843)
        var open = 0
        for _ in 0..<60 {
            let pattern = try ECMAPattern(dice.pattern(depth: 3))
            for _ in 0..<3 {
                let text = dice.text()
                for machine in [Program.Machine.automatic, .backtracker, .stateSets] {
                    let expected = pattern.test(text, wholeText: false, steps: Self.steps, machine: machine)
                    guard expected != .undecided else { continue }
                    var isDecided = false
                    for steps in [0, 1, 2, 4, 8, 16, 32, 64, 128, 512, 2_048, Self.steps] {
                        let outcome = pattern.test(text, wholeText: false, steps: steps, machine: machine)
                        open += outcome == .undecided ? 1 : 0
                        #expect(outcome == expected || outcome == .undecided, "\(pattern.source) in \(steps) steps")
                        #expect(!isDecided || outcome == expected, "\(pattern.source) in \(steps) steps")
                        isDecided = outcome != .undecided
                    }
                }
            }
        }
        #expect(open > 100)
    }

    @Test("a pattern that both grammars have means the same in both", arguments: 1...4)
    func grammars(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 49_979_687)
        var compared = 0
        for _ in 0..<150 {
            let source = dice.pattern(depth: 3)
            // Without the flag, `\p` is the letter.
            guard !source.contains(#"\p"#), !source.contains(#"\P"#) else { continue }
            let (strict, lax) = (try ECMAPattern(source), try ECMAPattern(source, grammar: .withoutUnicodeFlag))
            for _ in 0..<4 {
                let text = dice.text()
                let (one, other) = (strict.search(text, steps: Self.steps), lax.search(text, steps: Self.steps))
                compared += 1
                #expect(one == other, "\(source) on \(text.debugDescription)")
                #expect(try ECMAPattern.inEitherGrammar(source).search(text, steps: Self.steps) == one)
            }
        }
        #expect(compared > 100)
    }

    /// Patterns without conditions, of the parts for which a text can be made.
    private static func unconditional(_ random: inout SplitMix, depth: Int) -> String {
        (0...random.number(below: 3)).map { _ in
            let atom =
                switch random.number(below: depth > 0 ? 8 : 5) {
                case 0: random.pick(["a", "é", #"\."#, #"\u{1F600}"#, #"\x41"#])
                case 1: random.pick([#"\d"#, #"\w"#, #"\s"#, ".", "[^]"])
                case 2: random.pick([#"\D"#, #"\W"#, #"\S"#, #"[^\d]"#, "[^a-z]"])
                case 3: random.pick(["[a-f]", "[é-日]", #"[\-\]]"#, "[a-c0-3_]", "[😀-😎]"])
                case 4: random.pick([#"\p{Lu}"#, #"\p{Nd}"#, #"\p{Script=Greek}"#, #"\P{L}"#])
                case 5: "(" + unconditional(&random, depth: depth - 1) + ")"
                case 6: "(?:" + unconditional(&random, depth: depth - 1) + "|" + unconditional(&random, depth: 0) + ")"
                default: "(?:" + unconditional(&random, depth: depth - 1) + ")"
                }
            return atom + random.pick(["", "", "", "?", "*", "+", "{2}", "{1,3}", "*?", "{0}"])
        }.joined()
    }

    @Test("a text that is made from a pattern matches it as a whole, and is related to it", arguments: 1...6)
    func samples(seed: Int) throws {
        var random = SplitMix(seed: seed + 500)
        var lengths: Set<Int> = []
        for _ in 0..<80 {
            let source = Self.unconditional(&random, depth: 2)
            let (pattern, sampler) = (try ECMAPattern(source), try PatternSampler(source))
            for length in [0, 3, 12] {
                let text = sampler.text(length: length, using: &random)
                lengths.insert(text.unicodeScalars.count)
                #expect(pattern.matchesWhole(text, steps: Self.steps) == .match, "\(source): \(text.debugDescription)")
                #expect(pattern.search(text + text, steps: Self.steps) == .match, "\(source)")
                var left = 200_000
                let equal = PatternRelation.between("^\(source)", "^(?:\(source))", steps: &left)
                #expect(equal == .equal || equal == nil, "\(source)")
            }
        }
        #expect(lengths.count > 8, "\(lengths.sorted())")
    }
}
