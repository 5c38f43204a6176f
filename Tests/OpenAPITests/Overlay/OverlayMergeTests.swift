import JSONDocument
import Testing

@testable import OpenAPI

/// Merging, and changes inside of values (Overlay Specification 1.1, section 4.4.3).
@Suite("Merged values")
struct OverlayMergeTests {
    private static func located(_ text: String) throws -> LocatedValue {
        LocatedValue(try JSONDocument(parsing: text).root)
    }

    @Test(
        "an update is merged by the kinds of both values",
        arguments: [
            (#"{"a": 1, "b": 2}"#, #"{"b": 3, "c": 4}"#, #"{"a":1,"b":3,"c":4}"#),
            (#"{"a": {"x": 1}}"#, #"{"a": {"y": 2}}"#, #"{"a":{"x":1,"y":2}}"#),
            (#"{"a": [1]}"#, #"{"a": [2, 3]}"#, #"{"a":[1,2,3]}"#),
            ("[1]", "[1]", "[1,1]"), ("[1]", "{}", "[1,{}]"), ("[]", "null", "[null]"), ("{}", "{}", "{}"),
            (#""a""#, #""b""#, #""b""#), ("1", "null", "null"), ("null", #""b""#, #""b""#), ("true", "1.50", "1.50"),
        ])
    func merged(target: String, update: String, expected: String) throws {
        var value = try Self.located(target)
        try OverlayMerge.merge(try Self.located(update), into: &value, isTop: true)
        #expect(value.value.text == expected)
    }

    @Test(
        "values of different kinds cannot be merged",
        arguments: [
            ("{}", "1", "a number cannot be merged into an object"),
            ("{}", "[]", "a list cannot be merged into an object"),
            (#""a""#, "{}", "an object cannot be merged into a string"),
            ("null", "[]", "a list cannot be merged into null"),
            (#"{"a": [1]}"#, #"{"a": 2}"#, "a number cannot be merged into a list"),
            (#"{"a": 1}"#, #"{"a": {}}"#, "an object cannot be merged into a number"),
        ])
    func conflict(target: String, update: String, message: String) throws {
        var value = try Self.located(target)
        let change = try Self.located(update)
        let conflict = #expect(throws: OverlayMerge.Conflict.self) {
            try OverlayMerge.merge(change, into: &value, isTop: true)
        }
        #expect(conflict?.message == message)
    }

    @Test("merging an empty object changes nothing, and merging twice equals merging once for objects of single values")
    func idempotent() throws {
        for text in [#"{"a": 1, "b": {"c": "x"}}"#, "{}", #"{"a": null}"#] {
            let original = try Self.located(text)
            var value = original
            try OverlayMerge.merge(try Self.located("{}"), into: &value, isTop: true)
            #expect(value.value == original.value)
            try OverlayMerge.merge(original, into: &value, isTop: true)
            #expect(value.value == original.value)
        }
    }

    @Test("a value is found, changed and removed at a path")
    func paths() throws {
        let text = #"{"a": [{"b": 1}, 2], "c": null}"#
        let path: [LocatedStep] = [.member(0), .element(0), .member(0)]
        var value = try Self.located(text)
        #expect(value[path[...]]?.value == 1)
        let five = try Self.located("5")
        value.change(at: path[...]) { $0 = five }
        #expect(value.value.text == #"{"a":[{"b":5},2],"c":null}"#)
        value.remove(at: path[...])
        #expect(value.value.text == #"{"a":[{},2],"c":null}"#)
        value.remove(at: [.member(0), .element(1)][...])
        #expect(value.value.text == #"{"a":[{}],"c":null}"#)
    }

    @Test(
        "a path without a value changes nothing",
        arguments: [
            [LocatedStep.member(9)], [.element(0)], [.member(0), .member(0)], [.member(0), .element(2)],
            [.member(1), .member(0)],
        ])
    func nowhere(path: [LocatedStep]) throws {
        var value = try Self.located(#"{"a": [1, 2], "c": null}"#)
        #expect(value[path[...]] == nil)
        let five = try Self.located("5")
        value.change(at: path[...]) { $0 = five }
        value.remove(at: path[...])
        #expect(value.value.text == #"{"a":[1,2],"c":null}"#)
    }

    @Test("positions and spellings survive, moved by the shift of the overlay's lines")
    func positions() throws {
        let node = try JSONDocument(parsing: "{\"a\":\n  1.0e2}").root
        let value = LocatedValue(node, shift: 10)
        guard case .object(let members) = value.content, let member = members.first else {
            Issue.record("the value is not an object with a member")
            return
        }
        #expect(value.position.line == 11 && value.position.column == 1)
        #expect(member.namePosition.line == 11 && member.namePosition.column == 2)
        #expect(member.value.position.line == 12 && member.value.position.column == 3)
        var builder = JSONDocumentBuilder(limits: JSONLimits())
        try value.write(to: &builder)
        #expect(try builder.finish().root["a"]?.spelling == "1.0e2")
    }
}
