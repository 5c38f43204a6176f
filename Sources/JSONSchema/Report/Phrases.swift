import JSONDocument
import Primitives

/// Parts of messages.
extension Messages {
    static func article(_ kind: JSONKind) -> String {
        switch kind {
        case .null: "null"
        case .boolean, .number, .string: "a \(kind.name)"
        case .array, .object: "an \(kind.name)"
        }
    }

    /// Values separated by commas, with a mark when there are more.
    static func cutList(_ shown: [String], of count: Int) -> String {
        shown.joined(separator: ", ") + (count > shown.count ? " …" : "")
    }

    static func oneOf(_ values: String) -> String {
        "one of \(values)"
    }

    static func atLeast(_ count: Int) -> String {
        "at least \(count)"
    }

    static func atMost(_ count: Int) -> String {
        "at most \(count)"
    }

    static func counted(_ count: Int, _ noun: String) -> String {
        count == 0 ? "no \(noun)s" : plural(count, noun)
    }

    static func areNeeded(_ count: Int) -> String {
        count == 1 ? "is needed" : "are needed"
    }

    static func areAllowed(_ count: Int) -> String {
        count == 1 ? "is allowed" : "are allowed"
    }

    static func arrayOf(_ count: Int) -> String {
        "an array of \(plural(count, "element"))"
    }

    static func objectOf(_ count: Int) -> String {
        "an object of \(plural(count, "member"))"
    }

    /// A text as JSON, cut to `limit` characters; characters that control a terminal are escaped.
    static func quoted(_ text: String, _ limit: Int = .max) -> String {
        var result = "\""
        for (count, scalar) in text.unicodeScalars.enumerated() {
            if count >= limit {
                result += "…"
                break
            }
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            default:
                if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) || isInvisible(scalar) {
                    let digits = String(scalar.value, radix: 16)
                    result += "\\u" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
                } else {
                    result.unicodeScalars.append(scalar)
                }
            }
        }
        return result + "\""
    }

    /// Whether a character is a line end or changes the direction of text.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x2028, 0x2029, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// A text cut to `limit` characters.
    static func cut(_ text: String, _ limit: Int) -> String {
        truncated(text, to: limit + 1)
    }
}
