import JSONDocument
import TestKit
import Testing

/// Tables of names against a dictionary, and names that share their length, their beginning or their end.
@Suite("Laws of name tables")
struct NameTableLawTests {
    private static func names(_ root: JSONNode, _ body: (JSONTape, Int) -> Void) {
        root.withTape { tape, index in
            var name = tape.firstChild(of: index)
            while name < tape.end(of: index) {
                body(tape, name)
                name = tape.end(of: name + 1)
            }
        }
    }

    private static func found(_ table: JSONNameTable<Int>, in text: String) throws -> [Int?] {
        var found: [Int?] = []
        names(try JSONDocument(parsing: text).root) { found.append(table.value(ofName: $1, on: $0)) }
        return found
    }

    /// The name with each scalar as an escape; a scalar beyond U+FFFF is a pair of surrogates (RFC 8259, section 7).
    private static func escaped(_ name: String) -> String {
        "\"" + name.utf16.map { "\\u" + String($0, radix: 16).padded }.joined() + "\""
    }

    @Test("a name is found exactly if the table has it, plain or escaped")
    func dictionary() throws {
        var random = SplitMix(seed: 61)
        let letters = ["a", "b", "A", "é", "e\u{301}", "😀", "\"", "\\", "/", "\u{0}", " "]
        for _ in 0..<150 {
            func name() -> String { (0..<random.number(below: 5)).map { _ in random.pick(letters) }.joined() }
            let entries = (0..<random.number(below: 40)).map { (name(), $0) }
            let table = JSONNameTable(entries)
            let wanted = entries.map(\.0) + (0..<20).map { _ in name() }
            // The first value of a repeated name counts.
            let expected = wanted.map { name in entries.first { $0.0.utf8.elementsEqual(name.utf8) }?.1 }
            let plain = "{" + wanted.map { JSONValue.string($0).text + ":0" }.joined(separator: ",") + "}"
            let coded = "{" + wanted.map { Self.escaped($0) + ":[{}]" }.joined(separator: ",") + "}"
            #expect(try Self.found(table, in: plain) == expected)
            #expect(try Self.found(table, in: coded) == expected)
        }
    }

    @Test("names of the same length, beginning and end are distinct", arguments: [1, 7, 8, 9, 15, 16, 17, 63, 300])
    func similar(length: Int) throws {
        let base = [UInt8](repeating: UInt8(ascii: "a"), count: length)
        // One name for each place at which one letter differs, and the base itself.
        var names = [String(decoding: base, as: UTF8.self)]
        for place in 0..<length {
            var bytes = base
            bytes[place] = UInt8(ascii: "b")
            names.append(String(decoding: bytes, as: UTF8.self))
        }
        for missing in Set([0, 1, length / 2, length]) {
            let entries = names.enumerated().filter { $0.offset != missing }.map { ($0.element, $0.offset) }
            let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
            let expected = names.indices.map { $0 == missing ? nil : $0 }
            #expect(try Self.found(JSONNameTable(entries), in: text) == expected, "without \(missing)")
        }
    }

    @Test("names are distinct if a zero byte or a blank is added", arguments: ["", "a", "abcdefgh", "é"])
    func added(name: String) throws {
        let table = JSONNameTable([(name, 1)])
        let others = [
            name + "\u{0}", "\u{0}" + name, name + " ", " " + name, name + name + "x", name.uppercased() + "!",
        ]
        let text = "{" + ([name] + others).map { JSONValue.string($0).text + ":0" }.joined(separator: ",") + "}"
        #expect(try Self.found(table, in: text) == [1] + others.map { _ in nil })
    }
}

extension String {
    /// Four hexadecimal digits.
    fileprivate var padded: String { String(repeating: "0", count: 4 - utf8.count) + self }
}

/// The pointers and the text of values of a document, with repeated names and with escapes.
@Suite("Pointers and spelling of values of a document")
struct NodePathTests {
    private static func nodes(_ root: JSONNode) -> [JSONNode] {
        [root] + root.elements.flatMap(nodes) + root.members.flatMap { nodes($0.value) }
    }

