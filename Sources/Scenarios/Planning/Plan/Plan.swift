public import Exchanges
internal import Primitives

/// All scenarios and laws of the tables, typed by the contracts.
public struct Plan: Sendable {
    /// The scenarios in the order of the tables and their rows.
    public var scenarios: ScenarioList
    /// The laws in the order of the tables and their rows.
    public var laws: [Law]
    /// A hash in hex over the names and bytes of all tables and body files.
    public var fingerprint: String
    /// The names of the secrets used in rows, in code unit order.
    public var secrets: [String]
    /// The filtered secrets in rows; the results are secrets as well.
    public var secretExpressions: [TemplateExpression] = []
    /// Whether some scenarios of the tables are excluded, so that missing exchanges prove nothing.
    public var isPartial = false

    /// An empty plan.
    public static let empty = Plan(scenarios: [], laws: [], fingerprint: "")

    /// Creates a plan from its parts.
    public init(
        scenarios: some Sequence<Scenario>, laws: [Law], fingerprint: String, secrets: [String] = []
    ) {
        self.scenarios = ScenarioList(scenarios)
        self.laws = laws
        self.fingerprint = fingerprint
        self.secrets = secrets
    }
}

extension Plan {
    /// The plan with only the scenarios with these identities, and the session scenarios that they use.
    package func withSessions(of ids: Set<String>) -> Plan {
        let uses = sessionUses
        var kept = ids
        var open = Array(ids)
        while let id = open.popLast() {
            for session in uses[id] ?? [] where kept.insert(session).inserted { open.append(session) }
        }
        var plan = self
        plan.scenarios.removeAll { !kept.contains($0.id) }
        plan.isPartial = isPartial || plan.scenarios.count < scenarios.count
        return plan
    }

    /// The names of the contracts of all steps.
    package var contracts: Set<String> {
        var names: Set<String> = []
        for scenario in scenarios.asWritten {
            for step in scenario.steps where !names.contains(step.contract) { names.insert(step.contract) }
        }
        return names
    }

    /// For each scenario that uses sessions, the identities of the session scenarios.
    package var sessionUses: [String: [String]] {
        guard scenarios.asWritten.contains(where: { !$0.sessions.isEmpty }) else { return [:] }
        return Dictionary(
            scenarios.lazy.filter { !$0.sessions.isEmpty }.map { ($0.id, $0.sessions.map(\.id)) },
            uniquingKeysWith: { first, _ in first })
    }
}

/// A scenario: steps that run in order, independently of all other scenarios.
public struct Scenario: Sendable {
    /// The name, or `name[case]` for one row of its data; unique in the plan.
    public var id: String {
        get { parts.id }
        set { parts.id = newValue }
    }
    /// The name as written in the table.
    public var name: String {
        get { parts.name }
        set { parts.name = newValue }
    }
    /// The table.
    public var file: String {
        get { parts.file }
        set { parts.file = newValue }
    }
    /// The line of its first row.
    public var line: Int {
        get { parts.line }
        set { parts.line = newValue }
    }
    /// The tags of its first row.
    public var tags: [String] {
        get { parts.tags }
        set { parts.tags = newValue }
    }
    /// The steps in the order of the rows; setup and teardown are marked in their options.
    public var steps: [Step] {
        get { parts.steps }
        set { parts.steps = newValue }
    }
    /// The session scenarios whose values it uses; they run before it.
    public var sessions: [SessionUse] {
        get { parts.sessions }
        set { parts.sessions = newValue }
    }
    /// Whether, where and when it runs.
    public var options: ScenarioOptions {
        get { parts.options }
        set { parts.options = newValue }
    }
    /// The `case` of the data row, if `rows=` is used.
    public var dataCase: String? {
        get { parts.dataCase }
        set { parts.dataCase = newValue }
    }
    /// The cells of the data row by column name.
    public var row: [String: String] {
        get { parts.row }
        set { parts.row = newValue }
    }
    /// The seed and time of its values, if they differ from those of the run: a recorded scenario sends the same
    /// requests again.
    public var origin: JournalOrigin? {
        get { parts.origin }
        set { parts.origin = newValue }
    }

