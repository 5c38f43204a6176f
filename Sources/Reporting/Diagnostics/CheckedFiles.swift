package import Diagnostics
import JSONDocument
import Primitives

/// The diagnostics of files that were only checked, as text for people.
package struct CheckedFilesText: Sendable {
    private let style: TextStyle

    /// Writes in `style`.
    package init(style: TextStyle) {
        self.style = style
    }

    /// The diagnostics, and how many files were read.
    package func render(_ diagnostics: Diagnostics, files: Int) -> String {
        let count = plural(files, "file")
        guard !diagnostics.entries.isEmpty else { return "\(style.paint("✓", .good)) \(count), no findings\n" }
        return DiagnosticText(style: style).render(diagnostics) + "in \(count)\n"
    }
}

/// The diagnostics of files that were only checked, as JSON for programs.
package struct CheckedFilesJSON: Sendable {
    private let command: String

    /// The report of `command`: `lint` or `import`.
    package init(command: String) {
        self.command = command
    }

    /// The report as pretty-printed JSON.
    package func render(_ diagnostics: Diagnostics, files: Int, exit: Int) -> String {
        let counts = Severity.allCases.reversed().map { severity in
            (severity.rawValue, JSONValue?.some(.integer(diagnostics.entries.count { $0.severity == severity })))
        }
        let summary = JSONValue.members([("files", .integer(files)), ("findings", .members(counts))])
        return JSONEnvelope(command).render(exit: exit, [("summary", summary)], diagnostics: diagnostics.entries)
    }
}
