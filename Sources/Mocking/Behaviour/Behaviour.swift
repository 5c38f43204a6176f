public import Diagnostics
import JSONDocument
public import OpenAPI
public import SourceText

/// What a server does beyond what its contract says: state, errors by situation, headers, limits.
///
/// Read from a YAML or JSON file whose format is documented in `docs/behaviour.md`. The mock follows it; nothing
/// is ever judged by it.
public struct Behaviour: Sendable {
    /// The file it was read from, as shown to users.
    public let file: String
    /// Warnings and notes about the file.
    public let diagnostics: [Diagnostic]

    let contentType: String?
    let ending: String
    /// Minutes east of UTC in which times are written; `nil` writes `Z`.
    let offset: Int?
    let order: [Stage]
    let version: VersionRule?
    let enforcesCredentials: Bool
    /// Whether any well-formed credentials are accepted.
    let acceptsAnyCredentials: Bool
    let headers: [ValueTemplate.Member]
    let idempotency: IdempotencyRule?
    let rateLimit: RateLimitRule?
    /// The first number of each counter.
    let counters: [String: Int]
    let errors: [Situation: ErrorAnswer]
    let collections: [String: CollectionRule]
    /// Names of the collections in the order of the file.
    let collectionNames: [String]
    /// By `Operation.name`.
    let operations: [String: OperationRule]
    let events: [String: EventRule]
    let eventNames: [String]
    let memory: MemoryLimits

    /// Reads a behaviour file and checks all of it against the contract that it belongs to.
    ///
    /// - Throws: every mistake of the file at once, each with its place.
    public static func load(
        file: String, contract: Contract, reader: SourceReader
    ) throws(SourceError) -> Behaviour {
        try parse(try reader.read(file), contract: contract)
    }

    /// Checks a file that is already read.
    ///
    /// - Throws: every mistake of the file at once, each with its place.
    public static func parse(_ source: SourceFile, contract: Contract) throws(SourceError) -> Behaviour {
        var reader = BehaviourReader(source: source, contract: contract)
        let behaviour = reader.behaviour()
        guard let behaviour, !reader.diagnostics.hasErrors else {
            throw SourceError(reader.diagnostics.sorted)
        }
        return behaviour
    }
}
