import Primitives

/// Lines of a report within the width of its style: labels with values, and parts that continue on the next line.
struct LabelledLines {
    /// The column of values, in characters from the start of a line.
    static let valueColumn = 14

    let style: TextStyle

    /// `    contract  specs/a.yaml:3:1`: a label and its value, which continues below itself.
    func lines(_ label: String, _ value: String, _ role: TextStyle.Role? = nil) -> [String] {
        let head =
            "    " + label
            + String(repeating: " ", count: max(1, Self.valueColumn - 4 - label.utf8.count))
        return WrappedText(width: style.width).lines(
            value, first: Self.valueColumn, indent: Self.valueColumn
        )
        .enumerated().map { index, line in
            guard index > 0 else { return head + painted(line, role) }
            // The indentation has no colour.
            let text = String(line.unicodeScalars.dropFirst(Self.valueColumn))
            return String(repeating: " ", count: Self.valueColumn) + painted(text, role)
        }
    }

    /// A part of a line that is not separated from itself while it fits into a line.
    typealias Part = (text: String, role: TextStyle.Role?)

    /// Parts next to each other, as far as they fit; the others continue on indented lines.
    func lines(of parts: [Part], indent: Int = 0, further: Int = 4, gap: String = "  ") -> [String] {
        var lines: [String] = []
        var line = String(repeating: " ", count: indent)
        var used = indent
        var isEmpty = true
        for part in parts where !part.text.isEmpty {
            let length = part.text.unicodeScalars.count
            if !isEmpty, used + gap.utf8.count + length > style.width {
                lines.append(line)
                line = String(repeating: " ", count: further)
                used = further
                isEmpty = true
            }
            if !isEmpty {
                line += gap
                used += gap.utf8.count
            }
            let pieces = WrappedText(width: style.width).lines(part.text, first: used, indent: further)
            for (index, piece) in pieces.enumerated() {
                if index > 0 {
                    lines.append(line)
                    line = String(repeating: " ", count: further)
                    used = further
                }
                let text = index > 0 ? String(piece.unicodeScalars.dropFirst(further)) : piece
                line += painted(text, part.role)
                used += text.unicodeScalars.count
            }
            isEmpty = false
        }
        return isEmpty ? lines : lines + [line]
    }

    private func painted(_ text: String, _ role: TextStyle.Role?) -> String {
        role.map { style.paint(text, $0) } ?? text
    }
}
