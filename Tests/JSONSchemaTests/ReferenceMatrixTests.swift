import JSONDocument
import JSONSchema
import Testing

/// References, identifiers and anchors (JSON Schema 2020-12 Core, sections 8 and 9).
@Suite("References and identifiers")
struct ReferenceMatrixTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let name: String
        let schema: String
        let valid: [String]
        let invalid: [String]

        init(_ name: String, _ schema: String, _ valid: [String], not invalid: [String]) {
            self.name = name
            self.schema = schema
            self.valid = valid
            self.invalid = invalid
        }

        var testDescription: String { name }
    }

    static let rows = [
        Row(
            "$ref to a sibling definition", ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}"##, [#"1"#],
            not: [#""a""#, #"1.5"#]),
        Row(
            "$ref chain",
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/c"}, "c": {"minimum": 2}}}"##,
            [#"2"#, #""x""#], not: [#"1"#]),
        Row(
            "$ref into properties", ##"{"properties": {"a": {"type": "string"}, "b": {"$ref": "#/properties/a"}}}"##,
            [#"{"b":"x"}"#], not: [#"{"b":1}"#]),
        Row(
            "$ref into a list", ##"{"prefixItems": [{"type": "string"}, {"$ref": "#/prefixItems/0"}]}"##,
            [#"["a","b"]"#], not: [#"["a",1]"#]),
        Row(
            "$ref through allOf",
            ##"{"allOf": [{"type": "string"}, {"maxLength": 2}], "properties": {}, "$defs": {"x": {"$ref": "#/allOf/1"}}, "anyOf": [{"$ref": "#/$defs/x"}]}"##,
            [#""ab""#], not: [#""abc""#]),
        Row(
            "escaped slash and tilde", ##"{"$ref": "#/$defs/a~1b~0c", "$defs": {"a/b~c": {"type": "null"}}}"##,
            [#"null"#], not: [#"1"#]),
        Row(
            "percent-encoded pointer", ##"{"$ref": "#/$defs/a%22b%20c", "$defs": {"a\"b c": {"type": "null"}}}"##,
            [#"null"#], not: [#"1"#]),
        Row(
            "pointer with other letters", ##"{"$ref": "#/$defs/%C3%A9", "$defs": {"é": {"type": "null"}}}"##,
            [#"null"#], not: [#"1"#]),
        Row(
            "empty name in a pointer", ##"{"$ref": "#/$defs//x", "$defs": {"": {"x": {"type": "null"}}}}"##, [#"null"#],
            not: [#"1"#]),
        Row(
            "$ref to the root", ##"{"type": ["object", "integer"], "properties": {"a": {"$ref": "#"}}}"##,
            [#"{"a":{"a":1}}"#], not: [#"{"a":"x"}"#]),
        Row(
            "absolute $ref to the own $id",
            #"{"$id": "https://test.invalid/root.json", "type": ["object", "null"], "properties": {"a": {"$ref": "https://test.invalid/root.json"}}}"#,
            [#"{"a":null}"#], not: [#"{"a":1}"#]),
        Row(
            "relative $ref to the own $id",
            #"{"$id": "https://test.invalid/dir/root.json", "type": ["object", "null"], "properties": {"a": {"$ref": "root.json"}}}"#,
            [#"{"a":null}"#], not: [#"{"a":1}"#]),
        Row(
            "$id of a definition, by its name",
            #"{"$id": "https://test.invalid/root.json", "$ref": "part.json", "$defs": {"p": {"$id": "part.json", "type": "integer"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "$id of a definition in a folder",
            #"{"$id": "https://test.invalid/a/root.json", "$ref": "b/part.json", "$defs": {"p": {"$id": "b/part.json", "type": "integer"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "a $ref inside of a definition uses its own base",
            #"{"$id": "https://test.invalid/root.json", "$ref": "b/part.json", "$defs": {"p": {"$id": "b/part.json", "$ref": "other.json"}, "o": {"$id": "b/other.json", "type": "boolean"}, "w": {"$id": "other.json", "type": "string"}}}"#,
            [#"true"#], not: [#""a""#]),
        Row(
            "a pointer inside of a definition starts at it",
            ##"{"$id": "https://test.invalid/root.json", "$ref": "part.json", "$defs": {"a": {"type": "string"}, "p": {"$id": "part.json", "$ref": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}}}"##,
            [#"1"#], not: [#""a""#]),
        Row(
            "$id with the path of the root",
            #"{"$id": "https://test.invalid/x/y/root.json", "$ref": "/part.json", "$defs": {"p": {"$id": "/part.json", "type": "integer"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "$id with dots",
            #"{"$id": "https://test.invalid/x/y/root.json", "$ref": "../part.json", "$defs": {"p": {"$id": "https://test.invalid/x/part.json", "type": "integer"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "$id as a URN",
            #"{"$id": "urn:example:root", "$ref": "urn:example:part", "$defs": {"p": {"$id": "urn:example:part", "type": "integer"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "pointer behind a URN",
            #"{"$id": "urn:example:root", "properties": {"a": {"$ref": "urn:example:root#/$defs/b"}}, "$defs": {"b": {"type": "integer"}}}"#,
            [#"{"a":1}"#], not: [#"{"a":"x"}"#]),
        Row(
            "$anchor", ##"{"$ref": "#here", "$defs": {"a": {"$anchor": "here", "type": "integer"}}}"##, [#"1"#],
            not: [#""a""#]),
        Row(
            "$anchor at the root",
            ##"{"$anchor": "top", "type": ["object", "null"], "properties": {"a": {"$ref": "#top"}}}"##,
            [#"{"a":null}"#], not: [#"{"a":1}"#]),
        Row(
            "$anchor of another resource",
            #"{"$id": "https://test.invalid/root.json", "$ref": "part.json#x", "$defs": {"p": {"$id": "part.json", "$defs": {"q": {"$anchor": "x", "type": "integer"}}}, "r": {"$anchor": "x", "type": "string"}}}"#,
            [#"1"#], not: [#""a""#]),
        Row(
            "the same $anchor in two resources",
            ##"{"$id": "https://test.invalid/root.json", "$ref": "#x", "$defs": {"p": {"$id": "part.json", "$defs": {"q": {"$anchor": "x", "type": "integer"}}}, "r": {"$anchor": "x", "type": "string"}}}"##,
            [#""a""#], not: [#"1"#]),
        Row(
            "$dynamicRef without an outer anchor",
            ##"{"$id": "https://test.invalid/root.json", "$dynamicRef": "#n", "$defs": {"a": {"$dynamicAnchor": "n", "type": "integer"}}}"##,
            [#"1"#], not: [#""a""#]),
        Row(
            "$dynamicRef taken over by the outer resource",
            ##"{"$id": "https://test.invalid/strings.json", "$ref": "list.json", "$defs": {"e": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list.json", "items": {"$dynamicRef": "#e"}, "$defs": {"d": {"$dynamicAnchor": "e"}}}}}"##,
            [#"["a"]"#], not: [#"[1]"#]),
        Row(
            "$dynamicRef with a plain $anchor at its target",
            ##"{"$id": "https://test.invalid/strings.json", "$ref": "list.json", "$defs": {"e": {"$dynamicAnchor": "e", "type": "string"}, "l": {"$id": "list.json", "items": {"$dynamicRef": "#e"}, "$defs": {"d": {"$anchor": "e"}}}}}"##,
            [#"["a"]"#, #"[1]"#], not: []),
        Row(
            "$dynamicAnchor is an anchor for $ref",
            ##"{"$ref": "#n", "$defs": {"a": {"$dynamicAnchor": "n", "type": "integer"}}}"##, [#"1"#], not: [#""a""#]),
        Row(
            "$dynamicRef with a pointer", ##"{"$dynamicRef": "#/$defs/a", "$defs": {"a": {"type": "integer"}}}"##,
            [#"1"#], not: [#""a""#]),
        Row(
            "a tree that is extended",
            ##"{"$id": "https://test.invalid/strict.json", "$dynamicAnchor": "node", "$ref": "tree.json", "unevaluatedProperties": false, "$defs": {"t": {"$id": "tree.json", "$dynamicAnchor": "node", "type": "object", "properties": {"data": true, "children": {"items": {"$dynamicRef": "#node"}}}}}}"##,
            [#"{"children":[{"data":1}]}"#], not: [#"{"children":[{"daat":1}]}"#, #"{"daat":1}"#]),
        Row(
            "a $ref beside other keywords",
            ##"{"$ref": "#/$defs/a", "maxLength": 2, "$defs": {"a": {"minLength": 1}}}"##, [#""a""#],
            not: [#""""#, #""abc""#]),
        Row(
            "$ref beside properties and unevaluatedProperties",
            ##"{"$ref": "#/$defs/a", "properties": {"b": {}}, "unevaluatedProperties": false, "$defs": {"a": {"properties": {"a": {}}}}}"##,
            [#"{"a":1,"b":2}"#], not: [#"{"c":1}"#]),
        Row(
            "a member named $ref", #"{"properties": {"$ref": {"type": "string"}}}"#, [#"{"$ref":"a"}"#],
            not: [#"{"$ref":1}"#]),
        Row(
            "$ref inside of enum and const is data", ##"{"enum": [{"$ref": "#/nowhere"}]}"##,
            [##"{"$ref":"#/nowhere"}"##], not: [#"1"#]),
        Row(
            "$id inside of enum is data",
            #"{"$id": "https://test.invalid/root.json", "enum": [{"$id": "https://test.invalid/x.json", "type": "null"}], "$defs": {"a": {"$id": "x.json", "type": "integer"}}, "anyOf": [true]}"#,
            [#"{"$id":"https://test.invalid/x.json","type":"null"}"#], not: [#"1"#]),
        Row(
            "recursion through items",
            ##"{"$ref": "#/$defs/t", "$defs": {"t": {"type": "array", "items": {"$ref": "#/$defs/t"}}}}"##,
            [#"[[],[[]]]"#], not: [#"[[1]]"#]),
        Row(
            "mutual recursion",
            ##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "object", "properties": {"b": {"$ref": "#/$defs/b"}}, "additionalProperties": false}, "b": {"type": "object", "properties": {"a": {"$ref": "#/$defs/a"}}, "additionalProperties": false}}}"##,
            [#"{"b":{"a":{}}}"#], not: [#"{"b":{"b":{}}}"#]),
        Row(
            "recursion in not", ##"{"properties": {"a": {"not": {"$ref": "#"}}}, "required": ["a"]}"##, [#"{"a":{}}"#],
            not: [#"{"a":{"a":{}}}"#, #"{"a":1}"#]),
        Row(
            "unused definitions may be anything that is a schema",
            #"{"type": "integer", "$defs": {"a": false, "b": true, "c": {"type": "string"}}}"#, [#"1"#], not: [#""a""#]),
        Row(
            "boolean definitions",
            ##"{"properties": {"a": {"$ref": "#/$defs/t"}, "b": {"$ref": "#/$defs/f"}}, "$defs": {"t": true, "f": false}}"##,
            [#"{"a":1}"#], not: [#"{"b":1}"#]),
        Row(
            "items and contains with references",
            ##"{"items": {"$ref": "#/$defs/i"}, "contains": {"$ref": "#/$defs/c"}, "$defs": {"i": {"type": "integer"}, "c": {"const": 7}}}"##,
            [#"[7]"#], not: [#"[1]"#, #"[7,"a"]"#]),
        Row(
            "if with references",
            ##"{"if": {"$ref": "#/$defs/s"}, "then": {"$ref": "#/$defs/l"}, "$defs": {"s": {"type": "string"}, "l": {"minLength": 2}}}"##,
            [#""ab""#, #"1"#], not: [#""a""#]),
        Row(
            "propertyNames with a reference",
            ##"{"propertyNames": {"$ref": "#/$defs/n"}, "$defs": {"n": {"pattern": "^[a-z]+$"}}}"##, [#"{"a":1}"#],
            not: [#"{"A":1}"#]),
        Row(
            "dependentSchemas with a reference",
            ##"{"dependentSchemas": {"a": {"$ref": "#/$defs/d"}}, "$defs": {"d": {"required": ["b"]}}}"##,
            [#"{"a":1,"b":1}"#, #"{"c":1}"#], not: [#"{"a":1}"#]),
    ]

    @Test("a reference leads to its schema", arguments: rows)
    func verdicts(row: Row) throws {
        let schema = try compile(row.schema)
        for (texts, expected) in [(row.valid, SchemaOutcome.valid), (row.invalid, .invalid)] {
            for text in texts {
                #expect(try schema.outcome(text) == expected, "\(text)")
                #expect(try schema.report(text).issues.isEmpty == (expected == .valid), "\(text)")
            }
        }
    }

    @Test(
        "a reference to a missing place, or to a value that is not a schema, is an error",
        arguments: [
            "#/$defs/b", "#/$defs/a/type/x", "#/nowhere", "#missing", "part.json", "https://test.invalid/other.json",
            "urn:example:none", "#/$defs/a%", "#/$defs/~2", "#/$defs/l/0", "#/$defs/t/const",
        ])
    func nowhere(reference: String) throws {
        let schema =
            #"{"$ref": "\#(reference)", "$defs": {"a": {"type": "integer"}, "l": {"enum": [1]}, "t": {"const": "x"}}}"#
        #expect(try !problems(schema).isEmpty)
    }
}
