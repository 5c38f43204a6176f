import ArgumentParser
import Diagnostics
import Foundation
import Harness
import Primitives
import Reporting
import Versions

/// `assay diff`: the changes between two contracts.
struct DiffCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Lists the changes between two contracts, by rule and severity.",
        discussion: """
            OLD and NEW are files, folders (files of the same name are compared), versions of assay.yaml, or files of \
            git revisions (REV:path, from the root of the repository).

            Examples:
              assay diff old.yaml new.yaml
              assay diff 2022-09-01 2023-08-01                   two versions of assay.yaml
              assay diff main:specs/api.yaml specs/api.yaml      what this branch changes
              assay diff old/ new/ --report json=changes.json
              assay diff old.yaml new.yaml --preset github --report markdown > comment.md
              assay diff old.yaml new.yaml --ignore accepted.yaml --fail-on warning
              assay diff 2022-09-01 2023-08-01 --edits           how the tables would have to be edited
              assay diff 2022-09-01 2023-08-01 --write           edits them

            In a project each change lists the rows and recordings that it breaks or touches.

            Exit codes: 4 changes at or above --fail-on, 2 a side cannot be read or there is nothing to compare, \
            0 neither. docs/versions.md lists the rules.
            """
    )

    @Argument(help: ArgumentHelp("The old contract.", valueName: "old"))
    var old: String

    @Argument(help: ArgumentHelp("The new contract.", valueName: "new"))
    var new: String

    @Option(help: ArgumentHelp("strict, github or stripe: which changes count as breaking.", valueName: "preset"))
    var preset = "strict"

    @Option(help: ArgumentHelp("error, warning or info: fail from this severity on.", valueName: "severity"))
    var failOn = "error"

    @Option(help: ArgumentHelp("Accepted changes, each with id, place, reason and until.", valueName: "file"))
    var ignore: String?

    @Flag(help: "Compare extensions (x-…) as well.")
    var extensions = false

    @Option(help: ArgumentHelp("Days between a deprecation and its sunset date.", valueName: "days"))
    var noticeDays = 0

    @Option(
        help: ArgumentHelp("A folder that references of the documents may lead to; repeatable.", valueName: "folder"))
    var allowPath: [String] = []

    @Option(
        name: .customLong("report"),
        help: ArgumentHelp(
            "text, json, markdown (a comment), changelog (Markdown) or html, on standard output or in a file; repeatable.",
            valueName: "format[=path]")
    )
    var reports: [String] = []

    @Option(help: ArgumentHelp("A table, or a folder of them, whose rows are compared; repeatable.", valueName: "path"))
    var tables: [String] = []

    @Option(
        help: ArgumentHelp("A recording (HAR), or a folder of them, to compare with; repeatable.", valueName: "path"))
    var recordings: [String] = []

    @Flag(inversion: .prefixedNo, help: "List the rows and recordings that changes break or touch.")
    var join = true

    @Flag(help: "Print how tables have to be edited, as a unified diff, and no report.")
    var edits = false

    @Flag(help: "Print the edits of tables and make them.")
    var write = false

    @Flag(help: "No warnings, and nothing about what is unchanged.")
    var quiet = false

    @Flag(help: "No colour.")
    var noColor = false

    func validate() throws {
        _ = try outputs()
        _ = try chosenPreset()
        _ = try failingSeverity()
        guard (0...36_500).contains(noticeDays) else {
            throw ValidationError("--notice-days must be between 0 and 36500")
        }
        if !join, edits || write || !tables.isEmpty || !recordings.isEmpty {
            throw ValidationError("--no-join cannot be combined with --tables, --recordings, --edits or --write")
        }
        if edits, write || !reports.isEmpty {
            throw ValidationError("--edits prints a diff only: leave out --write and --report")
        }
    }

    func run() async throws {
        let outputs = try outputs()
        let console = noColor ? Console().plain() : Console()
        let today = Instant.now.dateText
        let options = ComparisonOptions(
            preset: try chosenPreset(), comparesExtensions: extensions, today: today, noticeDays: noticeDays)
        var request = DiffRequest(old: old, new: new, options: options, today: today)
        request.failOn = try failingSeverity()
        request.ignore = ignore
        request.allowedFolders = allowPath
        request.joins = join
        request.tables = tables
        request.recordings = recordings
        request.environment = ProcessInfo.processInfo.environment
        let revisions = GitFiles()
        request.revisions = revisions
        defer { revisions.removeCopies() }
        var result: DiffResult
        do throws(HarnessError) {
            result = try await DiffSession.run(FileManager.default.currentDirectoryPath, request)
        } catch {
            console.show(error.diagnostics)
            result = DiffResult(base: old, revision: new, changes: [], diagnostics: error.diagnostics, exit: error.exit)
            // A comparison that failed is JSON on standard output, too.
            if outputs.printsJSON { try? console.write(text(of: result, .json, options.preset, console.outputStyle)) }
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        if !quiet { console.show(Diagnostics(result.diagnostics.entries.filter { $0.severity > .note })) }
        do throws(HarnessError) {
            if edits {
                guard let edits = result.edits else { return console.error("no table needs an edit\n") }
                return try console.write(visibleText(edits.diff, multiline: true))
            }
            if write {
                try makeEdits(result, showsText: outputs.prints(.text), console)
                result.impacts.edits = 0
            }
            let isQuiet = quiet && result.exit == .held
            try outputs.write(
                { text(of: result, $0, options.preset, $1) }, style: console.outputStyle,
                leavingOut: isQuiet ? .text : nil, to: console.write)
        } catch {
            console.show(error.diagnostics)
            throw ArgumentParser.ExitCode(error.exit.rawValue)
        }
        guard result.exit == .held else { throw ArgumentParser.ExitCode(result.exit.rawValue) }
    }

    private enum Format: String, CaseIterable, Sendable {
        case text, json, markdown, changelog, html
    }

    private func outputs() throws -> FormatOutputs<Format> { try FormatOutputs(reports, usual: .text) }

    private func text(
        of result: DiffResult, _ format: Format, _ preset: RulePreset, _ style: TextStyle
    ) -> String {
        let (changes, base, revision, impacts) = (result.changes, result.base, result.revision, result.impacts)
        return switch format {
        case .text: ChangesText(style: style).render(changes, base: base, revision: revision, impacts: impacts)
        case .json:
            ChangesJSON().render(
                changes, base: base, revision: revision, preset: preset, exit: Int(result.exit.rawValue),
                diagnostics: result.diagnostics.entries, impacts: impacts)
        case .markdown: ChangesMarkdown().comment(changes, base: base, revision: revision, impacts: impacts)
        case .changelog: ChangesMarkdown().changelog(changes, base: base, revision: revision, impacts: impacts)
        case .html: ChangesHTML().render(changes, base: base, revision: revision, impacts: impacts)
        }
    }

    /// Prints the edits, then makes them; beside a report on standard output they go to standard error.
    private func makeEdits(_ result: DiffResult, showsText: Bool, _ console: Console) throws(HarnessError) {
        guard let edits = result.edits else { return console.error("no table needs an edit\n") }
        let diff = visibleText(edits.diff, multiline: true)
        if showsText { try console.write(diff) } else { console.error(diff) }
        try edits.write(below: FileManager.default.currentDirectoryPath)
        for file in edits.files { console.error("edited \(file.path)\n") }
    }

    private func chosenPreset() throws -> RulePreset {
        guard let chosen = RulePreset(rawValue: preset) else {
            throw ValidationError("--preset has no value '\(preset)' (strict, github, stripe)")
        }
        return chosen
    }

    private func failingSeverity() throws -> Severity {
        switch failOn {
        case "error": return .error
        case "warning": return .warning
        case "info", "note": return .note
        default: throw ValidationError("--fail-on has no value '\(failOn)' (error, warning, info)")
        }
    }
}
