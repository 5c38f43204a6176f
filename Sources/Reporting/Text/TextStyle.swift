/// How terminal text is coloured.
package struct TextStyle: Sendable {
    /// Whether escape sequences for colour are written.
    package var isColoured: Bool

    /// Coloured or plain text.
    package init(isColoured: Bool) {
        self.isColoured = isColoured
    }

    /// A role that a piece of text plays, and with it its colour.
    package enum Role: Sendable {
        /// Something that passed.
        case good
        /// Something that failed.
        case bad
        /// Something that may be wrong.
        case warning
        /// A name to find again.
        case strong
        /// What matters less.
        case faint
    }

    /// `text` in the colour of `role` (ECMA-48 SGR), or as it is where colour is off.
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
