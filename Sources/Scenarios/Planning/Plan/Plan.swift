public import Exchanges

/// Everything that is to be done and checked: the value of the tables, typed by the contracts.
public struct Plan: Sendable {
    /// The scenarios in the order of the tables and their rows.
    public var scenarios: [Scenario]
    /// The laws in the order of the tables and their rows.
    public var laws: [Law]
    /// A hash in hex over the names and bytes of all tables and body files.
    public var fingerprint: String
    /// The names of the secrets that rows ask for, in code unit order.
    public var secrets: [String]
    /// What rows make of secrets with filters; the results are secrets, too.
    public var secretExpressions: [TemplateExpression] = []
    /// Whether scenarios of the tables were left out, so that what did not happen tells nothing.
    public var isPartial = false

    /// Nothing to do.
    public static let empty = Plan(scenarios: [], laws: [], fingerprint: "")

    /// A plan from its parts.
    public init(scenarios: [Scenario], laws: [Law], fingerprint: String, secrets: [String] = []) {
        self.scenarios = scenarios
        self.laws = laws
        self.fingerprint = fingerprint
        self.secrets = secrets
    }
}

/// A story: steps that are done in order, apart from all other scenarios.
public struct Scenario: Sendable {
    /// Where it may run.
    public enum Mode: Sendable, Hashable {
        /// Against any target.
        case any
        /// Against the mock only: every step says `mock`.
        case mock
        /// Against live targets only: every step says `live`.
        case live
    }

    /// The name, or `name[case]` for one row of its data; unique in the plan.
    public var id: String
    /// The name as the table has it.
    public var name: String
    /// The table.
    public var file: String
    /// The line of its first row.
    public var line: Int
    /// The tags of its first row.
    public var tags: [String]
    /// The steps in the order of the rows; setup and teardown are marked in their options.
    public var steps: [Step]
    /// Where it may run.
    public var mode: Mode
    /// Whether every step of it is skipped.
    public var skip: Bool
    /// Whether only scenarios so marked are to run.
    public var only: Bool
    /// Scenarios with the same lock never overlap.
    public var lock: String?
    /// The `case` of the data row, when `rows=` gives data.
    public var dataCase: String?
    /// The cells of the data row by column name.
    public var row: [String: String]
    /// What its values derive from, where that is not the run's seed and time: a recorded scenario sends what it sent.
    public var origin: JournalOrigin?

    /// A scenario from its parts.
    public init(
        id: String, name: String, file: String, line: Int, tags: [String] = [], steps: [Step], mode: Mode = .any,
        skip: Bool = false, only: Bool = false, lock: String? = nil, dataCase: String? = nil,
        row: [String: String] = [:]
    ) {
        self.id = id
        self.name = name
        self.file = file
        self.line = line
        self.tags = tags
        self.steps = steps
        self.mode = mode
        self.skip = skip
        self.only = only
        self.lock = lock
        self.dataCase = dataCase
        self.row = row
    }
}
