import Diagnostics
import JSONDocument
import SourceText
import Testing

@Suite("The reader of configuration, behaviour and baseline files")
struct DiagnosingReaderTests {
    private static let strict = FileFormat(name: "strict")
    private static let lenient = FileFormat(name: "lenient", allowsEmptyText: true)

    private func reader(_ text: String, _ format: FileFormat = strict) throws -> DiagnosingReader {
        DiagnosingReader(try SourceReader.parse(Array(text.utf8), path: "a.yaml"), as: format)
    }

    private func problems(_ reader: DiagnosingReader) -> [String] {
        reader.diagnostics.sorted.map { diagnostic in
            let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
            return "\(place) \(diagnostic.rule): \(diagnostic.message)" + (diagnostic.help.map { " | \($0)" } ?? "")
        }
    }

    @Test("known members are returned in order, unknown ones are reported with the nearest name")
    func members() throws {
        var reader = try reader("{beta: 1, aplha: 2, alpha: 3, zzz: 4}")
        let found = reader.members(of: reader.root, "the file", known: ["alpha", "beta"])
        #expect(found.map(\.name) == ["beta", "alpha"])
        #expect(
            problems(reader) == [
                "1:11 strict.unknown-key: the file has no key 'aplha' | did you mean `alpha`?",
                "1:31 strict.unknown-key: the file has no key 'zzz' | the known keys are alpha, beta",
            ])
    }

    @Test("a value that is not a map has no members and no fields", arguments: ["[]", "1", "a", "null"])
    func notMap(text: String) throws {
        var reader = try reader(text)
        #expect(reader.members(of: reader.root, "the file").isEmpty)
        #expect(reader.fields(reader.root, "the file", known: ["a"]) == nil)
        #expect(reader.diagnostics.entries.map(\.rule) == ["strict.wrong-type", "strict.wrong-type"])
    }

    @Test("empty texts and names are mistakes where the format says so")
    func empty() throws {
        for format in [Self.strict, Self.lenient] {
            var reader = try reader("{'': 1, a: ''}", format)
            let found = reader.members(of: reader.root, "the file")
            let text = try #require(reader.root["a"])
            #expect(found.count == (format.allowsEmptyText ? 2 : 1))
            #expect(reader.text(text, "a") == (format.allowsEmptyText ? "" : nil))
            #expect(problems(reader).count == (format.allowsEmptyText ? 0 : 2))
        }
    }

    @Test("a value of the wrong kind, outside of its range or not among its words is reported and nil")
    func values() throws {
        var reader = try reader("{number: 7, word: soem, list: [a, 1, b], flag: 'yes'}")
        let root = reader.root
        let (number, word) = (try #require(root["number"]), try #require(root["word"]))
        let (list, flag) = (try #require(root["list"]), try #require(root["flag"]))
        #expect(reader.text(number, "number") == nil)
        #expect(reader.integer(number, "number", in: 1...7) == 7)
        #expect(reader.integer(number, "number", in: 8...9) == nil)
        #expect(reader.word(word, "word", ["some", "none"]) == nil)
        #expect(reader.texts(list, "list").map(\.text) == ["a", "b"])
        #expect(reader.texts(word, "word").map(\.text) == ["soem"])
        #expect(reader.boolean(flag, "flag") == nil)
        #expect(reader.required("other", [:], of: root, "the file") == nil)
        #expect(
            problems(reader) == [
                "1:1 strict.missing-key: the file requires `other`",
                "1:10 strict.wrong-type: number must be a string, found number | quote it",
                "1:10 strict.wrong-type: number must be a whole number from 8 to 9, found 7",
                "1:19 strict.unknown-choice: unknown value for word: 'soem' | did you mean `some`?",
                "1:35 strict.wrong-type: each entry of list must be a string, found number | quote it",
                "1:48 strict.wrong-type: flag must be true or false, found string",
            ])
    }

    @Test("names in messages are cut and have no control characters")
    func hostile() throws {
        var reader = try reader("{\"\\u001b\(String(repeating: "x", count: 200))\": 1}")
        _ = reader.members(of: reader.root, "the file", known: [])
        let message = try #require(reader.diagnostics.entries.first?.message)
        #expect(message == "the file has no key '\u{FFFD}\(String(repeating: "x", count: 79))'")
    }
}
