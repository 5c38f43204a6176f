import ECMAPattern
import Testing

/// Every production of the grammar of patterns with texts that it derives and texts that it does not
/// (ECMA-262, section 22.2.1 and Annex B.1.2).
@Suite("productions of the grammar")
struct GrammarProductionTests {
    /// Which grammars derive a pattern.
    enum Grammars: Sendable {
        case both
        /// Only the grammar without the `u` flag.
        case onlyWithoutFlag
        case neither
    }

    struct Row: Sendable, CustomTestStringConvertible {
        let production: String
        let patterns: [String]
        let grammars: Grammars

        init(_ production: String, _ grammars: Grammars, _ patterns: [String]) {
            self.production = production
            self.grammars = grammars
            self.patterns = patterns
        }

        var testDescription: String { "\(production), \(grammars)" }
    }

    static let rows: [Row] = [
        Row(
            "Disjunction and Alternative", .both,
            [
                "", "|", "a|", "|a", "||", "a|b|c", "(|)", "(?:|)", "a||b", "()", "(?:)", "(())", "(a)(b)",
                "((a)|(b))",
            ]),
        Row(
            "Assertion", .both,
            [
                "^", "$", "^$", "$^", "^^", "^a^", "(?:^)", "(^)", "(?:^)*", "(?:$)+", "(^){2}", #"\b"#, #"\B"#,
                #"(?:\b)?"#,
            ]),
        Row(
            "Assertion", .neither,
            [
                "^*", "^+", "^?", "^{1}", "$*", "$?", "$+", "${2}", #"\b*"#, #"\B+"#, #"\b{0}"#, #"\b?"#,
            ]),
        Row(
            "Lookahead and Lookbehind", .both,
            [
                "(?=)", "(?!)", "(?<=)", "(?<!)", "(?=a|b)", "(?<=a|b)", "(?=(a))", "(?:(?=a))*", "(?:(?<=a))*",
            ]),
        Row(
            "Lookahead and Lookbehind", .onlyWithoutFlag,
            [
                "(?=a)*", "(?=a)+", "(?=a)?", "(?=a){2}", "(?!a)*", "(?!a){0,1}",
            ]),
        Row(
            "Lookahead and Lookbehind", .neither,
            [
                "(?<=a)*", "(?<=a)+", "(?<!a)?", "(?<!a){1}", "(?=", "(?!a", "(?<=a", "(?<!", "(?=a))",
            ]),
        Row(
            "Quantifier", .both,
            [
                "a*", "a+", "a?", "a*?", "a+?", "a??", "a{0}", "a{1}", "a{1,}", "a{1,2}", "a{0,0}", "a{1}?",
                "a{1,}?", "a{1,2}?", "a{01}", "a{001,2}", "a{1}b{2}", "a{10000000000}", "a{0,99999999999}",
                "a{5,99999999999999999999}",
            ]),
        Row(
            "Quantifier", .onlyWithoutFlag,
            [
                "a{,1}", "a{}", "a{,}", "a{1,2", "a{1", "a{", "a{a}", "a{1a}", "a{ 1}", "a{1 }", "a{1, 2}", "a{-1}",
                "a{1,-2}", "{", "}", "}a", "a}", "{a}", "^{a",
            ]),
        Row(
            "Quantifier", .neither,
            [
                "a{2,1}", "a{1,0}", "{1}", "x{1}{2}", "x{1}*", "x{1}?+", "a**", "a*+", "a+*", "a++", "a?+", "a???",
                "a??*", "*", "+", "?", "*a", "|*", "(*)", "(?:*)", "(+a)", "(?:?a)", "a|?", "{1}a",
            ]),
        Row(
            "Groups", .both,
            [
                "(a)", "(?:a)", "((((a))))", "(?:(?:a))",
            ]),
        Row(
            "Groups", .neither,
            [
                "(", "(a", "a)", ")", "(?)", "(?", "(?a", "(?a)", "(??a)", "(?:", "(?:a", "(?*a)", "(?+a)", "(?>a)",
                "(?|a)", "(?#a)", "(?&a)", "(?P<a>a)", "(?P=a)", "(?'a'a)", "(?1)", "(?R)", "(?(1)a)", "(?i)a",
                "(?-i)a", "(?i-)a", "(?x)", "(?<", "(?<a", "(?<a>", "(?<a)",
            ]),
        Row(
            "GroupName", .both,
            [
                "(?<a>.)", "(?<A>.)", "(?<_>.)", "(?<$>.)", "(?<a1>.)", "(?<é>.)", "(?<日本>.)", #"(?<\u0061>.)"#,
                #"(?<\u{61}>.)"#, #"(?<a\u0062>.)"#, "(?<𝒜>.)", #"(?<\ud835\udc9c>.)"#, #"(?<\u{1d49c}>.)"#,
                "(?<a\u{200C}>.)", "(?<a\u{200D}>.)", "(?<a>.)(?<b>.)",
            ]),
        Row(
            "GroupName", .neither,
            [
                "(?<>.)", "(?<1>.)", "(?<1a>.)", "(?<a b>.)", "(?<a-b>.)", "(?<a.b>.)", "(?<-a>.)", #"(?<a\b>.)"#,
                #"(?<\x61>.)"#, #"(?<a\u002d>.)"#, #"(?<\u0030a>.)"#, "(?<😀>.)", "(?<a>.)(?<a>.)", "(?<a>(?<a>.))",
                #"(?<a>.)(?<\u0061>.)"#, "(?<\u{200C}a>.)", "(?< a>.)", "(?<a >.)", "(?<a", "(?<a>",
            ]),
        Row(
            "Backreference", .both,
            [
                #"(a)\1"#, #"\1(a)"#, #"(\1)"#, #"(?:\1)(a)"#, #"(a)(b)\2"#, #"(?=(a))\1"#, #"(?<=(a))\1"#,
                #"(?<n>a)\k<n>"#, #"\k<n>(?<n>a)"#, #"(?<n>\k<n>)"#, #"(?<n>a)\1"#,
            ]),
        Row(
            "Backreference", .onlyWithoutFlag,
            [
                #"\1"#, #"(a)\2"#, #"(?:a)\1"#, #"\8"#, #"\9"#, #"(a)\10"#, #"\01"#, #"(a)\01"#, #"(a)\1000"#,
                #"[(]\1"#, #"\(\1"#, #"\k"#, #"\k<"#, #"\k<n"#, #"\k<n>"#, #"\k<>"#, #"\kn"#, #"(a)\k<a>"#,
            ]),
        Row(
            "Backreference", .neither,
            [
                #"(?<n>a)\k"#, #"(?<n>a)\k<m>"#, #"(?<n>a)\k<n"#, #"(?<n>a)\k<>"#, #"(?<n>a)\kn"#,
            ]),
        Row(
            "CharacterEscape", .both,
            [
                #"\t"#, #"\n"#, #"\v"#, #"\f"#, #"\r"#, #"\0"#, #"\cA"#, #"\cz"#, #"\x00"#, #"\xFf"#, #"\u0000"#,
                #"\uFfFf"#, #"\ud83d"#, #"\ude00"#, #"\ud83d\ude00"#, #"\u{0}"#, #"\u{10ffff}"#, #"\u{0000000041}"#,
            ]),
        Row(
            "CharacterEscape", .onlyWithoutFlag,
            [
                #"\c"#, #"\c1"#, #"\c_"#, #"\cé"#, #"\c*"#, #"\x"#, #"\x1"#, #"\xg1"#, #"\x1g"#, #"\u"#, #"\u1"#,
                #"\u12"#, #"\u123"#, #"\u12g4"#, #"\00"#, #"\01"#, #"\08"#, #"\1"#, #"\18"#, #"\377"#, #"\400"#,
                #"\e"#, #"\a"#, #"\g"#, #"\h"#, #"\i"#, #"\j"#, #"\l"#, #"\m"#, #"\o"#, #"\q"#, #"\y"#, #"\z"#,
                #"\A"#, #"\C"#, #"\E"#, #"\F"#, #"\G"#, #"\H"#, #"\K"#, #"\N"#, #"\Q"#, #"\R"#, #"\T"#, #"\U"#,
                #"\V"#, #"\X"#, #"\Y"#, #"\Z"#,
            ]),
        Row(
            "CharacterEscape", .neither,
            [
                #"\"#
            ]),
        Row(
            "IdentityEscape", .both,
            [
                #"\^"#, #"\$"#, #"\\"#, #"\."#, #"\*"#, #"\+"#, #"\?"#, #"\("#, #"\)"#, #"\["#, #"\]"#, #"\{"#,
                #"\}"#, #"\|"#, #"\/"#,
            ]),
        Row(
            "IdentityEscape", .onlyWithoutFlag,
            [
                #"\-"#, #"\!"#, #"\""#, "\\#", #"\%"#, #"\&"#, #"\'"#, #"\,"#, #"\:"#, #"\;"#, #"\<"#, #"\="#,
                #"\>"#, #"\@"#, #"\_"#, #"\`"#, #"\~"#, #"\ "#, #"\é"#, #"\日"#, #"\😀"#,
            ]),
        Row(
            "CharacterClass", .both,
            [
                "[]", "[^]", "[a]", "[^a]", "[ab]", "[a-z]", "[a-a]", "[-]", "[--]", "[---]", "[a-]", "[-a]",
                "[^-]", "[^-a]", "[a-b-]", "[-a-b]", "[a-c-e]", "[[]", "[[a]", "[(]", "[)]", "[{]", "[.*+?]", "[|]",
                "[$]", "[^^]", #"[\]]"#, #"[\\]"#, #"[\-]"#, #"[\b]"#, #"[\d]"#, #"[\d-]"#, #"[-\d]"#, #"[\0]"#,
                #"[\cA]"#, #"[\x41]"#, #"[\u0041]"#, #"[\u{41}]"#, #"[\x41-\x42]"#, #"[\-a]"#, #"[a\-z]"#,
            ]),
        Row(
            "CharacterClass", .onlyWithoutFlag,
            [
                #"[a-\d]"#, #"[\d-z]"#, #"[\w-\d]"#, #"[\s-\S]"#, #"[+-\s]"#, #"[a-\p{L}]"#, "[^]]", "]", "a]",
                "[]]", #"[\B]"#, #"[\1]"#, #"[\8]"#, #"[\c]"#, #"[\c1]"#, #"[\c_]"#, #"[\c-]"#, #"[\x1]"#,
                #"[\u1]"#, #"[\a]"#, #"[\z]"#, #"[\_]"#, #"[\@]"#, #"[\k]"#, #"[\B-a]"#,
            ]),
        Row(
            "CharacterClass", .neither,
            [
                "[z-a]", "[b-a]", #"[\x42-\x41]"#, #"[\u{42}-\u{41}]"#, "[", "[a", "[^", "[a-",
                #"[\]"#, "[😎-😀]",
            ]),
        Row(
            "CharacterClassEscape", .both,
            [
                #"\d"#, #"\D"#, #"\s"#, #"\S"#, #"\w"#, #"\W"#, #"\p{L}"#, #"\P{L}"#, #"\p{Lu}"#, #"\p{Letter}"#,
                #"\p{gc=L}"#, #"\p{General_Category=Letter}"#, #"\p{sc=Latn}"#, #"\p{Script=Latin}"#,
                #"\p{scx=Latn}"#, #"\p{Script_Extensions=Latin}"#, #"\p{Any}"#, #"\p{ASCII}"#, #"\p{Assigned}"#,
                #"\p{Alpha}"#, #"\p{Alphabetic}"#, #"\p{Emoji}"#, #"\p{ID_Start}"#, #"\p{punct}"#,
                #"\p{Cased_Letter}"#, #"\p{LC}"#, #"\p{digit}"#, #"\p{sc=Qaac}"#, #"[\p{L}\P{N}]"#,
            ]),
    ]

