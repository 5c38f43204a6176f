import JSONDocument

/// Reads documents of the Test Anything Protocol, version 14, as far as reports use it.
struct TAPReader {
    struct Point: Equatable {
        var isOK: Bool
        var number: Int
        var name: String
        var skipped: String?
        /// The members of the YAML block; `nil` without a block.
        var block: [String: String]?
        var subtest: [Point]?
    }

    struct Mistake: Error {
        var line: String
    }

    /// The test points of a document.
    static func read(_ text: String) throws -> [Point] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        guard lines.first == "TAP version 14", lines.last == "" else { throw Mistake(line: lines.first ?? "") }
        lines.removeLast()
        var rest = lines.dropFirst()
        let points = try points(&rest, indent: "")
        guard rest.isEmpty else { throw Mistake(line: rest.first ?? "") }
        return points
    }

    private static func points(_ lines: inout ArraySlice<String>, indent: String) throws -> [Point] {
        let plan = lines.popFirst() ?? ""
        guard plan.hasPrefix(indent + "1.."),
            let count = Int(plan.dropFirst(indent.count + 3).prefix { $0.isNumber })
        else { throw Mistake(line: plan) }
        return try (0..<count).map { index in
            var subtest: [Point]?
            if let line = lines.first, line.hasPrefix(indent + "# Subtest: ") {
                lines.removeFirst()
                subtest = try points(&lines, indent: indent + "    ")
            }
            var point = try point(lines.popFirst() ?? "", indent: indent)
            guard point.number == index + 1 else { throw Mistake(line: point.name) }
            point.subtest = subtest
            if lines.first == indent + "  ---" { point.block = try block(&lines, indent: indent + "  ") }
            return point
        }
    }

    private static func point(_ line: String, indent: String) throws -> Point {
        guard let match = line.dropFirst(indent.count).wholeMatch(of: /(not )?ok ([0-9]+) - (.*)/),
            line.hasPrefix(indent)
        else { throw Mistake(line: line) }
        // A directive begins at the first number sign that is not escaped.
        var (name, directive, isEscaped) = ("", String?.none, false)
        for scalar in match.output.3.unicodeScalars {
            if directive != nil {
                directive?.unicodeScalars.append(scalar)
            } else if !isEscaped, scalar == "\\" {
                isEscaped = true
            } else if !isEscaped, scalar == "#" {
                directive = ""
            } else {
                name.unicodeScalars.append(scalar)
                isEscaped = false
            }
        }
        if let directive, !directive.hasPrefix(" SKIP ") { throw Mistake(line: line) }
        return Point(
            isOK: match.output.1 == nil, number: Int(match.output.2) ?? 0,
            name: directive == nil ? name : String(name.dropLast()), skipped: directive.map { String($0.dropFirst(6)) })
    }

    /// A block of `name: "text"` and a list of texts. Every text is a JSON string.
    private static func block(_ lines: inout ArraySlice<String>, indent: String) throws -> [String: String] {
        lines.removeFirst()
        var members: [String: String] = [:]
        while let line = lines.popFirst(), line != indent + "..." {
            guard line.hasPrefix(indent), !line.hasPrefix(indent + "details:") else { continue }
            let text = String(line.dropFirst(indent.count))
            let parts = text.hasPrefix("  - ") ? ["item", String(text.dropFirst(4))] : text.components(": ")
            guard parts.count == 2, let value = try? JSONDocument(parsing: parts[1]).root.value.string else {
                throw Mistake(line: line)
            }
            members[parts[0]] = value
        }
        return members
    }
}

extension String {
    /// The parts in front of and after the first separator.
    fileprivate func components(_ separator: String) -> [String] {
        guard let range = firstRange(of: separator) else { return [self] }
        return [String(self[..<range.lowerBound]), String(self[range.upperBound...])]
    }
}
