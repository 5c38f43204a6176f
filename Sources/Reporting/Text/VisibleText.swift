/// `text` as a terminal or log may show it: what could move the cursor, change colours or reorder the line is
/// written out as `\u{…}`.
///
/// Controls (C0, C1, DEL) except the line break where `multiline` allows it, format characters (among them the
/// bidirectional controls), line and paragraph separators, private use and unassigned code points are written out.
package func visibleText(_ text: String, multiline: Bool = false) -> String {
    let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
    guard !isPlain else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if isVisible(scalar) || multiline && scalar == "\n" {
            result.append(scalar)
        } else {
            result.append(contentsOf: "\\u{\(String(scalar.value, radix: 16))}".unicodeScalars)
        }
    }
    return String(result)
}

private func isVisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
    default: true
    }
}

/// `text` cut to at most `limit` Unicode scalars, with an ellipsis where something was cut.
func cut(_ text: String, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(max(0, limit - 1)))) + "…"
}