    /// Boxed, because a run passes a scenario on several times for each step.
    @Boxed private var parts: Parts

    private struct Parts: Sendable {
        var id: String
        var name: String
        var file: String
        var line: Int
        var tags: [String]
        var steps: [Step]
        var sessions: [SessionUse] = []
        var options: ScenarioOptions
        var dataCase: String?
        var row: [String: String]
        var origin: JournalOrigin?
    }

    /// Creates a scenario from its parts.
    public init(
        id: String, name: String, file: String, line: Int, tags: [String] = [], steps: [Step],
        options: ScenarioOptions = ScenarioOptions(), dataCase: String? = nil, row: [String: String] = [:]
    ) {
        parts = Parts(
            id: id, name: name, file: file, line: line, tags: tags, steps: steps, options: options,
            dataCase: dataCase, row: row)
    }

    /// The scenario with a data row.
    func with(_ row: DataRows.Row) -> Scenario {
        var own = parts
        own.id = "\(name)[\(row.name)]"
        own.dataCase = row.name
        own.row = row.cells
        var scenario = self
        scenario.parts = own
        return scenario
    }
}

extension Scenario {
    /// The identity without the version: the name as written in the table, with the data case.
    package var tableId: String {
        guard let version = options.version, name.utf8.count > version.utf8.count else { return id }
        let own = String(decoding: name.utf8.dropLast(version.utf8.count + 1), as: UTF8.self)
        return dataCase.map { "\(own)[\($0)]" } ?? own
    }

    /// Setup rows, the other rows, and teardown rows from the last to the first.
    package var stepsInRunningOrder: [Step] {
        steps.filter(\.options.isSetup) + steps.filter { !$0.options.isSetup && !$0.options.isTeardown }
            + teardownSteps
    }

    /// Teardown rows from the last to the first. The repetitions of one row keep their order.
    package var teardownSteps: [Step] {
        var result: [Step] = []
        var repeated: [Step] = []
        for step in steps.reversed() where step.options.isTeardown {
            if let next = repeated.last, !step.isRepeated(before: next) {
                result += repeated.reversed()
                repeated = []
            }
            repeated.append(step)
        }
        return result + repeated.reversed()
    }
}

extension Step {
    /// Whether `next` is the next repetition of the same row.
    fileprivate func isRepeated(before next: Step) -> Bool {
        options.repetitions > 1 && next.options.repetitions > 1
            && rowName.elementsEqual(next.rowName) && location == next.location
    }

    /// The name without case and number in brackets.
    private var rowName: Substring.UTF8View.SubSequence { name.utf8.prefix { $0 != UInt8(ascii: "[") } }
}

/// Whether, where and when a scenario runs.
public struct ScenarioOptions: Sendable, Hashable {
    /// The targets on which a scenario may run.
    public enum Mode: Sendable, Hashable {
        /// Against any target.
        case any
        /// Only the mock: every step has `mock`.
        case mock
        /// Only live targets: every step has `live`.
        case live
    }

    /// The targets on which it may run.
    public var mode: Mode
    /// Whether all of its steps are skipped.
    public var skip: Bool
    /// Whether only scenarios with this mark are run.
    public var only: Bool
    /// Scenarios with the same lock never run at the same time.
    public var lock: String?
    /// Whether other scenarios can use its saved values. It then runs once, before them.
    public var isSession = false
    /// Whether a row changes the clock of the mock.
    public var usesClock = false
    /// Whether a row triggers an event that the target cannot trigger.
    public var hasUnmappedEvents = false
    /// The version that is part of its name, since the plan has the scenario under several versions; otherwise `nil`.
    public var version: String?

    /// Creates options; by default, those of a scenario without marks.
    public init(mode: Mode = .any, skip: Bool = false, only: Bool = false, lock: String? = nil) {
        self.mode = mode
        self.skip = skip
        self.only = only
        self.lock = lock
    }
}
