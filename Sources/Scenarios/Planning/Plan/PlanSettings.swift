public import Diagnostics
public import Exchanges
public import OpenAPI
internal import Primitives
public import SourceText

/// The input of the planner besides tables and contracts. There is no clock and no network: a plan depends only on its
/// input.
public struct PlanSettings: Sendable {
    /// Reads a file by its path below the project's root.
    public typealias FileReading = @Sendable (String) throws(SourceError) -> [UInt8]

    /// The names of the auth profiles.
    public var profiles: [String]
    /// The variables of the configuration by name.
    public var variables: [String: String]
    /// The environment for `{{env.X}}`.
    public var environment: [String: String]
    /// The names of the existing secrets; `nil` if every name exists, as with the mock, which generates them.
    public var secrets: [String]?
    /// Whether `CI` is set, so that `only` is rejected.
    public var isCI: Bool
    /// Headers of every request to the target.
    private var common = CommonHeaders()
    /// The names of the scenarios that profiles use as logins. Each is a session scenario.
    public var logins: [String] = []
    /// The requirements of the catalogue; `nil` without one, so that the column `ref` accepts every id.
    package var requirements: [Requirement]?
    /// The events of the target; `nil` if they are unknown, so that events cannot be checked.
    public var events: TargetEvents?
    /// How the API recognises repeated requests; `nil` if the configuration promises nothing.
    public var idempotency: IdempotencyPromise?
    /// Reads body and data files.
    public var readFile: FileReading

    /// Headers of every request to the target, unless its row sets them.
    public var headers: [HeaderField] {
        get { common.fields }
        set { common.fields = newValue }
    }

    /// The names of those whose value is not known before the run, such as a secret. ``headers`` contains a placeholder.
    public var unknownHeaders: [String] {
        get { common.unknown }
        set { common.unknown = newValue }
    }

    private struct CommonHeaders: Sendable {
        var fields: [HeaderField] = []
        var unknown: [String] = []
    }

    /// Creates settings that read files with `readFile`.
    public init(
        profiles: [String] = [], variables: [String: String] = [:], environment: [String: String] = [:],
        secrets: [String]? = nil, isCI: Bool = false, readFile: @escaping FileReading
    ) {
        self.profiles = profiles
        self.variables = variables
        self.environment = environment
        self.secrets = secrets
        self.isCI = isCI
        self.readFile = readFile
    }

    /// Creates settings that read files of the project.
    public init(
        profiles: [String] = [], variables: [String: String] = [:], environment: [String: String] = [:],
        secrets: [String]? = nil, isCI: Bool = false, reader: SourceReader
    ) {
        self.init(
            profiles: profiles, variables: variables, environment: environment, secrets: secrets, isCI: isCI,
            readFile: { (path: String) throws(SourceError) in try reader.bytes(path) })
    }
}

/// A table as bytes.
public struct TableSource: Sendable {
    /// Its path below the project's root.
    public var path: String
    /// Its content.
    public var bytes: [UInt8]

    /// The mistakes in its CSV and its header, independent of any contract.
    public var problems: [Diagnostic] {
        var problems: [Diagnostic] = []
        _ = Table(self, &problems)
        return problems
    }

    /// Whether its header is that of a laws table.
    public var holdsLaws: Bool {
        var problems: [Diagnostic] = []
        return Table(self, &problems).kind == .laws
    }

    /// Whether one of its scenarios is a session scenario.
    ///
    /// - Parameter logins: The names of the scenarios that profiles use as logins.
    package func containsSession(_ logins: [String]) -> Bool {
        let word = "session"
        // Options ignore case, so the quick search does too.
        let folded = bytes.map(\.lowercasedASCII)
        let isPossible = ([word] + logins).contains { folded.firstRange(of: Array($0.lowercasedASCII.utf8)) != nil }
        guard isPossible else { return false }
        var problems: [Diagnostic] = []
        let table = Table(self, &problems)
        return table.kind == .scenarios
            && ScenarioRows.groups(of: table).contains { rows in
                logins.contains { $0.isSame(as: rows.name) }
                    || rows.rows.contains { row in
                        row[.opts].map { words(of: $0.text).contains { $0.text.lowercasedASCII == word } } ?? false
                    }
            }
    }

    /// Creates a table at `path`.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}

/// The contracts of a project by name, with a default for rows without a version.
public struct Contracts: Sendable {
    /// All contracts, in the order of the configuration.
    public let all: [Contract]
    /// The name of the default contract.
    public let defaultName: String
    private let byName: [String: Int]

    /// Creates a list with the name of the default contract, by default the first one. The first of equal names wins.
    ///
    /// - Parameter replacing: The name of a contract used in rows, and the contract to use instead.
    public init(
        _ all: [Contract], default defaultName: String? = nil, replacing: (name: String, by: String)? = nil
    ) {
        self.all = all
        self.defaultName = defaultName ?? all.first?.name ?? ""
        var byName = Dictionary(
            all.enumerated().map { ($0.element.name, $0.offset) }, uniquingKeysWith: { first, _ in first })
        if let replacing, let index = byName[replacing.by] { byName[replacing.name] = index }
        self.byName = byName
    }

    /// The contract with that name.
    public subscript(_ name: String) -> Contract? {
        byName[name].map { all[$0] }
    }

    /// The contract for rows without a version.
    public var defaultContract: Contract? { self[defaultName] }
}
