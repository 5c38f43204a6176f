public import Diagnostics

/// What happens to the rows of a project when they are sent to another version of an API.
public struct Upgrade: Sendable {
    /// The name of the version that the rows are written for.
    public var from: String
    /// The name of the version to which they were sent as well.
    public var to: String
    /// The steps whose responses were compared.
    public var comparedSteps = 0
    /// Changes that the contracts announce and the responses or rows show, most severe first.
    public var announced: [Announced] = []
    /// Changes that the contracts announce and no row shows.
    public var unexercised: [Unexercised] = []
    /// Differences that no change of the contracts announces.
    public var unannounced: [Unannounced] = []
    /// Rows that pass under the old version and fail under the new one.
    public var broken: [BrokenRow] = []
    /// Rows that send a wrong request on purpose, and are accepted under the new version.
    public var accepted: [UpgradeStep] = []
    /// Steps that could not be compared, and why.
    public var notCompared: [NotCompared] = []
    /// How volatile places were learned; `nil` when one version could not be run twice.
    public var volatile: VolatilePlaces?
    /// Changes that change nothing a client can see: descriptions, tags, unused components.
    public var quietChanges = 0

    /// A comparison of nothing.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    /// Equal changes of several operations and statuses.
    public struct ChangeSet: Sendable {
        /// The first of them.
        public var first: Change
        /// All of them.
        public var changes: [Change]

        /// The names of their operations, each once.
        public var operations: [String] {
            var names: [String] = []
            for name in changes.compactMap(\.subject?.name) where !names.contains(name) { names.append(name) }
            return names
        }
    }

    /// A change that was announced and that the run shows.
    public struct Announced: Sendable {
        /// The changes.
        public var change: ChangeSet
        /// A difference that shows it; `nil` where a row shows it and the responses do not differ.
        public var difference: ResponseDifference?
        /// The steps that show it.
        public var steps: [UpgradeStep]
    }

    /// A change that was announced and that no row shows.
    public struct Unexercised: Sendable {
        /// The changes.
        public var change: ChangeSet
        /// What no row does.
        public var reason: String
        /// A row that would show it, as the cells `call`, `set` and `check`; `nil` where there is none.
        public var row: SuggestedRow?
    }

    /// A row that could be added to a table.
    public struct SuggestedRow: Sendable, Hashable {
        /// The operation.
        public var call: String
        /// The `set` cell; empty for none.
        public var set: String
        /// The `check` cell; empty for none.
        public var check: String

        /// A row with these cells.
        public init(call: String, set: String = "", check: String = "") {
            self.call = call
            self.set = set
            self.check = check
        }

        /// The row in one line.
        public var text: String {
            "call \(call)" + (set.isEmpty ? "" : ", set \(set)") + (check.isEmpty ? "" : ", check \(check)")
        }
    }

    /// A difference that was not announced.
    public struct Unannounced: Sendable {
        /// The operation.
        public var operation: String
        /// The status under the new version.
        public var status: Int
        /// The difference.
        public var difference: ResponseDifference
        /// An error where it is a change of status, type or declared shape, or breaks the new contract; a warning where
        /// both contracts allow either response.
        public var severity: Severity
        /// Why it counts, where it is not the difference itself: what the new contract says about it.
        public var breach: String?
        /// The steps that show it.
        public var steps: [UpgradeStep]
    }

    /// A row that fails under the new version.
    public struct BrokenRow: Sendable {
        /// The step.
        public var step: UpgradeStep
        /// The first finding under the new version.
        public var reason: String
        /// The ids of the changes that announce what breaks it.
        public var rules: [String]

        /// A row that fails under the new version, and why.
        public init(step: UpgradeStep, reason: String, rules: [String]) {
            self.step = step
            self.reason = reason
            self.rules = rules
        }
    }

    /// A step that could not be compared.
    public struct NotCompared: Sendable {
        /// The step.
        public var step: UpgradeStep
        /// Why.
        public var reason: String

        /// A step that could not be compared, and why.
        public init(step: UpgradeStep, reason: String) {
            self.step = step
            self.reason = reason
        }
    }

    /// Whether an announced change breaks a row.
    public var breaksRows: Bool { broken.contains { !$0.rules.isEmpty } }

    /// Whether something differs that was not announced and that the contracts do not allow, or fails although nothing
    /// was announced about it.
    public var hasUnannounced: Bool {
        unannounced.contains { $0.severity == .error } || broken.contains { $0.rules.isEmpty }
    }
}
