public import Diagnostics
public import SourceText

/// What the planner must know besides tables and contracts. No clock and no network: a plan is a function of bytes.
public struct PlanSettings: Sendable {
    /// Reads a file by its path below the project's root.
    public typealias FileReading = @Sendable (String) throws(SourceError) -> [UInt8]

    /// The names of the auth profiles.
    public var profiles: [String]
    /// The variables of the configuration by name.
    public var variables: [String: String]
    /// The environment that `{{env.X}}` may ask.
    public var environment: [String: String]
    /// The names of the secrets that exist; `nil` when any does, as with the mock, which makes them up.
    public var secrets: [String]?
    /// Whether `CI` is set, so that `only` is refused.
    public var isCI: Bool
    /// Reads body and data files.
    public var readFile: FileReading

    /// Settings that read files through `readFile`.
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

    /// Settings that read files of the project.
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

    /// What is wrong with it as CSV and in its header, whatever contract its rows are for.
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

    /// A table at `path`.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
