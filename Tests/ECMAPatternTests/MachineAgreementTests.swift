import Testing

@testable import ECMAPattern

@Suite("the two machines agree")
struct MachineAgreementTests {
    /// A small generator with a fixed seed, so that a failure can be repeated.
    struct Dice {
        var state: UInt64

        mutating func roll(_ sides: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(sides))
        }

        mutating func pick(_ choices: [String]) -> String { choices[roll(choices.count)] }

        mutating func pattern(depth: Int) -> String {
            var text = ""
            for _ in 0...roll(3) { text += term(depth: depth) }
            while roll(4) == 0 { text += "|" + (roll(5) == 0 ? "" : term(depth: depth)) }
            return text
        }

        private mutating func term(depth: Int) -> String {
            let atoms = ["a", "b", "é", "日", ".", "[ab]", "[^a]", #"\w"#, #"\s"#, #"[\P{L}b]"#, #"\p{Lu}"#, "[é-日]"]
            let assertions = ["^", "$", #"\b"#, #"\B"#]
            var atom = pick(atoms)
            if depth > 0 {
                switch roll(8) {
                case 0, 1: atom = "(?:" + pattern(depth: depth - 1) + ")"
                case 2: atom = "(" + pattern(depth: depth - 1) + ")"
                case 3: return pick(["(?=", "(?!", "(?<=", "(?<!"]) + pattern(depth: depth - 1) + ")"
                case 4: return pick(assertions)
                default: break
                }
            }
            let quantifiers = ["*", "+", "?", "{2}", "{1,2}", "{0,3}", "{2,}", "*?", "+?", "??", "{1,3}?", "{0}"]
            return roll(3) == 0 ? atom + pick(quantifiers) : atom
        }

        mutating func text() -> String {
            var text = ""
            for _ in 0..<roll(9) { text += pick(["a", "b", "é", "日", " ", "A", "\n", "😀"]) }
            return text
        }
    }

    @Test(
        "one repeated set between anchors matches as the machines do",
        arguments: [
            "^[a-z]{3,5}$", "^[a-z]+$", "^[a-z]*?$", "^[^a]{2}$", "^a{2,}$", "^[a-z\u{E9}]{1,3}$", #"^\d{3}$"#,
            #"^\D?$"#,
            "^.{2,4}$", "^[a-z]{0}$", "^[a-z]{3,5}", "[a-z]{3,5}$", "^[]{1}$", "^[a-z]$",
        ])
    func repeatedSets(source: String) throws {
        let pattern = try ECMAPattern(source)
        let texts = [
            "", "a", "ab", "abc", "abcde", "abcdef", "ab\n", "\nab", "aa", "aaaa", "12", "123", "1234", "a\u{E9}",
            "\u{E9}",
            "\u{E9}\u{E9}\u{E9}", "\u{1F600}", "a1", "A", " ", "\u{7F}\u{7F}", "\0\0",
        ]
        for text in texts {
            for wholeText in [false, true] {
                let expected = pattern.test(text, wholeText: wholeText, steps: 10_000, machine: .backtracker)
                #expect(
                    pattern.test(text, wholeText: wholeText, steps: 10_000) == expected,
                    "\(source) on \(text.debugDescription), whole: \(wholeText)")
            }
        }
    }

    @Test("the machines agree on random patterns and texts", arguments: 1...8)
    func randomPatterns(seed: Int) throws {
        var dice = Dice(state: UInt64(seed) &* 7_919)
        for _ in 0..<150 {
            let source = dice.pattern(depth: 3)
            let pattern = try ECMAPattern(source)
            // With a reference that always holds the pattern keeps its captures and its unsimplified tree.
            let withCaptures = try ECMAPattern(#"(?:\k<none>"# + source.capturingNone + ")")
            for _ in 0..<8 {
                let text = dice.text()
                for wholeText in [false, true] {
                    let one = pattern.test(text, wholeText: wholeText, steps: 200_000, machine: .backtracker)
                    let all = pattern.test(text, wholeText: wholeText, steps: 10_000_000, machine: .stateSets)
                    let captured = withCaptures.test(text, wholeText: wholeText, steps: 200_000)
                    let shown = "\(source) on \(text.debugDescription), whole: \(wholeText)"
                    #expect(all != .undecided, "\(shown)")
                    #expect(one == all || one == .undecided, "\(shown)")
                    #expect(captured == all || captured == .undecided, "\(shown)")
                }
            }
        }
    }
}

extension String {
    /// The pattern as a group behind one that never takes part.
    fileprivate var capturingNone: String { "(?:" + self + ")(?:(?<none>)|)" }
}
