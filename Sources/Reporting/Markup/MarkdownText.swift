import Primitives

/// Text from outside, escaped so that Markdown shows it unchanged.
enum MarkdownText {
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

    /// Text as code, also inside of a table. Characters that would end the code or begin HTML are escaped.
    static func code(_ text: String) -> String {
        let plain = visibleText(text)
        guard !plain.utf8.contains(where: { "`<>&\\".utf8.contains($0) }) else {
            return "<code>\(escaped(plain).replacing("`", with: "&#96;"))</code>"
        }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}
