internal import Diagnostics

/// Lines that YAML ignores and libyaml refuses: tabs and nothing else, or tabs before a comment (YAML 1.2.2,
/// section 6.6 and productions 70, 78 and 79).
///
/// Inside block and quoted scalars such lines are content. Which lines are, only a parser knows, so that the text is
/// parsed once with all of them changed, which leaves the extent of each scalar as it is, and then with those changed
/// that lie outside.
struct YAMLWhiteSpace {
    /// The line numbers from 1 and the byte ranges, without line breaks, of the lines in question.
    private let lines: [(number: Int, range: Range<Int>)]
    private let bytes: [UInt8]

    /// Finds the lines; `nil` where a text has none.
    init?(_ bytes: [UInt8]) {
        var lines: [(Int, Range<Int>)] = []
        var number = 1
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            let first = bytes[start..<end].firstIndex { $0 != 0x20 && $0 != 0x09 } ?? end
            let isIgnored = first == end || bytes[first] == UInt8(ascii: "#")
            if isIgnored, bytes[start..<first].contains(0x09) { lines.append((number, start..<end)) }
            let isPair = end + 1 < bytes.count && bytes[end] == 0x0D && bytes[end + 1] == 0x0A
            start = end + (isPair ? 2 : 1)
            number += 1
        }
        guard !lines.isEmpty else { return nil }
        self.lines = lines
        self.bytes = bytes
    }

    /// Whether a parser that stopped in this line may have stopped at a tab that YAML ignores.
    func contains(line: Int) -> Bool { lines.contains { $0.number == line } }

    /// The text with those lines changed that lie in none of the ranges of lines; no line moves.
    func text(besides scalars: [Range<Int>]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var copied = 0
        var ranges = scalars.sorted { $0.lowerBound < $1.lowerBound }[...]
        for line in lines {
            while let first = ranges.first, first.upperBound <= line.number { ranges.removeFirst() }
            if let first = ranges.first, first.contains(line.number) { continue }
            result += bytes[copied..<line.range.lowerBound]
            let comment = bytes[line.range].firstIndex(of: UInt8(ascii: "#"))
            // A line without content becomes an empty one; a comment stays where it is, behind blanks.
            if let comment {
                result += Array(repeating: 0x20, count: comment - line.range.lowerBound)
                result += bytes[comment..<line.range.upperBound]
            }
            copied = line.range.upperBound
        }
        return result + bytes[copied...]
    }
}
