package import Exchanges
package import JSONDocument
import Primitives

/// The difference of two JSON values in the form in which swift-custom-dump prints differences.
///
/// Lines of the expected value begin with a minus sign, lines of the received value with a plus sign. Unchanged members
/// and elements are collapsed: one is printed without its content, several as `… (3 unchanged)`.
///
/// ```
///   {
///     … (2 unchanged),
/// −   "status": "CANCELLED",
/// +   "status": "ACTIVE",
///     "total": 12.50
///   }
/// ```
///
/// Numbers keep their spelling. Members are compared by name in any order, elements by index, or aligned where the
/// arrays differ in length. An element at another index is `(moved from [0])`, and arrays with the same elements in
/// another order are printed without them. Of many added or missing elements, only the first ones are printed.
package struct JSONDifferenceText: Sendable {
    /// The characters at the beginning of lines.
    package struct Signs: Sendable {
        let expected: String
        let actual: String
        let both: String

        /// The minus sign, the plus sign and a space of the same width, for proportional fonts too.
        package static let proportional = Signs(expected: "\u{2212}", actual: "+", both: "\u{2007}")
        /// ASCII, as in a unified diff.
        package static let ascii = Signs(expected: "-", actual: "+", both: " ")
    }

    private let signs: Signs
    private let redactor: Redactor
    private let maximumLines: Int
    private let maximumWidth: Int

    /// Writes with `signs`, secrets masked by `redactor`, and at most `maximumLines` lines of `maximumWidth` characters.
    package init(
        signs: Signs = .proportional, redactor: Redactor = .none, maximumLines: Int = 200,
        maximumWidth: Int = 1_000
    ) {
        self.signs = signs
        self.redactor = redactor
        self.maximumLines = max(1, maximumLines)
        self.maximumWidth = max(1, maximumWidth)
    }

    /// The lines without a line feed at the end; `nil` for equal values.
    package func render(expected: JSONValue, actual: JSONValue) -> String? {
        guard expected != actual else { return nil }
        var writer = JSONDifferenceWriter(
            signs: signs, redactor: redactor, maximumLines: maximumLines, maximumWidth: maximumWidth)
        writer.difference(expected, actual, Line())
        if writer.isFull { writer.lines.append(signs.both + " … (lines left out)") }
        return writer.lines.joined(separator: "\n")
    }

    /// The beginning and the end of a line.
    fileprivate struct Line {
        /// `"name": ` or `[0]: `; empty at the root.
        var label = ""
        /// The text after the value: a comma, or nothing after the last one.
        var separator = ""
        var depth = 0

        func child(_ label: String, _ separator: String) -> Line {
            Line(label: label, separator: separator, depth: depth + 1)
        }
    }
}

/// Collects the lines of one difference.
private struct JSONDifferenceWriter {
    typealias Line = JSONDifferenceText.Line

    /// Values below this depth are printed in one line.
    private static let maximumDepth = 64
    /// The most elements in a row that are printed where only one of the arrays has them.
    private static let maximumElements = 10

    let signs: JSONDifferenceText.Signs
    let redactor: Redactor
    let maximumLines: Int
    /// The most scalars of one line; longer lines are cut.
    let maximumWidth: Int
    var lines: [String] = []
    private(set) var isFull = false

    init(signs: JSONDifferenceText.Signs, redactor: Redactor, maximumLines: Int, maximumWidth: Int) {
        self.signs = signs
        self.redactor = redactor
        self.maximumLines = maximumLines
        self.maximumWidth = maximumWidth
    }

