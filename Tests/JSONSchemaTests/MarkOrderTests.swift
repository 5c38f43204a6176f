import JSONDocument
import JSONSchema
import Testing

/// A mark counts wherever its schema applies, also if another schema has already decided the verdict.
@Suite("Access marks and early verdicts")
struct MarkOrderTests {
    private static let marked = #"{"properties": {"p": {"writeOnly": true}}}"#
    private static let accepting = #"{"type": ["object", "array"]}"#

    /// Schemas with `M`, which has a writeOnly member `p`, and `Q`, which also accepts the value.
    static let rows: [(schema: String, value: String, place: String)] = [
        // JSON Schema 2020-12 Core, section 10.2.1.2: with annotations, all alternatives of anyOf have to be checked.
        (#"{"anyOf": [M, Q]}"#, #"{"p": 1}"#, "/p"),
        (#"{"anyOf": [Q, M]}"#, #"{"p": 1}"#, "/p"),
        (#"{"anyOf": [false, Q, M]}"#, #"{"p": 1}"#, "/p"),
        (#"{"anyOf": [Q, {"anyOf": [Q, M]}]}"#, #"{"p": 1}"#, "/p"),
        (#"{"properties": {"a": {"anyOf": [Q, M]}}}"#, #"{"a": {"p": 1}}"#, "/a/p"),
        (#"{"items": {"anyOf": [Q, {"allOf": [M]}]}}"#, #"[{}, {"p": 1}]"#, "/1/p"),
        (#"{"anyOf": [Q, {"properties": {"a": {"items": M}}}]}"#, #"{"a": [{"p": 1}]}"#, "/a/0/p"),
        (#"{"anyOf": [Q, {"patternProperties": {"^p": {"writeOnly": true}}}]}"#, #"{"pin": 1}"#, "/pin"),
        (#"{"anyOf": [Q, {"items": {"writeOnly": true}}]}"#, "[1]", "/0"),
        (##"{"anyOf": [Q, {"$ref": "#/$defs/m"}], "$defs": {"m": M}}"##, #"{"p": 1}"#, "/p"),
        (
            #"{"discriminator": {"propertyName": "t"}, "anyOf": [Q, M]}"#, #"{"p": 1, "t": "x"}"#, "/p"
        ),
        (
            ##"{"discriminator": {"propertyName": "t", "mapping": {"x": "#/$defs/o"}}, "anyOf": [M, {"$ref": "#/$defs/o"}], "$defs": {"o": Q}}"##,
            #"{"p": 1, "t": "x"}"#, "/p"
        ),
        (#"{"anyOf": [Q, {"unevaluatedProperties": {"writeOnly": true}}]}"#, #"{"p": 1}"#, "/p"),
        (#"{"anyOf": [Q, {"dependentSchemas": {"p": M}}]}"#, #"{"p": 1}"#, "/p"),
        // Section 10.3.1.3: contains applies to every element, whatever minContains requires.
        (#"{"contains": M}"#, #"[{"p": 1}]"#, "/0/p"),
        (#"{"contains": M}"#, #"[{}, {"p": 1}]"#, "/1/p"),
        (#"{"contains": M, "minContains": 0}"#, #"[{}, {"p": 1}]"#, "/1/p"),
        // Section 10.2.2.1: the annotations of `if` count, with and without the other two keywords.
        (#"{"if": M}"#, #"{"p": 1}"#, "/p"),
        (#"{"if": M, "then": Q}"#, #"{"p": 1}"#, "/p"),
        (#"{"if": M, "else": false}"#, #"{"p": 1}"#, "/p"),
        (#"{"allOf": [Q, {"if": M}]}"#, #"{"p": 1}"#, "/p"),
    ]

    private static func compiled(_ schema: String) throws -> CompiledSchema {
        try compile(schema.replacing("M", with: marked).replacing("Q", with: accepting))
    }

    @Test("a writeOnly member of an applied schema is refused", arguments: rows)
    func refused(row: (schema: String, value: String, place: String)) throws {
        let compiled = try Self.compiled(row.schema)
        let report = try compiled.report(row.value)
        #expect(report.issues.map { "\($0.pointer) \($0.keyword)" } == ["\(row.place) writeOnly"])
        #expect(report.outcome == .invalid)
        #expect(try compiled.outcome(row.value) == .invalid)
        // In a request, nothing is wrong with it.
        let request = ValidationOptions(direction: .request, refusesReadOnly: true)
        #expect(try compiled.outcome(row.value, request) == .valid)
        #expect(try compiled.report(row.value, request).issues.isEmpty)
    }

    @Test("the same for a readOnly member of a request, if it is refused", arguments: rows)
    func readOnly(row: (schema: String, value: String, place: String)) throws {
        let text = row.schema.replacing("M", with: Self.marked).replacing("Q", with: Self.accepting)
        let compiled = try compile(text.replacing("writeOnly", with: "readOnly"))
        let request = ValidationOptions(direction: .request, refusesReadOnly: true)
        let report = try compiled.report(row.value, request)
        #expect(report.issues.map { "\($0.pointer) \($0.keyword)" } == ["\(row.place) readOnly"])
        #expect(try compiled.outcome(row.value, request) == .invalid)
        #expect(try compiled.outcome(row.value, ValidationOptions(direction: .request)) == .valid)
    }

    @Test(
        "a mark of a schema that does not apply does not count",
        arguments: [
            (#"{"anyOf": [Q, {"required": ["z"], "allOf": [M]}]}"#, #"{"p": 1}"#),
            (#"{"contains": {"required": ["z"], "allOf": [M]}, "minContains": 0}"#, #"[{"p": 1}]"#),
            (#"{"if": {"required": ["z"], "allOf": [M]}, "then": false}"#, #"{"p": 1}"#),
            (#"{"not": {"anyOf": [{"required": ["z"], "allOf": [M]}]}}"#, #"{"p": 1}"#),
            (#"{"anyOf": [Q, M]}"#, #"{"q": 1}"#), (#"{"anyOf": [Q, M]}"#, #"[{"p": 1}]"#),
            (#"{"oneOf": [Q, {"type": "string", "allOf": [M]}]}"#, #"{"p": 1}"#),
        ])
    func ignored(schema: String, value: String) throws {
        let compiled = try Self.compiled(schema)
        #expect(try compiled.outcome(value) == .valid)
        #expect(try compiled.report(value).issues.isEmpty)
    }

    @Test(
        "behind a condition that cannot be decided, no mark counts",
        arguments: [
            ##"{"if": {"$ref": "#/nowhere"}, "else": M}"##, ##"{"if": {"$ref": "#/nowhere"}, "then": M, "else": Q}"##,
            ##"{"allOf": [{"if": {"pattern": "(", "$ref": "#/nowhere"}, "then": M, "else": M}]}"##,
        ])
    func open(schema: String) throws {
        let beside = #"{"allOf": [\#(schema), {"properties": {"x": {"writeOnly": true}}}]}"#
        let compiled = try Self.compiled(beside)
        #expect(!compiled.unusable.isEmpty)
        #expect(try compiled.report(#"{"p": 1, "x": 1}"#).issues.map(\.pointer.description) == ["/x"])
        #expect(try compiled.outcome(#"{"p": 1}"#) == .valid)
    }

    @Test(
        "a member that no alternative names is undeclared, in any order of the alternatives",
        arguments: [
            (#"{"anyOf": [P, R]}"#, #"{"a": 1, "b": 2}"#, ["/b"]),
            (#"{"anyOf": [R, P]}"#, #"{"a": 1, "b": 2}"#, ["/b"]),
            (#"{"anyOf": [R, {"allOf": [P]}]}"#, #"{"a": 1, "b": 2}"#, ["/b"]),
            (#"{"anyOf": [R, P, {"properties": {"b": {}}}]}"#, #"{"a": 1, "b": 2}"#, []),
            (#"{"contains": P}"#, #"[{"a": 1}, {"b": 1}]"#, ["/1/b"]),
            (#"{"contains": P}"#, #"[{"b": 1}, {"a": 1}]"#, ["/0/b"]), (#"{"if": P}"#, #"{"b": 1}"#, ["/b"]),
        ])
    func undeclared(schema: String, value: String, places: [String]) throws {
        let text = schema.replacing("P", with: #"{"properties": {"a": {}}}"#)
            .replacing("R", with: #"{"required": ["a"]}"#)
        #expect(try compile(text).report(value).undeclared.map(\.description) == places)
    }
}
