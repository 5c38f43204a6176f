/// A list of names over several lines, with a label in front of the first one.
struct WrappedList {
    /// The most names that are listed.
    static let usualLimit = 4

    /// The text in front of the first line.
    var label: String
    /// The number of spaces in front of the other lines.
    var indent: Int
    /// The names; they are not split.
    var names: [String]
    /// How many names there are in all; those that are not listed are counted at the end.
    var count: Int
    /// The width of a line in characters. A line with one long name may be longer.
    var width = 80

    /// The lines without line breaks.
    var lines: [String] {
        let listed = names.prefix(Self.usualLimit)
        let rest = count - listed.count
        let indent = String(repeating: " ", count: indent)
        var lines: [String] = []
        var line = label
        var isEmpty = true
        func words(_ index: Int, _ name: String) -> String {
            if index < listed.count - 1 { return name + "," }
            return rest > 0 ? "\(name) and \(rest) more" : name
        }
        for (index, name) in listed.enumerated() {
            let word = words(index, name)
            let isTooLong = line.unicodeScalars.count + 1 + word.unicodeScalars.count > width
            if !isEmpty, isTooLong {
                lines.append(line)
                line = indent
                isEmpty = true
            }
            line += (isEmpty ? "" : " ") + word
            isEmpty = false
        }
        return listed.isEmpty ? [] : lines + [line]
    }
}
