package import Diagnostics

/// The input of `assay lint`.
package struct LintRequest: Sendable {
    /// The documents, overlays, tables and configurations to check. If empty, all files that the project names are
    /// checked.
    package var files: [String] = []
    /// The contracts; tables among the files are checked against them.
    package var contracts = ContractChoice()
    /// The environment that templates may read.
    package var environment: [String: String] = [:]

    /// The whole project.
    package init() {}

    /// Whether a continuous integration service runs the job; `only` is rejected then.
    var isCI: Bool { environment.isCI }

    /// Whether the result depends on the project's configuration. A document that the user names needs none.
    var needsConfiguration: Bool {
        files.isEmpty || contracts.spec == nil && files.contains(where: Self.isTable)
    }

    /// Whether a file that the user names is a table.
    static func isTable(_ path: String) -> Bool {
        path.utf8.reversed().starts(with: ".csv".utf8.reversed())
    }
}

/// The result of `assay lint`.
package struct LintResult: Sendable {
    /// Every mistake, by location, with its line of the input and advice.
    package var diagnostics: Diagnostics
    /// How many files were checked.
    package var fileCount: Int
    /// The exit code: 2 when something cannot be used, 1 when there are errors, otherwise 0.
    package var exit: ExitCode

    /// A result from its parts.
    package init(diagnostics: Diagnostics, fileCount: Int, exit: ExitCode) {
        self.diagnostics = diagnostics
        self.fileCount = fileCount
        self.exit = exit
    }
}
