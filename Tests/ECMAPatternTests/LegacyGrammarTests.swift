import ECMAPattern
import Testing

/// The grammar without the `u` flag (ECMA-262, Annex B.1.2).
@Suite("without the u flag")
struct LegacyGrammarTests {
    @Test(
        "patterns that only this grammar accepts",
        arguments: [
            (#"^\-\@\:\!\%\&\'\"\ \,\;\<\=\>\_\`\~$"#, "-@:!%&'\" ,;<=>_`~", "-"),
            (#"^[\w-.]+$"#, "a-.", "+"), (#"^[a-\d]+$"#, "a-5", "b"), (#"^[\d-\w]$"#, "-", "+"),
            ("^a]$", "a]", "a"), ("^a}$", "a}", "a"), ("^{$", "{", ""), ("^a{,5}$", "a{,5}", "a"),
            ("^a{1$", "a{1", "a"),
            (#"^\a\e\g$"#, "aeg", "\u{7}"), (#"^\k$"#, "k", ""), (#"^\x1$"#, "x1", "\u{1}"), (#"^\u12$"#, "u12", ""),
            (#"^\1$"#, "\u{1}", "1"), (#"^(a)\2$"#, "a\u{2}", "aa"),
            (#"^\101$"#, "A", "101"),
            (#"^\8$"#, "8", ""), (#"^\07$"#, "\u{7}", "07"), (#"^\c$"#, #"\c"#, "c"), (#"^[\c_]$"#, "\u{1F}", "_"),
            (#"^(?=a)*b$"#, "b", "ab"), (#"^[\1]$"#, "\u{1}", "1"),
        ])
    func allowed(pattern: String, right: String, wrong: String) throws {
        #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(pattern) }
        for compiled in [try ECMAPattern(pattern, grammar: .withoutUnicodeFlag), try .inEitherGrammar(pattern)] {
            #expect(compiled.search(right) == .match, "\(right)")
            #expect(compiled.search(wrong) == .noMatch, "\(wrong)")
        }
    }

    @Test(
        "patterns that both grammars accept have the same meaning",
        arguments: [
            (#"^\d{2}-[A-Z]+$"#, "12-AB", "1-A"), (#"^\p{L}+$"#, "é", "p{L}"), (#"^\u{1F600}$"#, "😀", "u"),
            (#"^(?<y>\d)\k<y>$"#, "11", "12"), (#"^(a)\1$"#, "aa", "a\u{1}"),
            (#"^\x41\u0042\cA\0$"#, "AB\u{1}\u{0}", "AB"), ("^.$", "😀", "\n"),
        ])
    func shared(pattern: String, right: String, wrong: String) throws {
        for grammar in [ECMAPattern.Grammar.unicode, .withoutUnicodeFlag] {
            let compiled = try ECMAPattern(pattern, grammar: grammar)
            #expect(compiled.search(right) == .match, "\(grammar)")
            #expect(compiled.search(wrong) == .noMatch, "\(grammar)")
        }
    }

    @Test(
        "patterns that both grammars reject",
        arguments: ["(", "a**", "(?i)a", "[b-a]", "a++", "*", "a{2,1}", "(?<a>x)(?<a>y)", "\\"])
    func forbidden(pattern: String) {
        #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(pattern, grammar: .withoutUnicodeFlag) }
        #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern.inEitherGrammar(pattern) }
    }
}
