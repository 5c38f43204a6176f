import Testing

@testable import ECMAPattern

/// A pattern with texts that hold a match and texts that hold none.
struct PatternCase: Sendable, CustomTestStringConvertible {
    let pattern: String
    let matches: [String]
    let refuses: [String]

    init(_ pattern: String, matches: [String] = [], refuses: [String] = []) {
        self.pattern = pattern
        self.matches = matches
        self.refuses = refuses
    }

    var testDescription: String { pattern }

    /// Asks every machine for a verdict on every text.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let compiled = try ECMAPattern(pattern)
        for (texts, expected) in [(matches, ECMAPattern.Outcome.match), (refuses, .noMatch)] {
            for text in texts {
                for machine in [Program.Machine.automatic, .backtracker, .stateSets] {
                    let outcome = compiled.test(text, wholeText: false, steps: 1_000_000, machine: machine)
                    let shown = text.debugDescription
                    #expect(outcome == expected, "\(pattern) on \(shown) by \(machine)", sourceLocation: sourceLocation)
                }
            }
        }
    }
}
