import ECMAPattern
import Testing

/// Every property that ECMA-262 knows, by each of its names: the ends of its first run of characters, their neighbours, and
/// some characters of every kind (ECMA-262, tables 67 to 70).
@Suite("Unicode properties by name")
struct PropertyNameTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let property: String
        let members: String
        let others: String

        /// A property with characters that have it and characters that do not.
        init(_ property: String, _ members: String, not others: String) {
            self.property = property
            self.members = members
            self.others = others
        }

        var testDescription: String { property }

        func check() throws {
            let pattern = try ECMAPattern("^\\p{\(property)}$")
            let complement = try ECMAPattern("^\\P{\(property)}$")
            for (characters, expected) in [(members, true), (others, false)] {
                for scalar in characters.unicodeScalars {
                    let shown = "U+" + String(scalar.value, radix: 16)
                    #expect(pattern.search(String(scalar)) == (expected ? .match : .noMatch), "\(shown)")
                    #expect(complement.search(String(scalar)) == (expected ? .noMatch : .match), "\(shown)")
                }
            }
        }
    }

    @Test(
        "general categories",
        arguments: [
            Row("C", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
            Row("Other", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
            Row("Cc", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
            Row("Control", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
            Row("cntrl", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
            Row("Cf", "\u{AD}", not: "Aa0 é中😀٣-\u{301}\n¬®"),
            Row("Format", "\u{AD}", not: "Aa0 é中😀٣-\u{301}\n¬®"),
            Row("Co", "\u{E000}\u{F8FF}", not: "Aa0 é中😀٣-\u{301}\n豈"),
            Row("Private_Use", "\u{E000}\u{F8FF}", not: "Aa0 é中😀٣-\u{301}\n豈"),
            Row("L", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("Letter", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("LC", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("Cased_Letter", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("Ll", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Lowercase_Letter", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Lm", "ʰˁ", not: "Aa0 é中😀٣-\u{301}\nʯ˂"),
            Row("Modifier_Letter", "ʰˁ", not: "Aa0 é中😀٣-\u{301}\nʯ˂"),
            Row("Lo", "中ª", not: "Aa0 é😀٣-\u{301}\n©\u{AB}"),
            Row("Other_Letter", "中ª", not: "Aa0 é😀٣-\u{301}\n©\u{AB}"),
            Row("Lt", "ǅ", not: "Aa0 é中😀٣-\u{301}\nǄǆ"),
            Row("Titlecase_Letter", "ǅ", not: "Aa0 é中😀٣-\u{301}\nǄǆ"),
            Row("Lu", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Uppercase_Letter", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("M", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Mark", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Combining_Mark", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Mc", "\u{903}", not: "Aa0 é中😀٣-\u{301}\n\u{902}ऄ"),
            Row("Spacing_Mark", "\u{903}", not: "Aa0 é中😀٣-\u{301}\n\u{902}ऄ"),
            Row("Me", "\u{488}\u{489}", not: "Aa0 é中😀٣-\u{301}\n\u{487}Ҋ"),
            Row("Enclosing_Mark", "\u{488}\u{489}", not: "Aa0 é中😀٣-\u{301}\n\u{487}Ҋ"),
            Row("Mn", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Nonspacing_Mark", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("N", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("Number", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("Nd", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("Decimal_Number", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("digit", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("Nl", "ᛮᛰ", not: "Aa0 é中😀٣-\u{301}\n\u{16ED}ᛱ"),
            Row("Letter_Number", "ᛮᛰ", not: "Aa0 é中😀٣-\u{301}\n\u{16ED}ᛱ"),
            Row("No", "²³", not: "Aa0 é中😀٣-\u{301}\n±´"),
            Row("Other_Number", "²³", not: "Aa0 é中😀٣-\u{301}\n±´"),
            Row("P", "-!#", not: "Aa0 é中😀٣\u{301}\n$"),
            Row("Punctuation", "-!#", not: "Aa0 é中😀٣\u{301}\n$"),
            Row("punct", "-!#", not: "Aa0 é中😀٣\u{301}\n$"),
            Row("Pc", "_", not: "Aa0 é中😀٣-\u{301}\n^`"),
            Row("Connector_Punctuation", "_", not: "Aa0 é中😀٣-\u{301}\n^`"),
            Row("Pd", "-", not: "Aa0 é中😀٣\u{301}\n,."),
            Row("Dash_Punctuation", "-", not: "Aa0 é中😀٣\u{301}\n,."),
            Row("Pe", ")", not: "Aa0 é中😀٣-\u{301}\n(*"),
            Row("Close_Punctuation", ")", not: "Aa0 é中😀٣-\u{301}\n(*"),
            Row("Pf", "»", not: "Aa0 é中😀٣-\u{301}\nº¼"),
            Row("Final_Punctuation", "»", not: "Aa0 é中😀٣-\u{301}\nº¼"),
            Row("Pi", "«", not: "Aa0 é中😀٣-\u{301}\nª¬"),
            Row("Initial_Punctuation", "«", not: "Aa0 é中😀٣-\u{301}\nª¬"),
            Row("Po", "!#", not: "Aa0 é中😀٣-\u{301}\n$"),
            Row("Other_Punctuation", "!#", not: "Aa0 é中😀٣-\u{301}\n$"),
            Row("Ps", "(", not: "Aa0 é中😀٣-\u{301}\n')"),
            Row("Open_Punctuation", "(", not: "Aa0 é中😀٣-\u{301}\n')"),
            Row("S", "😀$", not: "Aa0 é中٣-\u{301}\n#%"),
            Row("Symbol", "😀$", not: "Aa0 é中٣-\u{301}\n#%"),
            Row("Sc", "$", not: "Aa0 é中😀٣-\u{301}\n#%"),
            Row("Currency_Symbol", "$", not: "Aa0 é中😀٣-\u{301}\n#%"),
            Row("Sk", "^", not: "Aa0 é中😀٣-\u{301}\n]_"),
            Row("Modifier_Symbol", "^", not: "Aa0 é中😀٣-\u{301}\n]_"),
            Row("Sm", "+", not: "Aa0 é中😀٣-\u{301}\n*,"),
            Row("Math_Symbol", "+", not: "Aa0 é中😀٣-\u{301}\n*,"),
            Row("So", "😀¦", not: "Aa0 é中٣-\u{301}\n¥\u{A7}"),
            Row("Other_Symbol", "😀¦", not: "Aa0 é中٣-\u{301}\n¥\u{A7}"),
            Row("Z", " ", not: "Aa0é中😀٣-\u{301}\n\u{1F}!"),
            Row("Separator", " ", not: "Aa0é中😀٣-\u{301}\n\u{1F}!"),
            Row("Zl", "\u{2028}", not: "Aa0 é中😀٣-\u{301}\n\u{2027}\u{2029}"),
            Row("Line_Separator", "\u{2028}", not: "Aa0 é中😀٣-\u{301}\n\u{2027}\u{2029}"),
            Row("Zp", "\u{2029}", not: "Aa0 é中😀٣-\u{301}\n\u{2028}\u{202A}"),
            Row("Paragraph_Separator", "\u{2029}", not: "Aa0 é中😀٣-\u{301}\n\u{2028}\u{202A}"),
            Row("Zs", " ", not: "Aa0é中😀٣-\u{301}\n\u{1F}!"),
            Row("Space_Separator", " ", not: "Aa0é中😀٣-\u{301}\n\u{1F}!"),
        ])
    func categories(row: Row) throws { try row.check() }

    @Test(
        "general categories with the name of the property",
        arguments: [
            Row("General_Category=L", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("General_Category=Lu", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("General_Category=Uppercase_Letter", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("General_Category=Nd", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("General_Category=Zs", " ", not: "Aa0é中😀٣-\u{301}\n\u{1F}!"),
            Row("General_Category=Sc", "$", not: "Aa0 é中😀٣-\u{301}\n#%"),
            Row("General_Category=P", "-!#", not: "Aa0 é中😀٣\u{301}\n$"),
            Row("gc=L", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("gc=Ll", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("gc=Nd", "0٣9", not: "Aa é中😀-\u{301}\n/:"),
            Row("gc=M", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("gc=Cc", "\n\u{0}\u{1F}", not: "Aa0 é中😀٣-\u{301}"),
        ])
    func namedCategories(row: Row) throws { try row.check() }

    @Test(
        "binary properties",
        arguments: [
            Row("ASCII", "Aa0 -\n\u{0}\u{7F}", not: "é中😀٣\u{301}\u{80}"),
            Row("ASCII_Hex_Digit", "Aa09", not: " é中😀٣-\u{301}\n/:"),
            Row("AHex", "Aa09", not: " é中😀٣-\u{301}\n/:"),
            Row("Alphabetic", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("Alpha", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("Any", "Aa0 é中😀٣-\u{301}\n\u{0}", not: ""),
            Row("Assigned", "Aa0 é中😀٣-\u{301}\n\u{0}ͷ", not: "\u{378}"),
            Row("Bidi_Control", "\u{61C}", not: "Aa0 é中😀٣-\u{301}\n\u{61B}\u{61D}"),
            Row("Bidi_C", "\u{61C}", not: "Aa0 é中😀٣-\u{301}\n\u{61B}\u{61D}"),
            Row("Bidi_Mirrored", "()", not: "Aa0 é中😀٣-\u{301}\n'*"),
            Row("Bidi_M", "()", not: "Aa0 é中😀٣-\u{301}\n'*"),
            Row("Case_Ignorable", "\u{301}'", not: "Aa0 é中😀٣-\n&("),
            Row("CI", "\u{301}'", not: "Aa0 é中😀٣-\n&("),
            Row("Cased", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("Changes_When_Casefolded", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("CWCF", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Changes_When_Casemapped", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("CWCM", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("Changes_When_Lowercased", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("CWL", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Changes_When_NFKC_Casefolded", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("CWKCF", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Changes_When_Titlecased", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("CWT", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Changes_When_Uppercased", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("CWU", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Dash", "-", not: "Aa0 é中😀٣\u{301}\n,."),
            Row("Default_Ignorable_Code_Point", "\u{AD}", not: "Aa0 é中😀٣-\u{301}\n¬®"),
            Row("DI", "\u{AD}", not: "Aa0 é中😀٣-\u{301}\n¬®"),
            Row("Deprecated", "ŉ", not: "Aa0 é中😀٣-\u{301}\nňŊ"),
            Row("Dep", "ŉ", not: "Aa0 é中😀٣-\u{301}\nňŊ"),
            Row("Diacritic", "\u{301}^", not: "Aa0 é中😀٣-\n]_"),
            Row("Dia", "\u{301}^", not: "Aa0 é中😀٣-\n]_"),
            Row("Emoji", "0😀#", not: "Aa é中٣-\u{301}\n\"$"),
            Row("Emoji_Component", "0#", not: "Aa é中😀٣-\u{301}\n\"$"),
            Row("EComp", "0#", not: "Aa é中😀٣-\u{301}\n\"$"),
            Row("Emoji_Modifier", "🏻🏿", not: "Aa0 é中😀٣-\u{301}\n🏺🐀"),
            Row("EMod", "🏻🏿", not: "Aa0 é中😀٣-\u{301}\n🏺🐀"),
            Row("Emoji_Modifier_Base", "☝", not: "Aa0 é中😀٣-\u{301}\n☜☞"),
            Row("EBase", "☝", not: "Aa0 é中😀٣-\u{301}\n☜☞"),
            Row("Emoji_Presentation", "😀⌚⌛", not: "Aa0 é中٣-\u{301}\n⌙⌜"),
            Row("EPres", "😀⌚⌛", not: "Aa0 é中٣-\u{301}\n⌙⌜"),
            Row("Extended_Pictographic", "😀©", not: "Aa0 é中٣-\u{301}\n¨ª"),
            Row("ExtPict", "😀©", not: "Aa0 é中٣-\u{301}\n¨ª"),
            Row("Extender", "·", not: "Aa0 é中😀٣-\u{301}\n\u{B6}¸"),
            Row("Ext", "·", not: "Aa0 é中😀٣-\u{301}\n\u{B6}¸"),
            Row("Grapheme_Base", "Aa0 é中😀٣-~", not: "\u{301}\n\u{1F}\u{7F}"),
            Row("Gr_Base", "Aa0 é中😀٣-~", not: "\u{301}\n\u{1F}\u{7F}"),
            Row("Grapheme_Extend", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Gr_Ext", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Hex_Digit", "Aa09", not: " é中😀٣-\u{301}\n/:"),
            Row("Hex", "Aa09", not: " é中😀٣-\u{301}\n/:"),
            Row("IDS_Binary_Operator", "⿰⿱", not: "Aa0 é中😀٣-\u{301}\n\u{2FEF}⿲"),
            Row("IDSB", "⿰⿱", not: "Aa0 é中😀٣-\u{301}\n\u{2FEF}⿲"),
            Row("IDS_Trinary_Operator", "⿲⿳", not: "Aa0 é中😀٣-\u{301}\n⿱⿴"),
            Row("IDST", "⿲⿳", not: "Aa0 é中😀٣-\u{301}\n⿱⿴"),
            Row("ID_Continue", "Aa0é中٣\u{301}9", not: " 😀-\n/:"),
            Row("IDC", "Aa0é中٣\u{301}9", not: " 😀-\n/:"),
            Row("ID_Start", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("IDS", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("Ideographic", "中〆〇", not: "Aa0 é😀٣-\u{301}\n々\u{3008}"),
            Row("Ideo", "中〆〇", not: "Aa0 é😀٣-\u{301}\n々\u{3008}"),
            Row("Join_Control", "\u{200C}\u{200D}", not: "Aa0 é中😀٣-\u{301}\n\u{200B}\u{200E}"),
            Row("Join_C", "\u{200C}\u{200D}", not: "Aa0 é中😀٣-\u{301}\n\u{200B}\u{200E}"),
            Row("Logical_Order_Exception", "เไ", not: "Aa0 é中😀٣-\u{301}\n฿ๅ"),
            Row("LOE", "เไ", not: "Aa0 é中😀٣-\u{301}\n฿ๅ"),
            Row("Lowercase", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Lower", "aéz", not: "A0 中😀٣-\u{301}\n`{"),
            Row("Math", "+", not: "Aa0 é中😀٣-\u{301}\n*,"),
            Row("Pattern_Syntax", "-!/", not: "Aa0 é中😀٣\u{301}\n"),
            Row("Pat_Syn", "-!/", not: "Aa0 é中😀٣\u{301}\n"),
            Row("Pattern_White_Space", " \n\t\r", not: "Aa0é中😀٣-\u{301}\u{8}\u{E}"),
            Row("Pat_WS", " \n\t\r", not: "Aa0é中😀٣-\u{301}\u{8}\u{E}"),
            Row("Quotation_Mark", #"""#, not: "Aa0 é中😀٣-\u{301}\n!#"),
            Row("QMark", #"""#, not: "Aa0 é中😀٣-\u{301}\n!#"),
            Row("Radical", "⺀⺙", not: "Aa0 é中😀٣-\u{301}\n\u{2E7F}\u{2E9A}"),
            Row("Regional_Indicator", "🇦🇿", not: "Aa0 é中😀٣-\u{301}\n\u{1F1E5}🈀"),
            Row("RI", "🇦🇿", not: "Aa0 é中😀٣-\u{301}\n\u{1F1E5}🈀"),
            Row("Sentence_Terminal", "!", not: "Aa0 é中😀٣-\u{301}\n\""),
            Row("STerm", "!", not: "Aa0 é中😀٣-\u{301}\n\""),
            Row("Soft_Dotted", "ij", not: "Aa0 é中😀٣-\u{301}\nhk"),
            Row("SD", "ij", not: "Aa0 é中😀٣-\u{301}\nhk"),
            Row("Terminal_Punctuation", "!", not: "Aa0 é中😀٣-\u{301}\n\""),
            Row("Term", "!", not: "Aa0 é中😀٣-\u{301}\n\""),
            Row("Unified_Ideograph", "中㐀䶿", not: "Aa0 é😀٣-\u{301}\n㏿䷀"),
            Row("UIdeo", "中㐀䶿", not: "Aa0 é😀٣-\u{301}\n㏿䷀"),
            Row("Uppercase", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Upper", "AZ", not: "a0 é中😀٣-\u{301}\n@["),
            Row("Variation_Selector", "\u{180B}\u{180D}", not: "Aa0 é中😀٣-\u{301}\n\u{180A}\u{180E}"),
            Row("VS", "\u{180B}\u{180D}", not: "Aa0 é中😀٣-\u{301}\n\u{180A}\u{180E}"),
            Row("White_Space", " \n\t\r", not: "Aa0é中😀٣-\u{301}\u{8}\u{E}"),
            Row("space", " \n\t\r", not: "Aa0é中😀٣-\u{301}\u{8}\u{E}"),
            Row("XID_Continue", "Aa0é中٣\u{301}9", not: " 😀-\n/:"),
            Row("XIDC", "Aa0é中٣\u{301}9", not: " 😀-\n/:"),
            Row("XID_Start", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
            Row("XIDS", "Aaé中Z", not: "0 😀٣-\u{301}\n@["),
        ])
    func binary(row: Row) throws { try row.check() }

    @Test(
        "scripts",
        arguments: [
            Row("Script=Adlm", "𞤀𞥋", not: "Aa0 é中😀٣-\u{301}\n\u{1E8FF}\u{1E94C}"),
            Row("Script=Arab", "٣\u{600}\u{604}", not: "Aa0 é中😀-\u{301}\n\u{5FF}\u{605}"),
            Row("Script=Armn", "ԱՖ", not: "Aa0 é中😀٣-\u{301}\n\u{530}\u{557}"),
            Row("Script=Bali", "\u{1B00}ᭌ", not: "Aa0 é中😀٣-\u{301}\n\u{1AFF}\u{1B4D}"),
            Row("Script=Beng", "ঀ\u{983}", not: "Aa0 é中😀٣-\u{301}\nॿ\u{984}"),
            Row("Script=Bopo", "˪˫", not: "Aa0 é中😀٣-\u{301}\n˩ˬ"),
            Row("Script=Brai", "⠀⣿", not: "Aa0 é中😀٣-\u{301}\n⟿⤀"),
            Row("Script=Cans", "᐀ᙿ", not: "Aa0 é中😀٣-\u{301}\n\u{13FF}\u{1680}"),
            Row("Script=Cher", "ᎠᏵ", not: "Aa0 é中😀٣-\u{301}\n\u{139F}\u{13F6}"),
            Row("Script=Copt", "Ϣϯ", not: "Aa0 é中😀٣-\u{301}\nϡϰ"),
            Row("Script=Cyrl", "Ѐ\u{484}", not: "Aa0 é中😀٣-\u{301}\nϿ\u{485}"),
            Row("Script=Deva", "\u{900}ॐ", not: "Aa0 é中😀٣-\u{301}\n\u{8FF}\u{951}"),
            Row("Script=Egyp", "𓀀\u{13455}", not: "Aa0 é中😀٣-\u{301}\n\u{12FFF}\u{13456}"),
            Row("Script=Ethi", "ሀቈ", not: "Aa0 é中😀٣-\u{301}\nᇿ\u{1249}"),
            Row("Script=Geor", "ႠჅ", not: "Aa0 é中😀٣-\u{301}\n႟\u{10C6}"),
            Row("Script=Goth", "𐌰𐍊", not: "Aa0 é中😀٣-\u{301}\n𐌯\u{1034B}"),
            Row("Script=Grek", "Ͱͳ", not: "Aa0 é中😀٣-\u{301}\n\u{36F}ʹ"),
            Row("Script=Gujr", "\u{A81}\u{A83}", not: "Aa0 é中😀٣-\u{301}\n\u{A80}\u{A84}"),
            Row("Script=Guru", "\u{A01}\u{A03}", not: "Aa0 é中😀٣-\u{301}\n\u{A00}\u{A04}"),
            Row("Script=Hang", "ᄀᇿ", not: "Aa0 é中😀٣-\u{301}\nჿሀ"),
            Row("Script=Han", "中⺀⺙", not: "Aa0 é😀٣-\u{301}\n\u{2E7F}\u{2E9A}"),
            Row("Script=Hebr", "\u{591}\u{5C7}", not: "Aa0 é中😀٣-\u{301}\n\u{590}\u{5C8}"),
            Row("Script=Hira", "ぁゖ", not: "Aa0 é中😀٣-\u{301}\n\u{3040}\u{3097}"),
            Row("Script=Java", "\u{A980}\u{A9CD}", not: "Aa0 é中😀٣-\u{301}\n\u{A97F}\u{A9CE}"),
            Row("Script=Kana", "ァヺ", not: "Aa0 é中😀٣-\u{301}\n\u{30A0}\u{30FB}"),
            Row("Script=Khmr", "ក\u{17DD}", not: "Aa0 é中😀٣-\u{301}\n\u{177F}\u{17DE}"),
            Row("Script=Knda", "ಀಌ", not: "Aa0 é中😀٣-\u{301}\n౿\u{C8D}"),
            Row("Script=Laoo", "ກຂ", not: "Aa0 é中😀٣-\u{301}\n\u{E80}\u{E83}"),
            Row("Script=Latn", "AaéZ", not: "0 中😀٣-\u{301}\n@["),
            Row("Script=Linb", "𐀀𐀋", not: "Aa0 é中😀٣-\u{301}\n\u{FFFF}\u{1000C}"),
            Row("Script=Mlym", "\u{D00}ഌ", not: "Aa0 é中😀٣-\u{301}\n\u{CFF}\u{D0D}"),
            Row("Script=Mong", "᠀᠁", not: "Aa0 é中😀٣-\u{301}\n\u{17FF}\u{1802}"),
            Row("Script=Mymr", "က႟", not: "Aa0 é中😀٣-\u{301}\n\u{FFF}Ⴀ"),
            Row("Script=Nkoo", "߀ߺ", not: "Aa0 é中😀٣-\u{301}\n\u{7BF}\u{7FB}"),
            Row("Script=Ogam", "\u{1680}\u{169C}", not: "Aa0 é中😀٣-\u{301}\nᙿ\u{169D}"),
            Row("Script=Orya", "\u{B01}\u{B03}", not: "Aa0 é中😀٣-\u{301}\n\u{B00}\u{B04}"),
            Row("Script=Runic", "ᚠᛪ", not: "Aa0 é中😀٣-\u{301}\n\u{169F}\u{16EB}"),
            Row("Script=Sinh", "\u{D81}\u{D83}", not: "Aa0 é中😀٣-\u{301}\n\u{D80}\u{D84}"),
            Row("Script=Syrc", "܀܍", not: "Aa0 é中😀٣-\u{301}\nۿ\u{70E}"),
            Row("Script=Taml", "\u{B82}ஃ", not: "Aa0 é中😀٣-\u{301}\n\u{B81}\u{B84}"),
            Row("Script=Telu", "\u{C00}ఌ", not: "Aa0 é中😀٣-\u{301}\n\u{BFF}\u{C0D}"),
            Row("Script=Thaa", "ހޱ", not: "Aa0 é中😀٣-\u{301}\nݿ\u{7B2}"),
            Row("Script=Thai", "ก\u{E3A}", not: "Aa0 é中😀٣-\u{301}\n\u{E00}\u{E3B}"),
            Row("Script=Tibt", "ༀཇ", not: "Aa0 é中😀٣-\u{301}\n\u{EFF}\u{F48}"),
            Row("Script=Yiii", "ꀀꒌ", not: "Aa0 é中😀٣-\u{301}\n鿿\u{A48D}"),
            Row("Script=Zinh", "\u{301}\u{300}\u{36F}", not: "Aa0 é中😀٣-\n˿Ͱ"),
            Row("Script=Zyyy", "0 😀-\n\u{0}@", not: "Aaé中٣\u{301}"),
        ])
    func scripts(row: Row) throws { try row.check() }

    @Test(
        "script extensions",
        arguments: [
            Row("scx=Latn", "Aaé\u{301}Z", not: "0 中😀٣-\n@["),
            Row("scx=Grek", "\u{301}\u{B7}", not: "Aa0 é中😀٣-\n\u{B6}¸"),
            Row("scx=Deva", "ʼ", not: "Aa0 é中😀٣-\u{301}\nʻʽ"),
            Row("scx=Hira", "、〃", not: "Aa0 é中😀٣-\u{301}\n\u{3000}〄"),
            Row("scx=Kana", "\u{305}", not: "Aa0 é中😀٣-\u{301}\n\u{304}\u{306}"),
            Row("scx=Han", "中·", not: "Aa0 é😀٣-\u{301}\n\u{B6}¸"),
            Row("scx=Arab", "٣\u{600}\u{604}", not: "Aa0 é中😀-\u{301}\n\u{5FF}\u{605}"),
            Row("scx=Zyyy", "0 😀-\n\u{0}@", not: "Aaé中٣\u{301}"),
            Row("scx=Zinh", "\u{30F}", not: "Aa0 é中😀٣-\u{301}\n\u{30E}\u{310}"),
        ])
    func scriptExtensions(row: Row) throws { try row.check() }

    @Test("noncharacters, which no literal of Swift can contain", arguments: ["Noncharacter_Code_Point", "NChar"])
    func noncharacters(property: String) throws {
        let pattern = try ECMAPattern("^\\p{\(property)}$")
        for (value, expected) in [
            (0xFDCF, false), (0xFDD0, true), (0xFDEF, true), (0xFDF0, false), (0xFFFE, true), (0xFFFF, true),
            (0x1FFFE, true),
            (0x10FFFF, true), (0x10FFFD, false), (0x41, false),
        ] {
            let scalar = try #require(Unicode.Scalar(UInt32(value)))
            #expect(pattern.search(String(scalar)) == (expected ? .match : .noMatch), "\(value)")
        }
    }
}
