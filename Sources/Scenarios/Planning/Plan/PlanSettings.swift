public import Diagnostics
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
    /// Reads body and data files.
    public var readFile: FileReading

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

    /// Creates a table at `path`.
    public init(path: String, bytes: [UInt8]) {
        self.path = path
        self.bytes = bytes
    }
}
