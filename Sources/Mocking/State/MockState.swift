/// The state of a mock for one contract.
struct MockState: Sendable {
    var collections: [String: BoundedStore<Entity>] = [:]
    /// The resources of a contract without a behaviour file.
    var inferred = InferredState()
    var replays: BoundedStore<Replay>
    /// The next number of each counter.
    var counters: [String: Int]
    var windows: [String: RateWindow] = [:]
    /// Distinguishes the entities of equal requests. Tokens of ids that no request contained are derived from it.
    var serials = Serials()
    var outbox = Outbox()
    /// The keys whose check has a gap on purpose, while the gap is open.
    var gaps: [String: KeyGap.Opening] = [:]
    /// The number of responses with a rule broken on purpose.
    var brokenAnswers = 0

    init(_ behaviour: Behaviour?) {
        let memory = behaviour?.memory ?? MemoryLimits()
        for name in behaviour?.collections.names ?? [] {
            collections[name] = BoundedStore(maximumCount: memory.entities, maximumCost: memory.bytes)
        }
        replays = BoundedStore(maximumCount: memory.replays, maximumCost: memory.bytes)
        counters = behaviour?.counters ?? [:]
    }

    /// Stores the response to a request with an idempotency key.
    mutating func keep(_ replay: Replay, for key: String) {
        replays.insert(replay, for: key, cost: replay.body.count + replay.answer.body.bytes.count + 512)
    }
}

/// Numbers for equal requests: the first, the second and so on of each kind.
struct Serials: Sendable {
    private static let maximumKinds = 65_536

    private var counts: [UInt64: Int] = [:]
    private var total = 0

    /// A text that is unique among the requests of the kind `hash`.
    ///
    /// Beyond the limit of stored kinds, it depends on the order of all requests.
    mutating func next(of hash: UInt64) -> String {
        total += 1
        guard counts[hash] != nil || counts.count < Self.maximumKinds else { return "of all \(total)" }
        counts[hash, default: 0] += 1
        return String(counts[hash] ?? 0)
    }
}
