import ArgumentParser
import Diagnostics
import Foundation
import Harness
import JSONDocument
import Primitives
import Reporting
import Versions

/// `assay diff`: the changes between two contracts.
struct DiffCommand: ReportingCommand {
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

    @OptionGroup var weights: WeightOptions

    @Option(
        help: ArgumentHelp("A folder that references of the documents may lead to; repeatable.", valueName: "folder"))
    var allowPath: [String] = []

    @OptionGroup var join: JoinOptions

    @OptionGroup(title: "Output") var output: OutputOptions<DiffFormat>

    func validate() throws {
        if join.edit == .edits, !output.reports.isEmpty {
            throw ValidationError("--edits prints a diff only: leave out --report")
        }
    }

    func makeReport() async throws(HarnessError) -> CommandReport<DiffFormat> {
        let today = Self.today()
        let options = ComparisonOptions(
            preset: weights.preset, comparesExtensions: weights.extensions, today: today,
            noticeDays: weights.noticeDays)
        var request = DiffRequest(old: old, new: new, options: options, today: today)
        request.failOn = weights.failOn.severity
        request.ignore = weights.ignore
        request.allowedFolders = allowPath
        request.join = join.choice
        request.environment = ProcessInfo.processInfo.environment
        let revisions = GitFiles()
        request.revisions = revisions
        defer { revisions.removeCopies() }
        var result = try await DiffSession.run(FileManager.default.currentDirectoryPath, request)
        let shown = output.shown(result.diagnostics)
        switch join.edit {
        case .edits?:
            console.show(shown)
            return Self.report(result.edits, console)
        case .write?:
            console.show(shown)
            try makeEdits(result.edits)
            result.impacts.edits = 0
        case nil: break
        }
        return CommandReport(
            exit: result.exit, diagnostics: join.edit == nil ? shown : Diagnostics(),
            isSilent: output.quiet && result.exit == .passed
        ) { [result] format, style in
            Self.text(of: result, format, weights.preset, style)
        }
    }

    static func membersOfFailure(_ command: DiffCommand?) -> [(String, JSONValue?)] {
        ChangesJSON().members(
            [], base: command?.old ?? "", revision: command?.new ?? "", preset: command?.weights.preset ?? .strict)
    }

    private static func text(
        of result: DiffResult, _ format: DiffFormat, _ preset: RulePreset, _ style: TextStyle
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

    /// The report of the edits alone, without the changes.
    private static func report(_ edits: TableEdits?, _ console: Console) -> CommandReport<DiffFormat> {
        if edits == nil { console.error("no table needs an edit\n") }
        let diff = edits.map { visibleText($0.diff, multiline: true) } ?? ""
        return CommandReport { _, _ in diff }
    }

    /// Prints the edits, then makes them. They are printed on standard error when a report is written to standard
    /// output.
    private func makeEdits(_ edits: TableEdits?) throws(HarnessError) {
        guard let edits else { return console.error("no table needs an edit\n") }
        let diff = visibleText(edits.diff, multiline: true)
        if output.outputs.prints(.text) { try console.write(diff) } else { console.error(diff) }
        try edits.write(below: FileManager.default.currentDirectoryPath)
        for file in edits.files { console.error("edited \(file.path)\n") }
    }

    /// The current day in UTC, `2026-01-31`.
    private static func today() -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents([.year, .month, .day], from: Date())
        func padded(_ number: Int?, _ width: Int) -> String {
            let digits = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(parts.year, 4))-\(padded(parts.month, 2))-\(padded(parts.day, 2))"
    }
}

/// The formats of a comparison of contracts.
enum DiffFormat: String, ReportFormat {
    case text, json, markdown, changelog, html

    static let help = "text, json, markdown (a comment), changelog (Markdown) or html"
    static let isPrivate = false

    var medium: ReportMedium {
        switch self {
        case .text: .text
        case .json: .json
        case .markdown, .changelog: .markdown
        case .html: .html
        }
    }
}
