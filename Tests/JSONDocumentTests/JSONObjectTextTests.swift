import JSONDocument
import Testing

struct JSONObjectTextTests {
    @Test("an object written member by member has the same text as the whole value")
    func pretty() {
        let list: [JSONValue] = [["a": 1, "b": []], [], [[1], ["x": ["y": .null]]], "text"]
        var pieces: [[UInt8]] = []
        var text = JSONObjectText { pieces.append($0) }
        text.add("first", "1\n")
        text.add("list", elements: list)
        text.add("none", elements: [JSONValue]())
        text.add("object", ["deep": ["deeper": [true]]])
        text.end()
        let whole: JSONValue = [
            "first": "1\n", "list": .array(list), "none": [], "object": ["deep": ["deeper": [true]]],
        ]
        #expect(String(decoding: pieces.joined(), as: UTF8.self) == whole.text(.pretty) + "\n")
    }

    @Test("a long text is passed on in short pieces")
    func pieces() {
        let element = JSONValue.string(String(repeating: "x", count: 1_000))
        var pieces: [[UInt8]] = []
        var text = JSONObjectText { pieces.append($0) }
        text.add("list", elements: repeatElement(element, count: 1_000))
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
