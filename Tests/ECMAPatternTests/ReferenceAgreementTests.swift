import Testing

@testable import ECMAPattern

@Suite("agreement with the algorithm of the standard")
struct ReferenceAgreementTests {
    /// Compares every machine with the reference on random patterns; returns how many verdicts were compared.
    private func compare(seed: Int, patterns count: Int, backreferences: Bool) throws -> (matches: Int, misses: Int) {
        var made = ReferencePatterns(seed: seed)
        var verdicts = (matches: 0, misses: 0)
        for _ in 0..<count {
            let node = made.pattern(depth: 3, backreferences: backreferences)
            let compiled = try ECMAPattern(node.text)
            for _ in 0..<6 {
                let text = made.text()
                guard let expected = try? ReferenceMatcher.finds(node, groups: made.groups, in: text) else { continue }
                let outcome: ECMAPattern.Outcome = expected ? .match : .noMatch
                for machine in [Program.Machine.automatic, .backtracker] {
                    let found = compiled.test(text, wholeText: false, steps: 1_000_000, machine: machine)
                    #expect(found == outcome, "\(node.text) on \(text.debugDescription) by \(machine)")
                }
                if expected { verdicts.matches += 1 } else { verdicts.misses += 1 }
            }
        }
        return verdicts
    }

    @Test("patterns without back-references", arguments: 1...6)
    func plain(seed: Int) throws {
        let verdicts = try compare(seed: seed, patterns: 120, backreferences: false)
        #expect(verdicts.matches > 100 && verdicts.misses > 100, "\(verdicts)")
    }

    @Test("patterns with back-references", arguments: 101...108)
    func withBackreferences(seed: Int) throws {
        let verdicts = try compare(seed: seed, patterns: 120, backreferences: true)
        #expect(verdicts.matches > 100 && verdicts.misses > 100, "\(verdicts)")
    }
}
