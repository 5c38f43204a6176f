public import Diagnostics

/// A first project, written. No existing file is changed.
public struct InitResult: Sendable {
    /// A file of the project.
    public struct File: Sendable {
        /// Its path below the project's root.
        public var path: String
        /// Whether it was written; an existing file is kept as it is.
        public var isWritten: Bool
        /// How many scenarios it has; 0 unless it is a table.
        public var scenarios: Int
        /// How many steps it has; 0 unless it is a table.
        public var steps: Int

        /// A file by its parts.
        public init(path: String, isWritten: Bool, scenarios: Int = 0, steps: Int = 0) {
            self.path = path
            self.isWritten = isWritten
            self.scenarios = scenarios
            self.steps = steps
        }
    }

    /// A server that rows can be run against.
    public struct Server: Sendable {
        /// The name of its target.
        public var name: String
        /// Whether requests that change data are rejected there.
        public var isProduction: Bool

        /// A server by its parts.
        public init(name: String, isProduction: Bool) {
            self.name = name
            self.isProduction = isProduction
        }
    }

    /// What no row was written for.
    public struct LeftOut: Sendable {
        /// The operation.
        public var operation: String
        /// The part of it that has no row: `the operation`, or the name of a response.
        public var what: String
        /// Whether the whole operation has no row.
        public var isWhole: Bool
        /// What the document does not describe.
        public var why: String

        /// An entry by its parts.
        public init(operation: String, what: String, isWhole: Bool, why: String) {
            self.operation = operation
            self.what = what
            self.isWhole = isWhole
            self.why = why
        }
    }

    /// The project's root as the user named it.
    public var output: String
    /// The name of the configuration file.
    public var configuration: String
    /// The files in the order of writing.
    public var files: [File]
    /// The targets of the project that are servers.
    public var servers: [Server]
    /// The environment variables that contain the credentials of a new project.
    public var variables: [String]
    /// The variables of a new configuration whose values a real server must know.
    public var placeholders: [String]
    /// What the document does not describe well enough.
    public var leftOut: [LeftOut]
    /// What was found in the document.
    public var diagnostics: Diagnostics

    /// A result by its parts.
    public init(
        output: String, configuration: String, files: [File], servers: [Server], variables: [String],
        placeholders: [String], leftOut: [LeftOut], diagnostics: Diagnostics
    ) {
        self.output = output
        self.configuration = configuration
        self.files = files
        self.servers = servers
        self.variables = variables
        self.placeholders = placeholders
        self.leftOut = leftOut
        self.diagnostics = diagnostics
    }
}
