public import Diagnostics

/// A kind of change between two contracts: a stable id, four axes, and a severity under each preset.
public struct ChangeRule: Sendable, Hashable {
    /// The direction in which the part of the contract is sent.
    public enum Direction: String, Sendable, Hashable, CaseIterable {
        /// From the client to the API: accepting less is breaking.
        case request
        /// From the API to the client: producing more is breaking.
        case response
        /// Neither: the operation or the contract itself.
        case none
    }

    /// The kind of part that changed.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case existence, requiredness, type, bounds, values, structure, access, lifecycle, annotation, serialization
        case security, identity
    }

    /// The effect of the change on the set of accepted messages.
    public enum Effect: String, Sendable, Hashable, CaseIterable {
        /// More messages are accepted than before.
        case widened
        /// Fewer messages are accepted than before.
        case narrowed
        /// Some old messages are rejected and some new ones are accepted.
        case incomparable
        /// The effect cannot be decided.
        case undecided
        /// The same messages are accepted.
        case none
    }

    /// The id in reports and ignore files; it never changes once released.
    public let id: String
    /// The direction in which the part is sent.
    public let direction: Direction
    /// The part of the contract: `body`, `property`, `parameter`, `operation`, `security` …
    public let area: String
    /// The kind of part that changed.
    public let kind: Kind
    /// The action: `added`, `removed`, `increased` …
    public let action: String
    /// The effect of the change on the set of accepted messages.
    public let effect: Effect
    /// The meaning, in one line.
    public let summary: String
    /// The id of the rule for the reverse edit.
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
    /// By inclusion: a change is an error unless every old request and every new response is valid in the other
    /// contract.
    case strict
    /// By GitHub's published list of breaking changes: new enum values and statuses do not break.
    case github
    /// By Stripe's published list: like `github`, but the length and form of strings in responses may change as well.
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
    /// Every rule: those for schemas by direction and area, then those for operations and the contract.
    public static let all: [ChangeRule] = schemaRules + messageRules + operationRules + contractRules

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    /// The rule with this id.
    public static func named(_ id: String) -> ChangeRule? { byID[id] }
}
