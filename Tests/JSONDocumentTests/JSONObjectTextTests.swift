import JSONDocument
import Testing

struct JSONObjectTextTests {
    @Test("an object that is written member by member has the text of the whole value")
    func pretty() {
        let list: [JSONValue] = [["a": 1, "b": []], [], [[1], ["x": ["y": .null]]], "text"]
        var text = JSONObjectText()
        text.add("first", "1\n")
        text.add("list", elements: list)
        text.add("none", elements: [JSONValue]())
        text.add("object", ["deep": ["deeper": [true]]])
        let whole: JSONValue = [
            "first": "1\n", "list": .array(list), "none": [], "object": ["deep": ["deeper": [true]]],
        ]
        #expect(text.text() == whole.text(.pretty))
    }

    @Test("an object without members is two brackets")
    func empty() {
        #expect(JSONObjectText().text() == JSONValue.object(JSONObject()).text(.pretty))
    }
}
