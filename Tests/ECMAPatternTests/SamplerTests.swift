import ECMAPattern
import TestKit
import Testing

@Suite("texts made from a pattern")
struct SamplerTests {
    @Test(
        "a text made from a pattern without conditions matches it",
        arguments: [
            "^a$", "^[a-z]{3,8}$", #"^\d{4}-\d{2}-\d{2}$"#, "^(?:red|green|blue)$", #"^\w+@\w+\.[a-z]{2,}$"#,
            #"^[^a-z]{2}$"#, #"^\p{Lu}\p{Ll}+$"#, "^[😀-😎]{2}$", #"^(a|b)\1$"#, #"^(?<x>\d+)-\k<x>$"#, "^a{0}b$",
            "^$", "^(?:a?b*){3}$", #"^\S\s\S$"#, "^[^]$", "^.$", #"^\u{1F600}+$"#, #"^[\s\S]{5}$"#,
            "^[A-Z]{2}[0-9]{9}$",
            #"^\P{ASCII}$"#, "^(?:(?:a|b)(?:c|d)){2}$", #"^\x41\cA\0$"#, #"^[\]\-\\]+$"#, "^a{300}$", "^(?:ab){50,60}$",
        ])
    func satisfied(pattern: String) throws {
        let sampler = try PatternSampler(pattern)
        let compiled = try ECMAPattern(pattern)
        for seed in 0..<20 {
            var random = SplitMix(seed: seed)
            let text = sampler.text(length: seed * 3, using: &random)
            #expect(compiled.search(text) == .match, "\(text.debugDescription)")
        }
    }

    @Test(
        "a text has the requested length if a repetition allows it",
        arguments: [("^[a-z]+$", 40), ("^a*$", 25), ("^(?:ab)*$", 30), ("^x[0-9]{2,100}$", 50)])
    func length(pattern: String, length: Int) throws {
        let sampler = try PatternSampler(pattern)
        var lengths: Set<Int> = []
        for seed in 0..<40 {
            var random = SplitMix(seed: seed)
            let text = sampler.text(length: length, using: &random)
            #expect(text.unicodeScalars.count <= length + 1)
            lengths.insert(text.unicodeScalars.count)
        }
        #expect(lengths.contains(length), "\(lengths)")
    }

    @Test(
        "a very long text is cut",
        arguments: ["^(?:(?:a{99}){99}){99}$", "^[a-z]{1000000}$", "^(?:a{9999}b){99}$"])
    func bounded(pattern: String) throws {
        guard let sampler = try? PatternSampler(pattern) else { return }
        var random = SplitMix(seed: 1)
        #expect(sampler.text(length: 1_000_000, using: &random).unicodeScalars.count <= 20_000)
    }

    @Test("a pattern that is valid only without the `u` flag is accepted, an invalid one is rejected")
    func grammars() throws {
        var random = SplitMix(seed: 1)
        #expect(try PatternSampler(#"^\@\-$"#).text(length: 2, using: &random) == "@-")
        #expect(throws: ECMAPatternSyntaxError.self) { try PatternSampler("(") }
    }

    @Test("the same random numbers give the same text")
    func repeatable() throws {
        let sampler = try PatternSampler("^[a-z0-9]{8,40}$")
        var (one, other) = (SplitMix(seed: 5), SplitMix(seed: 5))
        #expect(sampler.text(length: 20, using: &one) == sampler.text(length: 20, using: &other))
    }
}
