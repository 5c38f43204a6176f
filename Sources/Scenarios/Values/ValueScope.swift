public import Exchanges

/// Why a value could not be had.
public enum ValueFailure: Error, Sendable, Hashable {
    /// The step was not answered, or its exchange has no such value.
    case missing(step: String, path: String)
    /// The environment has no variable of that name.
    case environment(String)
    /// No secret of that name is known.
    case secret(String)
    /// The request cannot be built; the message is a sentence and shows no secret.
    case invalid(String)
}

/// Where an unnamed generated value stands, so that it is the same in every run with the same seed.
public struct ValueSite: Sendable, Hashable {
    /// The step's expanded name.
    public var step: String
    /// The column of the table.
    public var column: String
    /// The place of the item in its cell, from 0.
    public var place: Int
    /// A finer place inside it, such as the JSON pointer in a body file.
    public var detail: String

    /// A place in a table.
    public init(step: String, column: String, place: Int, detail: String = "") {
        self.step = step
        self.column = column
        self.place = place
        self.detail = detail
    }
}

/// Everything that a template may ask for.
public struct ValueScope: Sendable {
    /// The run's seed.
    public var seed: String
    /// The table's path as users see it.
    public var table: String
    /// The scenario's name, without the data case.
    public var scenario: String
    /// The data row's case, where the scenario runs once per row.
    public var dataCase: String?
    /// The run's time; replays freeze it.
    public var now: Instant
    /// Variables of the environment.
    public var environment: [String: String]
    /// Secrets by name.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]
    /// The data row's cells by column.
    public var row: [String: String]
    /// The last exchange of each earlier step, by the step's expanded name.
    public var exchanges: [String: ExchangeView]
    /// From the plain name of an expanded step to the name of its first case; see ``firstCases(of:)``.
    public var firstCases: [String: String]
    /// The exchange that is being checked, for `{{req.…}}`; `nil` while a request is built.
    public var current: ExchangeView?
    /// Texts for expressions whose step was not answered, by the expression as it is written between the braces: how
    /// a request looks before anything is sent. Empty in a run.
    public var standIns: [String: String] = [:]

    /// A scope in which nothing was sent yet.
    public init(
        seed: String,
        table: String,
        scenario: String,
        dataCase: String? = nil,
        now: Instant,
        environment: [String: String] = [:],
        secrets: [String: String] = [:],
        variables: [String: String] = [:],
        row: [String: String] = [:],
        exchanges: [String: ExchangeView] = [:],
        firstCases: [String: String] = [:],
        current: ExchangeView? = nil
    ) {
        self.seed = seed
        self.table = table
        self.scenario = scenario
        self.dataCase = dataCase
        self.now = now
        self.environment = environment
        self.secrets = secrets
        self.variables = variables
        self.row = row
        self.exchanges = exchanges
        self.firstCases = firstCases
        self.current = current
    }

    /// The last exchange of `step`; the plain name of an expanded step means its first case.
    public func exchange(of step: String) -> ExchangeView? {
        exchanges[step] ?? firstCases[step].flatMap { exchanges[$0] }
    }

    /// From the name by which rows refer to a step to its own name, where the two differ: an expanded step is
    /// referred to by the plain name of its row, which means its first case.
    public static func firstCases(of steps: some Sequence<Step>) -> [String: String] {
        var result: [String: String] = [:]
        for step in steps where !step.name.utf8.elementsEqual(step.referenceName.utf8) {
            if result[step.referenceName] == nil { result[step.referenceName] = step.name }
        }
        return result
    }
}

/// The values of templates that come from outside of the tables.
public struct ValueSources: Sendable {
    /// Variables of the environment.
    public var environment: [String: String]
    /// Secrets by name.
    public var secrets: [String: String]
    /// Variables of the configuration.
    public var variables: [String: String]

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
    public init(of scenario: Scenario, seed: String, now: Instant, _ sources: ValueSources) {
        self.init(
            seed: scenario.origin?.seed ?? seed,
            table: scenario.file,
            scenario: scenario.name,
            dataCase: scenario.dataCase,
            now: scenario.origin?.startedAt ?? now,
            environment: sources.environment,
            secrets: sources.secrets,
            variables: sources.variables,
            row: scenario.row,
            firstCases: Self.firstCases(of: scenario.steps)
        )
    }
}
