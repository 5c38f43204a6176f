import JSONDocument
import JSONSchema
import Testing

@Suite("Output formats of JSON Schema")
struct StandardOutputTests {
    private let schema = """
        {"properties": {"a/b": {"type": "string"}, "c": {"anyOf": [{"type": "null"}, {"minimum": 5}]}}}
        """

    private func output(_ body: String, _ format: StandardOutput) throws -> String {
        try compile(schema).validate(JSONDocument(parsing: body).root).output(format).text
    }

    @Test("a valid value has no errors in any format", arguments: StandardOutput.allCases)
    func valid(format: StandardOutput) throws {
        #expect(try output(#"{"a/b": "x", "c": 6}"#, format) == #"{"valid":true}"#)
    }

    @Test("flag contains only the verdict")
    func flag() throws {
        #expect(try output(#"{"a/b": 1}"#, .flag) == #"{"valid":false}"#)
    }

    @Test("basic is a flat list, with pointers escaped for their context")
    func basic() throws {
        let report = try JSONDocument(parsing: output(#"{"a/b": 1, "c": 2}"#, .basic)).root
        let errors = try #require(report["errors"])
        #expect(errors.elements.map { $0["instanceLocation"]?.string } == ["/a~1b", "/c", "/c", "/c"])
        #expect(
            errors.elements.map { $0["absoluteKeywordLocation"]?.string } == [
                "test:///schema.json#/properties/a~1b/type", "test:///schema.json#/properties/c/anyOf",
                "test:///schema.json#/properties/c/anyOf/1/minimum", "test:///schema.json#/properties/c/anyOf/0/type",
            ])
        #expect(errors[0]?["keywordLocation"]?.string == "/properties/a~1b/type")
        #expect(errors[0]?["error"]?.string == "is a number, but the schema allows only string")
        #expect(errors.elements.allSatisfy { $0["errors"] == nil })
    }

    @Test("detailed nests the errors of alternatives below their keyword")
    func detailed() throws {
        let report = try JSONDocument(parsing: output(#"{"c": 2}"#, .detailed)).root
        #expect(report["errors"]?.count == 1)
        let below = try #require(report["errors"]?[0]?["errors"])
        #expect(
            below.elements.map { $0["keywordLocation"]?.string } == [
                "/properties/c/anyOf/1/minimum", "/properties/c/anyOf/0/type",
            ])
    }
}
