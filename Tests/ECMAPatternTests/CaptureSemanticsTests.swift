import Testing

/// What captures contain while a match is looked for, seen through back-references (ECMA-262, section 22.2.2).
@Suite("captures")
struct CaptureSemanticsTests {
    @Test(
        "a round of a loop forgets the captures of the round before",
        arguments: [
            PatternCase(#"^(?:(a)|(b)|c)*\1$"#, matches: ["aa", "ab", "c", ""], refuses: ["a", "ba", "aba", "aca"]),
            PatternCase(#"^(?:(a)?b)*\1$"#, matches: ["aba", "b", "abb", "baba"], refuses: ["ab", "bab", "aab"]),
            PatternCase(#"^(?:(a)|(b))+\1\2$"#, matches: ["aa", "bb", "abb", "baa"], refuses: ["ab", "ba", "a"]),
            PatternCase(#"^((a)|b)*\2$"#, matches: ["aa", "ab", "baa", "b"], refuses: ["a", "ba"]),
            PatternCase(#"^(?:(\d)\D?)+\1$"#, matches: ["11", "1a1", "1a22", "1a2b2", "122"], refuses: ["12", "1"]),
            PatternCase(#"^(?:(?:(a)x)?y)*\1$"#, matches: ["axya", "axyy", "y", ""], refuses: ["axy"]),
            PatternCase(#"^(?:(a){0,2}b)*\1$"#, matches: ["aba", "aabb", "aaba", "b"], refuses: ["ab", "aab"]),
            PatternCase(#"^((a)(b)?)*\3$"#, matches: ["abb", "aba", "a"], refuses: ["ab", "abab"]),
            PatternCase(#"^(?:(a)(?=(b)?))*\2$"#, matches: ["ab", "a", "aab"], refuses: ["abb"]),
            PatternCase(#"^(?:(?<x>a)|b)*\k<x>$"#, matches: ["aa", "ab", "bb"], refuses: ["a", "aba"]),
        ])
    func rounds(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "an empty round ends an optional loop, and its captures are lost",
        arguments: [
            PatternCase("^(?:a*?)*?$", matches: ["", "a", "aa"], refuses: ["ab"]),
            PatternCase(#"^(?:a|())*\1b$"#, matches: ["b", "ab", "aab"], refuses: ["a"]),
            PatternCase("^(?:()|a)*b$", matches: ["b", "ab", "aab"], refuses: ["ba"]),
            PatternCase("^(?:()|a)+b$", matches: ["b", "ab", "aab"], refuses: ["ba"]),
            PatternCase("^(?:|a)*b$", matches: ["b", "ab", "aab"]),
            PatternCase("^(?:|a)+b$", matches: ["b", "ab", "aab"]),
            PatternCase("^(?:|a){2,}b$", matches: ["b", "ab", "aab", "aaab"]),
            PatternCase("^(?:a?){3,}b$", matches: ["b", "ab", "aaaab"], refuses: ["c"]),
            PatternCase("^(?:a?b??){2,3}$", matches: ["", "a", "ab", "abab", "ababab", "bbb"], refuses: ["abababab"]),
            PatternCase(#"^(?:(a?)b?)*\1$"#, matches: ["ab", "aba", "b", "", "aa"], refuses: ["a"]),
            PatternCase(#"^(?:(?=(a))a?)*\1$"#, matches: ["aa", "aaa", ""], refuses: ["a", "b"]),
            PatternCase(#"^(a?)*?\1$"#, matches: ["", "aa", "aaa"], refuses: ["a"]),
            PatternCase(#"^(?:\b)*a$"#, matches: ["a"], refuses: ["-a", " a"]),
            PatternCase("^(?:$)*a?$", matches: ["", "a"], refuses: ["aa"]),
            PatternCase(#"^(?:\1(a?))+$"#, matches: ["", "a", "aa"], refuses: ["ab"]),
        ])
    func emptyRounds(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "greedy and lazy loops try their rounds in different orders and match the same texts",
        arguments: [
            PatternCase(#"^(a+)(a+)\1$"#, matches: ["aaa", "aaaa", "aaaaa"], refuses: ["aa", "a"]),
            PatternCase(#"^(a+?)(a+)\1$"#, matches: ["aaa", "aaaa"], refuses: ["aa", "a"]),
            PatternCase(#"^(a*)(b|ab)\1$"#, matches: ["ab", "aba", "aabaa", "b"], refuses: ["abb"]),
            PatternCase(#"^(a*?)(b|ab)\1$"#, matches: ["ab", "aba", "aabaa", "b"], refuses: ["abb"]),
            PatternCase(#"^(.*)-\1$"#, matches: ["-", "a-a", "a-a-a-a", "ab-ab"], refuses: ["a-b"]),
            PatternCase(#"^(.*?)-\1$"#, matches: ["-", "a-a", "a-a-a-a"], refuses: ["a-b"]),
            PatternCase(#"^(.+)\1$"#, matches: ["aa", "abab", "日日", "😀😀"], refuses: ["a", "aba"]),
            PatternCase("^(?:(a|ab)(c|bcd))(d*)$", matches: ["abcd", "acd", "abcdd"], refuses: ["abd"]),
            PatternCase(#"(a{2,3}?)\1"#, matches: ["aaaa", "aaaaaa"], refuses: ["aaa"]),
            PatternCase(#"^(a{2,3}?)\1$"#, matches: ["aaaa", "aaaaaa"], refuses: ["aaa", "aaaaa"]),
            PatternCase(#"^((?:a|b)+?)\1+$"#, matches: ["aa", "abab", "ababab"], refuses: ["aba", "abba"]),
        ])
    func laziness(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "a group that took no part matches the empty text",
        arguments: [
            PatternCase(#"^(a)?\1$"#, matches: ["", "aa"], refuses: ["a"]),
            PatternCase(#"^(?:(a)|b\1)$"#, matches: ["a", "b"], refuses: ["ba"]),
            PatternCase(#"^(?:b\1|(a))$"#, matches: ["b", "a"], refuses: ["ba"]),
            PatternCase(#"\1(a)"#, matches: ["a", "aa"], refuses: ["b"]),
            PatternCase(#"^(\1a)$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^(a\1b)$"#, matches: ["ab"], refuses: ["aab"]),
            PatternCase(#"^(?:\2a|(b)(c))$"#, matches: ["a", "bc"], refuses: ["ca"]),
            PatternCase(#"^\k<n>(?<n>x)\k<n>$"#, matches: ["xx"], refuses: ["x", "xxx"]),
            PatternCase(#"^(?:(?<a>x)|(?<b>y))\k<a>\k<b>$"#, matches: ["xx", "yy"], refuses: ["xy", "x"]),
            PatternCase(#"(?:(a)|(b)|(c))\3\2\1$"#, matches: ["aa", "bb", "cc"], refuses: ["ab", "a"]),
        ])
    func unset(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "a positive look-around keeps its captures and is not entered again",
        arguments: [
            PatternCase(#"^(?=(a+))\1$"#, matches: ["a", "aaa"], refuses: ["ab", ""]),
            PatternCase(#"^(?=(a+?))\1$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^(?=(a|ab))\1$"#, matches: ["a"], refuses: ["ab"]),
            PatternCase(#"^(?=(ab|a))\1$"#, matches: ["ab", "a"], refuses: ["abb"]),
            PatternCase(#"^(?=(.)(.))\2\1"#, matches: ["aa"], refuses: ["ab", "abba", "ba"]),
            PatternCase(#"^(?=(a*))\1b$"#, matches: ["aab", "b"], refuses: ["aa"]),
            PatternCase(#"(?=(a*))\1a"#, refuses: ["a", "aaa", ""]),
            PatternCase(#"^(?=.*(\d)$).\1$"#, matches: ["a1", "11", "a2"], refuses: ["1a"]),
            PatternCase(#"(?<=(a+))b\1$"#, matches: ["aabaa"], refuses: ["aaba", "ba", "aab"]),
            PatternCase(#"(?<=(a+?))b\1$"#, matches: ["aaba"], refuses: ["aabaa", "ab"]),
            PatternCase(#"(?<=(.)(.))x\1\2$"#, matches: ["abxab"], refuses: ["abxba", "xab"]),
            PatternCase(#"(?<=\2(.)(.))x$"#, matches: ["babx", "bbabx"], refuses: ["abx", "aabx"]),
            PatternCase(#"(?<=(?:(a)|b)+)c\1$"#, matches: ["aca", "bac", "abca"], refuses: ["abc", "baca"]),
        ])
    func lookaheadCaptures(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "a negative look-around leaves no captures behind",
        arguments: [
            PatternCase(#"^(?!(a)b)a?\1$"#, matches: ["a", ""], refuses: ["aa", "ab"]),
            PatternCase(#"^(?!(?=(a))b)a\1$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^(?:(?!(b))a)+\1$"#, matches: ["a", "aa"], refuses: ["ab"]),
            PatternCase(#"(?<!(a)b)c\1$"#, matches: ["c", "bc", "cc"], refuses: ["abc"]),
            PatternCase(#"^(?!(.)\1)..$"#, matches: ["ab", "ba"], refuses: ["aa"]),
            PatternCase(#"^(?!.*(.)\1)\w+$"#, matches: ["abc", "abca"], refuses: ["abbc", "aa", "日"]),
            PatternCase(#"^(?:(?!(.)\1).)+$"#, matches: ["abab", "a"], refuses: ["aab", "abba"]),
            PatternCase(#"^(?!^(a+)b\1$).+$"#, matches: ["aab", "b"], refuses: ["aba", "aabaa"]),
        ])
    func negativeCaptures(_ entry: PatternCase) throws {
        try entry.check()
    }
}