    @Test("each grammar accepts what it derives and nothing else", arguments: rows)
    func accepted(row: Row) {
        for pattern in row.patterns {
            #expect(Self.isAccepted(pattern, .unicode) == (row.grammars == .both), "\(pattern) with the flag")
            #expect(
                Self.isAccepted(pattern, .withoutUnicodeFlag) == (row.grammars != .neither),
                "\(pattern) without the flag")
        }
    }

    @Test("a pattern that is read in either grammar is accepted when one of them derives it", arguments: rows)
    func either(row: Row) {
        for pattern in row.patterns {
            #expect(((try? ECMAPattern.inEitherGrammar(pattern)) != nil) == (row.grammars != .neither), "\(pattern)")
        }
    }

    @Test("an error names a place inside the pattern", arguments: rows.filter { $0.grammars == .neither })
    func places(row: Row) throws {
        for pattern in row.patterns {
            let error = #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(pattern) }
            let offset = try #require(error?.offset)
            #expect((0...pattern.unicodeScalars.count).contains(offset), "\(pattern): \(offset)")
            #expect(error?.message.isEmpty == false)
        }
    }

    private static func isAccepted(_ pattern: String, _ grammar: ECMAPattern.Grammar) -> Bool {
        (try? ECMAPattern(pattern, grammar: grammar)) != nil
    }
}
