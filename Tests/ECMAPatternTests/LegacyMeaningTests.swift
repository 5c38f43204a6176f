import ECMAPattern
import Testing

/// What patterns mean that only Annex B.1.2 of ECMA-262 allows.
@Suite("meaning without the u flag")
struct LegacyMeaningTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let pattern: String
        let matches: [String]
        let refuses: [String]

        init(_ pattern: String, matches: [String], refuses: [String]) {
            self.pattern = pattern
            self.matches = matches
            self.refuses = refuses
        }

        var testDescription: String { pattern }
    }

    @Test(
        "octal, control and identity escapes, brackets and repeated look-aheads",
        arguments: [
            Row(#"^\1$"#, matches: ["\u{1}"], refuses: ["1"]),
            Row(#"^\7$"#, matches: ["\u{7}"], refuses: ["7"]),
            Row(#"^\10$"#, matches: ["\u{8}"], refuses: ["10", "\u{1}0"]),
            Row(#"^\18$"#, matches: ["\u{1}8"], refuses: ["18"]),
            Row(#"^\77$"#, matches: ["?"], refuses: ["77"]),
            Row(#"^\377$"#, matches: ["ÿ"], refuses: ["377"]),
            Row(#"^\400$"#, matches: [" 0"], refuses: ["400", "Ā"]),
            Row(#"^\08$"#, matches: ["\u{0}8"], refuses: ["08"]),
            Row(#"^\00$"#, matches: ["\u{0}"], refuses: ["00"]),
            Row(#"^\000$"#, matches: ["\u{0}"], refuses: []),
            Row(#"^\0000$"#, matches: ["\u{0}0"], refuses: []),
            Row(#"^\8$"#, matches: ["8"], refuses: ["\u{8}"]),
            Row(#"^\9$"#, matches: ["9"], refuses: []),
            Row(#"^(a)\1$"#, matches: ["aa"], refuses: ["a\u{1}"]),
            Row(#"^(a)\2$"#, matches: ["a\u{2}"], refuses: ["aa"]),
            Row(#"^\2(a)$"#, matches: ["\u{2}a"], refuses: ["a"]),
            Row(#"^(?:a)\1$"#, matches: ["a\u{1}"], refuses: ["aa"]),
            Row(#"^[\1]$"#, matches: ["\u{1}"], refuses: ["1"]),
            Row(#"^[\12]$"#, matches: ["\n"], refuses: ["1"]),
            Row(#"^[\08]$"#, matches: ["\u{0}", "8"], refuses: []),
            Row(#"^[\8]$"#, matches: ["8"], refuses: []),
            Row(#"^[\377]$"#, matches: ["ÿ"], refuses: []),
            Row(#"^\c$"#, matches: [#"\c"#], refuses: ["c"]),
            Row(#"^\c1$"#, matches: [#"\c1"#], refuses: ["\u{11}"]),
            Row(#"^\c_$"#, matches: [#"\c_"#], refuses: []),
            Row(#"^[\c]$"#, matches: ["c", #"\"#], refuses: []),
            Row(#"^[\c1]$"#, matches: ["\u{11}"], refuses: ["c", "1"]),
            Row(#"^[\c_]$"#, matches: ["\u{1F}"], refuses: ["_", "c"]),
            Row(#"^[\c*]$"#, matches: [#"\"#, "c", "*"], refuses: []),
            Row(#"^\x$"#, matches: ["x"], refuses: []),
            Row(#"^\x4$"#, matches: ["x4"], refuses: []),
            Row(#"^\u$"#, matches: ["u"], refuses: []),
            Row(#"^\u004$"#, matches: ["u004"], refuses: []),
            Row(#"^\k$"#, matches: ["k"], refuses: []),
            Row(#"^\k<n>$"#, matches: ["k<n>"], refuses: []),
            Row(#"^\a\e$"#, matches: ["ae"], refuses: []),
            Row(#"^\-\_\ $"#, matches: ["-_ "], refuses: []),
            Row("^a{$", matches: ["a{"], refuses: []),
            Row("^a{}$", matches: ["a{}"], refuses: []),
            Row("^a{,2}$", matches: ["a{,2}"], refuses: ["aa"]),
            Row("^a{1$", matches: ["a{1"], refuses: ["a"]),
            Row("^a{1,$", matches: ["a{1,"], refuses: []),
            Row("^a{ 1}$", matches: ["a{ 1}"], refuses: ["a"]),
            Row("^{$", matches: ["{"], refuses: []),
            Row("^}$", matches: ["}"], refuses: []),
            Row("^]$", matches: ["]"], refuses: []),
            Row("^a]b}$", matches: ["a]b}"], refuses: []),
            Row("^x{a}$", matches: ["x{a}"], refuses: []),
            Row("^{,1}$", matches: ["{,1}"], refuses: []),
            Row("^{a$", matches: ["{a"], refuses: []),
            Row("^(?=a)*a$", matches: ["a"], refuses: ["b"]),
            Row("^(?=b)*a$", matches: ["a"], refuses: []),
            Row("^(?=b)+a$", matches: [], refuses: ["a", "ba"]),
            Row("^(?!a){0}a$", matches: ["a"], refuses: []),
            Row("^(?!a)?a$", matches: ["a"], refuses: []),
            Row(#"^(?=(a))?\1$"#, matches: [""], refuses: ["a", "aa"]),
            Row(#"^(?=(a)){1}\1$"#, matches: ["a"], refuses: ["aa", ""]),
            Row(#"^[a-\d]+$"#, matches: ["a-5"], refuses: ["b"]),
            Row(#"^[\d-z]+$"#, matches: ["1-z"], refuses: ["a"]),
            Row(#"^[\w-\s]+$"#, matches: ["a -"], refuses: ["+"]),
            Row(#"^[+-\s]$"#, matches: ["+", "-", " "], refuses: [","]),
            Row(#"^[\s-+]$"#, matches: ["+", "-", " "], refuses: [","]),
            Row(#"^[%-\d-z]$"#, matches: ["%", "-", "5", "z"], refuses: ["&"]),
            Row(#"^[\B]$"#, matches: ["B"], refuses: []),
            Row(#"^[\k]$"#, matches: ["k"], refuses: []),
        ])
    func meaning(row: Row) throws {
        let compiled = try ECMAPattern(row.pattern, grammar: .withoutUnicodeFlag)
        for text in row.matches { #expect(compiled.search(text) == .match, "\(text.debugDescription)") }
        for text in row.refuses { #expect(compiled.search(text) == .noMatch, "\(text.debugDescription)") }
    }
}
