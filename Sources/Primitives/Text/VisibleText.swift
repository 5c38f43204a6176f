extension Unicode.Scalar {
    /// Whether a terminal shows the character as itself and leaves its neighbours in place.
    ///
    /// Controls (C0, C1, DEL), format characters (among them the bidirectional controls), line and paragraph separators,
    /// private use and unassigned code points are invisible.
    public var isVisible: Bool {
        if (0x20...0x7E).contains(value) { return true }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: false
        default: true
        }
    }
}

/// The text that a terminal or a log can show: invisible characters are written as `\t`, `\n`, `\r` or `\u{…}`.
///
/// - Parameter multiline: Whether line breaks stay.
public func visibleText(_ text: String, multiline: Bool = false) -> String {
    guard !text.utf8.allSatisfy({ (0x20...0x7E).contains($0) }) else { return text }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
        if scalar.isVisible || multiline && scalar == "\n" {
            result.append(scalar)
        } else {
            result.append(contentsOf: escape(scalar).unicodeScalars)
        }
    }
    return String(result)
}

private func escape(_ scalar: Unicode.Scalar) -> String {
    switch scalar {
    case "\t": "\\t"
    case "\n": "\\n"
    case "\r": "\\r"
    default: "\\u{\(String(scalar.value, radix: 16))}"
    }
}

/// At most `limit` Unicode scalars of the text: where some are left out, an ellipsis is the last of them.
public func truncated(_ text: String, to limit: Int) -> String {
    // A text has at least as many bytes as scalars, and bytes need not be counted.
    guard text.utf8.count > limit else { return text }
    let scalars = text.unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: max(0, limit), limitedBy: scalars.endIndex),
        end < scalars.endIndex
    else { return text }
    return String(scalars.prefix(max(0, limit - 1))) + "…"
}
