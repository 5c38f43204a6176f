public import Diagnostics

/// The result of sending the rows of a project to another version of an API.
public struct Upgrade: Sendable {
    /// The name of the version for which the rows were written.
    public var from: String
    /// The name of the other version.
    public var to: String
    /// The number of steps whose responses were compared.
    public var comparedSteps = 0
    /// Changes in the contracts that the responses or rows show, most severe first.
    public var announced: [Announced] = []
    /// Changes in the contracts that no row shows.
    public var unexercised: [Unexercised] = []
    /// Differences that no change in the contracts announces.
    public var unannounced: [Unannounced] = []
    /// Rows that pass with the old version and fail with the new one.
    public var broken: [BrokenRow] = []
    /// Rows that send an invalid request on purpose and that the new version accepts.
    public var accepted: [UpgradeStep] = []
    /// Steps that could not be compared, and why.
    public var notCompared: [NotCompared] = []
    /// The volatile places; `nil` if no version could be run twice.
    public var volatile: VolatilePlaces?
    /// The number of changes that are invisible to clients: descriptions, tags, unused components.
    public var quietChanges = 0

    /// Creates an empty result.
    public init(from: String, to: String) {
        self.from = from
        self.to = to
    }

    /// Equal changes in several operations and statuses.
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

    /// An announced change that the run shows.
    public struct Announced: Sendable {
        /// The changes.
        public var change: ChangeSet
        /// A difference that shows it; `nil` if a row shows it and the responses do not differ.
        public var difference: ResponseDifference?
        /// The steps that show it.
        public var steps: [UpgradeStep]
    }

    /// An announced change that no row shows.
    public struct Unexercised: Sendable {
        /// The changes.
        public var change: ChangeSet
        /// The action that no row performs.
        public var reason: String
        /// A row that would show it, as the cells `call`, `set` and `check`; `nil` if there is none.
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

        /// Creates a row.
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
        /// The status with the new version.
        public var status: Int
        /// The difference.
        public var difference: ResponseDifference
        /// An error for a changed status, type or declared shape, or a violation of the new contract; a warning if both
        /// contracts allow either response.
        public var severity: Severity
        /// The violation of the new contract, if it is not the difference itself.
        public var deviation: String?
        /// The steps that show it.
        public var steps: [UpgradeStep]
    }

    /// A row that fails with the new version.
    public struct BrokenRow: Sendable {
        /// The step.
        public var step: UpgradeStep
        /// The first finding with the new version.
        public var reason: String
        /// The ids of the changes that announce the failure.
        public var rules: [String]

        /// Creates a broken row.
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

        /// Creates a step that could not be compared.
        public init(step: UpgradeStep, reason: String) {
            self.step = step
            self.reason = reason
        }
    }

    /// Whether an announced change breaks a row.
    public var breaksRows: Bool { broken.contains { !$0.rules.isEmpty } }

    /// Whether there is an unannounced difference that the contracts do not allow, or an unannounced failure.
    public var hasUnannounced: Bool {
        unannounced.contains { $0.severity == .error } || broken.contains { $0.rules.isEmpty }
    }
}
