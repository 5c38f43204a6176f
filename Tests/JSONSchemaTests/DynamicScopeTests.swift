import JSONDocument
import JSONSchema
import Testing

/// Dynamic references: which schema they mean depends on the way that led to them.
@Suite("Dynamic scopes")
struct DynamicScopeTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: String
        let valid: [String]
        let invalid: [String]
        var testDescription: String { name }

        init(_ name: String, _ schema: String, valid: [String], invalid: [String]) {
            (self.name, self.schema, self.valid, self.invalid) = (name, schema, valid, invalid)
        }
    }

    /// JSON Schema 2020-12 Core, section 8.2.3.2.
    static let later = [
        Row(
            "without a dynamic anchor, it is a plain reference",
            ##"{"$id": "http://x/r", "$dynamicRef": "#/$defs/t", "$defs": {"t": {"type": "string"}}}"##,
            valid: [#""a""#], invalid: ["1"]),
        Row(
            "to a plain anchor, it is a plain reference",
            ##"{"$id": "http://x/r", "$ref": "list", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list", "items": {"$dynamicRef": "#e"}, "$defs": {"e": {"$anchor": "e", "type": "integer"}}}}}"##,
            valid: ["[1]"], invalid: [#"["a"]"#]),
        Row(
            "the outermost resource wins over the initial target",
            ##"{"$id": "http://x/r", "$ref": "list", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list", "items": {"$dynamicRef": "#e"}, "$defs": {"e": {"$dynamicAnchor": "e"}}}}}"##,
            valid: [#"["a"]"#, "[]"], invalid: ["[1]", #"["a", 1]"#]),
        Row(
            "a plain reference to a dynamic anchor does not look outwards",
            ##"{"$id": "http://x/r", "$ref": "list", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list", "items": {"$ref": "#e"}, "$defs": {"e": {"$dynamicAnchor": "e", "type": "integer"}}}}}"##,
            valid: ["[1]"], invalid: [#"["a"]"#]),
        Row(
            "a pointer to a schema with a dynamic anchor is a plain reference",
            ##"{"$id": "http://x/r", "$ref": "list", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list", "items": {"$dynamicRef": "#/$defs/e"}, "$defs": {"e": {"$dynamicAnchor": "e", "type": "integer"}}}}}"##,
            valid: ["[1]"], invalid: [#"["a"]"#]),
        Row(
            "a resource that is not on the way does not count",
            ##"{"$id": "http://x/r", "$ref": "list", "$defs": {"o": {"$id": "other", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}}}, "l": {"$id": "list", "items": {"$dynamicRef": "#e"}, "$defs": {"e": {"$dynamicAnchor": "e", "type": "integer"}}}}}"##,
            valid: ["[1]"], invalid: [#"["a"]"#]),
        Row(
            "an inner resource on the way does not hide an outer one",
            ##"{"$id": "http://x/r", "$ref": "middle", "$defs": {"s": {"$dynamicAnchor": "e", "type": "string"}, "m": {"$id": "middle", "$ref": "list", "$defs": {"m": {"$dynamicAnchor": "e", "type": "boolean"}}}, "l": {"$id": "list", "items": {"$dynamicRef": "#e"}, "$defs": {"e": {"$dynamicAnchor": "e", "type": "integer"}}}}}"##,
            valid: [#"["a"]"#], invalid: ["[1]", "[true]"]),
        Row(
            "two ways give two meanings",
            ##"{"properties": {"n": {"$ref": "http://x/numbers"}, "s": {"$ref": "http://x/texts"}}, "$defs": {"n": {"$id": "http://x/numbers", "$ref": "list", "$defs": {"t": {"$dynamicAnchor": "e", "type": "number"}}}, "s": {"$id": "http://x/texts", "$ref": "list", "$defs": {"t": {"$dynamicAnchor": "e", "type": "string"}}}, "l": {"$id": "http://x/list", "items": {"$dynamicRef": "#e"}, "$defs": {"e": {"$dynamicAnchor": "e"}}}}}"##,
            valid: [#"{"n": [1], "s": ["a"]}"#, #"{"n": [], "s": []}"#],
            invalid: [#"{"n": ["a"]}"#, #"{"s": [1]}"#, #"{"n": [1], "s": [1]}"#]),
        Row(
            "after a schema has been left, its scope has ended",
            ##"{"$id": "http://x/r", "allOf": [{"$ref": "strict"}, {"$ref": "open"}], "$defs": {"s": {"$id": "strict", "properties": {"a": true}}, "o": {"$id": "open", "properties": {"b": {"$dynamicRef": "#t"}}, "$defs": {"t": {"$dynamicAnchor": "t", "type": "integer"}}}, "n": {"$id": "never", "$dynamicAnchor": "t", "type": "null"}}}"##,
            valid: [#"{"b": 1}"#], invalid: [#"{"b": null}"#]),
        Row(
            "an extended tree is extended at every depth",
            ##"{"$id": "http://x/strict", "$dynamicAnchor": "n", "$ref": "tree", "unevaluatedProperties": false, "$defs": {"t": {"$id": "tree", "$dynamicAnchor": "n", "type": "object", "properties": {"data": true, "kids": {"items": {"$dynamicRef": "#n"}}}}}}"##,
            valid: ["{}", #"{"data": 1, "kids": [{"data": 2, "kids": []}]}"#],
            invalid: [
                #"{"dat": 1}"#, #"{"kids": [{"dat": 1}]}"#,
                #"{"kids": [{"kids": [{"kids": [], "x": 1}]}]}"#, "[]",
            ]),
        Row(
            "inside of anyOf, not and if",
            ##"{"$id": "http://x/r", "$ref": "b", "$defs": {"s": {"$dynamicAnchor": "e", "minimum": 5}, "b": {"$id": "b", "anyOf": [{"$dynamicRef": "#e"}, {"const": 1}], "not": {"allOf": [{"$dynamicRef": "#e"}, {"const": 9}]}, "if": {"$dynamicRef": "#e"}, "then": {"maximum": 7}, "$defs": {"e": {"$dynamicAnchor": "e", "type": "null"}}}}}"##,
            valid: ["1", "5", "7"], invalid: ["2", "8", "9"]),
    ]

    /// JSON Schema 2019-09 Core, section 8.2.4.2: only an anchor that is `true` looks outwards, and only without a name.
    static let earlier = [
        Row(
            "a recursive reference without an anchor is a plain one", tree(outer: "", inner: ""),
            valid: [#"{"kids": [{"x": 1}]}"#], invalid: [#"{"x": 1}"#, #"{"kids": 1}"#]),
        Row(
            "an anchor only inside", tree(outer: "", inner: #""$recursiveAnchor": true,"#),
            valid: [#"{"kids": [{"x": 1}]}"#], invalid: [#"{"x": 1}"#]),
        Row(
            "an anchor only outside", tree(outer: #""$recursiveAnchor": true,"#, inner: ""),
            valid: [#"{"kids": [{"x": 1}]}"#], invalid: [#"{"x": 1}"#]),
        Row(
            "both anchors",
            tree(outer: #""$recursiveAnchor": true,"#, inner: #""$recursiveAnchor": true,"#),
            valid: [#"{"kids": [{"kids": []}]}"#], invalid: [#"{"x": 1}"#, #"{"kids": [{"x": 1}]}"#]),
        Row(
            "anchors that are false",
            tree(outer: #""$recursiveAnchor": true,"#, inner: #""$recursiveAnchor": false,"#),
            valid: [#"{"kids": [{"x": 1}]}"#], invalid: [#"{"x": 1}"#]),
    ]

    private static func tree(outer: String, inner: String) -> String {
        ##"{"$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://x/strict", \##(outer) "$ref": "tree", "unevaluatedProperties": false, "$defs": {"t": {"$id": "tree", \##(inner) "properties": {"kids": {"type": "array", "items": {"$recursiveRef": "#"}}}}}}"##
    }

    @Test("the scope decides, with and without a report", arguments: later + earlier)
    func scopes(row: Row) throws {
        let schema = try compile(row.schema)
        #expect(schema.unusable.isEmpty, "\(schema.unusable)")
        for (texts, expected) in [(row.valid, SchemaOutcome.valid), (row.invalid, .invalid)] {
            for text in texts {
                #expect(try schema.outcome(text) == expected, "\(text)")
                let report = try schema.report(text)
                #expect(report.outcome == expected, "\(text)")
                #expect(report.issues.isEmpty == (expected == .valid), "\(text)")
                #expect(report.issues.allSatisfy { $0.kind == .violation }, "\(text)")
            }
        }
        // The same below a member, and from a store that has compiled something else before.
        let member = try compile(#"{"properties": {"m": \#(row.schema)}}"#)
        for text in row.valid { #expect(try member.outcome(#"{"m": \#(text)}"#) == .valid, "\(text)") }
        for text in row.invalid {
            #expect(try member.outcome(#"{"m": \#(text)}"#) == .invalid, "\(text)")
        }
    }
}
