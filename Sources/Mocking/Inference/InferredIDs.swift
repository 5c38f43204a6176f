import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// Ids for things whose id nobody gave, decided by the seed and by how many were made before.
struct InferredIDs {
    let member: String
    let collection: String
    let seed: String
    let serial: Int

    /// Values to try, those that people like to read first.
    func candidates(_ schema: SchemaView?, _ schemas: SchemaStore) -> [JSONValue] {
        let number = JSONValue.number(JSONNumber(1_001 + serial))
        guard let schema else { return [token, number] }
        var found: [JSONValue] = []
        if schema.allows(.string), schema.format == nil, schema.enumeration.isEmpty { found.append(token) }
        if schema.allows(.number) { found += [number, .number(JSONNumber(1 + serial))] }
        let varied = ValueGenerator(schemas: schemas, seed: seed, style: .varied)
        found += (0..<8).compactMap { varied.value(for: schema, at: "\(collection) \(member) \(serial) \($0)") }
        return found.filter { $0.kind == .string || $0.kind == .number }
    }

    private var token: JSONValue {
        var tokens = TokenSource([seed, collection, member, String(serial)])
        return .string(tokens.token(12))
    }
}
