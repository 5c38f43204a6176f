import Testing

@testable import ECMAPattern

@Suite("Unicode properties")
struct UnicodePropertyTests {
    @Test(
        "general categories and binary properties",
        arguments: [
            PatternCase(#"^\p{L}+$"#, matches: ["aéß日א"], refuses: ["a1", "-", ""]),
            PatternCase(
                #"^\p{Letter}\p{gc=Lu}\p{General_Category=Decimal_Number}$"#, matches: ["aÉ٣"], refuses: ["aé٣"]),
            PatternCase(#"^\P{L}$"#, matches: ["1", "😀"], refuses: ["a", "é"]),
            PatternCase(#"^[\p{Lu}\d_]+$"#, matches: ["ÀB_1"], refuses: ["àb"]),
            PatternCase(#"^[^\p{L}\p{N}]+$"#, matches: ["-- 😀"], refuses: ["-a", "٣"]),
            PatternCase(#"^[\P{L}a]+$"#, matches: ["a1a"], refuses: ["b"]),
            PatternCase(#"^[\P{L}\P{N}]$"#, matches: ["a", "1", "-"], refuses: ["ab"]),
            PatternCase(#"^\p{Nd}$"#, matches: ["٣", "5"], refuses: ["Ⅷ"]),
            PatternCase(#"^\p{Sc}$"#, matches: ["₹", "€"], refuses: ["R"]),
            PatternCase(#"^\p{Any}$"#, matches: ["a", "\n", "😀"], refuses: ["", "aa"]),
            PatternCase(#"^\p{ASCII}+$"#, matches: ["aZ~\0"], refuses: ["é"]),
            PatternCase(#"^\p{Assigned}$"#, matches: ["a"], refuses: ["\u{378}"]),
            PatternCase(#"^\p{Cn}$"#, matches: ["\u{378}"], refuses: ["a"]),
            PatternCase(#"^\p{Emoji_Presentation}$"#, matches: ["😀"], refuses: ["1"]),
            PatternCase(#"^\p{Extended_Pictographic}$"#, matches: ["😀", "©"], refuses: ["1", "a"]),
            PatternCase(#"^\p{RI}{2}$"#, matches: ["🇮🇳"], refuses: ["IN"]),
            PatternCase(#"^\p{White_Space}$"#, matches: [" ", "\u{85}"], refuses: ["\u{FEFF}"]),
            PatternCase(#"^\p{Uppercase}\p{Lowercase}+$"#, matches: ["Éa"], refuses: ["éa"]),
            PatternCase(#"^\p{ID_Start}\p{ID_Continue}*$"#, matches: ["été1"], refuses: ["1a"]),
            PatternCase(#"^\p{AHex}+$"#, matches: ["aF9"], refuses: ["g", "Ａ"]),
        ])
    func categories(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test(
        "scripts and script extensions",
        arguments: [
            PatternCase(#"^\p{Script=Latin}+$"#, matches: ["aéß"], refuses: ["д", "1", "α"]),
            PatternCase(#"^\p{sc=Grek}+$"#, matches: ["αΩ"], refuses: ["a"]),
            PatternCase(#"^\p{Script=Cyrillic}+$"#, matches: ["Привет"], refuses: ["Privet"]),
            PatternCase(#"^\p{sc=Han}+$"#, matches: ["日本𠀀"], refuses: ["あ", "、"]),
            PatternCase(#"^[\p{sc=Hira}\p{sc=Kana}]+$"#, matches: ["あア"], refuses: ["日"]),
            PatternCase(#"^\p{sc=Devanagari}+$"#, matches: ["नमस्ते"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Arab}+$"#, matches: ["سلام"], refuses: ["שלום"]),
            PatternCase(#"^\p{sc=Hebrew}+$"#, matches: ["שלום"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Thai}+$"#, matches: ["ไทย"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Hangul}+$"#, matches: ["한국"], refuses: ["日"]),
            PatternCase(#"^\p{scx=Han}+$"#, matches: ["日、"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Zinh}$"#, matches: ["\u{301}"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Common}+$"#, matches: ["1- 、"], refuses: ["a"]),
            PatternCase(#"^\p{sc=Unknown}$"#, matches: ["\u{378}", "\u{E000}"], refuses: ["a", "1"]),
            PatternCase(#"^\P{Script=Latin}$"#, matches: ["д", "1"], refuses: ["a"]),
        ])
    func scripts(_ entry: PatternCase) throws {
        try entry.check()
    }

    @Test("every code point has exactly one script")
    func scriptsAreDisjoint() {
        let ranges = RangeTable.allRanges(in: ScriptTable.text).sorted { $0.lowerBound < $1.lowerBound }
        for (left, right) in zip(ranges, ranges.dropFirst()) { #expect(left.upperBound < right.lowerBound) }
        #expect(ranges.reduce(0) { $0 + $1.count } > 150_000)
    }

    @Test("every binary property is found by its long name and applies to some but not all scalars")
    func binaryProperties() throws {
        for property in BinaryProperty.allCases {
            #expect(BinaryProperty(name: property.rawValue) == property)
            let set = try #require(PropertyName.set(name: property.rawValue, value: nil))
            let values = (UInt32(0)...0x1FFFF).lazy.map(set.contains)
            #expect(values.contains(true) && values.contains(false), "\(property)")
        }
    }

    @Test(
        "an unknown property is rejected by name",
        arguments: [
            #"\p{Foo}"#, #"\p{script=Latin}"#, #"\p{Script=latin}"#, #"\p{sc=}"#, #"\p{lu}"#, #"\p{IsGreek}"#,
            #"\p{Script}"#, #"\p{gc}"#, #"\p{Block=Arrows}"#, #"\p{L=Lu}"#, #"\p{}"#, #"\p{Basic_Emoji}"#,
        ])
    func unknownProperty(_ pattern: String) {
        let error = #expect(throws: ECMAPatternSyntaxError.self) { try ECMAPattern(pattern) }
        #expect(error?.offset == 0)
        #expect(error?.message.contains("is not supported") == true)
    }
}
