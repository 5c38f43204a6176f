public import Diagnostics

/// Everything that a user may ask of `assay lint`.
public struct LintRequest: Sendable {
    /// Documents, overlays, tables and configurations to look at; empty: everything that the project names.
    public var files: [String] = []
    /// Which contracts; with files, the ones that tables among them are read by.
    public var contracts = ContractChoice()
    /// The environment that templates may ask.
    public var environment: [String: String] = [:]

    /// The whole project.
    public init() {}

    /// Whether an engine for continuous integration runs the job: `only` is refused then.
    var isCI: Bool { environment.isCI }

    /// Whether the answer depends on the project's configuration; a document named by hand stands for itself.
    var needsConfiguration: Bool {
        files.isEmpty || contracts.spec == nil && files.contains(where: Self.isTable)
    }

    /// Whether a file named by hand is meant as a table.
    static func isTable(_ path: String) -> Bool {
        path.utf8.reversed().starts(with: ".csv".utf8.reversed())
    }
}

/// What `assay lint` found.
public struct LintResult: Sendable {
    /// Every problem, by place, with its line of the input and advice.
    public var diagnostics: Diagnostics
    /// How many files were looked at.
    public var fileCount: Int
    /// What the process answers: 2 when something cannot be used, 1 when there are errors, else 0.
    public var exit: ExitCode

    /// A result by its parts.
    public init(diagnostics: Diagnostics, fileCount: Int, exit: ExitCode) {
        self.diagnostics = diagnostics
        self.fileCount = fileCount
        self.exit = exit
    }
}
