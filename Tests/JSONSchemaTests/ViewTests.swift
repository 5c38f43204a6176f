import Diagnostics
import JSONDocument
import JSONSchema
import Testing

/// Looking at schemas without judging.
@Suite("Views")
struct ViewTests {
    static let document = ##"""
        {"openapi": "3.0.3", "components": {"schemas": {
          "Order": {
            "allOf": [{"$ref": "#/components/schemas/Base"}],
            "type": "object", "required": ["amount", "id"],
            "properties": {
              "amount": {"type": "number", "format": "double", "default": 5},
              "status": {"type": "string", "enum": ["A", "B"], "nullable": true},
              "customer": {"$ref": "#/components/schemas/Customer"},
              "lines": {"type": "array", "items": {"oneOf": [{"$ref": "#/components/schemas/Line"}, {"type": "string"}]}},
              "notes": {"type": "object", "additionalProperties": {"type": "string"}}
            }
          },
          "Base": {"required": ["id"], "properties": {"id": {"type": "integer", "readOnly": true, "example": 7}}},
          "Customer": {"title": "who", "description": "The customer", "properties": {"parent": {"$ref": "#/components/schemas/Customer"}}},
          "Line": {"type": "object", "additionalProperties": false, "properties": {"count": {"type": "integer"}}}
        }}}
        """##

    private func view(_ name: String) throws -> SchemaView {
        var documents = SchemaDocuments()
        documents.add(
            try JSONDocument(parsing: Self.document), uri: "x:/api", file: "api.json", dialect: .openAPI30)
        let place = SchemaPlace(uri: "x:/api", pointer: JSONPointer(["components", "schemas", name]))
        return try #require(SchemaStore(documents).view(place))
    }

    @Test("members come from all branches, in order")
    func members() throws {
        let order = try view("Order")
        #expect(order.propertyNames == ["amount", "status", "customer", "lines", "notes", "id"])
        #expect(order.requiredNames == ["amount", "id"])
        #expect(
            order.branches.map(\.place.pointer.description) == [
                "/components/schemas/Order", "/components/schemas/Base",
            ])
        #expect(order.property("nothing")?.place == nil)
        #expect(order.allowsAdditional)
    }

    @Test("kinds follow type, nullable, enum and alternatives")
    func kinds() throws {
        let order = try view("Order")
        #expect(order.kinds == [.object])
        #expect(order.property("status")?.kinds == [.string])
        #expect(order.property("status")?.isNullable == false, "an enum without null forbids it")
        #expect(order.property("amount")?.integerOnly == false)
        #expect(order.property("id")?.integerOnly == true)
        #expect(order.view(at: ["lines", "0"])?.kinds == [.object, .string])
        #expect(try view("Customer").kinds == nil)
        #expect(try view("Customer").allows(.null))
    }

    @Test("a path follows references, elements and additional members")
    func paths() throws {
        let order = try view("Order")
        #expect(order.view(at: ["lines", "3", "count"])?.kinds == [.number])
        #expect(order.view(at: ["notes", "anything"])?.kinds == [.string])
        #expect(order.view(at: ["customer", "parent", "parent"])?.title == "who")
        #expect(order.view(at: ["customer", "missing"])?.place == nil)
        #expect(order.property("customer")?.place.pointer.description == "/components/schemas/Customer")
        #expect(order.property("customer")?.location.line == 14)
        #expect(order.view(at: ["lines", "3"])?.allowsAdditional == false)
    }

    @Test("annotations come from the first branch that has them")
    func annotations() throws {
        let order = try view("Order")
        #expect(order.property("id")?.isReadOnly == true)
        #expect(order.property("id")?.example?.number?.int == 7)
        #expect(order.property("amount")?.defaultValue?.number?.int == 5)
        #expect(order.property("amount")?.format == "double")
        #expect(order.property("status")?.enumeration.map(\.spelling) == [#""A""#, #""B""#])
        #expect(try view("Customer").description == "The customer")
        #expect(order.keyword("example")?.spelling == nil)
    }
}
