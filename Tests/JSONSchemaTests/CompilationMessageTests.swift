import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Whole diagnostics of schemas: rule, location, message and help.
@Suite("Messages about schemas")
struct CompilationMessageTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let schema: String
        let diagnostics: [String]
        let dialect: SchemaDialect

        /// A schema and its diagnostics, `line:column severity rule: message`, with ` | help` if there is one.
        init(_ schema: String, _ diagnostics: String..., dialect: SchemaDialect = .draft202012) {
            self.schema = schema
            self.diagnostics = diagnostics
            self.dialect = dialect
        }

        var testDescription: String { schema }
    }

    static let patterns = [
        Row(
            #"{"pattern": "/^a$/i"}"#,
            """
            1:2 error schema.pattern: the pattern /^a$/i has slashes and flags, which are matched as text | \
            write the pattern without slashes and flags: ^a$
            """),
        // The letters of other engines' anchors mean themselves without the u flag.
        Row(
            #"{"pattern": "^\\Aa$"}"#,
            """
            1:2 warning schema.pattern: the pattern ^\\Aa$ matches the letter A: \\A has no other meaning in ECMA-262 | \
            use ^ and $ for the start and the end of the text, and a class for other positions
            """, dialect: .openAPI30),
        Row(
            #"{"pattern": "^\\-$"}"#,
            """
            1:2 warning schema.pattern: the pattern ^\\-$ is valid only without the u flag, so it is matched without it: \
            '\\-' is not a valid escape in ECMA-262 patterns (at character 2) | \
            patterns are ECMA-262 regular expressions with the u flag
            """),
    ]

    static let values = [
        Row(
            #"{"type": []}"#,
            "1:2 warning schema.keyword: the list of types is empty, so no value satisfies the schema"),
        Row(
            #"{"oneOf": [{}, {}], "discriminator": {}}"#,
            "1:21 error schema.discriminator: discriminator requires the member propertyName, a string"),
        Row(
            #"{"oneOf": [{}], "discriminator": {"propertyName": "t", "mapping": {"a": 1}}}"#,
            #"1:17 error schema.discriminator: the mapping of "a" must be a string that names a schema"#),
        Row(
            #"{"minLenght": 1}"#,
            #"1:2 note schema.unknown-keyword: unknown keyword "minLenght" has no effect | did you mean `minLength`?"#),
        Row(
            #"{"format": "datetime"}"#,
            """
            1:2 warning schema.format: the format "datetime" is unknown, so it is not validated | \
            did you mean `date-time`?
            """),
        Row(
            #"{"type": "string", "nullable": true}"#,
            """
            1:20 warning schema.unknown-keyword: nullable is not a keyword of OpenAPI 3.1 and later and has no effect | \
            add "null" to the list of types
            """),
        Row(
            #"{"type": "number", "format": "uuid"}"#,
            "1:20 warning schema.format: the format uuid applies to strings, which the schema does not allow"),
        Row(
            #"{"type": "boolean", "format": "int64"}"#,
            """
            1:21 warning schema.format: the format int64 applies to strings and numbers, which the schema does not allow
            """),
    ]

    static let references = [
        Row(
            ##"{"$ref": "#/prefixItems/7", "prefixItems": [{}]}"##,
            """
            1:2 error schema.reference: the reference '#/prefixItems/7' leads nowhere: "/prefixItems" has no element "7"
            """),
        Row(
            ##"{"$ref": "#/minLength/x", "minLength": 1}"##,
            """
            1:2 error schema.reference: the reference '#/minLength/x' leads nowhere: "/minLength" is a number
            """),
        Row(
            ##"{"$ref": "#/%zz"}"##,
            """
            1:2 error schema.reference: the fragment of the reference '#/%zz' is neither a JSON Pointer nor an anchor
            """),
        Row(
            #"{"$ref": "other.json"}"#,
            """
            1:2 error schema.reference: the reference 'other.json' leads to test:///other.json, which is not loaded | \
            load the document first: references are never fetched
            """),
        Row(
            ##"{"$ref": "#"}"##,
            """
            1:2 error schema.cycle: the schema applies itself to the same value, so validation would never end | \
            a schema may contain itself only below a member or an element
            """),
        Row(
            ##"{"$ref": "#a", "$defs": {"x": {"$anchor": "a"}, "y": {"$anchor": "a"}}}"##,
            #"1:55 error schema.identifier: duplicate anchor "a" in one schema resource"#),
        Row(
            #"{"$schema": "https://example.com/dialect", "type": "string"}"#,
            """
            1:2 warning schema.dialect: the dialect https://example.com/dialect is unknown; the schema is read as \
            JSON Schema 2020-12
            """),
        Row(
            #"{"$schema": "http://json-schema.org/draft-03/schema#", "type": "string"}"#,
            """
            1:2 error schema.dialect: the dialect http://json-schema.org/draft-03/schema is not supported; the schema is \
            read as JSON Schema 2020-12 | use draft-04 or later
            """),
    ]

    static let openAPI30 = [
        Row(
            #"{"oneOf": [{}], "discriminator": {"propertyName": "t", "mapping": {"a": "Nope"}}}"#,
            """
            1:17 error schema.discriminator: the mapping refers to "Nope", but components/schemas has no schema with \
            that name
            """, dialect: .openAPI30),
        Row(
            #"{"type": "string", "patternProperties": {}}"#,
            "1:20 warning schema.unknown-keyword: patternProperties is not a keyword of OpenAPI 3.0 and has no effect",
            dialect: .openAPI30),
    ]

    @Test("patterns", arguments: patterns)
    func pattern(row: Row) throws { try check(row) }

    @Test("values of keywords", arguments: values)
    func value(row: Row) throws { try check(row) }

    @Test("references, identifiers and dialects", arguments: references)
    func reference(row: Row) throws { try check(row) }

    @Test("OpenAPI 3.0", arguments: openAPI30)
    func older(row: Row) throws { try check(row) }

    private func check(_ row: Row) throws {
        let found: [Diagnostic]
        do {
            found = try compile(row.schema, row.dialect).notes
        } catch let error as SchemaCompilationError {
            found = error.diagnostics
        }
        let lines = found.map { diagnostic in
            let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
            return "\(place) \(diagnostic.severity.rawValue) \(diagnostic.rule): \(diagnostic.message)"
                + (diagnostic.help.map { " | \($0)" } ?? "")
        }
        #expect(lines == row.diagnostics)
    }
}
