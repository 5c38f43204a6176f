public import Diagnostics

/// A kind of change between two contracts: a stable id, four axes, and a severity under each preset.
public struct ChangeRule: Sendable, Hashable {
    /// Which way the part of the contract travels.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// From the client to the API: accepting less breaks clients.
        case request
        /// From the API to the client: producing more breaks clients.
        case response
        /// Neither: the operation or the contract itself.
        case none
    }

    /// What kind of part changed.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case existence, requiredness, type, bounds, values, structure, access, lifecycle, annotation, serialization
        case security, identity
    }

    /// What the change does to the set of accepted messages.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// More is accepted than before.
        case widened
        /// Less is accepted than before.
        case narrowed
        /// Some of the old is refused and something new is accepted.
        case incomparable
        /// Nothing can be said about it.
        case undecided
        /// The same is accepted.
        case none
    }

    /// The id that reports and ignore files use; never changes once shipped.
    public let id: String
    /// Which way the part travels.
    public let direction: Direction
    /// The part of the contract: `body`, `property`, `parameter`, `operation`, `security` …
    public let area: String
    /// What kind of part changed.
    public let kind: Kind
    /// What happened: `added`, `removed`, `increased` …
    public let action: String
    /// What the change does to the set of accepted messages.
    public let effect: Effect
    /// What it means, in one line.
    public let summary: String
    /// The id of the change that the same edit made backwards is.
    public let mirror: String
    private let severities: [Severity]

    init(
        _ id: String, _ direction: Direction, _ area: String, _ kind: Kind, action: String, effect: Effect,
        mirror: String, severities: [Severity], summary: String
    ) {
        self.id = id
        self.direction = direction
        self.area = area
        self.kind = kind
        self.action = action
        self.effect = effect
        self.mirror = mirror
        self.severities = severities
        self.summary = summary
    }

    /// The severity under a preset.
    public func severity(under preset: RulePreset) -> Severity {
        severities[preset.index]
    }
}

/// Which changes count as breaking.
public enum RulePreset: String, Sendable, Hashable, CaseIterable {
    /// By inclusion: a change is an error unless every old request and every new response fits the other contract.
    case strict
    /// By GitHub's published list of breaking changes: new enum values and statuses do not break.
    case github
    /// By Stripe's published list: as `github`; the length and form of strings in responses may change as well.
    case stripe

    var index: Int {
        switch self {
        case .strict: 0
        case .github: 1
        case .stripe: 2
        }
    }
}

extension ChangeRule {
    /// Every rule: those of schemas by direction and area, then those of operations and of the contract.
    public static let all: [ChangeRule] = schemaRules + messageRules + operationRules + contractRules

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The rule with this id.
    public static func named(_ id: String) -> ChangeRule? { byID[id] }
}
