import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// Values of a kind that a member names.
struct DiscriminatorTests {
    private static func schema(mapping: String) -> String {
        #"""
        {"oneOf": [{"$ref": "#/$defs/Circle"}, {"$ref": "#/$defs/Square"}],
         "discriminator": {"propertyName": "kind"\#(mapping)},
         "$defs": {
           "Circle": {"type": "object", "required": ["kind", "radius"], "properties": {"kind": {"type": "string"}, "radius": {"type": "number"}}},
           "Square": {"type": "object", "required": ["kind", "side"], "properties": {"kind": {"type": "string"}, "side": {"type": "number"}}}}}
        """#
    }

    @Test(
        "the discriminator names the generated alternative",
        arguments: [
            ("", "Circle"), (##", "mapping": {"round": "#/$defs/Circle", "angular": "#/$defs/Square"}"##, "round"),
        ])
    func named(mapping: String, kind: String) throws {
        let schema = try OneSchema(Self.schema(mapping: mapping))
        let value = try #require(schema.value())
        #expect(value["kind"]?.string == kind)
        #expect(try schema.issues(value).isEmpty)
    }
}
