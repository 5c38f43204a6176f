/// The difference between two texts as `diff -u` and `git diff` write it.
package enum UnifiedDiff {
    /// Lines around a change.
    private static let context = 3

    fileprivate enum Line {
        case kept([UInt8])
        case removed([UInt8])
        case added([UInt8])
    }

    /// The difference of a file at `path`.
    package static func text(_ path: String, from old: [UInt8], to new: [UInt8]) -> String {
        let lines = lines(lines(of: old), lines(of: new))
        var text = "--- a/\(path)\n+++ b/\(path)\n"
        var index = 0
        var places = (old: 1, new: 1)
        while let start = lines[index...].firstIndex(where: \.isChange) {
            let from = max(index, start - context)
            for line in lines[index..<from] { line.count(&places) }
            // Changes with few lines between them are one hunk.
            var end = start
            while let next = lines[end...].prefix(2 * context + 1).lastIndex(where: \.isChange), next >= end {
                end = next + 1
                if end >= lines.count { break }
            }
            let to = min(lines.count, end + context)
            text += hunk(lines[from..<to], &places)
            index = to
        }
        return text
    }

    private static func hunk(_ lines: ArraySlice<Line>, _ places: inout (old: Int, new: Int)) -> String {
        let start = places
        var body = ""
        for line in lines {
            line.count(&places)
            switch line {
            case .kept(let text): body += " \(String(decoding: text, as: UTF8.self))\n"
            case .removed(let text): body += "-\(String(decoding: text, as: UTF8.self))\n"
            case .added(let text): body += "+\(String(decoding: text, as: UTF8.self))\n"
            }
        }
        /// A side without lines is numbered by the line in front of it (POSIX.1-2024, diff, unified format).
        func range(_ start: Int, _ end: Int) -> String { "\(end == start ? start - 1 : start),\(end - start)" }
        return "@@ -\(range(start.old, places.old)) +\(range(start.new, places.new)) @@\n" + body
    }

    private static func lines(of bytes: [UInt8]) -> [[UInt8]] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
            Array(line.last == 0x0D ? line.dropLast() : line)
        }
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines
    }

    private static func pairedLines(_ old: [[UInt8]], _ new: [[UInt8]]) -> [Line] {
        var result: [Line] = []
        var added: [Line] = []
        for (before, after) in zip(old, new) {
            if before == after {
                result += added + [.kept(before)]
                added = []
            } else {
                result.append(.removed(before))
                added.append(.added(after))
            }
        }
        return result + added
    }

    private static func lines(_ old: [[UInt8]], _ new: [[UInt8]]) -> [Line] {
        // Edits of cells keep the lines, and a table with thousands of edits is compared line by line.
        if old.count == new.count { return pairedLines(old, new) }
        let difference = new.difference(from: old)
        let removed = Set(difference.removals.map(\.offset))
        let added = Set(difference.insertions.map(\.offset))
        var result: [Line] = []
        var (left, right) = (0, 0)
        while left < old.count || right < new.count {
            if left < old.count, removed.contains(left) {
                result.append(.removed(old[left]))
                left += 1
            } else if right < new.count, added.contains(right) {
                result.append(.added(new[right]))
                right += 1
            } else {
                guard left < old.count else { break }
                result.append(.kept(old[left]))
                left += 1
                right += 1
            }
        }
        return result
    }
}

extension UnifiedDiff.Line {
    fileprivate var isChange: Bool {
        if case .kept = self { false } else { true }
    }

    fileprivate func count(_ places: inout (old: Int, new: Int)) {
        switch self {
        case .kept: places = (places.old + 1, places.new + 1)
        case .removed: places.old += 1
        case .added: places.new += 1
        }
    }
}

extension CollectionDifference.Change {
    fileprivate var offset: Int {
        switch self {
        case .insert(let offset, _, _), .remove(let offset, _, _): offset
        }
    }
}
