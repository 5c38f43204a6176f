import Diagnostics
import Primitives

/// A piece of text with its wrong part underlined, as one line of text and one of carets.
struct UnderlinedText {
    private let style: TextStyle
    private let width: Int
    private let keepsWhole: Bool

    /// Writes in `style`, at most about `width` characters of the text.
    ///
    /// - Parameter keepsWhole: Whether a text that is not longer is shown from its beginning, wherever its wrong part is.
    init(style: TextStyle, width: Int = 100, keepsWhole: Bool = false) {
        self.style = style
        self.width = width
        self.keepsWhole = keepsWhole
    }

    /// The text around the wrong part, and the carets below it. Text that is left out becomes an ellipsis.
    func lines(_ excerpt: Diagnostic.Excerpt) -> [String] {
        let scalars = Array(excerpt.text.unicodeScalars)
        let before = width * 2 / 5
        let offset = min(max(excerpt.offset, 0), scalars.count)
        let start = keepsWhole && scalars.count <= width ? 0 : max(0, offset - before)
        let end = min(scalars.count, max(offset + width - before, start + width))
        let length = min(max(excerpt.length, 1), max(1, end - offset))
        let left = (start > 0 ? "…" : "") + shown(scalars[start..<offset])
        let wrong = shown(scalars[offset..<min(end, offset + length)])
        let right = shown(scalars[min(end, offset + length)..<end]) + (end < scalars.count ? "…" : "")
        let carets = String(repeating: "^", count: max(1, wrong.unicodeScalars.count))
        let indent = String(repeating: " ", count: left.unicodeScalars.count)
        return [left + wrong + right, indent + style.paint(carets, .bad)]
    }

    private func shown(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
        visibleText(String(String.UnicodeScalarView(scalars)))
    }
}
