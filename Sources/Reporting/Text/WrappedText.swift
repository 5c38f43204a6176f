import Primitives

/// Text in lines of a bounded width. Lines end between words; a word that is longer than a line is split.
struct WrappedText {
    /// The width of a line in characters.
    let width: Int

    /// The lines of `text`.
    ///
    /// - Parameters:
    ///   - first: Characters that are already in the first line.
    ///   - indent: Spaces in front of the other lines.
    func lines(_ text: String, first: Int = 0, indent: Int = 0) -> [String] {
        let room = max(width - indent, 1)
        var lines: [String] = []
        var line = ""
        var left = max(width - first, 1)
        func endLine() {
            lines.append(line)
            line = String(repeating: " ", count: indent)
            left = room
        }
        var isEmpty = true
        for word in text.split(separator: " ", omittingEmptySubsequences: false) {
            var word = Substring(word).unicodeScalars
            let needed = word.count + (isEmpty ? 0 : 1)
            // A long word begins a line of its own only if the rest of this line is short.
            if needed > left, !isEmpty, word.count <= room || left < max(2, room / 2) {
                endLine()
                isEmpty = true
            }
            if !isEmpty {
                line += " "
                left -= 1
            }
            while word.count > left {
                line.unicodeScalars.append(contentsOf: word.prefix(left))
                word = word.dropFirst(left)
                endLine()
            }
            line.unicodeScalars.append(contentsOf: word)
            left -= word.count
            isEmpty = false
        }
        lines.append(line)
        return lines
    }
}
