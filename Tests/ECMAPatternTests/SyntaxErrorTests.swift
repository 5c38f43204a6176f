import ECMAPattern
import Testing

@Suite("invalid patterns")
struct SyntaxErrorTests {
    struct Fault: Sendable, CustomTestStringConvertible {
        let pattern: String
        let offset: Int
        /// A part of the sentence.
        let says: String

        init(_ pattern: String, at offset: Int, _ says: String) {
            self.pattern = pattern
            self.offset = offset
            self.says = says
        }

        var testDescription: String { pattern }
    }

    @Test(
        "a mistake is reported with its place and a sentence",
        arguments: [
            Fault("a(b", at: 1, "this '(' is never closed"),
            Fault("é😀(", at: 2, "this '(' is never closed"),
            Fault("ab)", at: 2, "')' without a '('"),
            Fault("a[b", at: 1, "this '[' is never closed"),
            Fault("[a-", at: 0, "this '[' is never closed"),
            Fault("a]", at: 1, "unexpected ']'"),
            Fault("a}", at: 1, "unexpected '}'"),
            Fault("{", at: 0, "unexpected '{'"),
            Fault("a{", at: 1, "must be followed by a count"),
            Fault("a{,5}", at: 1, "must be followed by a count"),
            Fault("a{1", at: 1, "not closed by '}'"),
            Fault("a{1,2", at: 1, "not closed by '}'"),
            Fault("a{1 }", at: 1, "not closed by '}'"),
            Fault("xa{5,2}", at: 2, "out of order"),
            Fault("a{100000000000000000000,99999999999999999999}", at: 1, "out of order"),
            Fault("*a", at: 0, "nothing to repeat"),
            Fault("a|+", at: 2, "nothing to repeat"),
            Fault("(?:?)", at: 3, "nothing to repeat"),
            Fault("a**", at: 2, "nothing to repeat"),
            Fault("a++", at: 2, "possessive quantifiers are not part of ECMA-262"),
            Fault("a{2}{3}", at: 4, "unexpected '{'"),
            Fault("^*", at: 1, "an assertion cannot be repeated"),
            Fault(#"\b+"#, at: 2, "an assertion cannot be repeated"),
            Fault("(?=a)*", at: 5, "an assertion cannot be repeated"),
            Fault("(?<!a){2}", at: 6, "an assertion cannot be repeated"),
            Fault("(?i)a", at: 0, "flags, atomic groups and comments are not supported"),
            Fault("(?i:a)", at: 0, "flags, atomic groups and comments are not supported"),
            Fault("a(?>b)", at: 1, "flags, atomic groups and comments are not supported"),
            Fault("(?#c)", at: 0, "flags, atomic groups and comments are not supported"),
            Fault("(?P<n>a)", at: 0, "flags, atomic groups and comments are not supported"),
            Fault(#"\Aabc\z"#, at: 0, #"'\A' is not a valid escape"#),
            Fault(#"abc\Z"#, at: 3, #"'\Z' is not a valid escape"#),
            Fault(#"\Qa\E"#, at: 0, #"'\Q' is not a valid escape"#),
            Fault(#"\h"#, at: 0, #"'\h' is not a valid escape"#),
            Fault(#"a\-b"#, at: 1, #"'\-' is not a valid escape"#),
            Fault(#"a\ b"#, at: 1, #"'\U+20' is not a valid escape"#),
            Fault(#"\_"#, at: 0, #"'\_' is not a valid escape"#),
            Fault("ab\\", at: 2, "cannot end with"),
            Fault(#"\1"#, at: 0, "the pattern has no group 1"),
            Fault(#"(a)\2"#, at: 3, "the pattern has no group 2"),
            Fault(#"(a)\99999999999999999999"#, at: 3, "the pattern has no group"),
            Fault(#"\k"#, at: 0, "must be followed by a group name"),
            Fault(#"(?<a>.)\k<b>"#, at: 7, "the pattern has no group named 'b'"),
            Fault("(?<a>.)(?<a>.)", at: 10, "duplicate group name 'a'"),
            Fault("(?<>a)", at: 3, "a group name is missing"),
            Fault("(?<1a>a)", at: 3, "unexpected '1' in a group name"),
            Fault("(?<a-b>a)", at: 4, "unexpected '-' in a group name"),
            Fault("(?<a", at: 3, "not closed by '>'"),
            Fault(#"\00"#, at: 0, "cannot be followed by a digit"),
            Fault(#"[\1]"#, at: 1, #"'\1' is not a valid escape"#),
            Fault(#"[\B]"#, at: 1, #"'\B' is not a valid escape"#),
            Fault(#"\c1"#, at: 0, "must be followed by a letter"),
            Fault(#"\cé"#, at: 0, "must be followed by a letter"),
            Fault(#"\x4"#, at: 0, "two hexadecimal digits"),
            Fault(#"\xg0"#, at: 0, "two hexadecimal digits"),
            Fault(#"\u004"#, at: 0, "four hexadecimal digits"),
            Fault(#"\u{}"#, at: 0, "hexadecimal digits and '}'"),
            Fault(#"\u{41"#, at: 0, "hexadecimal digits and '}'"),
            Fault(#"\u{110000}"#, at: 0, "cannot be above 10FFFF"),
            Fault("x[b-a]", at: 2, "out of order"),
            Fault(#"[a-\d]"#, at: 1, "cannot be the end of a range"),
            Fault(#"[\w-a]"#, at: 1, "cannot be the end of a range"),
            Fault(#"[\p{L}-z]"#, at: 1, "cannot be the end of a range"),
            Fault(#"\p"#, at: 0, "must be followed by a property"),
            Fault(#"\pL"#, at: 0, "must be followed by a property"),
            Fault(#"\p{L"#, at: 0, "not closed by '}'"),
            Fault(#"\p{^L}"#, at: 0, "not closed by '}'"),
        ])
    func faults(_ fault: Fault) {
        let error = #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(fault.pattern) }
        #expect(error?.offset == fault.offset)
        #expect(error?.message.contains(fault.says) == true, "\(error?.message ?? "")")
        #expect(error?.description == "\(error?.message ?? "") (at offset \(fault.offset))")
    }

    @Test("a pattern that needs too much space is rejected")
    func tooLarge() {
        let nested = #expect(throws: ECMAPatternSyntaxError.self) {
            try ECMAPattern(String(repeating: "(", count: 100_000 / 2))
        }
        #expect(nested?.message == "groups are nested more than 200 levels deep")
        #expect(nested?.offset == 200)

        for pattern in ["x(?:ab){100000}", "x(?:(?:(?:ab){1,100}){1,100}){1,100}", #"x(?:()\1){9999999}"#] {
            let large = #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(pattern) }
            #expect(large?.message.contains("the pattern is too large") == true)
            #expect((large?.offset ?? 0) > 0)
        }

        let long = #expect(throws: ECMAPatternSyntaxError.self) {
            try ECMAPattern(String(repeating: "a", count: 70_000))
        }
        #expect(long?.message == "the pattern is longer than 65536 characters")
    }

    @Test("nesting up to the limit compiles and matches")
    func deepNesting() throws {
        let groups = String(repeating: "(", count: 200) + "ab" + String(repeating: ")+", count: 200)
        #expect(try ECMAPattern("^" + groups + "$").search("ababab") == .match)
        #expect(try ECMAPattern("^" + groups + #"\1$"#).search("abab") == .match)
        let lookarounds = String(repeating: "(?=", count: 200) + "a" + String(repeating: ")", count: 200)
        #expect(try ECMAPattern(lookarounds).search("xxa") == .match)
        #expect(try ECMAPattern(lookarounds).search("xxb") == .noMatch)
    }
}
