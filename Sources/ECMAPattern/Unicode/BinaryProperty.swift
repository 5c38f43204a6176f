import Primitives

/// The binary properties that the standard library provides for scalars (ECMA-262, table 68; case-sensitive).
enum BinaryProperty: String, Hashable, Sendable, CaseIterable {
    case asciiHexDigit = "ASCII_Hex_Digit"
    case alphabetic = "Alphabetic"
    case bidiControl = "Bidi_Control"
    case bidiMirrored = "Bidi_Mirrored"
    case caseIgnorable = "Case_Ignorable"
    case cased = "Cased"
    case changesWhenCasefolded = "Changes_When_Casefolded"
    case changesWhenCasemapped = "Changes_When_Casemapped"
    case changesWhenLowercased = "Changes_When_Lowercased"
    case changesWhenNFKCCasefolded = "Changes_When_NFKC_Casefolded"
    case changesWhenTitlecased = "Changes_When_Titlecased"
    case changesWhenUppercased = "Changes_When_Uppercased"
    case dash = "Dash"
    case defaultIgnorableCodePoint = "Default_Ignorable_Code_Point"
    case deprecated = "Deprecated"
    case diacritic = "Diacritic"
    case emoji = "Emoji"
    case emojiModifier = "Emoji_Modifier"
    case emojiModifierBase = "Emoji_Modifier_Base"
    case emojiPresentation = "Emoji_Presentation"
    case extender = "Extender"
    case graphemeBase = "Grapheme_Base"
    case graphemeExtend = "Grapheme_Extend"
    case hexDigit = "Hex_Digit"
    case idContinue = "ID_Continue"
    case idStart = "ID_Start"
    case idsBinaryOperator = "IDS_Binary_Operator"
    case idsTrinaryOperator = "IDS_Trinary_Operator"
    case ideographic = "Ideographic"
    case joinControl = "Join_Control"
    case logicalOrderException = "Logical_Order_Exception"
    case lowercase = "Lowercase"
    case math = "Math"
    case noncharacterCodePoint = "Noncharacter_Code_Point"
    case patternSyntax = "Pattern_Syntax"
    case patternWhiteSpace = "Pattern_White_Space"
    case quotationMark = "Quotation_Mark"
    case radical = "Radical"
    case sentenceTerminal = "Sentence_Terminal"
    case softDotted = "Soft_Dotted"
    case unifiedIdeograph = "Unified_Ideograph"
    case uppercase = "Uppercase"
    case variationSelector = "Variation_Selector"
    case whiteSpace = "White_Space"
    case xidContinue = "XID_Continue"
    case xidStart = "XID_Start"

    /// Creates a property from its short or long name; nil for any other name.
    init?(name: String) {
        guard let found = Self.allCases.first(where: { $0.answers(to: name) }) else { return nil }
        self = found
    }

    private func answers(to name: String) -> Bool {
        rawValue.isSame(as: name) || shortName.isSame(as: name)
    }

    private var shortName: String {
        switch self {
        case .asciiHexDigit: "AHex"
        case .alphabetic: "Alpha"
        case .bidiControl: "Bidi_C"
        case .bidiMirrored: "Bidi_M"
        case .caseIgnorable: "CI"
        case .cased: "Cased"
        case .changesWhenCasefolded: "CWCF"
        case .changesWhenCasemapped: "CWCM"
        case .changesWhenLowercased: "CWL"
        case .changesWhenNFKCCasefolded: "CWKCF"
        case .changesWhenTitlecased: "CWT"
        case .changesWhenUppercased: "CWU"
        case .dash: "Dash"
        case .defaultIgnorableCodePoint: "DI"
        case .deprecated: "Dep"
        case .diacritic: "Dia"
        case .emoji: "Emoji"
        case .emojiModifier: "EMod"
        case .emojiModifierBase: "EBase"
        case .emojiPresentation: "EPres"
        case .extender: "Ext"
        case .graphemeBase: "Gr_Base"
        case .graphemeExtend: "Gr_Ext"
        case .hexDigit: "Hex"
        case .idContinue: "IDC"
        case .idStart: "IDS"
        case .idsBinaryOperator: "IDSB"
        case .idsTrinaryOperator: "IDST"
        case .ideographic: "Ideo"
        case .joinControl: "Join_C"
        case .logicalOrderException: "LOE"
        case .lowercase: "Lower"
        case .math: "Math"
        case .noncharacterCodePoint: "NChar"
        case .patternSyntax: "Pat_Syn"
        case .patternWhiteSpace: "Pat_WS"
        case .quotationMark: "QMark"
        case .radical: "Radical"
        case .sentenceTerminal: "STerm"
        case .softDotted: "SD"
        case .unifiedIdeograph: "UIdeo"
        case .uppercase: "Upper"
        case .variationSelector: "VS"
        case .whiteSpace: "space"
        case .xidContinue: "XIDC"
        case .xidStart: "XIDS"
        }
    }

    /// Whether a scalar has the property.
    func holds(for scalar: Unicode.Scalar) -> Bool {
        let properties = scalar.properties
        return switch self {
        case .asciiHexDigit: properties.isASCIIHexDigit
        case .alphabetic: properties.isAlphabetic
        case .bidiControl: properties.isBidiControl
        case .bidiMirrored: properties.isBidiMirrored
        case .caseIgnorable: properties.isCaseIgnorable
        case .cased: properties.isCased
        case .changesWhenCasefolded: properties.changesWhenCaseFolded
        case .changesWhenCasemapped: properties.changesWhenCaseMapped
        case .changesWhenLowercased: properties.changesWhenLowercased
        case .changesWhenNFKCCasefolded: properties.changesWhenNFKCCaseFolded
        case .changesWhenTitlecased: properties.changesWhenTitlecased
        case .changesWhenUppercased: properties.changesWhenUppercased
        case .dash: properties.isDash
        case .defaultIgnorableCodePoint: properties.isDefaultIgnorableCodePoint
        case .deprecated: properties.isDeprecated
        case .diacritic: properties.isDiacritic
        case .emoji: properties.isEmoji
        case .emojiModifier: properties.isEmojiModifier
        case .emojiModifierBase: properties.isEmojiModifierBase
        case .emojiPresentation: properties.isEmojiPresentation
        case .extender: properties.isExtender
        case .graphemeBase: properties.isGraphemeBase
        case .graphemeExtend: properties.isGraphemeExtend
        case .hexDigit: properties.isHexDigit
        case .idContinue: properties.isIDContinue
        case .idStart: properties.isIDStart
        case .idsBinaryOperator: properties.isIDSBinaryOperator
        case .idsTrinaryOperator: properties.isIDSTrinaryOperator
        case .ideographic: properties.isIdeographic
        case .joinControl: properties.isJoinControl
        case .logicalOrderException: properties.isLogicalOrderException
        case .lowercase: properties.isLowercase
        case .math: properties.isMath
        case .noncharacterCodePoint: properties.isNoncharacterCodePoint
        case .patternSyntax: properties.isPatternSyntax
        case .patternWhiteSpace: properties.isPatternWhitespace
        case .quotationMark: properties.isQuotationMark
        case .radical: properties.isRadical
        case .sentenceTerminal: properties.isSentenceTerminal
        case .softDotted: properties.isSoftDotted
        case .unifiedIdeograph: properties.isUnifiedIdeograph
        case .uppercase: properties.isUppercase
        case .variationSelector: properties.isVariationSelector
        case .whiteSpace: properties.isWhitespace
        case .xidContinue: properties.isXIDContinue
        case .xidStart: properties.isXIDStart
        }
    }
}
