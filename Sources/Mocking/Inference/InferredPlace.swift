import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// A resource of an inferred collection, and its place in the state.
struct InferredPlace: Sendable {
    var collection = ""
    /// The ids of its parents and its own, encoded, each after a slash.
    var key = ""
    var value = JSONObject()
    /// Whether all of its parents come from the document's examples, so the examples below it apply.
    var isDocumented = true
    /// The number of the change that gave it its value; `nil` if it is not stored.
    var revision: Int?

    /// The key of a resource with an id below another key.
    static func key(_ scope: String, _ id: String) -> String { scope + "/" + ParameterCodec.percentEncode(id) }

    /// Whether a key belongs to a resource directly below another one.
    static func isDirectly(_ key: String, below scope: String) -> Bool {
        guard key.utf8.starts(with: scope.utf8) else { return false }
        let rest = key.utf8.dropFirst(scope.utf8.count)
        return rest.first == UInt8(ascii: "/") && !rest.dropFirst().contains(UInt8(ascii: "/"))
    }

    /// The text of an id for comparisons: `7` and `7.0` are the same number.
    static func id(_ text: String, isNumeric: Bool) -> String {
        isNumeric ? JSONNumber(text)?.canonical ?? text : text
    }
}

/// A resource that an inferred collection remembers.
struct InferredThing: Sendable {
    var value: JSONObject
    /// Whether an operation created it. Otherwise it is a documented resource that was changed.
    var isCreated: Bool
    /// Whether it was deleted, although the examples of the document still show it.
    var isGone = false
    /// The number of the change that gave it its value, unique in the state.
    var revision = 0
}

/// The state of a contract without a behaviour file, by the paths of collections.
struct InferredState: Sendable {
    /// The created and changed resources.
    var stores: [String: BoundedStore<InferredThing>] = [:]
    /// The resources in the examples of the document; read when they are first needed.
    var seeds: [String: [InferredSeed]] = [:]
    /// The number of resources that were ever created. Ids that no request contained are derived from it.
    var counts: [String: Int] = [:]
    /// The responses that show stored resources.
    var shown = ShownAnswers()
    /// The number of changes so far.
    private var changes = 0

    mutating func insert(_ thing: InferredThing, for key: String, in collection: String, cost: Int) {
        let limits = MemoryLimits()
        let empty = BoundedStore<InferredThing>(maximumCount: limits.entities, maximumCost: limits.bytes)
        stores[collection, default: empty].insert(numbered(thing), for: key, cost: cost)
    }

    /// Changes a stored resource, which keeps its age.
    mutating func replace(_ thing: InferredThing, for key: String, in collection: String) {
        let thing = numbered(thing)
        stores[collection]?.replace(thing, for: key)
    }

    private mutating func numbered(_ thing: InferredThing) -> InferredThing {
        changes += 1
        var thing = thing
        thing.revision = changes
        return thing
    }
}

/// Ids for resources whose id no request contained. They depend on the seed and on the number of resources before.
struct InferredIDs {
    let member: String
    let collection: String
    let seed: String
    let serial: Int

    /// Values to try, the most readable first. Each value is generated when it is needed: the first one usually fits,
    /// and a value for a pattern takes long to generate.
    ///
    /// - Parameter schemas: The schemas that must allow the values; there can be others.
    func candidates(_ schemas: [SchemaView], _ store: SchemaStore) -> some Sequence<JSONValue> {
        var makers: [() -> JSONValue?] = []
        if schemas.allSatisfy({ $0.allows(.string) }) { makers.append { token } }
        if schemas.contains(where: { $0.allows(.number) }) {
            for start in [1_001, 1] { makers.append { .number(JSONNumber(start + serial)) } }
            // One schema can require the number as text.
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
