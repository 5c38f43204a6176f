package import Diagnostics

/// Everything that a user may ask of `assay lint`.
package struct LintRequest: Sendable {
    /// Documents, overlays, tables and configurations to check; empty: everything that the project names.
    package var files: [String] = []
    /// Which contracts; with files, the ones that tables among them are read by.
    package var contracts = ContractChoice()
    /// The environment that templates may ask.
    package var environment: [String: String] = [:]

    /// The whole project.
    package init() {}

    /// Whether an engine for continuous integration runs the job: `only` is refused then.
    var isCI: Bool { environment.isCI }

    /// Whether the result depends on the project's configuration; a document named by hand needs none.
    var needsConfiguration: Bool {
        files.isEmpty || contracts.spec == nil && files.contains(where: Self.isTable)
    }

    /// Whether a file named by hand is a table.
    static func isTable(_ path: String) -> Bool {
        path.utf8.reversed().starts(with: ".csv".utf8.reversed())
    }
}

/// What `assay lint` found.
package struct LintResult: Sendable {
    /// Every mistake, by place, with its line of the input and advice.
    package var diagnostics: Diagnostics
    /// How many files were checked.
    package var fileCount: Int
    /// The exit code: 2 when something cannot be used, 1 when there are errors, else 0.
    package var exit: ExitCode

    /// A result by its parts.
    package init(diagnostics: Diagnostics, fileCount: Int, exit: ExitCode) {
        self.diagnostics = diagnostics
        self.fileCount = fileCount
        self.exit = exit
    }
}
