import Foundation
import JSONDocument
import SourceText
import TestKit
import Testing

/// Random values, written in every style that YAML has for them, are read as the same values.
@Suite("YAML in random styles")
struct YAMLRoundTripTests {
    @Test("a value is read as it was written", arguments: 0..<60)
    func roundTrip(seed: Int) throws {
        var writer = StyleWriter(seed: seed)
        for _ in 0..<12 {
            let value = writer.value(depth: 4)
            let text = writer.document(value)
            let read = try SourceReader.parse(Array(text.utf8), path: "a.yaml").document.root.value
            #expect(read == value, "\(text)\nread as \(read.text)\ninstead of \(value.text)")
        }
    }

    @Test("a list that is written as JSON is the same list", arguments: 100..<120)
    func json(seed: Int) throws {
        var writer = StyleWriter(seed: seed)
        for _ in 0..<12 {
            let value: JSONValue = [writer.value(depth: 4)]
            for text in [value.text, value.text(.pretty)] {
                #expect(try SourceReader.parse(Array(text.utf8), path: "a.yaml").document.root.value == value)
            }
        }
    }
}

/// Writes values as YAML, each in a style that the random numbers choose.
private struct StyleWriter {
    private var random: SplitMix

    init(seed: Int) { random = SplitMix(seed: seed) }

    private static let texts = [
        "", "a", "a b", "null", "true", "~", "12", "1.5", "0x1F", "-", "- a", "a: b", "# a", "a #b", "é日😀", "it's",
        "\"q\"", "back\\slash",
        "[a]", "{a}", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a", "a,b", "?", "? a", ":", "a:", "tab\tin",
        "two\nlines", "end\n", "\nfirst",
        "  indented", "trailing  ", "a\n\nb", "a\n  b\nc", "---", "...", "2024-01-01", "yes", "=", "<<", "1_000",
        "\u{7F}", "\u{85}", "\u{FEFF}",
    ]

    mutating func value(depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 10 : 6) {
        case 0: return .null
        case 1: return .boolean(random.once(in: 2))
        case 2: return .number(JSONNumber(random.number(below: 2_000) - 1_000))
        case 3:
            return JSONNumber(random.pick(["0.5", "-1.25", "1e3", "123456789012345678901234567890", "0"])).map {
                .number($0)
            } ?? .null
        case 4, 5: return .string(random.pick(Self.texts))
        case 6, 7: return .array((0..<random.number(below: 4)).map { _ in value(depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<random.number(below: 4) { object[random.pick(Self.texts)] = value(depth: depth - 1) }
            return .object(object)
        }
    }

    mutating func document(_ value: JSONValue) -> String {
        let start = random.pick(["", "---\n", "# a comment\n", "\n\n"])
        switch value {
        case .array(let elements) where !elements.isEmpty && !random.once(in: 3):
            return start + block(elements, 0) + "\n"
        case .object(let object) where !object.isEmpty && !random.once(in: 3): return start + block(object, 0) + "\n"
        default: return start + flow(value) + random.pick(["", "\n", "\n...\n"])
        }
    }

    // MARK: Block style

    private mutating func block(_ elements: [JSONValue], _ indent: Int) -> String {
        elements.map { String(repeating: " ", count: indent) + "-" + nested($0, indent) }.joined(separator: "\n")
    }

    private mutating func block(_ object: JSONObject, _ indent: Int) -> String {
        object.members.map { member in
            String(repeating: " ", count: indent) + name(member.name) + ":" + nested(member.value, indent)
        }.joined(separator: "\n")
    }

    /// What comes behind `-` or `:`.
    private mutating func nested(_ value: JSONValue, _ indent: Int) -> String {
        let deeper = indent + 1 + random.number(below: 3)
        let comment = random.once(in: 6) ? " # a comment" : ""
        switch value {
        case .array(let elements) where !elements.isEmpty && random.once(in: 2):
            return comment + "\n" + block(elements, deeper)
        case .object(let object) where !object.isEmpty && random.once(in: 2):
            return comment + "\n" + block(object, deeper)
        case .string(let text) where random.once(in: 3):
            if let literal = literal(text, deeper) { return " " + literal }
            return " " + quoted(text)
        default: return random.pick([" ", "  ", "\n" + String(repeating: " ", count: deeper)]) + flow(value) + comment
        }
    }

    /// A literal block scalar; `nil` for a text that none can contain.
    private mutating func literal(_ text: String, _ indent: Int) -> String? {
        let isPrintable = text.unicodeScalars.allSatisfy {
            $0 == "\n" || $0 == "\t" || (0x20...0x7E).contains($0.value) || $0.value > 0xA0 && $0.value != 0xFEFF
        }
        guard isPrintable, !text.isEmpty, text != "\n", !text.hasPrefix("\n") else { return nil }
        var lines = text.components(separatedBy: "\n")
        let keeps = lines.last == ""
        if keeps { lines.removeLast() }
        guard lines.last?.isEmpty == false else { return nil }
        let padding = String(repeating: " ", count: indent)
        // Relative indentation is counted from the parent, so it is written only where it is certain to be needed.
        guard !text.hasPrefix(" "), !text.hasPrefix("\t") else { return nil }
        return "|" + (keeps ? "" : "-") + "\n" + lines.map { $0.isEmpty ? "" : padding + $0 }.joined(separator: "\n")
    }

    // MARK: Flow style

    private mutating func flow(_ value: JSONValue) -> String {
        switch value {
        case .null: return random.pick(["null", "~", "Null", "NULL"])
        case .boolean(let flag): return random.pick(flag ? ["true", "True", "TRUE"] : ["false", "False", "FALSE"])
        case .number(let number): return number.lexeme
        case .string(let text): return quoted(text)
        case .array(let elements):
            let parts = elements.map { flow($0) }
            return "[" + parts.joined(separator: random.pick([", ", " , "])) + "]"
        case .object(let object):
            let parts = object.members.map { "\(name($0.name)): \(flow($0.value))" }
            return "{" + parts.joined(separator: ", ") + "}"
        }
    }

    private mutating func name(_ text: String) -> String { quoted(text) }

    /// In double quotes, in single quotes or plain, as far as the text allows it.
    private mutating func quoted(_ text: String) -> String {
        let isWord =
            text.first?.isLetter == true && text.allSatisfy { $0.isLetter } && !["null", "true", "yes"].contains(text)
        if isWord, random.once(in: 2) { return text }
        let isSimple = text.unicodeScalars.allSatisfy {
            (0x20...0x7E).contains($0.value) || ($0.value > 0xA0 && $0.value != 0xFEFF)
        }
        if isSimple, random.once(in: 2) { return "'" + text.replacingOccurrences(of: "'", with: "''") + "'" }
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += random.pick(["\\n", "\\x0A", "\\u000a"])
            case "\t": result += random.pick(["\\t", "\t"])
            case _ where scalar.value < 0x20 || (0x7F...0xA0).contains(scalar.value) || scalar.value == 0xFEFF:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
