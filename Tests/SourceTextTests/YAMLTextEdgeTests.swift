import JSONDocument
import SourceText
import TestKit
import Testing

/// Values that are written as YAML and read again: odd characters, long names, deep and random values.
@Suite("Writing unusual values as YAML")
struct YAMLTextEdgeTests {
    private static func check(_ value: JSONValue, _ what: String) {
        let written = YAMLText.write(value)
        let read = try? SourceReader.parse(Array(written.utf8), path: "x.yaml").document.root.value
        #expect(read == value && read?.text == value.text, "\(what): \(written.prefix(200))")
    }

    private static func placed(_ text: String) -> [JSONValue] {
        let plain = JSONValue.string(text)
        return [
            plain, .array([plain]), ["key": plain], .object(JSONObject([(text, 1)])),
            .array([.object(JSONObject([(text, plain)]))]),
            ["key": .array([.object(JSONObject([(text, .array([plain]))]))])],
        ]
    }

    // YAML 1.2.2, section 5.1, lists the characters that need an escape; section 5.4 those that were line breaks in 1.1.
    @Test(
        "each character is read back, wherever it is in a text",
        arguments: [
            0x00, 0x07, 0x09, 0x0A, 0x0D, 0x1B, 0x1F, 0x20, 0x21, 0x22, 0x23, 0x25, 0x26, 0x27, 0x2A, 0x2C, 0x2D, 0x3A,
            0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x60, 0x7B, 0x7C, 0x7D, 0x7E, 0x7F, 0x80, 0x84, 0x85, 0x86, 0x9F, 0xA0,
            0xA1, 0x2028, 0x2029, 0x200B, 0x202E, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFE, 0xFFFF, 0x10000, 0x1F600,
            0x10FFFD, 0x10FFFF,
        ] as [UInt32])
    func characters(code: UInt32) throws {
        let character = String(Character(try #require(Unicode.Scalar(code))))
        for text in [
            character, character + "a", "a" + character, "a" + character + "b", "a " + character, character + " a",
            "a\n" + character, character + "\nb", "a\n" + character + "\n", character + character,
        ] {
            for value in Self.placed(text) { Self.check(value, "U+\(String(code, radix: 16))") }
        }
    }

    // YAML 1.2.2, section 7.4.2: a key without a question mark has at most 1024 characters.
    @Test(
        "a text of any length is read back as a value and as a name",
        arguments: [199, 200, 201, 1_000, 1_022, 1_024, 1_025, 5_000])
    func long(length: Int) {
        for letter in ["a", "é", "'", "\"", "\u{1}", "😀", " "] {
            let text = "x" + String(repeating: letter, count: length - 1)
            for value in Self.placed(text) { Self.check(value, "\(length) times \(letter)") }
        }
    }

    @Test(
        "words that other readers take for values are in quotes",
        arguments: [
            "true", "False", "NULL", "~", "yes", "No", "ON", "off", "y", "N", "1", "-1", "+1", "1_000", "0x1F", "0o7",
            "1e3",
            ".5", "1.", ".inf", "-.INF", ".nan", "12:30", "2024-01-01", "2024-01-01T00:00:00Z", "=", "<<", "!!str", "-",
            "?",
            ":", "---", "...", "", " ", "a: b", "a:", "a #b", "- a", "? a", "@a", "`a", "%a", "&a", "*a", "!a", "|",
            ">", "[", "{",
        ])
    func quoted(text: String) {
        for line in [
            YAMLText.key(text), YAMLText.write(.string(text)).split(separator: "\n").first.map(String.init) ?? "",
        ] {
            #expect(line.hasPrefix("'") || line.hasPrefix("\""), "\(line)")
            #expect(line.utf8.last == line.utf8.first && line.utf8.count > 1)
        }
        for value in Self.placed(text) { Self.check(value, text) }
    }

    @Test(
        "ordinary words, paths and addresses have no quotes",
        arguments: [
            "a", "abc", "/a/{b}", "application/json", "_x", "a-b", "a.b", "a,b", "x=1", "https://a.example/b", "A1",
        ])
    func plain(text: String) {
        #expect(YAMLText.key(text) == text)
        #expect(YAMLText.write(.string(text)) == text + "\n")
    }

    @Test(
        "a text of several lines is a block if every line is visible in it",
        arguments: [
            ("a\nb", "|-\n  a\n  b\n"), ("a\nb\n", "|\n  a\n  b\n"), ("a\n\nb", "|-\n  a\n\n  b\n"),
            ("a\n  b\n", "|\n  a\n    b\n"), ("# a\n- b", "|-\n  # a\n  - b\n"), ("é\n日", "|-\n  é\n  日\n"),
        ])
    func blocks(text: String, written: String) {
        #expect(YAMLText.write(.string(text)) == written)
        for value in Self.placed(text) { Self.check(value, text) }
    }

    @Test(
        "a text of several lines is in quotes if a block would hide a part of it",
        arguments: [
            "\na", " a\nb", "a \nb", "a\nb ", "a\n\n", "\n", "\n\n", "a\tb\nc", "a\r\nb", "a\n\u{85}b", "a\n \nb",
        ])
    func noBlocks(text: String) {
        let written = YAMLText.write(["k": .string(text)])
        #expect(written.hasPrefix("k: \"") && written.filter { $0 == "\n" }.count == 1, "\(written)")
        for value in Self.placed(text) { Self.check(value, text) }
    }

    @Test(
        "numbers keep their spelling",
        arguments: [
            "0", "-0", "1.0", "1.50", "1e400", "-2.5e+3", "1E-7", "123456789012345678901234567890", "0.1", "-1",
        ])
    func numbers(spelling: String) throws {
        let value = try JSONDocument(parsing: spelling).root.value
        #expect(YAMLText.write(value) == spelling + "\n")
        let list = YAMLText.write(.array([value, ["a": value]]))
        #expect(list == "- \(spelling)\n- a: \(spelling)\n")
        #expect(try json(list) == "[\(spelling),{\"a\":\(spelling)}]")
    }

    @Test("random values are read back, with the order of their members")
    func random() {
        var random = SplitMix(seed: 42)
        func value(_ depth: Int) -> JSONValue {
            switch random.number(below: depth > 0 ? 8 : 5) {
            case 0: return .null
            case 1: return .boolean(random.once(in: 2))
            case 2: return .number(JSONNumber(random.number(below: 2_000) - 1_000))
            case 3, 4:
                let pieces = [
                    "a", " ", "\n", ":", "#", "- ", "'", "\"", "\\", "é", "\t", "{", "]", ",", "?", "1", "|", "\r",
                ]
                return .string((0..<random.number(below: 6)).map { _ in random.pick(pieces) }.joined())
            case 5: return .array((0..<random.number(below: 4)).map { _ in value(depth - 1) })
            default:
                let names = ["b", "a", "on", "x y", "", "1", "-", "a: b", "\n", "é"]
                return .object(
                    JSONObject((0..<random.number(below: 4)).map { _ in (random.pick(names), value(depth - 1)) }))
            }
        }
        for round in 0..<400 { Self.check(value(4), "round \(round)") }
    }

    @Test("deep values are read back", arguments: [1, 10, 100])
    func deep(depth: Int) {
        var list: JSONValue = "x"
        var map: JSONValue = "x"
        var mixed: JSONValue = []
        for level in 0..<depth {
            list = .array([list])
            map = ["a": map]
            mixed = level.isMultiple(of: 2) ? .array([mixed, 1]) : ["a": mixed, "b": 1]
        }
        for value in [list, map, mixed] { Self.check(value, "\(depth) levels") }
    }
}
