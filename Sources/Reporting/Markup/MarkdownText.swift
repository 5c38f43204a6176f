import Primitives

/// Text from outside, escaped so that Markdown shows it unchanged.
enum MarkdownText {
    /// A web address as the target of a link in a table: the characters that would end it are percent-encoded.
    static func address(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            "()<>[]|\\`\"".unicodeScalars.contains(scalar)
                ? "%" + String(scalar.value, radix: 16, uppercase: true)
                : String(scalar)
        }.joined()
    }

    /// Text that Markdown and its HTML show unchanged; pairs of backticks stay code.
    static func escaped(_ text: String) -> String {
        let isPaired = text.utf8.count { $0 == UInt8(ascii: "`") }.isMultiple(of: 2)
        var result = ""
        for scalar in visibleText(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "[", "]", "\\", "#", "~", "@": result += "\\" + String(scalar)
            case "`" where !isPaired: result += "\\`"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Lines as a block of code. The fence is longer than any row of backticks in them.
    static func block(_ lines: [String]) -> String {
        let plain = lines.map { visibleText($0) }
        let longest = plain.flatMap { $0.split { $0 != "`" } }.map(\.count).max() ?? 0
        let fence = String(repeating: "`", count: max(3, longest + 1))
        return "\(fence)text\n" + plain.map { $0 + "\n" }.joined() + fence + "\n"
    }

    /// Text as code, also inside of a table. Characters that would end the code or begin HTML are escaped.
    static func code(_ text: String) -> String {
        let plain = visibleText(text)
        guard !plain.utf8.contains(where: { "`<>&\\".utf8.contains($0) }) else {
            return "<code>\(escaped(plain).replacing("`", with: "&#96;"))</code>"
        }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}
