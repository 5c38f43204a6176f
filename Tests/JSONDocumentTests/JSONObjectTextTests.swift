import JSONDocument
import Testing

struct JSONObjectTextTests {
    @Test("an object written member by member has the same text as the whole value")
    func pretty() {
        let list: [JSONValue] = [["a": 1, "b": []], [], [[1], ["x": ["y": .null]]], "text"]
        var pieces: [[UInt8]] = []
        var text = JSONObjectText { pieces.append($0) }
        text.add("first", "1\n")
        text.addElements("list") { list.forEach($0) }
        text.addElements("none") { _ in }
        text.add("object", ["deep": ["deeper": [true]]])
        text.addMembers("mixed") { mixed in
            mixed.add("a", 1)
            mixed.add("b", ["c": []])
            mixed.addElements("list") { list.forEach($0) }
        }
        text.addMembers("bare") { $0.addElements("list") { _ in } }
        text.end()
        let whole: JSONValue = [
            "first": "1\n", "list": .array(list), "none": [], "object": ["deep": ["deeper": [true]]],
            "mixed": ["a": 1, "b": ["c": []], "list": .array(list)], "bare": ["list": []],
        ]
        #expect(String(decoding: pieces.joined(), as: UTF8.self) == whole.text(.pretty) + "\n")
    }

    @Test("an object in an object has the text of the whole value")
    func nested() {
        var pieces: [UInt8] = []
        var text = JSONObjectText { pieces += $0 }
        text.addMembers("outer") { outer in
            outer.add("a", 1)
            outer.addMembers("none") { _ in }
            outer.addElements("list") { add in
                add(["x": 1])
                add(2)
            }
            outer.addMembers("inner") { $0.addElements("b") { _ in } }
            outer.add("z", [true])
        }
        text.add("last", "x")
        text.end()
        let whole: JSONValue = [
            "outer": ["a": 1, "none": [:], "list": [["x": 1], 2], "inner": ["b": []], "z": [true]], "last": "x",
        ]
        #expect(String(decoding: pieces, as: UTF8.self) == whole.text(.pretty) + "\n")
    }

    @Test("a long text is passed on in short pieces")
    func pieces() {
        let element = JSONValue.string(String(repeating: "x", count: 1_000))
        var pieces: [[UInt8]] = []
        var text = JSONObjectText { pieces.append($0) }
        text.addElements("list") { add in
            for _ in 0..<1_000 { add(element) }
        }
        text.end()
        let whole: JSONValue = ["list": .array(Array(repeating: element, count: 1_000))]
        #expect(String(decoding: pieces.joined(), as: UTF8.self) == whole.text(.pretty) + "\n")
        #expect(pieces.count > 10)
        #expect(pieces.allSatisfy { $0.count < 70_000 })
    }

    @Test("an object without members is two brackets")
    func empty() {
        var pieces: [[UInt8]] = []
        JSONObjectText { pieces.append($0) }.end()
        #expect(String(decoding: pieces.joined(), as: UTF8.self) == JSONValue.object(JSONObject()).text(.pretty) + "\n")
    }
}
