/// A command for a POSIX shell over several lines, which can be pasted as it is.
///
/// Lines end with a backslash. A word that is longer than a line continues at the beginning of the next one: the shell
/// removes a backslash and the line break after it (POSIX.1-2024, XCU section 2.2.1), but not inside of single quotes, so
/// these are closed before and opened again after it.
struct WrappedCommand {
    /// The width of a line in characters.
    let width: Int

    /// A character of a word, or several that belong together.
    private struct Unit {
        var text: String
        var isQuoted: Bool
    }

    /// The lines of `command`; the first one follows `first` characters. An option and its value stay together if they
    /// fit into one line.
    func lines(_ command: String, first: Int = 0, indent: Int = 4) -> [String] {
        guard first + command.unicodeScalars.count > width else { return [command] }
        let words = Self.words(command)
        let lengths = words.map { $0.reduce(0) { $0 + $1.text.unicodeScalars.count } }
        // Two characters for the backslash at the end.
        let room = width - indent - 2
        var lines: [String] = []
        var line = ""
        var used = first
        for (index, word) in words.enumerated() {
            var needed = lengths[index]
            if Self.isOption(word), index + 1 < words.count, !Self.isOption(words[index + 1]) {
                needed = min(needed + 1 + lengths[index + 1], room)
            }
            // A value that is longer than a line begins after its option.
            let isLongValue = index > 0 && lengths[index] > room && Self.isOption(words[index - 1])
            if index > 0 {
                if used + 1 + needed + 2 > width, used > indent, !isLongValue {
                    lines.append(line + " \\")
                    line = String(repeating: " ", count: indent)
                    used = indent
                } else {
                    line += " "
                    used += 1
                }
            }
            write(word, &line, &used, &lines)
        }
        return lines + [line]
    }

    private static func isOption(_ word: [Unit]) -> Bool { word.first?.text == "-" }

    /// Writes a word, over several lines if it is too long for one.
    private func write(
        _ word: [Unit], _ line: inout String, _ used: inout Int, _ lines: inout [String]
    ) {
        var isOpen = false
        for unit in word {
            let length = unit.text.unicodeScalars.count
            // A closing quote and a backslash must still fit.
            if used + length + 2 > width, used > 1 {
                lines.append(line + (isOpen ? "'\\" : "\\"))
                line = isOpen ? "'" : ""
                used = line.utf8.count
            }
            line += unit.text
            used += length
            isOpen = unit.isQuoted
        }
    }

    /// The words of a command as the shell separates them.
    private static func words(_ command: String) -> [[Unit]] {
        var words: [[Unit]] = [[]]
        var rest = Array(command.unicodeScalars)[...]
        var isQuoted = false
        func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
            String(String.UnicodeScalarView(scalars))
        }
        while let scalar = rest.first {
            var length = 1
            switch scalar {
            case "'": isQuoted.toggle()
            case " " where !isQuoted:
                words.append([])
                rest = rest.dropFirst()
                continue
            case "\\" where !isQuoted: length = 2
            case "\"" where !isQuoted:
                length = (rest.dropFirst().firstIndex(of: "\"") ?? rest.endIndex - 1) - rest.startIndex + 1
            default: break
            }
            words[words.count - 1].append(Unit(text: text(rest.prefix(length)), isQuoted: isQuoted))
            rest = rest.dropFirst(length)
        }
        return words
    }
}
