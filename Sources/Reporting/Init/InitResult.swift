package import Diagnostics

/// A new project whose files are written. No existing file is changed.
package struct InitResult: Sendable {
    /// A file of the project.
    package struct File: Sendable {
        /// Its path below the project's root.
        package var path: String
        /// Whether it was written; an existing file is kept.
        package var isWritten: Bool
        /// How many scenarios it has; 0 unless it is a table.
        package var scenarios: Int
        /// How many steps it has; 0 unless it is a table.
        package var steps: Int

        /// A file by its parts.
        package init(path: String, isWritten: Bool, scenarios: Int = 0, steps: Int = 0) {
            self.path = path
            self.isWritten = isWritten
            self.scenarios = scenarios
            self.steps = steps
        }
    }

    /// A server against which rows can be run.
    package struct Server: Sendable {
        /// The name of its target.
        package var name: String
        /// Whether requests that change data are rejected there.
        package var isProduction: Bool

        /// A server by its parts.
        package init(name: String, isProduction: Bool) {
            self.name = name
            self.isProduction = isProduction
        }
    }

    /// An operation, or a part of one, without a row.
    package struct LeftOut: Sendable {
        /// The operation.
        package var operation: String
        /// The part of the operation without a row: `the operation`, or the name of a response.
        package var what: String
        /// Whether the whole operation has no row.
        package var isWhole: Bool
        /// The part that the document does not describe.
        package var why: String

        /// An entry by its parts.
        package init(operation: String, what: String, isWhole: Bool, why: String) {
            self.operation = operation
            self.what = what
            self.isWhole = isWhole
            self.why = why
        }
    }

    /// The project's root as the user named it.
    package var output: String
    /// The name of the configuration file.
    package var configuration: String
    /// The files in the order of writing.
    package var files: [File]
    /// The targets of the project that are servers.
    package var servers: [Server]
    /// The environment variables that contain the credentials of a new project.
    package var variables: [String]
    /// The variables of a new configuration whose values a real server must know.
    package var placeholders: [String]
    /// The operations and parts that the document does not describe well enough.
    package var leftOut: [LeftOut]
    /// The diagnostics of the document.
    package var diagnostics: Diagnostics

    /// A result by its parts.
    package init(
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
