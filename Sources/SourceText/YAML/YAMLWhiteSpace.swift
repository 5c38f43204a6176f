internal import Diagnostics

/// Lines that YAML ignores and libyaml refuses: only tabs, or tabs before a comment (YAML 1.2.2, section 6.6 and
/// productions 70, 78 and 79).
///
/// Inside block and quoted scalars, such lines are content, and only a parser knows where scalars are. The text is
/// therefore parsed twice: first with all these lines changed, which does not change the extent of any scalar, then
/// with only the lines outside scalars changed.
struct YAMLWhiteSpace {
    /// Line numbers from 1 and byte ranges, without line breaks, of the affected lines.
    private let lines: [(number: Int, range: Range<Int>)]
    private let bytes: [UInt8]

    /// Finds the lines; `nil` if the text has none.
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

    /// Whether a parser that stopped on this line may have stopped at a tab that YAML ignores.
    func contains(line: Int) -> Bool { lines.contains { $0.number == line } }

    /// Returns the text with every affected line changed, except the lines in `scalars`. No line moves.
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
            // A line without content becomes empty. A comment keeps its position, after spaces.
            if let comment {
                result += Array(repeating: 0x20, count: comment - line.range.lowerBound)
                result += bytes[comment..<line.range.upperBound]
            }
            copied = line.range.upperBound
        }
        return result + bytes[copied...]
    }
}
