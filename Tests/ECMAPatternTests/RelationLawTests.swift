import TestKit
import Testing

@testable import ECMAPattern

/// Laws of ``PatternRelation`` and of facts about patterns, on random patterns.
@Suite("laws of patterns")
struct RelationLawTests {
    private static func pattern(_ random: inout SplitMix, depth: Int = 2) -> String {
        let atoms = ["a", "b", "c", "[ab]", "[^a]", ".", "é", #"\d"#]
        var text = ""
        for _ in 0...random.number(below: 3) {
            var atom = random.pick(atoms)
            if depth > 0, random.once(in: 3) {
                let other = pattern(&random, depth: depth - 1)
                atom = random.pick(["(?:\(other))", "(?:\(other)|\(random.pick(atoms)))", "^", "$"])
            }
            if atom != "^", atom != "$", random.once(in: 3) {
                atom += random.pick(["*", "+", "?", "{2}", "{1,2}", "*?"])
            }
            text += atom
        }
        return text
    }

    private static func relation(_ first: String, _ second: String) -> PatternRelation? {
        var steps = 4_000_000
        return PatternRelation.between(first, second, steps: &steps)
    }

    @Test("a pattern equals itself, its group, and itself between free texts", arguments: 0..<40)
    func reflexive(seed: Int) {
        var random = SplitMix(seed: seed)
        let pattern = Self.pattern(&random)
        #expect(Self.relation(pattern, pattern) == .equal, "\(pattern)")
        #expect(Self.relation(pattern, "(?:\(pattern))") == .equal, "\(pattern)")
        #expect(Self.relation(pattern, "(\(pattern))|(\(pattern))") == .equal, "\(pattern)")
    }

    @Test("the reverse relation is the mirror", arguments: 100..<160)
    func mirrored(seed: Int) {
        var random = SplitMix(seed: seed)
        let (one, other) = (Self.pattern(&random), Self.pattern(&random))
        let mirrors: [PatternRelation: PatternRelation] = [
            .equal: .equal, .widened: .narrowed, .narrowed: .widened, .incomparable: .incomparable,
        ]
        let forwards = Self.relation(one, other)
        #expect(Self.relation(other, one) == forwards.flatMap { mirrors[$0] }, "\(one) and \(other)")
    }

    @Test("an alternative never narrows, and an anchor never widens", arguments: 200..<240)
    func monotone(seed: Int) {
        var random = SplitMix(seed: seed)
        let (one, other) = (Self.pattern(&random), Self.pattern(&random))
        let wider = Self.relation(one, "(?:\(one))|(?:\(other))")
        #expect(wider == .equal || wider == .widened, "\(one) with \(other)")
        for anchored in ["^(?:\(one))", "(?:\(one))$", "^(?:\(one))$"] {
            let narrower = Self.relation(one, anchored)
            #expect(narrower == .equal || narrower == .narrowed, "\(one) as \(anchored)")
        }
    }

    @Test("relations are transitive", arguments: 300..<340)
    func transitive(seed: Int) {
        var random = SplitMix(seed: seed)
        let one = Self.pattern(&random)
        let two = "(?:\(one))|\(Self.pattern(&random))"
        let three = "(?:\(two))|\(Self.pattern(&random))"
        let steps = [Self.relation(one, two), Self.relation(two, three)]
        let whole = Self.relation(one, three)
        #expect(whole == (steps.allSatisfy { $0 == .equal } ? .equal : .widened), "\(one), \(two), \(three)")
    }

    @Test("a pattern that cannot match nothing does not match the empty text", arguments: 400..<460)
    func nullable(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let source = Self.pattern(&random)
        let root = try PatternParser.parse(source).root
        let pattern = try ECMAPattern(source)
        if !root.isNullable { #expect(pattern.matchesWhole("") == .noMatch, "\(source)") }
        #expect(root.simplified().isNullable == root.isNullable, "\(source)")
    }

    @Test("a pattern that begins at the start matches no text by its end alone", arguments: 500..<560)
    func anchored(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let source = Self.pattern(&random)
        let root = try PatternParser.parse(source).root
        #expect(root.simplified().isAnchoredAtStart == root.isAnchoredAtStart, "\(source)")
        guard root.isAnchoredAtStart else { return }
        #expect(Self.relation(source, "^(?:\(source))") == .equal, "\(source)")
    }

    @Test("simplifying twice changes nothing more", arguments: 600..<640)
    func idempotent(seed: Int) throws {
        var random = SplitMix(seed: seed)
        let source = Self.pattern(&random)
        let once = try PatternParser.parse(source).root.simplified()
        #expect("\(once.simplified())" == "\(once)", "\(source)")
    }

    @Test(
        "facts of single patterns",
        arguments: [
            ("", true, false), ("a", false, false), ("^", true, true), ("^a", false, true), ("^a|^b", false, true),
            ("^a|b", false, false), ("(^a)", false, true), ("(?:^a)?b", false, false), ("(?:^a){2}", false, true),
            ("a*", true, false), ("a+", false, false), ("(?=a)", true, false), (#"\b"#, true, false),
            ("$", true, false),
            ("(?:a|)", true, false), ("(a)\\1", false, false), ("(?:^a)*", true, false),
        ])
    func facts(source: String, isNullable: Bool, isAnchored: Bool) throws {
        let root = try PatternParser.parse(source).root
        #expect(root.isNullable == isNullable)
        #expect(root.isAnchoredAtStart == isAnchored)
    }
}
