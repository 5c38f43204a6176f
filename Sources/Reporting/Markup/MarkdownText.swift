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

    /// Text that Markdown and its HTML show unchanged; pairs of single backticks stay code.
    static func escaped(_ text: String) -> String {
        let parts = visibleText(text).utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
            .map { Substring($0) }
        // A row of several backticks ends only at a row of the same length (CommonMark 0.31.2, section 6.1).
        let isCode = parts.count % 2 == 1 && parts.dropFirst().dropLast().allSatisfy { !$0.isEmpty }
        guard isCode else { return parts.map { literal($0) }.joined(separator: "\\`") }
        // Neither a backslash nor a reference has a meaning inside of code.
        return parts.enumerated().map { index, part in
            index % 2 == 0 ? literal(part) : code(String(part))
        }.joined()
    }

    /// Text without backticks, every character of which Markdown shows.
    private static func literal(_ text: Substring) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "[", "]", "\\", "#", "~", "@": result += "\\" + String(scalar)
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
            let parts = plain.utf8.split(separator: UInt8(ascii: "`"), omittingEmptySubsequences: false)
            return "<code>\(parts.map { literal(Substring($0)) }.joined(separator: "&#96;"))</code>"
        }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}
