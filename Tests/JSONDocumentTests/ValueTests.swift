import JSONDocument
import TestKit
import Testing

@Suite("Values")
struct ValueTests {
    @Test(
        "equality follows JSON",
        arguments: [
            ("1", "1.0", true), ("{\"a\":1,\"b\":2}", "{\"b\":2,\"a\":1}", true), ("[1,2]", "[2,1]", false),
            ("{\"a\":1}", "{\"a\":1,\"b\":1}", false), ("\"\u{E9}\"", "\"e\u{301}\"", false), ("0", "false", false),
            ("{\"\u{E9}\":1}", "{\"e\u{301}\":1}", false), ("null", "{}", false), ("[]", "{}", false),
            ("[[1],[2]]", "[[1.0],[2e0]]", true), ("{\"a\":1,\"a\":2}", "{\"a\":2}", true), ("\"1\"", "1", false),
            ("{\"a\":{\"b\":[1]}}", "{\"a\":{\"b\":[2]}}", false), ("{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2}", false),
            ("9007199254740993", "9007199254740992", false), ("true", "true", true), ("[]", "[null]", false),
        ]
    )
    func equality(_ left: String, _ right: String, _ expected: Bool) throws {
        let one = try JSONDocument(parsing: left)
        let other = try JSONDocument(parsing: right)
        #expect((one.root.value == other.root.value) == expected)
        #expect((one.root.value.utf8(.canonical) == other.root.value.utf8(.canonical)) == expected)
        #expect(one.withTape { tape in other.withTape { JSONTape.equal(tape, 0, $0, 0) } } == expected)
        #expect(other.withTape { tape in one.withTape { JSONTape.equal(tape, 0, $0, 0) } } == expected)
        guard expected else { return }
        #expect(one.root.value.hashValue == other.root.value.hashValue)
        #expect(tapeHash(one) == tapeHash(other))
    }

    private func tapeHash(_ document: JSONDocument) -> Int {
        var hasher = Hasher()
        document.withTape { $0.hash(at: 0, into: &hasher) }
        return hasher.finalize()
    }

    @Test("literals and accessors agree")
    func literals() {
        let value: JSONValue = ["a": [1, 2.5, true, .null], "b": "x"]
        #expect(value.text == #"{"a":[1,2.5,true,null],"b":"x"}"#)
        #expect(value["b"]?.string == "x")
        #expect(value["a"]?[1]?.number == JSONNumber("2.50"))
        #expect(value["a"]?[2]?.boolean == true)
        #expect(value["a"]?[3]?.isNull == true)
        #expect(value["a"]?.elements?.count == 4)
        #expect(value["a"]?[4] == nil)
        #expect(value["c"] == nil)
        #expect(value[0] == nil)
        #expect(JSONValue.integer(-3).number?.int == -3)
    }

    @Test("members are set, changed and removed by name")
    func members() {
        var value = JSONValue.null
        value["a"] = 1
        value["b"] = 2
        value["a"] = 3
        #expect(value.text == #"{"a":3,"b":2}"#)
        value["a"] = nil
        #expect(value.text == #"{"b":2}"#)
        var number: JSONValue = 1
        number["a"] = 1
        #expect(number == 1)
        var absent = JSONValue.null
        absent["a"] = nil
        #expect(absent.isNull)
    }

    @Test(
        "setting by pointer creates objects on the path and appends to arrays",
        arguments: [
            ("{}", "/a/b", #"{"a":{"b":9}}"#), ("null", "/a", #"{"a":9}"#), ("{\"a\":null}", "/a/b", #"{"a":{"b":9}}"#),
            ("[1,2]", "/0", "[9,2]"), ("[1,2]", "/2", "[1,2,9]"), ("[1,2]", "/-", "[1,2,9]"), ("[1]", "", "9"),
            ("{\"a\":[{\"b\":1,\"c\":2}]}", "/a/0/b", #"{"a":[{"b":9,"c":2}]}"#), ("[]", "/-/x/0", #"[{"x":{"0":9}}]"#),
            ("[1,2]", "/3", nil), ("[1]", "/x", nil), ("{\"a\":1}", "/a/b", nil),
            ("{\"a\":{\"b\":\"s\"}}", "/a/b/c/d", nil),
            ("[1]", "/01", nil),
        ] as [(String, String, String?)]
    )
    func setting(_ text: String, _ pointer: String, _ expected: String?) throws {
        var value = try JSONDocument(parsing: text).root.value
        let isDone = value.set(9, at: try #require(JSONPointer(pointer)))
        #expect(isDone == (expected != nil))
        #expect(value.text == expected ?? text)
    }

    @Test("no pointer can build a value too deep to be released")
    func deepSetting() {
        var value: JSONValue = [:]
        let isSet = value.set(1, at: JSONPointer(Array(repeating: "a", count: 100_000)))
        #expect(!isSet)
        #expect(value == [:])
        let isGreatestSet = value.set(1, at: JSONPointer(Array(repeating: "a", count: JSONLimits.depthCeiling)))
        #expect(isGreatestSet)
        #expect(JSONDocument(value).root.value == value)
    }

    @Test("removing by pointer returns the removed value")
    func removing() {
        var value: JSONValue = ["a": [1, ["b": 2, "c": 3], 4]]
        var removed: [String?] = []
        for pointer in ["/a/1/b", "/a/0", "/a/7", "/x/y", "/a/0/b"] {
            removed.append(JSONPointer(pointer).flatMap { value.remove(at: $0) }?.text)
        }
        #expect(removed == ["2", "1", nil, nil, nil])
        #expect(value.text == #"{"a":[{"c":3},4]}"#)
        let root = value.remove(at: .root)
        #expect(root?.text == #"{"a":[{"c":3},4]}"#)
        #expect(value.isNull)
    }
}

@Suite("Objects")
struct ObjectTests {
    @Test("an object behaves like a list of pairs through additions, changes and removals")
    func model() {
        var random = SplitMix(seed: 3)
        var object = JSONObject()
        var model: [(String, Int)] = []
        for step in 0..<5_000 {
            let name = "n\(random.next() % 60)"
            let place = model.firstIndex { $0.0 == name }
            if random.next() % 3 == 0 {
                object[name] = nil
                if let place { model.remove(at: place) }
            } else {
                object[name] = .integer(step)
                if let place { model[place].1 = step } else { model.append((name, step)) }
            }
            #expect(object.count == model.count)
            #expect(object["n7"]?.number?.int == model.first { $0.0 == "n7" }?.1)
        }
        #expect(object.names == model.map(\.0))
        #expect(object.members.map(\.value.number?.int) == model.map(\.1))
    }

    @Test("the last value of a repeated name is in the first position")
    func repeated() {
        let object = JSONObject([("a", 1), ("b", 2), ("a", 3), ("\u{E9}", 4), ("e\u{301}", 5)])
        #expect(object.count == 4)
        #expect(object.members.map(\.value) == [3, 2, 4, 5])
        #expect(!object.isEmpty)
        #expect(object == JSONObject([("b", 2), ("a", 3), ("e\u{301}", 5), ("\u{E9}", 4)]))
    }
}
