import JSONDocument
import JSONSchema
import Testing

@testable import Generation

/// A schema of its own, in a document of its own.
struct OneSchema {
    let store: SchemaStore
    let place: SchemaPlace

    init(_ text: String, dialect: SchemaDialect = .draft202012) throws {
        let document = try JSONDocument(parsing: text)
        var documents = SchemaDocuments()
        documents.add(document, uri: "test:///schema.json", file: "schema.json", dialect: dialect)
        store = SchemaStore(documents)
        place = SchemaPlace(uri: "test:///schema.json", pointer: .root)
    }

    func value(
        seed: String = "s", direction: ValidationOptions.Direction = .response, style: ValueGenerator.Style = .plain
    ) -> JSONValue? {
        ValueGenerator(schemas: store, seed: seed, direction: direction, style: style).value(for: place)
    }

    func issues(_ value: JSONValue, _ direction: ValidationOptions.Direction = .response) throws -> [SchemaIssue] {
        let schema = try store.compiled(place)
        return schema.validate(JSONDocument(value).root, ValidationOptions(direction: direction)).issues
    }
}
