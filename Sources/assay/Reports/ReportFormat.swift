import ArgumentParser
import Diagnostics
import Harness
import JSONDocument
import Reporting

/// The formats of the reports of a command.
protocol ReportFormat: RawRepresentable<String>, CaseIterable, Hashable, Sendable {
    /// The text format, which goes to standard output unless another report does.
    static var text: Self { get }
    /// The formats, as the help of `--report` lists them.
    static var help: String { get }
    /// Whether only the owner may read the files, because they contain messages.
    static var isPrivate: Bool { get }
    /// The form of a failure that replaces the report.
    var medium: ReportMedium { get }
}

/// The kind of text that a format consists of.
enum ReportMedium {
    case text, json, markdown, html, junit, github, gitlab, sarif, tap, ctrf
}

/// The formats of most commands.
enum PlainFormat: String, ReportFormat {
    case text, json

    static let help = "text or json"
    static let isPrivate = true

    var medium: ReportMedium { self == .json ? .json : .text }
}

/// The formats of the verdict on a run.
enum VerdictFormat: String, ReportFormat {
    case text, json, html, junit, markdown, github, gitlab, sarif, tap, ctrf

    static let help =
        "text, json, html, junit, markdown, github (annotations), gitlab (code quality), sarif, tap or ctrf"
    static let isPrivate = true

    var medium: ReportMedium {
        switch self {
        case .text: .text
        case .json: .json
        case .html: .html
        case .junit: .junit
        case .markdown: .markdown
        case .github: .github
        case .gitlab: .gitlab
        case .sarif: .sarif
        case .tap: .tap
        case .ctrf: .ctrf
        }
    }
}

/// The destination of one report: `json`, or `json=report.json`.
struct ReportDestination<Format: ReportFormat>: Sendable {
    var format: Format
    /// The path of the file; `nil` is standard output.
    var path: String?

    init(format: Format, path: String?) {
        self.format = format
        self.path = path
    }

    /// Reads `FORMAT` or `FORMAT=PATH`.
    init(_ text: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { String($0) }
        let names = Format.allCases.map(\.rawValue)
        guard let format = Format(rawValue: parts[0]) else {
            let hint = nearestName(to: parts[0], among: names).map { "; did you mean `\($0)`?" } ?? ""
            throw ValidationError("the formats are \(names.joined(separator: ", "))\(hint)")
        }
        guard parts.count == 1 || !parts[1].isEmpty else {
            throw ValidationError("a file name is missing: \(format.rawValue)=report.\(format.rawValue)")
        }
        self.init(format: format, path: parts.count == 2 ? parts[1] : nil)
    }
}

/// The content of a report.
enum ReportContent {
    /// Hands on the bytes of a report, piece by piece, so that a long one is never completely in memory.
    typealias Writing = (@escaping ([UInt8]) -> Void) -> Void

    case text(String)
    case pieces(Writing)

    /// The bytes in a piece that is handed on, if it consists of many short parts.
    private static let pieceLength = 1 << 16

    /// A text in many short parts, which are handed on together.
    static func parts(_ parts: some Sequence<String>) -> ReportContent {
        .pieces { handOn in
            var piece: [UInt8] = []
            for part in parts {
                piece += part.utf8
                guard piece.count >= pieceLength else { continue }
                handOn(piece)
                piece.removeAll(keepingCapacity: true)
            }
            handOn(piece)
        }
    }

    /// Writes the content.
    func write(to sink: @escaping ([UInt8]) -> Void) {
        switch self {
        case .text(let text): sink(Array(text.utf8))
        case .pieces(let write): write(sink)
        }
    }
}

/// The report of a command that failed.
struct FailureReport<Format: ReportFormat> {
    private let command: String
    private let error: HarnessError
    private let members: [(String, JSONValue?)]

    init(command: String, _ error: HarnessError, members: [(String, JSONValue?)]) {
        self.command = command
        self.error = error
        self.members = members
    }

    func text(_ format: Format) -> String {
        switch format.medium {
        case .text: DiagnosticText(style: TextStyle(isColoured: false)).render(error.diagnostics)
        case .json:
            JSONEnvelope(command).render(
                exit: Int(error.exit.rawValue), members, diagnostics: error.diagnostics.entries)
        case .markdown: FailurePage(command: command, error.diagnostics).markdown
        case .html: FailurePage(command: command, error.diagnostics).html
        case .junit: FailurePage(command: command, error.diagnostics).junit
        case .github: FailurePage(command: command, error.diagnostics).github
        case .gitlab: FailurePage(command: command, error.diagnostics).gitlab
        case .sarif: FailurePage(command: command, error.diagnostics).sarif
        case .tap: FailurePage(command: command, error.diagnostics).tap
        case .ctrf: FailurePage(command: command, error.diagnostics).ctrf
        }
    }
}
