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
    ///
    /// - Parameter schemas: What has to allow them; not all of it needs to be found here.
    func candidates(_ schemas: [SchemaView], _ store: SchemaStore) -> [JSONValue] {
        var found: [JSONValue] = []
        if schemas.allSatisfy({ $0.allows(.string) }) { found.append(token) }
        if schemas.contains(where: { $0.allows(.number) }) {
            found += [1_001, 1].map { .number(JSONNumber($0 + serial)) }
        }
        let varied = ValueGenerator(schemas: store, seed: seed, style: .varied)
        for schema in schemas {
            found += (0..<4).compactMap { varied.value(for: schema, at: "\(collection) \(member) \(serial) \($0)") }
        }
        return found.filter { $0.kind == .string || $0.kind == .number }
    }

    private var token: JSONValue {
        var tokens = TokenSource([seed, collection, member, String(serial)])
        return .string(tokens.token(12))
    }
}
