import Exchanges
import JSONDocument
import TestKit
import Testing

@testable import Reporting

/// Properties of the printed difference of two JSON values.
@Suite("Printed differences of random values")
struct JSONDifferencePropertyTests {
    private static func value(_ random: inout SplitMix, _ depth: Int = 0) -> JSONValue {
        switch random.number(below: depth > 3 ? 4 : 6) {
        case 0: return .number(JSONNumber(random.number(below: 4)))
        case 1: return .string(random.pick(["a", "b", "swordfish-42", "x\n\u{202E}"]))
        case 2: return .null
        case 3: return .boolean(random.once(in: 2))
        case 4:
            let count = random.number(below: 5)
            return .array((0..<count).map { _ in value(&random, depth + 1) })
        default:
            let names = ["a", "b", "c/d", "é"].filter { _ in random.once(in: 2) }
            return .members(names.map { ($0, value(&random, depth + 1)) })
        }
    }

    /// A value and a copy with some changes, so that both have parts in common.
    private static func pair(_ random: inout SplitMix) -> (JSONValue, JSONValue) {
        let one = value(&random)
        guard !random.once(in: 3) else { return (one, value(&random)) }
        var other = one
        for pointer in ["a", "b", "0", "1"] where random.once(in: 2) {
            other.set(value(&random, 2), at: JSONPointer([pointer]))
        }
        return (one, other)
    }

    @Test("equal values have no difference, and others have a line with a sign")
    func differs() {
        var random = SplitMix(seed: 8)
        let writer = JSONDifferenceText(signs: .ascii)
        for _ in 0..<1_500 {
            let (one, other) = Self.pair(&random)
            let text = writer.render(expected: one, actual: other)
            #expect((text == nil) == (one == other), "\(one.text) \(other.text)")
            guard let text else { continue }
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            #expect(lines.allSatisfy { ["- ", "+ ", "  "].contains($0.prefix(2)) }, "\(text)")
            // Arrays in another order are described, and moved elements too.
            let isMoved = text.contains("another order") || text.contains("moved from")
            #expect(isMoved || lines.contains { !$0.hasPrefix("  ") }, "\(text)")
        }
    }

    @Test("each side that is printed alone has only its own sign")
    func sides() throws {
        var random = SplitMix(seed: 9)
        let writer = JSONDifferenceText(signs: .ascii)
        for _ in 0..<300 {
            let value = Self.value(&random)
            let removed = try #require(writer.render(expected: .members([("k", value)]), actual: .members([])))
            let added = try #require(writer.render(expected: .members([]), actual: .members([("k", value)])))
            let inner = removed.split(separator: "\n").dropFirst().dropLast()
            #expect(inner.allSatisfy { $0.hasPrefix("-") } && removed.hasPrefix("  {\n") && removed.hasSuffix("\n  }"))
            // The other direction has the same lines with the other sign.
            let swapped = added.split(separator: "\n").map { $0.hasPrefix("+") ? "-" + $0.dropFirst() : String($0) }
            #expect(swapped == removed.split(separator: "\n").map { String($0) })
        }
    }

    @Test("brackets are closed at the depth at which they are opened")
    func brackets() throws {
        var random = SplitMix(seed: 10)
        let writer = JSONDifferenceText(signs: .ascii)
        for _ in 0..<500 {
            let (one, other) = Self.pair(&random)
            guard let text = writer.render(expected: one, actual: other) else { continue }
            var open: [Int] = []
            for line in text.split(separator: "\n").map({ $0.dropFirst(2) }) {
                let indent = line.prefix { $0 == " " }.count
                let rest = line.drop { $0 == " " }
                if rest.hasPrefix("}") || rest.hasPrefix("]") {
                    #expect(open.popLast() == indent, "\(text)")
                } else if rest.hasSuffix("{") || rest.hasSuffix("[") {
                    open.append(indent)
                }
            }
            #expect(open.isEmpty, "\(text)")
        }
    }

    @Test(
        "no line is wider or shows a secret or an invisible character, and the number of lines is bounded",
        arguments: [20, 34, 74, 194])
    func bounds(width: Int) {
        var random = SplitMix(seed: width)
        let redactor = Redactor(secrets: [("KEY", "swordfish-42")])
        let writer = JSONDifferenceText(signs: .ascii, redactor: redactor, maximumLines: 9, maximumWidth: width)
        for _ in 0..<400 {
            let (one, other) = Self.pair(&random)
            let text = writer.render(expected: one, actual: other) ?? ""
            let lines = text.split(separator: "\n")
            #expect(lines.count <= 10 && !text.contains("swordfish"))
            #expect(lines.allSatisfy { $0.unicodeScalars.count <= width }, "\(text)")
            #expect(!text.contains("\u{202E}"))
        }
    }
}