    /// Two values that differ.
    mutating func difference(_ expected: JSONValue, _ actual: JSONValue, _ line: Line) {
        switch (expected, actual) {
        case (.object(let one), .object(let other)) where line.depth < Self.maximumDepth:
            write(line.label + "{", line, signs.both)
            children(Self.pairs(one, other), line)
            write("}" + line.separator, line, signs.both)
        case (.array(let one), .array(let other)) where line.depth < Self.maximumDepth:
            write(line.label + "[", line, signs.both)
            if Self.isReordered(one, other) {
                write("… (\(one.count) elements in another order)", line.child("", ""), signs.both)
            } else {
                children(Self.pairs(one, other), line)
            }
            write("]" + line.separator, line, signs.both)
        default:
            whole(expected, line, signs.expected)
            whole(actual, line, signs.actual)
        }
    }

    /// A member or element of one or both values; at least one is present.
    private struct Pair {
        var label: String
        var expected: JSONValue?
        var actual: JSONValue?
        /// The index that an element had in the expected array.
        var movedFrom: Int?
        /// Whether this is an element and not a member.
        var isElement = false
    }

    private static func pairs(_ expected: JSONObject, _ actual: JSONObject) -> [Pair] {
        let common = expected.members.map { member in
            Pair(label: label(member.name), expected: member.value, actual: actual[member.name])
        }
        let added = actual.members.filter { expected[$0.name] == nil }
        return common + added.map { Pair(label: label($0.name), expected: nil, actual: $0.value) }
    }

    private static func pairs(_ expected: [JSONValue], _ actual: [JSONValue]) -> [Pair] {
        let aligned = JSONAlignment.pairs(expected, actual)
        // An element that one side lacks at its place may be at another place there.
        var missing: [JSONValue: [Int]] = [:]
        for pair in aligned where pair.actual == nil {
            if let index = pair.expected { missing[expected[index], default: []].append(index) }
        }
        var moved: Set<Int> = []
        let pairs = aligned.map { pair -> Pair in
            var result = Pair(
                label: "[\(pair.actual ?? pair.expected ?? 0)]: ",
                expected: pair.expected.map { expected[$0] },
                actual: pair.actual.map { actual[$0] }, isElement: true)
            if pair.expected == nil, let value = result.actual, let from = missing[value]?.first {
                missing[value]?.removeFirst()
                moved.insert(from)
                result.movedFrom = from
            }
            return result
        }
        return zip(aligned, pairs).filter { $0.0.actual != nil || !moved.contains($0.0.expected ?? -1) }
            .map(\.1)
    }

    /// Whether both arrays have the same elements in another order.
    private static func isReordered(_ expected: [JSONValue], _ actual: [JSONValue]) -> Bool {
        guard expected.count == actual.count, expected.count > 1 else { return false }
        var counts: [JSONValue: Int] = [:]
        for value in expected { counts[value, default: 0] += 1 }
        for value in actual {
            guard let count = counts[value], count > 0 else { return false }
            counts[value] = count - 1
        }
        return true
    }

    private static func label(_ name: String) -> String { JSONValue.string(name).text + ": " }

    private mutating func children(_ pairs: [Pair], _ line: Line) {
        let lastExpected = pairs.lastIndex { $0.expected != nil }
        let lastActual = pairs.lastIndex { $0.actual != nil }
        var unchanged: [Pair] = []
        var run = OneSidedRun()
        for (index, pair) in pairs.enumerated() {
            guard !isFull else { return }
            if let expected = pair.expected, let actual = pair.actual, expected == actual {
                flush(&run, line)
                unchanged.append(pair)
                continue
            }
            if run.collapses(
                pair.isElement, pair.expected == nil, pair.actual == nil, Self.maximumElements)
            {
                continue
            }
            flush(&run, line)
            flush(&unchanged, line, index <= lastActual ?? -1 ? "," : "")
            switch (pair.expected, pair.actual) {
            case (let expected?, let actual?):
                difference(expected, actual, line.child(pair.label, index == pairs.count - 1 ? "" : ","))
            case (let expected?, nil):
                whole(expected, line.child(pair.label, index == lastExpected ? "" : ","), signs.expected)
            case (nil, let actual?) where pair.movedFrom != nil:
                let separator = index == lastActual ? "" : ","
                write(
                    "\(pair.label)\(outline(actual))\(separator)  (moved from [\(pair.movedFrom ?? 0)])",
                    line.child("", ""), signs.both)
            case (nil, let actual?):
                whole(actual, line.child(pair.label, index == lastActual ? "" : ","), signs.actual)
            case (nil, nil): break
            }
        }
        flush(&run, line)
        flush(&unchanged, line, "")
    }

