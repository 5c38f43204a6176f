import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Generated values against bounds that the test checks itself, without the compiled schema.
struct BoundaryTests {
    private func values(
        _ schema: String, _ dialect: SchemaDialect = .draft202012, _ direction: ValidationOptions.Direction = .response
    ) throws -> [JSONValue] {
        let schema = try OneSchema(schema, dialect: dialect)
        return try (0..<20).map { seed in
            try #require(
                schema.value(seed: "\(seed)", direction: direction, style: seed.isMultiple(of: 2) ? .plain : .varied))
        }
    }

    @Test(
        "lengths are counted in Unicode scalars",
        arguments: [(0, 0), (1, 1), (3, 3), (10, 12), (100, 100), (1, 2_000), (500, 500)])
    func lengths(least: Int, most: Int) throws {
        for value in try values(#"{"type": "string", "minLength": \#(least), "maxLength": \#(most)}"#) {
            #expect((least...most).contains(try #require(value.string).unicodeScalars.count))
        }
    }

    @Test("whole numbers stay inside of their bounds", arguments: [(0, 0), (-3, -3), (-1, 1), (7, 8), (-500, 500)])
    func integers(least: Int, most: Int) throws {
        for value in try values(#"{"type": "integer", "minimum": \#(least), "maximum": \#(most)}"#) {
            #expect((least...most).contains(try #require(value.number?.int)))
        }
    }

    @Test(
        "an integer is written without a fraction or an exponent",
        arguments: [
            "{}", #"{"minimum": 1e3}"#, #"{"maximum": -0.5}"#, #"{"multipleOf": 2.5}"#,
            #"{"minimum": 99999999999999999999}"#,
            #"{"exclusiveMinimum": 1.5, "exclusiveMaximum": 2.5}"#,
        ])
    func wholeSpelling(bounds: String) throws {
        let members = bounds == "{}" ? "" : ", " + bounds.dropFirst().dropLast()
        for value in try values(#"{"type": "integer"\#(members)}"#) {
            let lexeme = try #require(value.number?.lexeme)
            #expect(lexeme.allSatisfy { $0.isNumber || $0 == "-" }, "\(lexeme)")
        }
    }

    @Test("numbers of items stay inside of their bounds", arguments: [(0, 0), (1, 1), (2, 4), (10, 10), (0, 1)])
    func items(least: Int, most: Int) throws {
        for value in try values(
            #"{"type": "array", "minItems": \#(least), "maxItems": \#(most), "items": {"type": "integer"}}"#)
        {
            #expect((least...most).contains(try #require(value.elements?.count)))
        }
    }

    @Test(
        "unique items are all different",
        arguments: [#"{"type": "string"}"#, #"{"type": "integer"}"#, "{}", #"{"enum": [1, "1", true, null, "true"]}"#])
    func unique(items: String) throws {
        for value in try values(#"{"type": "array", "minItems": 4, "uniqueItems": true, "items": \#(items)}"#) {
            let elements = try #require(value.elements)
            #expect(elements.count >= 4)
            for (index, element) in elements.enumerated() {
                #expect(!elements[..<index].contains(element), "\(value.text)")
            }
        }
    }

    @Test("objects have all required members and no forbidden ones")
    func members() throws {
        let schema = """
            {"type": "object", "required": ["a", "b"], "properties": {"a": {"type": "string"}, "b": {"type": "integer"},
             "c": {"type": "boolean"}}, "additionalProperties": false}
            """
        for value in try values(schema) {
            let names = Set(try #require(value.object?.names))
            #expect(names.isSuperset(of: ["a", "b"]) && names.isSubset(of: ["a", "b", "c"]))
            #expect(value["a"]?.kind == .string && value["b"]?.number?.int != nil)
        }
    }

    @Test(
        "readOnly and writeOnly members are left out of one direction",
        arguments: [SchemaDialect.openAPI30, .draft202012])
    func directions(dialect: SchemaDialect) throws {
        let schema = """
            {"type": "object", "required": ["id", "pin", "name"], "properties": {"id": {"type": "string", "readOnly": true},
             "pin": {"type": "string", "writeOnly": true}, "name": {"type": "string"}}}
            """
        for value in try values(schema, dialect, .request) {
            #expect(value["id"] == nil && value["pin"] != nil && value["name"] != nil)
        }
        for value in try values(schema, dialect, .response) {
            #expect(value["id"] != nil && value["pin"] == nil && value["name"] != nil)
        }
    }

    @Test("a value of an enumeration is one of it, and all of them come up")
    func enumeration() throws {
        let schema = try OneSchema(#"{"enum": ["a", 1, null, [2], {"b": 3}]}"#)
        let found = Set((0..<60).compactMap { schema.value(seed: "\($0)", style: .varied)?.text })
        #expect(found == ["\"a\"", "1", "null", "[2]", #"{"b":3}"#])
    }

    @Test("every branch of a choice comes up", arguments: ["oneOf", "anyOf"])
    func branches(keyword: String) throws {
        let schema = try OneSchema(#"{"\#(keyword)": [{"type": "integer"}, {"type": "string"}, {"type": "null"}]}"#)
        let kinds = Set((0..<60).compactMap { schema.value(seed: "\($0)", style: .varied)?.kind })
        #expect(kinds == [.number, .string, .null])
    }

    @Test(
        "a format gives a text of its grammar",
        arguments: [
            ("date", #"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"#),
            ("time", #"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"#),
            (
                "date-time",
                #"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})$"#
            ),
            ("duration", "^P([0-9]+W|([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?)$"),
            ("uuid", "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"), ("ipv4", #"^[0-9]{1,3}(\.[0-9]{1,3}){3}$"#),
            ("ipv6", "^[0-9a-f:]{2,39}$"), ("email", "^[^@ ]+@[^@ ]+$"),
            ("hostname", "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$"),
            ("uri", "^[a-z][a-z0-9+.-]*:[^ ]+$"), ("json-pointer", "^(/[^/]*)*$"),
            ("relative-json-pointer", "^[0-9]+(#|(/[^/]*)*)$"),
            ("byte", "^[A-Za-z0-9+/]*={0,2}$"),
        ])
    func formats(format: String, pattern: String) throws {
        let judge = try OneSchema(#"{"pattern": \#(JSONValue.string(pattern).text)}"#)
        for value in try values(#"{"type": "string", "format": "\#(format)"}"#, .openAPI30) {
            #expect(try judge.issues(value).isEmpty, "\(value.text)")
        }
    }
}
