import Testing

@testable import ECMAPattern

@Suite("whole texts, bytes and literals")
struct WholeMatchTests {
    @Test(
        "a whole match equals the pattern in a group between anchors",
        arguments: [
            ("a|ab", "ab", true), ("a|ab", "abc", false), ("^a|b$", "ab", false), ("a*?", "aaa", true),
            ("", "", true), ("", "a", false), ("abc", "abc", true), ("abc", "abcd", false), ("abc", "xabc", false),
            ("^abc", "abcd", false), ("abc$", "xabc", false), ("GET|POST", "POST", true), ("GET|POST", "POSTS", false),
            (#"\d+"#, "123", true), (#"\d+"#, "123\n", false), ("(?=ab)a", "ab", false), ("(a)(?:b|bc)", "abc", true),
            (#"(a|ab)\1"#, "abab", true), (#"(a|ab)\1"#, "ababc", false), ("a+?b*", "aaabb", true),
        ])
    func wholeMatch(pattern: String, text: String, isMatch: Bool) throws {
        let compiled = try ECMAPattern(pattern)
        let anchored = try ECMAPattern("^(?:\(pattern))$")
        let expected: ECMAPattern.Outcome = isMatch ? .match : .noMatch
        #expect(compiled.matchesWhole(text) == expected)
        #expect(anchored.search(text) == expected)
        #expect(compiled.test(text, wholeText: true, steps: 10_000, machine: .backtracker) == expected)
        #expect(compiled.test(text, wholeText: true, steps: 10_000, machine: .stateSets) == expected)
    }

    @Test("bytes are searched without a string")
    func bytes() throws {
        let pattern = try ECMAPattern("^é.*日$")
        let text = Array("é and 日".utf8)
        text.withUnsafeBufferPointer { buffer in
            #expect(pattern.search(utf8: buffer) == .match)
            #expect(pattern.search(utf8: UnsafeBufferPointer(rebasing: buffer.dropLast(3))) == .noMatch)
        }
        #expect(pattern.search(utf8: UnsafeBufferPointer(start: nil, count: 0)) == .noMatch)
        #expect(try ECMAPattern("^$").search(utf8: UnsafeBufferPointer(start: nil, count: 0)) == .match)
    }

    @Test("invalid UTF-8 is never read beyond its end")
    func brokenBytes() throws {
        let patterns = [".*x", "日", "(?<=é)x", #"\p{L}+$"#, "[^a]*b", #"(.)\1x"#, "^(?:é|日|.)*$"]
        let texts: [[UInt8]] = [[0xF0], [0x61, 0xE6, 0x97], [0x80, 0x80], [0xFF, 0xFE], [0xBF, 0x62], [0xC3]]
        for pattern in try patterns.map({ try ECMAPattern($0) }) {
            for text in texts {
                text.withUnsafeBufferPointer { buffer in
                    #expect(pattern.search(utf8: buffer) != .undecided)
                }
            }
        }
    }

    @Test("a pattern keeps its source")
    func source() throws {
        #expect(try ECMAPattern("^a$").source == "^a$")
    }

    @Test("literals, and only literals, are recognised")
    func literals() throws {
        for pattern in ["^abc", "^abc$", "^(GET|POST)$", "^(?:ab|)$", "x$", "^(a)(b)"] {
            #expect(LiteralPattern(try PatternParser.parse(pattern).root.simplified()) != nil, "\(pattern)")
        }
        for pattern in ["^ab?", "^ab.$", "^a|b$", "^[ab]c$", #"^a\b$"#, "^(?:a|b*)$", #"^\uD83D$"#] {
            #expect(LiteralPattern(try PatternParser.parse(pattern).root.simplified()) == nil, "\(pattern)")
        }
    }
}
