import Exchanges
import JSONDocument

/// Everything that a mock remembers of one contract.
struct MockState: Sendable {
    var collections: [String: BoundedStore<Entity>] = [:]
    /// What was created or changed without a behaviour file, by the path of the collection.
    var inferred: [String: BoundedStore<InferredThing>] = [:]
    /// What the examples of the document show, by the path of the collection; read when it is first needed.
    var seeds: [String: [InferredSeed]] = [:]
    /// How many things were ever made so; ids that nobody gave are derived from it.
    var inferredCounts: [String: Int] = [:]
    var replays: BoundedStore<Replay>
    /// The next number of each counter.
    var counters: [String: Int]
    var windows: [String: RateWindow] = [:]
    /// Tells apart the things that equal requests made; tokens of ids that nobody gave are derived from it.
    var serials = Serials()

    /// The callbacks and webhooks of late.
    var deliveries: [Delivery] = []
    /// How many of them, at the end, are still to be sent.
    var unsent = 0

    init(_ behaviour: Behaviour?) {
        let memory = behaviour?.memory ?? MemoryLimits()
        for name in behaviour?.collectionNames ?? [] {
            collections[name] = BoundedStore(maximumCount: memory.entities, maximumCost: memory.bytes)
        }
        replays = BoundedStore(maximumCount: memory.replays, maximumCost: memory.bytes)
        counters = behaviour?.counters ?? [:]
    }
}

/// A request that carried a key, and the answer it got.
struct Replay: Sendable {
    let method: String
    let target: String
    let body: [UInt8]
    let answer: Answer

    /// Whether `request` asks for the same: bodies are compared as JSON where both are, else byte for byte.
    func isSame(as request: IncomingRequest) -> Bool {
        guard method.utf8.elementsEqual(request.method.utf8), target.utf8.elementsEqual(request.target.utf8)
        else { return false }
        let other = request.message.body ?? []
        if body == other { return true }
        guard let document = request.document, let first = try? JSONDocument(parsing: body) else { return false }
        return first.root.value == document.root.value
    }
}

/// Numbers for equal requests: the first, the second and so on of each kind.
struct Serials: Sendable {
    private static let maximumKinds = 65_536

    private var counts: [UInt64: Int] = [:]
    private var total = 0

    /// A text that no other request of the kind `hash` gets.
    ///
    /// Beyond the kinds that are remembered it is decided by the order of all requests.
    mutating func next(of hash: UInt64) -> String {
        total += 1
        guard counts[hash] != nil || counts.count < Self.maximumKinds else { return "of all \(total)" }
        counts[hash, default: 0] += 1
        return String(counts[hash] ?? 0)
    }
}
