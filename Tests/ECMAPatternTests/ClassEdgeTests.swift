import Testing

/// Classes at their edges: ends of ranges, complements, sets in classes, characters above the first plane.
@Suite("edges of classes")
struct ClassEdgeTests {
    @Test(
        "ranges include both ends and nothing next to them",
        arguments: [
            PatternCase("^[b-d]$", matches: ["b", "c", "d"], refuses: ["a", "e"]),
            PatternCase("^[b-b]$", matches: ["b"], refuses: ["a", "c"]),
            PatternCase(#"^[\0-\x1f]$"#, matches: ["\u{0}", "\u{1F}"], refuses: [" "]),
            PatternCase("^[ -~]$", matches: [" ", "~"], refuses: ["\u{1F}", "\u{7F}"]),
            PatternCase(#"^[\x80-\xff]$"#, matches: ["\u{80}", "ÿ"], refuses: ["\u{7F}", "Ā"]),
            PatternCase(#"^[\u07ff-\u0800]$"#, matches: ["߿", "ࠀ"], refuses: ["߾", "ࠁ"]),
            PatternCase(#"^[\uffff-\u{10000}]$"#, matches: ["\u{FFFF}", "𐀀"], refuses: ["\u{FFFE}", "𐀁"]),
            PatternCase(
                #"^[\u{10fffe}-\u{10ffff}]$"#, matches: ["\u{10FFFE}", "\u{10FFFF}"], refuses: ["\u{10FFFD}"]
            ),
            PatternCase(#"^[\ud7ff-\ue000]$"#, matches: ["\u{D7FF}", "\u{E000}"], refuses: ["\u{D7FE}", "\u{E001}"]),
            PatternCase("^[*-/]$", matches: ["*", "+", "/"], refuses: [")", "0"]),
            PatternCase("^[+--]$", matches: ["+", ",", "-"], refuses: ["*", "."]),
            PatternCase("^[--/]$", matches: ["-", ".", "/"], refuses: [",", "0"]),
            PatternCase("^[!--]$", matches: ["!", "-"], refuses: [".", " "]),
            PatternCase(#"^[\]-a]$"#, matches: ["]", "^", "a"], refuses: [#"\"#, "b"]),
            PatternCase(#"^[\b-\n]$"#, matches: ["\u{8}", "\t", "\n"], refuses: ["\u{7}", "\u{B}"]),
            PatternCase(#"^[\cA-\cC]$"#, matches: ["\u{1}", "\u{3}"], refuses: ["\u{0}", "\u{4}"]),
            PatternCase("^[a-c-e]$", matches: ["a", "b", "c", "-", "e"], refuses: ["d"]),
            PatternCase("^[%--e]$", matches: ["%", "-", "e"], refuses: [".", "$"]),
            PatternCase("^[🂡-🂮]$", matches: ["🂡", "🂮"], refuses: ["🂠", "\u{1F0AF}"]),
            PatternCase("^[A-z]$", matches: ["A", "z", "[", "_"], refuses: ["@", "{"]),
            PatternCase("^[0-9A-Fa-f]$", matches: ["0", "9", "A", "F", "a", "f"], refuses: ["g", "G", "/", ":"]),
        ])
    func ranges(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "the complement contains everything else",
        arguments: [
            PatternCase("^[^a]$", matches: ["b", "A", "\n", "\u{2028}", "😀"], refuses: ["a", "", "ab"]),
            PatternCase(#"^[^\n]$"#, matches: ["\r", "a"], refuses: ["\n"]),
            PatternCase("^[^]$", matches: ["\u{0}", "\n", "\u{10FFFF}"], refuses: ["", "ab"]),
            PatternCase(#"^[^\w]$"#, matches: ["-", "é"], refuses: ["a", "_"]),
            PatternCase(#"^[^\W]$"#, matches: ["a", "_"], refuses: ["-", "é"]),
            PatternCase(#"^[^\s\S]$"#, refuses: ["a", " ", ""]),
            PatternCase(#"^[\s\S]$"#, matches: ["a", " ", "\n", "😀"], refuses: [""]),
            PatternCase("^[^^]$", matches: ["a"], refuses: ["^"]),
            PatternCase(#"^[\^]$"#, matches: ["^"], refuses: ["a"]),
            PatternCase("^[a^]$", matches: ["^", "a"], refuses: ["b"]),
            PatternCase("^[^-]$", matches: ["a"], refuses: ["-"]),
            PatternCase(#"^[^\]]$"#, matches: ["a"], refuses: ["]"]),
            PatternCase("^[^a-zA-Z]$", matches: ["0", "é"], refuses: ["a", "Z"]),
            PatternCase(#"^[^\u{1f600}]$"#, matches: ["😁", "a"], refuses: ["😀"]),
            PatternCase("^[^😀-😎]$", matches: ["😏", "a"], refuses: ["😀", "😎"]),
            PatternCase(#"^[^\p{L}]$"#, matches: ["1"], refuses: ["a"]),
            PatternCase(#"^[^\P{L}]$"#, matches: ["a"], refuses: ["1"]),
            PatternCase(#"^[^\p{Lu}\p{Ll}]$"#, matches: ["1", "中"], refuses: ["A", "a"]),
        ])
    func complements(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "sets in a class are joined",
        arguments: [
            PatternCase(#"^[\d.]+$"#, matches: ["1.5", "."], refuses: ["1,5"]),
            PatternCase(#"^[\w\s]+$"#, matches: ["a b"], refuses: ["a-b", "é"]),
            PatternCase(#"^[\d\D]$"#, matches: ["1", "a", "\n"]),
            PatternCase(#"^[\w-]+$"#, matches: ["a-b"], refuses: ["a+b"]),
            PatternCase(#"^[-\w]+$"#, matches: ["a-b"], refuses: ["a+b"]),
            PatternCase(#"^[\s-]+$"#, matches: [" -", "\t"], refuses: ["a"]),
            PatternCase(#"^[\S\n]+$"#, matches: ["ab\n"], refuses: ["a b"]),
            PatternCase(#"^[\p{Nd}a-f]+$"#, matches: ["٣a"], refuses: ["g"]),
            PatternCase(#"^[\P{ASCII}a]+$"#, matches: ["éa"], refuses: ["b"]),
            PatternCase(#"^[\p{L}\p{M}]+$"#, matches: ["e\u{301}"], refuses: ["1"]),
            PatternCase(#"^[\p{sc=Greek}\p{sc=Cyrillic}]+$"#, matches: ["αд"], refuses: ["a"]),
            PatternCase(#"^[\D5]$"#, matches: ["5", "a"], refuses: ["4"]),
            PatternCase(#"^[\W_]$"#, matches: ["_", "-"], refuses: ["a"]),
            PatternCase(#"^[^\D5]$"#, matches: ["4"], refuses: ["5", "a"]),
            PatternCase(#"^[a\d]$"#, matches: ["a", "7"], refuses: ["b"]),
            PatternCase(#"^[\da]$"#, matches: ["a", "7"], refuses: ["b"]),
        ])
    func sets(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "characters with a special meaning outside of classes",
        arguments: [
            PatternCase("^[.]$", matches: ["."], refuses: ["a"]),
            PatternCase("^[|]$", matches: ["|"], refuses: ["a"]),
            PatternCase("^[(]$", matches: ["("]),
            PatternCase("^[)]$", matches: [")"]),
            PatternCase("^[*+?]$", matches: ["*", "+", "?"], refuses: ["a"]),
            PatternCase("^[{}]$", matches: ["{", "}"]),
            PatternCase("^[$]$", matches: ["$"], refuses: [""]),
            PatternCase(#"^[\/]$"#, matches: ["/"], refuses: [#"\"#]),
            PatternCase("^[/]$", matches: ["/"]),
            PatternCase(#"^[\\]$"#, matches: [#"\"#], refuses: ["a"]),
            PatternCase("^[[]$", matches: ["["], refuses: ["a"]),
            PatternCase(#"^[\[\]]$"#, matches: ["[", "]"]),
            PatternCase(#"^[\-]$"#, matches: ["-"], refuses: [#"\"#]),
            PatternCase(#"^[\.\*]$"#, matches: [".", "*"], refuses: [#"\"#]),
            PatternCase(#"^[\$\^]$"#, matches: ["$", "^"]),
            PatternCase("^[&&]$", matches: ["&"], refuses: ["a"]),
            PatternCase("^[a&&b]$", matches: ["a", "&", "b"]),
            PatternCase("^[:alpha:]$", matches: [":", "a", "l"], refuses: ["b"]),
            PatternCase(#"^[\v\f]$"#, matches: ["\u{B}", "\u{C}"], refuses: ["v"]),
            PatternCase(#"^[\0]$"#, matches: ["\u{0}"], refuses: ["0"]),
            PatternCase(#"^[\x2d]$"#, matches: ["-"]),
            PatternCase(#"^[\u002d-\u002f]$"#, matches: ["-", ".", "/"], refuses: ["0"]),
        ])
    func literals(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "surrogates in a class do not match half of a character",
        arguments: [
            PatternCase(#"^[\ud83d]$"#, refuses: ["😀", "a"]),
            PatternCase(#"^[\ud83d\ude00]$"#, matches: ["😀"], refuses: ["a"]),
            PatternCase(#"[\ude00]"#, refuses: ["😀"]),
            PatternCase(#"^[^\ud800-\udfff]$"#, matches: ["😀", "a", "\u{E000}"]),
            PatternCase(#"^[\ud800-\udbff][\udc00-\udfff]$"#, refuses: ["😀", "a"]),
            PatternCase(#"^[\u{d83d}\u{de00}]$"#, refuses: ["😀"]),
        ])
    func surrogates(_ entry: PatternCase) throws {
        try entry.check()
    }
}
