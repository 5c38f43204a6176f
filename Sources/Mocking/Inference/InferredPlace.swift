import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// A resource of an inferred collection, and where it is.
struct InferredPlace: Sendable {
    var collection = ""
    /// The ids of everything around it and its own, encoded, each after a slash.
    var key = ""
    var value = JSONObject()
    /// Whether everything around it comes from the document's examples, so that the examples below it apply.
    var isDocumented = true

    /// The key of what has an id below another key.
    static func key(_ scope: String, _ id: String) -> String { scope + "/" + ParameterCodec.percentEncode(id) }

    /// Whether a key is that of a resource right below another one.
    static func isDirectly(_ key: String, below scope: String) -> Bool {
        guard key.utf8.starts(with: scope.utf8) else { return false }
        let rest = key.utf8.dropFirst(scope.utf8.count)
        return rest.first == UInt8(ascii: "/") && !rest.dropFirst().contains(UInt8(ascii: "/"))
    }

    /// The text of an id by which it is compared: `7` and `7.0` are one number.
    static func id(_ text: String, isNumeric: Bool) -> String {
        isNumeric ? JSONNumber(text)?.canonical ?? text : text
    }
}

/// A resource that an inferred collection remembers.
struct InferredThing: Sendable {
    var value: JSONObject
    /// Whether an operation created it; else it is a documented one that was changed.
    var isCreated: Bool
    /// Whether it was deleted, although the examples of the document still show it.
    var isGone = false
}

/// Everything that is remembered of a contract without a behaviour file, by the paths of collections.
struct InferredState: Sendable {
    /// What was created or changed.
    var stores: [String: BoundedStore<InferredThing>] = [:]
    /// What the examples of the document show; read when it is first needed.
    var seeds: [String: [InferredSeed]] = [:]
    /// How many resources were ever created; ids that no request gave are derived from it.
    var counts: [String: Int] = [:]

    mutating func insert(_ thing: InferredThing, for key: String, in collection: String, cost: Int) {
        let limits = MemoryLimits()
        let empty = BoundedStore<InferredThing>(maximumCount: limits.entities, maximumCost: limits.bytes)
        stores[collection, default: empty].insert(thing, for: key, cost: cost)
    }
}

/// Ids for resources whose id no request gave, decided by the seed and by how many were made before.
struct InferredIDs {
    let member: String
    let collection: String
    let seed: String
    let serial: Int

    /// Values to try, the most readable first. Each is made when it is needed: mostly the first one is taken, and one
    /// that a pattern describes takes long to make.
    ///
    /// - Parameter schemas: The schemas that have to allow them; there may be others.
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
