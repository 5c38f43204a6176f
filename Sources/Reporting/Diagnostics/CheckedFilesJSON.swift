public import Diagnostics
import JSONDocument

/// What was found in files that were read and not used, as JSON for programs.
public struct CheckedFilesJSON: Sendable {
    private let command: String

    /// The report of `command`: `lint` or `import`.
    public init(command: String) {
        self.command = command
    }

    /// The report as pretty-printed JSON.
    public func render(_ diagnostics: Diagnostics, files: Int, exit: Int) -> String {
        let counts = Severity.allCases.reversed().map { severity in
            (severity.rawValue, JSONValue?.some(.integer(diagnostics.entries.count { $0.severity == severity })))
        }
        let summary = JSONValue.members([("files", .integer(files)), ("findings", .members(counts))])
        return JSONEnvelope(command).render(exit: exit, [("summary", summary)], diagnostics: diagnostics.entries)
    }
}
