import Testing

/// A look-behind is matched from right to left (ECMA-262, section 22.2.2.4).
@Suite("look-behind runs backwards")
struct LookbehindDirectionTests {
    @Test(
        "bodies of any length",
        arguments: [
            PatternCase("(?<=a.*b)c", matches: ["abc", "a-bc"], refuses: ["bc", "axxc", "a\nbc"]),
            PatternCase("(?<=^.{3})x", matches: ["abcx", "日本語x"], refuses: ["abx", "abcdx"]),
            PatternCase(#"(?<=^\d+)\D"#, matches: ["1a", "12b"], refuses: ["a", "a1b"]),
            PatternCase("(?<=(?:ab)+)c", matches: ["abc", "ababc"], refuses: ["ac", "bc"]),
            PatternCase("(?<=(?:ab)+$)", matches: ["ab", "abab"], refuses: ["a", "aba", ""]),
            PatternCase("(?<=a|bc|)d", matches: ["d", "ad", "xd"]),
            PatternCase("(?<=a|bc)d", matches: ["ad", "bcd"], refuses: ["cd", "d"]),
            PatternCase("(?<=[^a])b", matches: ["cb", "😀b", "\nb"], refuses: ["b", "ab"]),
            PatternCase("(?<=^)a", matches: ["a"], refuses: ["ba"]),
            PatternCase("(?<=$)a", refuses: ["a", ""]),
            PatternCase("(?<=a$)", matches: ["a", "ba"], refuses: ["ab"]),
            PatternCase(#"(?<=\ba)b"#, matches: ["ab", "-ab"], refuses: ["cab"]),
            PatternCase(#"(?<=\Ba)b"#, matches: ["cab"], refuses: ["ab", "-ab"]),
            PatternCase("(?<=😀)x", matches: ["😀x"], refuses: ["x", "😁x"]),
            PatternCase(#"(?<=\p{L}{2})1"#, matches: ["éé1", "日本1"], refuses: ["é1"]),
            PatternCase("(?<=a{2,}b?)c", matches: ["aac", "aabc", "aaabc"], refuses: ["abc"]),
            PatternCase("(?<=a*)b", matches: ["b", "ab"]),
            PatternCase(#"(?<=.)\b."#, matches: ["a b", "-a"], refuses: ["ab", "a"]),
        ])
    func bodies(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "captures are taken from right to left",
        arguments: [
            PatternCase(#"(?<=(\d+)(\d+))$(?<=\b\1.*)"#, matches: ["12", "123"], refuses: ["1"]),
            PatternCase(#"^.*(?<=(\w)(\w\w))\1"#, matches: ["abca", "abcaa"], refuses: ["abcb"]),
            PatternCase(#"(?<=(a+)(a+))b\2"#, matches: ["aaba", "aabaa", "aaabaa"], refuses: ["ab"]),
            PatternCase("(?<=([ab]+)([bc]+))$", matches: ["abc", "ab"], refuses: ["c", "cb"]),
            PatternCase(#"(?<=([ab]+)([bc]+))-\2$"#, matches: ["abc-bc", "abbc-bbc", "ab-b"], refuses: ["abc-c"]),
            PatternCase(#"(?<=(.)\1)x"#, matches: ["aax", "abx", "ax", "bx"]),
            PatternCase(#"(?<=\1(.))x"#, matches: ["aax"], refuses: ["abx", "ax"]),
            PatternCase(#"(?<=(?<n>.)\k<n>)x"#, matches: ["aax", "abx"], refuses: ["x"]),
            PatternCase(#"(?<=\k<n>(?<n>.))x"#, matches: ["aax"], refuses: ["abx"]),
            PatternCase(#"(?<=(\w){3})f\1"#, matches: ["abcfa", "xabcfa"], refuses: ["abcfc", "abcf"]),
            PatternCase(#"(?<=(\w)+)f\1$"#, matches: ["abfa"], refuses: ["abfb", "af"]),
            PatternCase(#"(?<=(\w+))f\1$"#, matches: ["abfab"], refuses: ["abfb", "aff"]),
            PatternCase(#"(?<=\b(\w+?)-)\1$"#, matches: ["a-a", "ab-ab"], refuses: ["ab-b"]),
        ])
    func captures(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "look-arounds inside each other",
        arguments: [
            PatternCase("(?<=a(?=b))b", matches: ["ab"], refuses: ["b", "ac"]),
            PatternCase("(?<=a(?!c))b", matches: ["ab"], refuses: ["b", "cb"]),
            PatternCase("(?<=(?<=a)b)c", matches: ["abc"], refuses: ["bc", "xbc"]),
            PatternCase("(?<=(?<!a)b)c", matches: ["bc", "xbc"], refuses: ["abc"]),
            PatternCase("(?<!(?<=a)b)c", matches: ["bc", "c"], refuses: ["abc"]),
            PatternCase("(?=a(?<=xa))a", matches: ["xa"], refuses: ["a", "ya"]),
            PatternCase("(?!a(?<=xa))a", matches: ["a", "ya"], refuses: ["xa"]),
            PatternCase("(?<=(?=ab)..)c", matches: ["abc", "xabc"], refuses: ["bbc"]),
            PatternCase("(?<=(?=.*x)a)b", matches: ["abx"], refuses: ["ab", "axb"]),
            PatternCase(#"^(?:(?<=^|,)\d+(?=,|$),?)+$"#, matches: ["1,2", "12", "1,2,"], refuses: ["1,,2", ","]),
            PatternCase("(?<=(?<=(?<=a)b)c)d", matches: ["abcd"], refuses: ["bcd", "abd"]),
            PatternCase("(?<!.)a(?!.)", matches: ["a", "\na\n"], refuses: ["ab", "ba"]),
        ])
    func nested(_ entry: PatternCase) throws {
        try entry.check()
    }
}
