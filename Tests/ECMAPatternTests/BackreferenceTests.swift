import Testing

@Suite("back-references")
struct BackreferenceTests {
    @Test(
        "back-references match the captured text",
        arguments: [
            PatternCase(#"^(a|b)\1$"#, matches: ["aa", "bb"], refuses: ["ab", "a"]),
            PatternCase(#"^(?<x>.)\k<x>$"#, matches: ["aa", "😀😀"], refuses: ["ab"]),
            PatternCase(#"^\k<x>(?<x>a)$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^\1(a)$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^(a\1)$"#, matches: ["a"], refuses: ["aa"]),
            PatternCase(#"^(?:(a)|b)\1$"#, matches: ["aa", "b"], refuses: ["ba", "a"]),
            PatternCase(#"^(?:(a)|b)*\1$"#, matches: ["aa", "ab", "abaa"], refuses: ["c"]),
            PatternCase(#"^(?:(a)|(b))+\1$"#, matches: ["ab", "baa"], refuses: ["c"]),
            PatternCase(#"^(a*)*\1$"#, matches: ["", "aa"], refuses: ["b"]),
            PatternCase(#"^(z)((a+)?(b+)?(c))*\3x$"#, matches: ["zaacbbbcacax", "zcx"], refuses: ["zacbx"]),
            PatternCase(#"^(?=(a+))a*b\1$"#, matches: ["aba"], refuses: ["abb"]),
            PatternCase(#"(?=(a+))a*b\1"#, matches: ["baaabac"], refuses: ["bac"]),
            PatternCase(#"^(?!(a))b\1$"#, matches: ["b"], refuses: ["ab", "ba"]),
            PatternCase(#"(.*?)a(?!(a+)b\2c)\2(.*)"#, matches: ["baaabaac"]),
            PatternCase(#"(?<=(\d)\1)x"#, matches: ["11x", "12x"], refuses: ["x", "ax"]),
            PatternCase(#"(?<=\1(\d))x"#, matches: ["11x"], refuses: ["12x"]),
            PatternCase(#"(?<=^(\w+?)(\d+))\2$"#, matches: ["a1212"], refuses: ["a12b"]),
            PatternCase(#"^(['"]).*\1$"#, matches: ["'a'", "\"a\""], refuses: ["'a\""]),
            PatternCase(#"^(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)\10$"#, matches: ["abcdefghijj"], refuses: ["abcdefghija0"]),
            PatternCase(#"^(?<été>.)\k<\u00e9t\u{e9}>$"#, matches: ["aa"], refuses: ["ab"]),
        ])
    func backreferences(_ entry: PatternCase) throws {
        try entry.check()
    }
}