    /// Elements in a row that only one of the arrays has.
    private struct OneSidedRun {
        var isActual = false
        var count = 0
        var collapsed = 0
        /// The side of the elements that were not printed.
        var collapsesActual = false

        /// Whether the next element is one too many to be printed.
        mutating func collapses(
            _ isElement: Bool, _ lacksExpected: Bool, _ lacksActual: Bool, _ limit: Int
        ) -> Bool {
            guard isElement, lacksExpected != lacksActual else {
                count = 0
                return false
            }
            // Elements of the other side begin a new row.
            if isActual != lacksExpected {
                isActual = lacksExpected
                count = 0
            }
            count += 1
            guard count > limit else { return false }
            collapsed += 1
            collapsesActual = isActual
            return true
        }
    }

    /// Writes the number of elements that were not printed.
    private mutating func flush(_ run: inout OneSidedRun, _ line: Line) {
        guard run.collapsed > 0 else { return }
        write(
            "… (\(run.collapsed) more)", line.child("", ""), run.collapsesActual ? signs.actual : signs.expected)
        run.collapsed = 0
    }

    /// Writes the unchanged part: one member or element without its content, or the number of several.
    private mutating func flush(_ unchanged: inout [Pair], _ line: Line, _ separator: String) {
        defer { unchanged = [] }
        guard let first = unchanged.first, let value = first.actual else { return }
        let child = line.child(first.label, separator)
        let text =
            unchanged.count == 1 ? first.label + outline(value) : "… (\(unchanged.count) unchanged)"
        write(text + separator, child, signs.both)
    }

    private func outline(_ value: JSONValue) -> String {
        switch value {
        case .object(let object): object.isEmpty ? "{}" : "{…}"
        case .array(let elements): elements.isEmpty ? "[]" : "[…]"
        default: value.text
        }
    }

    /// A value with all of its content.
    private mutating func whole(_ value: JSONValue, _ line: Line, _ sign: String) {
        guard !isFull else { return }
        let (label, separator) = (line.label, line.separator)
        switch value {
        case .object(let object) where !object.isEmpty && line.depth < Self.maximumDepth:
            write(label + "{", line, sign)
            for (index, member) in object.members.enumerated() {
                guard !isFull else { return }
                let comma = index == object.count - 1 ? "" : ","
                whole(member.value, line.child(Self.label(member.name), comma), sign)
            }
            write("}" + separator, line, sign)
        case .array(let elements) where !elements.isEmpty && line.depth < Self.maximumDepth:
            write(label + "[", line, sign)
            // A single further element is printed: its number would need as much space.
            let shown = elements.count > Self.maximumElements + 1 ? Self.maximumElements : elements.count
            for (index, element) in elements.prefix(shown).enumerated() {
                guard !isFull else { return }
                let comma = index == elements.count - 1 ? "" : ","
                whole(element, line.child("[\(index)]: ", comma), sign)
            }
            if shown < elements.count {
                write("… (\(elements.count - shown) more)", line.child("", ""), sign)
            }
            write("]" + separator, line, sign)
        default:
            write(label + value.text + separator, line, sign)
        }
    }

    private mutating func write(_ text: String, _ line: Line, _ sign: String) {
        guard lines.count < maximumLines else {
            isFull = true
            return
        }
        let indent = String(repeating: "  ", count: line.depth)
        // Escapes of invisible characters count too.
        let shown = truncated(visibleText(redactor.redact(text)), to: max(8, maximumWidth - 2 - indent.utf8.count))
        lines.append("\(sign) \(indent)\(shown)")
    }
}
