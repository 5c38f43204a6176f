import Testing

@Suite("characters, alternatives, groups and quantifiers")
struct BasicSyntaxTests {
    @Test(
        "characters and alternatives match",
        arguments: [
            PatternCase("", matches: ["", "abc"]),
            PatternCase("b", matches: ["b", "abc"], refuses: ["", "a", "B"]),
            PatternCase("^abc", matches: ["abc", "abcd"], refuses: ["xabc", "ab", ""]),
            PatternCase("abc$", matches: ["abc", "xabc"], refuses: ["abcd", "bc", "abc\n"]),
            PatternCase("^abc$", matches: ["abc"], refuses: ["abc\n", "\nabc", "abc\r", "abc\u{2028}"]),
            PatternCase("^(?:GET|POST)$", matches: ["GET", "POST"], refuses: ["GETPOST", "get", "GET ", "P"]),
            PatternCase("^a|b$", matches: ["ax", "xb"], refuses: ["xa", "bx"]),
            PatternCase("^(|a)$", matches: ["", "a"], refuses: ["b", "aa"]),
            PatternCase("^(?:|a|b||)x", matches: ["x", "ax", "bx"], refuses: ["abx"]),
            PatternCase("a|ab|abc$", matches: ["xa", "abc"], refuses: ["xbc"]),
            PatternCase("^é$", matches: ["\u{E9}"], refuses: ["e\u{301}"]),
            PatternCase("日本", matches: ["日本語"], refuses: ["日 本"]),
            PatternCase(#"a\/b\.c"#, matches: ["a/b.c"], refuses: ["a/bxc"]),
            PatternCase("x-[a-z]+", matches: ["a header x-id here"], refuses: ["x-", "x-1", "y-id"]),
            PatternCase("^$", matches: [""], refuses: ["a", "\n"]),
            PatternCase("$^", matches: [""], refuses: ["a"]),
            PatternCase("a$b", refuses: ["ab", "a\nb"]),
        ])
    func charactersAndAlternatives(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "quantifiers match",
        arguments: [
            PatternCase("^a*$", matches: ["", "aaaa"], refuses: ["b", "aab"]),
            PatternCase("^a+$", matches: ["a", "aaaa"], refuses: ["", "aab"]),
            PatternCase("^ab?c$", matches: ["ac", "abc"], refuses: ["abbc"]),
            PatternCase("^a{2}$", matches: ["aa"], refuses: ["a", "aaa"]),
            PatternCase("^a{2,}$", matches: ["aa", "aaaaa"], refuses: ["a"]),
            PatternCase("^a{2,4}$", matches: ["aa", "aaaa"], refuses: ["a", "aaaaa"]),
            PatternCase("^a{0}$", matches: [""], refuses: ["a"]),
            PatternCase("^(?:ab){2,3}c$", matches: ["ababc", "abababc"], refuses: ["abc", "ababababc"]),
            PatternCase("^(?:ab|a){2}$", matches: ["aba", "aab", "abab", "aa"], refuses: ["ab", "abb"]),
            PatternCase("^a*?b$", matches: ["b", "aaab"], refuses: ["aaa"]),
            PatternCase("^a+?a$", matches: ["aa", "aaaa"], refuses: ["a"]),
            PatternCase("^a{1,3}?b", matches: ["ab", "aaab"], refuses: ["b", "aaaab"]),
            PatternCase("^(?:a|b)??c$", matches: ["c", "ac"], refuses: ["abc"]),
            PatternCase("^.*x.*$", matches: ["x", "axb", "日x"], refuses: ["日本", "a\nx"]),
            PatternCase("^[ab]*abb$", matches: ["abb", "aababb"], refuses: ["ab", "abab"]),
            PatternCase("^(?:a?){3}a{3}$", matches: ["aaa", "aaaaaa"], refuses: ["aa", "aaaaaaa"]),
            PatternCase("^(?:a*)*$", matches: ["", "aaa"], refuses: ["aab"]),
            PatternCase("^(?:a*){2,}b$", matches: ["b", "aab"], refuses: ["aa"]),
            PatternCase("^(?:(?:a|)+|b)*c$", matches: ["c", "abac"], refuses: ["ab"]),
            PatternCase("^a{0,99999999999999999999}$", matches: ["", "aaa"], refuses: ["b"]),
            PatternCase("^a{99999999999999999999}", refuses: ["aaa"]),
            PatternCase("^日{2,3}$", matches: ["日日", "日日日"], refuses: ["日", "日日日日"]),
        ])
    func quantifiers(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "typical schema patterns match",
        arguments: [
            PatternCase("^[A-Za-z0-9_-]{3,50}$", matches: ["abc", "a_b-C9"], refuses: ["ab", "a b c", "abcé"]),
            PatternCase(#"^\d{4}-\d{2}-\d{2}$"#, matches: ["2024-01-31"], refuses: ["2024-1-31", "2024-01-311"]),
            PatternCase(
                #"^[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}$"#,
                matches: ["jane.doe@example.com", "a@b.co"],
                refuses: ["a@b", "@b.co", "a b@c.de"]
            ),
            PatternCase(
                "^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]{2,}$",
                matches: ["example.com", "a-b.c.example.org"],
                refuses: ["-a.com", "a-.com", "com", "a..com"]
            ),
            PatternCase(
                #"^(?=.*[A-Z])(?=.*\d)[!-~]{8,}$"#,
                matches: ["abcdefG1"],
                refuses: ["abcdefgh1", "ABCDEFGH", "aB1"]
            ),
            PatternCase(
                #"^\+?[1-9]\d{1,14}$"#, matches: ["+491234", "12"], refuses: ["+0123", "1", "1234567890123456"]),
            PatternCase("^(?!0+$)[0-9]+$", matches: ["01", "100"], refuses: ["000", ""]),
            PatternCase("^[^\\s]+( [^\\s]+)*$", matches: ["a", "a b c"], refuses: ["a  b", " a", "a "]),
        ])
    func schemaPatterns(_ entry: PatternCase) throws {
        try entry.check()
    }
}
