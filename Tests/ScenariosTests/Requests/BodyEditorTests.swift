import JSONDocument
import Testing

@testable import Scenarios

@Suite("Applying items to a body")
struct BodyEditorTests {
    private func edited(_ json: String?, _ edit: (inout BodyEditor) throws -> Void) throws -> String? {
        var editor = BodyEditor(value: try json.map { try JSONDocument(parsing: $0).root.value })
        try edit(&editor)
        return editor.value?.text
    }

    private func set(_ path: String, _ value: JSONValue, in json: String?) throws -> String? {
        try edited(json) { try $0.set(value, at: ItemPath.parse(path).segments[...], path) }
    }

    private func remove(_ path: String, in json: String?) throws -> String? {
        try edited(json) { try $0.remove(at: ItemPath.parse(path).segments[...], path) }
    }

    @Test("objects and arrays are created on the path, and members keep their order")
    func setting() throws {
        #expect(try set("a.b[0].c", 1, in: nil) == #"{"a":{"b":[{"c":1}]}}"#)
        #expect(try set("a", 2, in: #"{"z":1,"a":0,"b":3}"#) == #"{"z":1,"a":2,"b":3}"#)
        #expect(try set("a.b", 2, in: #"{"a":null}"#) == #"{"a":{"b":2}}"#)
        #expect(try set("$[1]", 9, in: "[1]") == "[1,9]")
        #expect(try set("$", [1], in: #"{"a":1}"#) == "[1]")
        #expect(try set("a[*].x", 0, in: #"{"a":[{"x":1},{}]}"#) == #"{"a":[{"x":0},{"x":0}]}"#)
    }

    @Test("a value that cannot be set is reported with the reason")
    func impossible() throws {
        #expect(throws: ValueFailure.invalid("a.b cannot be set: 'b' would be a member of a string")) {
            try set("a.b", 1, in: #"{"a":"x"}"#)
        }
        #expect(throws: ValueFailure.invalid("a[0] cannot be set: [0] would be an element of an object")) {
            try set("a[0]", 1, in: #"{"a":{}}"#)
        }
        #expect(throws: ValueFailure.invalid("a[2] cannot be set: the array has only 1 elements")) {
            try set("a[2]", 1, in: #"{"a":[0]}"#)
        }
        #expect(throws: ValueFailure.invalid("a[*] cannot be set: [*] matches no element")) {
            try set("a[*]", 1, in: #"{"a":[]}"#)
        }
        #expect(throws: ValueFailure.invalid("a[?] cannot be set: [?] does not select an element; write [0] or [*]")) {
            try set("a[?]", 1, in: #"{"a":[1]}"#)
        }
    }

    @Test("removed members are gone, and absent ones stay absent")
    func removing() throws {
        #expect(try remove("a.b", in: #"{"a":{"b":1,"c":2}}"#) == #"{"a":{"c":2}}"#)
        #expect(try remove("a[0]", in: #"{"a":[1,2]}"#) == #"{"a":[2]}"#)
        #expect(try remove("a[*].x", in: #"{"a":[{"x":1,"y":2},{"x":3}]}"#) == #"{"a":[{"y":2},{}]}"#)
        #expect(try remove("a[*]", in: #"{"a":[1,2]}"#) == #"{"a":[]}"#)
        #expect(try remove("x.y", in: #"{"a":1}"#) == #"{"a":1}"#)
        #expect(try remove("a.y", in: #"{"a":1}"#) == #"{"a":1}"#)
        #expect(try remove("$", in: #"{"a":1}"#) == nil)
        #expect(try remove("a", in: nil) == nil)
    }
}
