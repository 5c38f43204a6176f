/// A change of a word of the static dictionary (RFC 7932, section 8 and appendix B).
struct BrotliTransform {
    /// The change of the word itself.
    enum Change {
        /// None.
        case identity
        /// The first letter becomes a capital.
        case fermentFirst
        /// All letters become capitals.
        case fermentAll
        /// The first bytes are left out.
        case omitFirst(Int)
        /// The last bytes are left out.
        case omitLast(Int)
    }

    private let change: Change
    private let prefix: String
    private let suffix: String

    private init(_ change: Change, prefix: String = "", suffix: String = "") {
        self.change = change
        self.prefix = prefix
        self.suffix = suffix
    }

    /// The bytes for a word.
    func applied(to word: ArraySlice<UInt8>) -> [UInt8] {
        var result = Array(prefix.utf8)
        switch change {
        case .identity: result += word
        case .fermentFirst:
            var word = Array(word)
            _ = Self.ferment(&word, at: 0)
            result += word
        case .fermentAll:
            var word = Array(word)
            var index = 0
            while index < word.count { index += Self.ferment(&word, at: index) }
            result += word
        case .omitFirst(let count): result += word.dropFirst(count)
        case .omitLast(let count): result += word.dropLast(count)
        }
        return result + suffix.utf8
    }

    /// Changes one UTF-8 character and returns its assumed length (section 8, Ferment).
    private static func ferment(_ word: inout [UInt8], at index: Int) -> Int {
        let byte = word[index]
        switch byte {
        case ..<0xC0:
            if (0x61...0x7A).contains(byte) { word[index] ^= 0x20 }
            return 1
        case ..<0xE0:
            if index + 1 < word.count { word[index + 1] ^= 0x20 }
            return 2
        default:
            if index + 2 < word.count { word[index + 2] ^= 5 }
            return 3
        }
    }

    /// All transforms, by their numbers.
    static let all: [BrotliTransform] = [
        Self(.identity), Self(.identity, suffix: " "), Self(.identity, prefix: " ", suffix: " "), Self(.omitFirst(1)),
        Self(.fermentFirst, suffix: " "), Self(.identity, suffix: " the "), Self(.identity, prefix: " "),
        Self(.identity, prefix: "s ", suffix: " "), Self(.identity, suffix: " of "), Self(.fermentFirst),
        Self(.identity, suffix: " and "), Self(.omitFirst(2)), Self(.omitLast(1)),
        Self(.identity, prefix: ", ", suffix: " "), Self(.identity, suffix: ", "),
        Self(.fermentFirst, prefix: " ", suffix: " "), Self(.identity, suffix: " in "),
        Self(.identity, suffix: " to "), Self(.identity, prefix: "e ", suffix: " "), Self(.identity, suffix: "\""),
        Self(.identity, suffix: "."), Self(.identity, suffix: "\">"), Self(.identity, suffix: "\n"),
        Self(.omitLast(3)), Self(.identity, suffix: "]"), Self(.identity, suffix: " for "), Self(.omitFirst(3)),
        Self(.omitLast(2)), Self(.identity, suffix: " a "), Self(.identity, suffix: " that "),
        Self(.fermentFirst, prefix: " "), Self(.identity, suffix: ". "), Self(.identity, prefix: "."),
        Self(.identity, prefix: " ", suffix: ", "), Self(.omitFirst(4)), Self(.identity, suffix: " with "),
        Self(.identity, suffix: "'"), Self(.identity, suffix: " from "), Self(.identity, suffix: " by "),
        Self(.omitFirst(5)), Self(.omitFirst(6)), Self(.identity, prefix: " the "), Self(.omitLast(4)),
        Self(.identity, suffix: ". The "), Self(.fermentAll), Self(.identity, suffix: " on "),
        Self(.identity, suffix: " as "), Self(.identity, suffix: " is "), Self(.omitLast(7)),
        Self(.omitLast(1), suffix: "ing "), Self(.identity, suffix: "\n\t"), Self(.identity, suffix: ":"),
        Self(.identity, prefix: " ", suffix: ". "), Self(.identity, suffix: "ed "), Self(.omitFirst(9)),
        Self(.omitFirst(7)), Self(.omitLast(6)), Self(.identity, suffix: "("), Self(.fermentFirst, suffix: ", "),
        Self(.omitLast(8)), Self(.identity, suffix: " at "), Self(.identity, suffix: "ly "),
        Self(.identity, prefix: " the ", suffix: " of "), Self(.omitLast(5)), Self(.omitLast(9)),
        Self(.fermentFirst, prefix: " ", suffix: ", "), Self(.fermentFirst, suffix: "\""),
        Self(.identity, prefix: ".", suffix: "("), Self(.fermentAll, suffix: " "), Self(.fermentFirst, suffix: "\">"),
        Self(.identity, suffix: "=\""), Self(.identity, prefix: " ", suffix: "."), Self(.identity, prefix: ".com/"),
        Self(.identity, prefix: " the ", suffix: " of the "), Self(.fermentFirst, suffix: "'"),
        Self(.identity, suffix: ". This "), Self(.identity, suffix: ","), Self(.identity, prefix: ".", suffix: " "),
        Self(.fermentFirst, suffix: "("), Self(.fermentFirst, suffix: "."), Self(.identity, suffix: " not "),
        Self(.identity, prefix: " ", suffix: "=\""), Self(.identity, suffix: "er "),
        Self(.fermentAll, prefix: " ", suffix: " "), Self(.identity, suffix: "al "), Self(.fermentAll, prefix: " "),
        Self(.identity, suffix: "='"), Self(.fermentAll, suffix: "\""), Self(.fermentFirst, suffix: ". "),
        Self(.identity, prefix: " ", suffix: "("), Self(.identity, suffix: "ful "),
        Self(.fermentFirst, prefix: " ", suffix: ". "), Self(.identity, suffix: "ive "),
        Self(.identity, suffix: "less "), Self(.fermentAll, suffix: "'"), Self(.identity, suffix: "est "),
        Self(.fermentFirst, prefix: " ", suffix: "."), Self(.fermentAll, suffix: "\">"),
        Self(.identity, prefix: " ", suffix: "='"), Self(.fermentFirst, suffix: ","), Self(.identity, suffix: "ize "),
        Self(.fermentAll, suffix: "."), Self(.identity, prefix: "\u{A0}"), Self(.identity, prefix: " ", suffix: ","),
        Self(.fermentFirst, suffix: "=\""), Self(.fermentAll, suffix: "=\""), Self(.identity, suffix: "ous "),
        Self(.fermentAll, suffix: ", "), Self(.fermentFirst, suffix: "='"),
        Self(.fermentFirst, prefix: " ", suffix: ","), Self(.fermentAll, prefix: " ", suffix: "=\""),
        Self(.fermentAll, prefix: " ", suffix: ", "), Self(.fermentAll, suffix: ","), Self(.fermentAll, suffix: "("),
        Self(.fermentAll, suffix: ". "), Self(.fermentAll, prefix: " ", suffix: "."), Self(.fermentAll, suffix: "='"),
        Self(.fermentAll, prefix: " ", suffix: ". "), Self(.fermentFirst, prefix: " ", suffix: "=\""),
        Self(.fermentAll, prefix: " ", suffix: "='"), Self(.fermentFirst, prefix: " ", suffix: "='"),
    ]
}
