import JSONDocument
import JSONSchema
import Testing

/// The place and the keyword of an issue.
@Suite("Places of issues")
struct IssuePlaceTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let value: String
        /// `pointer keyword` of each issue.
        let issues: [String]

        init(_ schema: String, _ value: String, _ issues: String...) {
            self.schema = schema
            self.value = value
            self.issues = issues
        }

        var testDescription: String { "\(schema) on \(value)" }
    }

    static let rows = [
        Row(#"{"type": "integer"}"#, #""a""#, " type"), Row(#"{"const": 1}"#, "2", " const"),
        Row(#"{"enum": [1]}"#, "2", " enum"),
        Row(#"{"minimum": 3}"#, "2", " minimum"), Row(#"{"maximum": 3}"#, "4", " maximum"),
        Row(#"{"exclusiveMinimum": 3}"#, "3", " exclusiveMinimum"),
        Row(#"{"exclusiveMaximum": 3}"#, "3", " exclusiveMaximum"), Row(#"{"multipleOf": 2}"#, "3", " multipleOf"),
        Row(#"{"minLength": 2}"#, #""a""#, " minLength"),
        Row(#"{"maxLength": 0}"#, #""a""#, " maxLength"), Row(#"{"pattern": "b"}"#, #""a""#, " pattern"),
        Row(#"{"minItems": 1}"#, "[]", " minItems"),
        Row(#"{"maxItems": 0}"#, "[1]", " maxItems"), Row(#"{"minProperties": 1}"#, "{}", " minProperties"),
        Row(#"{"maxProperties": 0}"#, #"{"a": 1}"#, " maxProperties"),
        Row(#"{"not": {}}"#, "1", " not"), Row(#"{"anyOf": [{"type": "string"}, {"minimum": 5}]}"#, "1", " anyOf"),
        Row(#"{"oneOf": [{}, {}]}"#, "1", " oneOf"),
        Row(#"{"minimum": 3, "multipleOf": 2}"#, "1", " minimum", " multipleOf"),
        Row(#"{"type": "string", "enum": ["a"]}"#, "1", " type"),
        Row(#"{"allOf": [{"minimum": 3}, {"maximum": 0}]}"#, "1", " minimum", " maximum"),
        Row(##"{"$ref": "#/$defs/a", "$defs": {"a": {"type": "string"}}}"##, "1", " type"),
        Row(#"{"properties": {"a": {"type": "string"}}}"#, #"{"a": 1}"#, "/a type"),
        Row(
            #"{"properties": {"a/b": {"properties": {"c~d": {"minimum": 2}}}}}"#, #"{"a/b": {"c~d": 1}}"#,
            "/a~1b/c~0d minimum"),
        Row(#"{"properties": {"": {"type": "null"}}}"#, #"{"": 1}"#, "/ type"),
        Row(#"{"items": {"type": "integer"}}"#, #"[1, "a", 2, null]"#, "/1 type", "/3 type"),
        Row(#"{"items": {"items": {"minimum": 1}}}"#, "[[1], [0, 1, 0]]", "/1/0 minimum", "/1/2 minimum"),
        Row(#"{"prefixItems": [{"type": "string"}, {"type": "integer"}]}"#, #"[1, "a"]"#, "/0 type", "/1 type"),
        Row(
            #"{"additionalProperties": {"type": "string"}, "properties": {"a": {}}}"#, #"{"a": 1, "b": 2, "c": 3}"#,
            "/b type", "/c type"),
        Row(#"{"patternProperties": {"^x": {"type": "string"}}}"#, #"{"x1": 1, "y": 2}"#, "/x1 type"),
        Row(#"{"if": {"type": "integer"}, "then": {"minimum": 5}}"#, "1", " minimum"),
        Row(#"{"if": {"type": "integer"}, "else": {"minLength": 5}}"#, #""a""#, " minLength"),
        Row(
            #"{"dependentSchemas": {"a": {"properties": {"b": {"type": "string"}}}}}"#, #"{"a": 1, "b": 2}"#, "/b type"),
        Row(
            #"{"properties": {"a": {"type": "string"}, "b": {"type": "string"}}}"#, #"{"b": 1, "a": 2}"#, "/b type",
            "/a type"),
    ]

    @Test("an issue has the place of its value and the name of its keyword", arguments: rows)
    func places(row: Row) throws {
        let issues = try compile(row.schema).report(row.value).issues.map { "\($0.pointer) \($0.keyword)" }
        #expect(issues.sorted() == row.issues.sorted())
    }

    @Test("a nested value has the same issues at deeper places", arguments: rows)
    func below(row: Row) throws {
        let schema = #"{"properties": {"m": {"items": {"$id": "inner.json", \#(row.schema.dropFirst())}}}"#
        let issues = try compile(schema).report(#"{"m": [\#(row.value)]}"#).issues.map { "\($0.pointer) \($0.keyword)" }
        #expect(issues.sorted() == row.issues.map { "/m/0" + $0 }.sorted())
    }

    @Test("no more issues are reported than requested", arguments: [1, 2, 5])
    func bounded(most: Int) throws {
        let value = "[" + (0..<50).map { _ in "1" }.joined(separator: ",") + "]"
        let report = try compile(#"{"items": {"type": "string"}}"#).report(
            value, ValidationOptions(maximumIssues: most))
        #expect(report.outcome == .invalid)
        #expect(report.issues.count == most)
    }
}
