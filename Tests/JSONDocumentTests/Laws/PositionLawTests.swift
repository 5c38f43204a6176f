import JSONDocument
import TestKit
import Testing

/// Positions and repeated names of random texts, against a plain count.
@Suite("Laws of positions")
struct PositionLawTests {
    /// The text of a value with random blanks between its parts.
    private static func spaced(_ value: JSONValue, using random: inout SplitMix) -> String {
        let blanks = ["", "", " ", "\n", "\r\n", "\r", "\t", " \n  ", "\r\n\r\n"]
        func blank() -> String { random.pick(blanks) }
        switch value {
        case .object(let object):
            let members = object.members.map { member in
                blank() + JSONValue.string(member.name).text + blank() + ":" + spaced(member.value, using: &random)
            }
            return blank() + "{" + members.joined(separator: ",") + blank() + "}" + blank()
        case .array(let elements):
            return blank() + "[" + elements.map { spaced($0, using: &random) }.joined(separator: ",") + blank() + "]"
                + blank()
        default: return blank() + value.text + blank()
        }
    }

    /// Line and column of a byte offset: lines end with LF, CR LF or a lone CR, and columns count Unicode scalars.
    private static func place(of offset: Int, in text: String) -> (line: Int, column: Int) {
        var (line, column, count) = (1, 1, 0)
        let scalars = Array(text.unicodeScalars)
        for (index, scalar) in scalars.enumerated() {
            if count >= offset { break }
            count += UTF8.width(scalar)
            let isPair = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
            if scalar == "\n" || (scalar == "\r" && !isPair) {
                (line, column) = (line + 1, 1)
            } else {
                column += 1
            }
        }
        return (line, column)
    }

    private static func nodes(_ root: JSONNode) -> [JSONNode] {
        [root] + root.elements.flatMap(nodes) + root.members.flatMap { nodes($0.value) }
    }

    @Test("every value is at the place where its text begins")
    func positions() throws {
        var random = SplitMix(seed: 1)
        for _ in 0..<60 {
            let text = Self.spaced(JSONValue.random(depth: 2, using: &random), using: &random)
            let bytes = Array(text.utf8)
            let document = try JSONDocument(parsing: text)
            for node in Self.nodes(document.root) {
                let position = node.position
                let place = Self.place(of: position.offset, in: text)
                #expect(position.line == place.line && position.column == place.column)
                let spelling = Array(node.spelling.utf8)
                #expect(bytes[position.offset] == spelling.first)
                if !["object", "array", "string"].contains(node.kind.name) {
                    #expect(bytes[position.offset...].starts(with: spelling))
                }
            }
            for member in Self.nodes(document.root).flatMap({ Array($0.members) }) {
                let position = member.namePosition
                #expect(bytes[position.offset] == UInt8(ascii: "\""))
                let place = Self.place(of: position.offset, in: text)
                #expect(position.line == place.line && position.column == place.column)
                #expect(position < member.value.position)
            }
        }
    }

    @Test("a text that is cut anywhere is rejected inside of itself")
    func cut() {
        var random = SplitMix(seed: 2)
        for _ in 0..<40 {
            let text = "[" + Self.spaced(JSONValue.random(depth: 2, using: &random), using: &random) + "]"
            let bytes = Array(text.utf8)
            let length = random.number(below: bytes.count)
            let error = syntaxError(Array(bytes[..<length]))
            #expect(error != nil, "\(length) of \(text)")
            #expect(error.map { (0...length).contains($0.position.offset) } == true)
        }
    }

    @Test("a byte order mark moves offsets, but neither lines nor columns")
    func mark() throws {
        var random = SplitMix(seed: 3)
        for _ in 0..<40 {
            let text = Self.spaced(JSONValue.random(depth: 2, using: &random), using: &random)
            let plain = Self.nodes(try JSONDocument(parsing: text).root).map(\.position)
            let marked = Self.nodes(try JSONDocument(parsing: "\u{FEFF}" + text).root).map(\.position)
            #expect(
                zip(plain, marked).allSatisfy {
                    $0.line == $1.line && $0.column == $1.column && $0.offset + 3 == $1.offset
                })
        }
    }

    @Test("each repetition of a name is listed with the first place of that name, and the last value counts")
    func repetitions() throws {
        var random = SplitMix(seed: 4)
        for _ in 0..<200 {
            let names = (0..<random.number(below: 40)).map { _ in
                random.pick(["a", "b", "c", "dé", "", "n\(random.number(below: 20))"])
            }
            let text = "{" + names.enumerated().map { "\"\($1)\":\($0)" }.joined(separator: ",\n") + "}"
            let document = try JSONDocument(parsing: text)
            var first: [String: Int] = [:]
            var expected: [String] = []
            for (index, name) in names.enumerated() {
                if let earlier = first[name] {
                    expected.append("\(name) \(earlier + 1) \(index + 1)")
                } else {
                    first[name] = index
                }
            }
            #expect(document.duplicateNames.map { "\($0.name) \($0.first.line) \($0.second.line)" } == expected)
            for name in Set(names) {
                #expect(document.root[name]?.number?.int == names.lastIndex { $0 == name })
                #expect(document.root.value[name]?.number?.int == names.lastIndex { $0 == name })
            }
            #expect(document.root.count == names.count && document.root.value.object?.count == Set(names).count)
        }
    }

    // MARK: Limits

    @Test("each limit accepts its number and rejects one more")
    func limits() throws {
        for depth in [1, 2, 5, 64] {
            let text = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
            let limits = JSONLimits(maximumDepth: depth)
            #expect(syntaxError(text(depth), limits: limits) == nil)
            #expect(syntaxError(text(depth + 1), limits: limits)?.reason == .tooDeep)
            // Objects count as arrays do, and siblings do not add up.
            let objects = String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
            #expect(syntaxError(objects, limits: limits) == nil)
            if depth > 1 { #expect(syntaxError("[[],[],[]]", limits: limits) == nil) }
        }
        for count in [1, 2, 10] {
            let limits = JSONLimits(maximumNodes: count)
            let text = { (elements: Int) in "[" + Array(repeating: "0", count: elements).joined(separator: ",") + "]" }
            #expect(syntaxError(text(count - 1), limits: limits) == nil)
            #expect(syntaxError(text(count), limits: limits)?.reason == .tooManyValues)
        }
        for count in [1, 5, 100] {
            let limits = JSONLimits(maximumBytes: count)
            #expect(syntaxError(String(repeating: "1", count: count), limits: limits) == nil)
            #expect(syntaxError(String(repeating: "1", count: count + 1), limits: limits)?.reason == .tooLarge)
        }
    }

    @Test("no limit allows more than the ceiling of depth")
    func ceiling() {
        let limits = JSONLimits(maximumDepth: .max)
        let text = { String(repeating: "[", count: $0) + String(repeating: "]", count: $0) }
        #expect(syntaxError(text(JSONLimits.depthCeiling), limits: limits) == nil)
        #expect(syntaxError(text(JSONLimits.depthCeiling + 1), limits: limits)?.reason == .tooDeep)
        #expect(syntaxError(text(1_000_000), limits: limits)?.reason == .tooDeep)
    }
}
