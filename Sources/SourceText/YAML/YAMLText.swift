public import JSONDocument
import Primitives

/// Writes a JSON value as YAML in block style, the way people write it. Reading the text gives the same value.
public enum YAMLText {
    /// Returns the text, which ends with a line break.
    public static func write(_ value: JSONValue) -> String {
        var lines: [String] = []
        append(value, indent: 0, prefix: "", to: &lines)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The longest key in bytes without a question mark; readers support 1024 characters (YAML 1.2.2, section 7.4.2).
    private static let longestKey = 1_000

    /// Appends a value whose first line begins with `prefix`: a name or a dash, with its indentation.
    private static func append(_ value: JSONValue, indent: Int, prefix: String, to lines: inout [String]) {
        let blanks = String(repeating: " ", count: indent)
        switch value {
        case .object(let object) where !object.isEmpty:
            var isFirst = true
            if !prefix.isEmpty, prefix.utf8.last == UInt8(ascii: ":") {
                lines.append(prefix)
                isFirst = false
            }
            for member in object.members {
                // In a list the first member follows the dash.
                let start = isFirst && !prefix.isEmpty ? prefix + " " : blanks
                isFirst = false
                let name = key(member.name)
                guard name.utf8.count > longestKey else {
                    append(member.value, indent: indent + 2, prefix: start + name + ":", to: &lines)
                    continue
                }
                lines.append(start + "? " + name)
                append(member.value, indent: indent + 2, prefix: blanks + ":", to: &lines)
            }
        case .array(let elements) where !elements.isEmpty:
            if !prefix.isEmpty { lines.append(prefix) }
            for element in elements {
                append(element, indent: indent + 2, prefix: blanks + "-", to: &lines)
            }
        case .string(let text) where isBlock(text):
            let keep = text.utf8.last == UInt8(ascii: "\n")
            lines.append((prefix.isEmpty ? "" : prefix + " ") + (keep ? "|" : "|-"))
            let body = keep ? text.utf8.dropLast() : text.utf8[...]
            let inner = prefix.isEmpty ? "  " : blanks
            for line in body.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) {
                lines.append(line.isEmpty ? "" : inner + (String(Substring(line))))
            }
        default:
            lines.append((prefix.isEmpty ? "" : prefix + " ") + scalar(value))
        }
    }

    /// A text as a key, in quotes if it needs them.
    package static func key(_ text: String) -> String {
        isPlain(text) && !text.utf8.contains(UInt8(ascii: " ")) ? text : quoted(text)
    }

    private static func scalar(_ value: JSONValue) -> String {
        guard case .string(let text) = value else { return value.text }
        return isPlain(text) ? text : quoted(text)
    }

    /// A text on one line: in single quotes if they suffice, otherwise with the escapes that JSON and YAML share.
    package static func quoted(_ text: String) -> String {
        let needsEscapes =
            text.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || $0.value > 0xFFFF }
            || text.unicodeScalars.contains {
                (0x80...0xA0).contains($0.value) || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains($0.value)
            }
        guard needsEscapes else {
            return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
        }
        // JSON does not escape the characters that YAML reads as a line break or ignores.
        return JSONValue.string(text).text.unicodeScalars.reduce(into: "") { result, scalar in
            let isOdd =
                (0x7F...0xA0).contains(scalar.value)
                || [0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF].contains(scalar.value)
            let digits = String(scalar.value, radix: 16)
            result += isOdd ? "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits : String(scalar)
        }
    }

    /// Whether a text needs no quotes, because every reader, including those of YAML 1.1, reads it as text.
    private static func isPlain(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let first = bytes.first, first.isASCIILetter || first == UInt8(ascii: "/") || first == UInt8(ascii: "_")
        else {
            return false
        }
        guard bytes.count <= 200, bytes.last != UInt8(ascii: " "), bytes.last != UInt8(ascii: ":") else { return false }
        let words = ["true", "false", "null", "yes", "no", "on", "off", "y", "n"]
        guard !words.contains(where: { $0.utf8.elementsEqual(bytes.map { $0 | 0x20 }) }) else { return false }
        let marks = Array(" -_./(){}$,;+=@%&!?<>".utf8)
        return bytes.enumerated().allSatisfy { index, byte in
            byte.isASCIIAlphanumeric || marks.contains(byte)
                || byte == UInt8(ascii: ":") && index + 1 < bytes.count && bytes[index + 1] != UInt8(ascii: " ")
        }
    }

    /// Whether a text is best written line by line. Trailing spaces and odd characters would not be visible there.
    private static func isBlock(_ text: String) -> Bool {
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        guard lines.count > 1, let first = lines.first, let start = first.first, start > 0x20 else { return false }
        guard !text.isSame(as: "\n"), !text.hasSuffix("\n\n") else { return false }
        return text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || (0x20...0x7E).contains(scalar.value)
                || (0xA1...0xFFFD).contains(scalar.value) && ![0x2028, 0x2029, 0xFEFF].contains(scalar.value)
        } && lines.allSatisfy { $0.last != 0x20 }
    }
}
