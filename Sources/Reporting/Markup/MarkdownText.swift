/// Text from outside, written so that Markdown shows it as it is.
struct MarkdownText {
    /// Text that neither Markdown nor the HTML in it interprets.
    func escaped(_ text: String) -> String {
        var result = ""
        for scalar in visibleText(text).unicodeScalars {
            switch scalar {
            case "&": result += "&amp;"
            case "<": result += "&lt;"
            case ">": result += "&gt;"
            case "|", "*", "_", "[", "]", "\\", "#", "~", "@", "`": result += "\\" + String(scalar)
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// Text as code, in a table as well.
    func code(_ text: String) -> String {
        let plain = visibleText(text)
        guard !plain.contains("`") else { return escaped(plain) }
        return "`" + plain.replacing("|", with: "\\|") + "`"
    }
}
