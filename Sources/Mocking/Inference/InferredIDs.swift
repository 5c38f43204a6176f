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

    /// Values to try, those that people like to read first. Each is made when it is asked for: mostly the first one
    /// is taken, and one that a pattern describes takes long to make.
    ///
    /// - Parameter schemas: What has to allow them; not all of it needs to be found here.
    func candidates(_ schemas: [SchemaView], _ store: SchemaStore) -> some Sequence<JSONValue> {
        var makers: [() -> JSONValue?] = []
        if schemas.allSatisfy({ $0.allows(.string) }) { makers.append { token } }
        if schemas.contains(where: { $0.allows(.number) }) {
            for start in [1_001, 1] { makers.append { .number(JSONNumber(start + serial)) } }
            // One schema may want the number as a text.
            for start in [1_001, 1] { makers.append { .string(String(start + serial)) } }
        }
        let varied = ValueGenerator(schemas: store, seed: seed, style: .varied)
        for schema in schemas {
            for number in 0..<4 {
                makers.append { varied.value(for: schema, at: "\(collection) \(member) \(serial) \(number)") }
            }
        }
        return makers.lazy.compactMap { $0() }.filter { $0.kind == .string || $0.kind == .number }
    }

    private var token: JSONValue {
        var tokens = TokenSource([seed, collection, member, String(serial)])
        return .string(tokens.token(12))
    }
}
