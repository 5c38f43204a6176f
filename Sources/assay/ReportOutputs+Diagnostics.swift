import Diagnostics
import Harness
import JSONDocument
import Reporting

extension ReportOutputs {
    /// Writes what was found in files that were read, in every format that was asked for.
    func write(
        _ diagnostics: Diagnostics,
        command: String,
        files: Int,
        exit: ExitCode,
        console: Console,
        quiet: Bool
    ) throws(HarnessError) {
        try write(
            text: { text(diagnostics, files, $0) },
            json: {
                let counts = Severity.allCases.reversed().map { severity in
                    (
                        severity.rawValue,
                        JSONValue?.some(.integer(diagnostics.entries.count { $0.severity == severity }))
                    )
                }
                let summary = JSONValue.members([("files", .integer(files)), ("findings", .members(counts))])
                return CommandJSON(command).render(
                    exit: Int(exit.rawValue), [("summary", summary)], diagnostics: diagnostics.entries)
            },
            console: console, showsText: !quiet || exit != .held)
    }

    private func text(_ diagnostics: Diagnostics, _ files: Int, _ style: TextStyle) -> String {
        let looked = "\(files) file\(files == 1 ? "" : "s")"
        guard !diagnostics.entries.isEmpty else { return "\(style.paint("✓", .good)) \(looked), no findings\n" }
        return DiagnosticText(style: style).render(diagnostics) + "in \(looked)\n"
    }
}