    @Test("the pointer of a value leads to the value")
    func pointers() throws {
        var random = SplitMix(seed: 71)
        for _ in 0..<60 {
            let value = JSONValue.random(depth: 3, using: &random)
            let document = try JSONDocument(parsing: value.text(.pretty))
            var seen: Set<JSONPointer> = []
            for node in Self.nodes(document.root) {
                let pointer = node.pointer
                #expect(seen.insert(pointer).inserted, "\(pointer)")
                #expect(document.root.node(at: pointer)?.position == node.position, "\(pointer)")
                #expect(document.node(tapeIndex: node.tapeIndex)?.pointer == pointer)
            }
        }
    }

    @Test(
        "the pointer of a value has its names unescaped and its indexes counted from 0",
        arguments: [
            ("1", [""]), ("[]", [""]), ("{}", [""]), ("[1,[2,{}],3]", ["", "/0", "/1", "/1/0", "/1/1", "/2"]),
            ("{\"a/b\":{\"~\":[0]}}", ["", "/a~1b", "/a~1b/~0", "/a~1b/~0/0"]),
            ("{\"\\u0061\":{\"\":1}}", ["", "/a", "/a/"]), ("[[[]],[[]]]", ["", "/0", "/0/0", "/1", "/1/0"]),
            ("{\"a\":[],\"b\":{},\"c\":[{}]}", ["", "/a", "/b", "/c", "/c/0"]),
        ])
    func written(text: String, pointers: [String]) throws {
        let document = try JSONDocument(parsing: text)
        #expect(Self.nodes(document.root).map(\.pointer.description) == pointers)
    }

    @Test("an index of the tape that is a name or outside of the tape has no value")
    func outside() throws {
        let document = try JSONDocument(parsing: #"{"a":[1,2],"b":"c"}"#)
        let all = Set(Self.nodes(document.root).map(\.tapeIndex))
        for index in -3..<20 { #expect((document.node(tapeIndex: index) != nil) == all.contains(index), "\(index)") }
        #expect(document.node(tapeIndex: .max) == nil && document.node(tapeIndex: .min) == nil)
    }

    @Test(
        "the spelling of a value has no blanks, keeps digits and repeated names, and has the fewest escapes",
        arguments: [
            ("[ 1.50 , -0 , 1E+2 ]", "[1.50,-0,1E+2]"), ("{ \"a\" : 1 , \"a\" : 2 }", "{\"a\":1,\"a\":2}"),
            ("\"\\u0041\\/\\u00e9\\u000a\"", "\"A/é\\n\""), ("\"\\ud83d\\ude00\"", "\"😀\""),
            ("\" \\u0000 \"", "\" \\u0000 \""),
            ("[[],{},[{}],{\"a\":[]}]", "[[],{},[{}],{\"a\":[]}]"), (" true ", "true"), ("\r\n\tnull", "null"),
            ("{\"\\\"\":\"\\\\\"}", "{\"\\\"\":\"\\\\\"}"),
        ])
    func spelling(text: String, spelling: String) throws {
        let root = try JSONDocument(parsing: text).root
        #expect(root.spelling == spelling)
        // The spelling is JSON again, with the same value and the same spelling.
        let again = try JSONDocument(parsing: root.spelling).root
        #expect(again.value == root.value && again.spelling == spelling)
    }

    @Test("repeated names are listed with their pointers, in every depth")
    func repeated() throws {
        let text = #"{"a":{"x":1,"x":2},"b":[{"y":0},{"y":1,"z":2,"y":3,"y":4}],"a":5}"#
        let document = try JSONDocument(parsing: text)
        #expect(
            document.duplicateNames.map { "\($0.pointer) \($0.first) \($0.second)" } == [
                "/a/x 1:7 1:13", "/b/1/y 1:34 1:46", "/b/1/y 1:34 1:52", "/a 1:2 1:60",
            ])
        #expect(!document.hasMoreDuplicateNames)
        // The last member counts.
        #expect(document.root["a"]?.spelling == "5")
    }
}
