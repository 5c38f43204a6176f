import JSONDocument
import Testing

@Suite("Nodes")
struct NodeTests {
    @Test("every accessor returns a value only for its own kind")
    func accessors() throws {
        let root = try JSONDocument(parsing: #"[null, true, -1.50, "s", [1, 2], {"a": 1}]"#).root
        let nodes = Array(root.elements)
        #expect(nodes.map(\.kind) == [.null, .boolean, .number, .string, .array, .object])
        #expect(nodes.map(\.kind.name) == ["null", "boolean", "number", "string", "array", "object"])
        #expect(nodes.map(\.isNull) == [true, false, false, false, false, false])
        #expect(nodes.map(\.boolean) == [nil, true, nil, nil, nil, nil])
        #expect(nodes.map(\.number?.lexeme) == [nil, nil, "-1.50", nil, nil, nil])
        #expect(nodes.map(\.string) == [nil, nil, nil, "s", nil, nil])
        #expect(nodes.map(\.count) == [0, 0, 0, 0, 2, 1])
        #expect(nodes.map { Array($0.elements).count } == [0, 0, 0, 0, 2, 0])
        #expect(nodes.map { Array($0.members).count } == [0, 0, 0, 0, 0, 1])
        #expect(nodes.map { $0["a"] != nil } == [false, false, false, false, false, true])
        #expect(nodes.map { $0[0] != nil } == [false, false, false, false, true, false])
        #expect(root[-1] == nil)
        #expect(root[6] == nil)
        #expect(JSONKind(name: "array") == .array)
        #expect(JSONKind(name: "integer") == nil)
    }

    @Test("escapes are decoded")
    func escapes() throws {
        let text = #""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00\u0000é😀""#
        let expected = "\"\\/\u{8}\u{C}\n\r\tAé€😀\0é😀"
        let document = try JSONDocument(parsing: text)
        #expect(document.root.string == expected)
        #expect(document.withTape { $0.scalarCount(at: 0) } == expected.unicodeScalars.count)
    }

    @Test("members are found by name in objects of any size", arguments: [1, 2, 16, 17, 64, 65, 20_000])
    func lookup(_ count: Int) throws {
        let text = "{" + (0..<count).map { "\"name \($0)\": \($0)" }.joined(separator: ", ") + "}"
        let root = try JSONDocument(parsing: text).root
        for index in 0..<count where root["name \(index)"]?.number?.int != index { Issue.record("name \(index)") }
        #expect(root["name \(count)"] == nil)
        #expect(root[""] == nil)
        #expect(root.members.count == count)
    }

    @Test("escaped names are found in small and large objects", arguments: [0, 40])
    func escapedNames(_ others: Int) throws {
        let members = (0..<others).map { "\"\($0)\":0" } + [#""\u0061\n":1"#, #""":2"#]
        let root = try JSONDocument(parsing: "{" + members.joined(separator: ",") + "}").root
        #expect(root["a\n"]?.number?.int == 1)
        #expect(root[""]?.number?.int == 2)
        #expect(root[#"\u0061\n"#] == nil)
    }

    @Test("spelling is compact and keeps the digits")
    func spelling() throws {
        let text =
            " { \"a\" : [ 1.0 , -0 , 1e400 , [ ] , { } ] , \"b\\u0041\" : \"\\u00e9\\n\" , \"c\" : { \"d\" : null } } "
        let root = try JSONDocument(parsing: text).root
        #expect(root.spelling == #"{"a":[1.0,-0,1e400,[],{}],"bA":"é\n","c":{"d":null}}"#)
        #expect(root["a"]?[2]?.spelling == "1e400")
        #expect(root["a"]?[3]?.spelling == "[]")
        #expect(root["c"]?.spelling == #"{"d":null}"#)
    }

    @Test("pointers of RFC 6901 lead to their values")
    func pointers() throws {
        let text = #"{"foo":["bar","baz"],"":0,"a/b":1,"c%d":2,"e^f":3,"g|h":4,"i\\j":5,"k\"l":6," ":7,"m~n":8}"#
        let root = try JSONDocument(parsing: text).root
        let places = ["/": 0, "/a~1b": 1, "/c%d": 2, "/e^f": 3, "/g|h": 4, "/i\\j": 5, "/k\"l": 6, "/ ": 7, "/m~0n": 8]
        for (pointer, value) in places {
            #expect(root.node(at: try #require(JSONPointer(pointer)))?.number?.int == value, "\(pointer)")
        }
        #expect(root.node(at: .root)?.count == 10)
        #expect(root.node(at: JSONPointer(["foo", "1"]))?.string == "baz")
        for token in ["2", "01", "-", "+1", "1.0", "", "99999999999999999999"] {
            #expect(root.node(at: JSONPointer(["foo", token])) == nil, "\(token)")
            #expect(root.value.value(at: JSONPointer(["foo", token])) == nil, "\(token)")
        }
        #expect(root.node(at: JSONPointer(["foo", "1", "x"])) == nil)
    }

    @Test("a detached copy equals what was read")
    func detached() throws {
        let value: JSONValue = ["a": [1, [], [[true]], ["b": .null, "c": [:]]], "d": "é", "e": -2.5]
        #expect(try JSONDocument(parsing: value.text).root.value == value)
        #expect(JSONDocument(value).root.value.text == value.text)
        #expect(try JSONDocument(parsing: " 7 ").root.value == 7)
    }
}
