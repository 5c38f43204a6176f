import Testing

@Suite("look-arounds")
struct LookaroundTests {
    @Test(
        "look-ahead and look-behind match",
        arguments: [
            PatternCase("a(?=b)", matches: ["ab"], refuses: ["a", "ac", "ba"]),
            PatternCase("a(?!b)", matches: ["a", "ac", "aba"], refuses: ["ab", ""]),
            PatternCase("(?<=a)b", matches: ["ab", "cab"], refuses: ["b", "cb"]),
            PatternCase("(?<!a)b", matches: ["b", "cb"], refuses: ["ab", ""]),
            PatternCase("(?<=^a+)b", matches: ["aab"], refuses: ["cab", "b"]),
            PatternCase("(?<=ab?)c", matches: ["ac", "abc"], refuses: ["bc", "c"]),
            PatternCase("(?<=日)本", matches: ["日本"], refuses: ["本", "a本"]),
            PatternCase("(?<=[a-z]{2,3})1$", matches: ["ab1", "abcd1"], refuses: ["a1", "-1"]),
            PatternCase("(?<=a{2,3}?)b", matches: ["aab"], refuses: ["ab"]),
            PatternCase(#"(?<=\bx.*)y"#, matches: ["x..y", "xy"], refuses: ["axy", "y"]),
            PatternCase("^(?=.*x)(?!.*y)", matches: ["abxc"], refuses: ["xy", "ab"]),
            PatternCase("(?=(?:a(?!c))+b)a", matches: ["ab", "aab"], refuses: ["ac", "acb"]),
            PatternCase("(?<=(?<!x)a)b", matches: ["ab", "yab"], refuses: ["xab"]),
            PatternCase("(?=(?<=a)b)", matches: ["ab"], refuses: ["b", "ba"]),
            PatternCase("(?:(?=a)a|(?=b)b)+$", matches: ["ab", "cab"], refuses: ["c"]),
            PatternCase("(?!)", refuses: ["", "a"]),
            PatternCase("(?=)", matches: ["", "a"]),
            PatternCase("(?:(?=a)){2}a", matches: ["a"], refuses: ["b"]),
            PatternCase("(?:(?=a))*b", matches: ["b", "ab"], refuses: ["a"]),
            PatternCase("^(?:(?=a*b)a)*b$", matches: ["aab", "b"], refuses: ["aa"]),
        ])
    func lookarounds(_ entry: PatternCase) throws {
        try entry.check()
    }
}
