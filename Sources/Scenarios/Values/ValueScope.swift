import Exchanges
public import Primitives

/// Why a value is not available.
public enum ValueFailure: Error, Sendable, Hashable {
    /// The step has no response, or its exchange has no such value.
    case missing(step: String, path: String)
    /// The environment has no variable with that name.
    case environment(String)
    /// No secret with that name is known.
    case secret(String)
    /// The request cannot be built; the message is a sentence without secrets.
    case invalid(String)
}

/// The location of an unnamed generated value, from which the value is derived.
public struct ValueSite: Sendable, Hashable {
    /// The step's expanded name.
    public var step: String
    /// The column of the table.
    public var column: String
    /// The position of the item in its cell, from 0.
    public var place: Int
    /// A more precise place inside it, such as the JSON pointer in a body file.
    public var detail: String

    /// Creates a site.
    public init(step: String, column: String, place: Int, detail: String = "") {
        self.step = step
        self.column = column
        self.place = place
        self.detail = detail
    }
}

/// All values available to templates.
public struct ValueScope: Sendable {
    /// The run's seed.
    public var seed: String {
        get { fixed.seed }
        set { fixed.seed = newValue }
    }
    /// The table's path as shown to users.
    public var table: String {
        get { fixed.table }
        set { fixed.table = newValue }
    }
    /// The scenario's name, without the data case.
    public var scenario: String {
        get { fixed.scenario }
        set { fixed.scenario = newValue }
    }
    /// The case of the data row, if the scenario runs once per row.
    public var dataCase: String? {
        get { fixed.dataCase }
        set { fixed.dataCase = newValue }
    }
    /// The time of the run, which replays freeze, and the clock of the mock.
    public var time: ScenarioTime
    /// The values from outside of the tables.
    public var sources: ValueSources {
        get { fixed.sources }
        set { fixed.sources = newValue }
    }
    /// The data row's cells by column.
    public var row: [String: String] {
        get { fixed.row }
        set { fixed.row = newValue }
    }
    /// The last exchange of each earlier step, by the step's expanded name.
    public var exchanges: [String: ExchangeView]
    /// From the plain name of an expanded step to the name of its first case; see ``firstCases(of:)``.
    public var firstCases: [String: String] {
        get { fixed.firstCases }
        set { fixed.firstCases = newValue }
    }
    /// The exchange being checked, for `{{req.…}}`; `nil` while a request is built.
    public var current: ExchangeView?
    /// Placeholder texts for expressions whose step has no response, by the text between the braces. They are used to
    /// preview requests, and empty in a run.
    public var standIns: [String: String] {
        get { fixed.standIns }
        set { fixed.standIns = newValue }
    }

    /// The values that are the same in all steps. Every step copies its scope several times.
    @Boxed private var fixed: Fixed

    private struct Fixed: Sendable {
        var seed: String
        var table: String
        var scenario: String
        var dataCase: String?
        var sources: ValueSources
        var row: [String: String]
        var firstCases: [String: String]
        var standIns: [String: String] = [:]
    }

    /// Creates a scope without exchanges.
    public init(
        seed: String,
        table: String,
        scenario: String,
        dataCase: String? = nil,
        now: Instant,
        sources: ValueSources = ValueSources(),
        row: [String: String] = [:],
        exchanges: [String: ExchangeView] = [:],
        firstCases: [String: String] = [:],
        current: ExchangeView? = nil
    ) {
        fixed = Fixed(
            seed: seed, table: table, scenario: scenario, dataCase: dataCase, sources: sources, row: row,
            firstCases: firstCases)
        time = ScenarioTime(now)
        self.exchanges = exchanges
        self.current = current
    }

    /// The time of `{{now}}`.
    public var now: Instant { time.now }

    /// The last exchange of `step`; the plain name of an expanded step means its first case.
    public func exchange(of step: String) -> ExchangeView? {
        exchanges[step] ?? firstCases[step].flatMap { exchanges[$0] }
    }

    /// From the name used in references to the step's own name, if they differ. References to an expanded step use the
    /// plain name of its row, which means its first case.
    public static func firstCases(of steps: some Sequence<Step>) -> [String: String] {
        var result: [String: String] = [:]
        for step in steps where !step.name.isSame(as: step.referenceName) {
            if result[step.referenceName] == nil { result[step.referenceName] = step.name }
        }
        return result
    }
}

/// The values of templates that come from outside of the scenario.
public struct ValueSources: Sendable {
    /// Variables of the environment.
    public var environment: [String: String]
    /// Secrets by name.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]
    /// The values of the session scenarios that the scenario uses, by the names in references.
    public var sessions: [String: SessionValues] = [:]
    /// The URLs at which scenarios receive deliveries; `nil` if the run receives none.
    public var receiver: ReceiverURLs?

    /// Values by their names; none by default.
    public init(
        environment: [String: String] = [:], secrets: [String: String] = [:], variables: [String: String] = [:]
    ) {
        self.environment = environment
        self.secrets = secrets
        self.variables = variables
    }
}

extension ValueScope {
    /// The scope of a scenario before its first step.
    ///
    /// - Parameters:
    ///   - seed: The seed of the run, which a recorded scenario replaces with its own.
    ///   - now: The time of the run, likewise.
    ///   - hasExchanges: Whether exchanges will be added. Without any, no step has a first case; finding them for each
    ///     step of a scenario would take time that grows with the square of its length.
    public init(
        of scenario: Scenario, seed: String, now: Instant, _ sources: ValueSources, hasExchanges: Bool = true
    ) {
        self.init(
            seed: scenario.origin?.seed ?? seed,
            table: scenario.file,
            scenario: scenario.name,
            dataCase: scenario.dataCase,
            now: scenario.origin?.startedAt ?? now,
            sources: sources,
            row: scenario.row,
            firstCases: hasExchanges ? Self.firstCases(of: scenario.steps) : [:]
        )
    }
}
