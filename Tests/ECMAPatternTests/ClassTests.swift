import Testing

@Suite("classes and character escapes")
struct ClassTests {
    @Test(
        "classes match their members",
        arguments: [
            PatternCase("^[abc]$", matches: ["a", "c"], refuses: ["d", "", "ab"]),
            PatternCase("^[^abc]$", matches: ["d", "é", "😀", "\n"], refuses: ["a", "", "dd"]),
            PatternCase("^[a-cx-z]$", matches: ["b", "y"], refuses: ["d", "-"]),
            PatternCase("^[-a]$", matches: ["-", "a"], refuses: ["b"]),
            PatternCase("^[a-]$", matches: ["-", "a"], refuses: ["b"]),
            PatternCase(#"^[a\-z]$"#, matches: ["-", "a", "z"], refuses: ["b"]),
            PatternCase("[]", refuses: ["", "a", "]"]),
            PatternCase("^[^]$", matches: ["a", "\n", "😀"], refuses: ["", "ab"]),
            PatternCase(#"^[\]\[^]$"#, matches: ["]", "[", "^"], refuses: ["\\"]),
            PatternCase(#"^[\b]$"#, matches: ["\u{8}"], refuses: ["b"]),
            PatternCase("^[.*+?(){}|$/]$", matches: [".", "*", "{", "|", "$", "/"], refuses: ["a"]),
            PatternCase(#"^[\d-]+$"#, matches: ["1-2"], refuses: ["a"]),
            PatternCase(#"^[\w.]+$"#, matches: ["a.b_1"], refuses: ["é", "a b"]),
            PatternCase(#"^[^\d\s]+$"#, matches: ["ab-é"], refuses: ["a1", "a b", "\u{FEFF}"]),
            PatternCase(#"^[\D]$"#, matches: ["a", "٣"], refuses: ["3"]),
            PatternCase("^[à-ÿ]+$", matches: ["é"], refuses: ["e", "Ā"]),
            PatternCase("^[😀-😎]$", matches: ["😃"], refuses: ["😏", "a"]),
            PatternCase(#"^[\u{1F600}-\u{1F60E}]$"#, matches: ["😃"], refuses: ["😏"]),
            PatternCase(#"^[\uD83D\uDE00-\uD83D\uDE0E]$"#, matches: ["😃"], refuses: ["😏"]),
            PatternCase(#"^[^\uD83D]$"#, matches: ["😀", "a"], refuses: [""]),
        ])
    func classes(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "character escapes match their character",
        arguments: [
            PatternCase(#"^\t\n\v\f\r$"#, matches: ["\t\n\u{B}\u{C}\r"], refuses: ["tnvfr"]),
            PatternCase(#"^\0$"#, matches: ["\0"], refuses: ["0", ""]),
            PatternCase(#"^\cA\cz$"#, matches: ["\u{1}\u{1A}"], refuses: ["\\cA"]),
            PatternCase(#"^\x41\x7a$"#, matches: ["Az"], refuses: ["x41"]),
            PatternCase(#"^\u0041$"#, matches: ["A"], refuses: ["u0041"]),
            PatternCase(#"^\u{000041}$"#, matches: ["A"], refuses: ["B"]),
            PatternCase(#"^\u{1F600}$"#, matches: ["😀"], refuses: ["😁"]),
            PatternCase(#"^\uD83D\uDE00$"#, matches: ["😀"], refuses: ["😁"]),
            PatternCase(#"\uD83D"#, refuses: ["😀", "", "a"]),
            PatternCase(#"\uD83Dx"#, refuses: ["😀x"]),
            PatternCase(#"^\^\$\\\.\*\+\?\(\)\[\]\{\}\|\/$"#, matches: [#"^$\.*+?()[]{}|/"#], refuses: [""]),
            PatternCase("^😀{2}$", matches: ["😀😀"], refuses: ["😀"]),
            PatternCase(
                "^.$", matches: ["a", "😀", "\u{85}", "\u{E9}"], refuses: ["e\u{301}", "\n", "\r", "\u{2029}"]),
            PatternCase("^.{2}$", matches: ["e\u{301}", "😀a"], refuses: ["😀", "a\u{2028}"]),
        ])
    func characterEscapes(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "letter escapes match their sets",
        arguments: [
            PatternCase(#"^\d$"#, matches: ["0", "9"], refuses: ["٣", "\u{7C0}", "a"]),
            PatternCase(#"^\D$"#, matches: ["a", "٣", "😀"], refuses: ["0", ""]),
            PatternCase(#"^\w+$"#, matches: ["aZ_09"], refuses: ["é", "-", "ſ", "\u{212A}"]),
            PatternCase(#"^\W$"#, matches: ["é", "-", "😀"], refuses: ["a", "_"]),
            PatternCase(
                #"^\s+$"#,
                matches: [
                    " \t\n\u{B}\u{C}\r",
                    "\u{A0}\u{FEFF}\u{2028}\u{2029}\u{1680}\u{2000}\u{200A}\u{202F}\u{205F}\u{3000}",
                ],
                refuses: ["\u{85}", "\u{200B}", "\u{180E}", "a"]
            ),
            PatternCase(#"^\S$"#, matches: ["a", "\u{85}", "\u{200B}"], refuses: [" ", "\u{FEFF}", "\u{3000}"]),
            PatternCase(#"\bword\b"#, matches: ["a word.", "word"], refuses: ["words", "_word"]),
            PatternCase(#"é\bx"#, matches: ["éx"]),
            PatternCase(#"\Bb"#, matches: ["ab"], refuses: ["b", "éb"]),
            PatternCase(#"^\B$"#, matches: [""], refuses: ["a"]),
            PatternCase(#"^(?:\b)+a$"#, matches: ["a"], refuses: ["-a"]),
        ])
    func namedSets(_ entry: PatternCase) throws {
        try entry.check()
    }
}
