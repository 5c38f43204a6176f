/// The colours and the width of terminal text.
package struct TextStyle: Sendable {
    /// The widths for which text is laid out. Terminals outside of them receive the nearest one.
    package static let widths = 40...200
    /// The width for files and pipes.
    package static let usualWidth = 100

    /// Whether to write escape sequences for colours.
    package var isColoured: Bool
    /// The width of a line in characters.
    package let width: Int

    /// Coloured or plain text, in lines of at most `width` characters where possible.
    package init(isColoured: Bool, width: Int = TextStyle.usualWidth) {
        self.isColoured = isColoured
        self.width = min(max(width, Self.widths.lowerBound), Self.widths.upperBound)
    }

    /// Plain text.
    static let plain = TextStyle(isColoured: false)

    /// The role of a piece of text, which decides its colour.
    package enum Role: Sendable {
        /// Something that passed.
        case good
        /// Something that failed.
        case bad
        /// Something that may be wrong.
        case warning
        /// A name that readers search for.
        case strong
        /// Text of less importance.
        case faint
    }

    /// `text` in the colour of `role` (ECMA-48 SGR), or unchanged where colour is off.
    package func paint(_ text: String, _ role: Role) -> String {
        guard isColoured, !text.isEmpty else { return text }
        let code =
            switch role {
            case .good: "32"
            case .bad: "31"
            case .warning: "33"
            case .strong: "1"
            case .faint: "2"
            }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }
}
