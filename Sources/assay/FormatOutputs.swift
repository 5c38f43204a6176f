import ArgumentParser
import Diagnostics
import Harness
import Reporting

/// What `--report FORMAT[=PATH]` requests of a command with formats of its own.
struct FormatOutputs<Format: RawRepresentable & CaseIterable & Equatable> where Format.RawValue == String {
    private struct Output {
        var format: Format
        /// `nil` is standard output.
        var path: String?
    }

    private let outputs: [Output]

    /// Reads the values of the option. `usual` goes to standard output where nothing else does.
    ///
    /// - Throws: `ValidationError` for an unknown format, an empty path, and two reports on standard output.
    init(_ texts: [String], usual: Format) throws {
        let given = try texts.map { text in
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts.first ?? "")
            let names = Format.allCases.map(\.rawValue)
            guard let format = Format(rawValue: name) else {
                let hint = nearestName(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
                throw ValidationError("--report has no format '\(name)' (\(names.joined(separator: ", ")))\(hint)")
            }
            guard parts.count == 1 || parts.last?.isEmpty == false else {
                throw ValidationError("--report \(name)= names no file")
            }
            return Output(format: format, path: parts.count == 2 ? parts.last.map { String($0) } : nil)
        }
        guard given.count(where: { $0.path == nil }) <= 1 else {
            throw ValidationError(
                "only one --report can go to standard output; give the others a path: json=report.json")
        }
        outputs = given.contains { $0.path == nil } ? given : given + [Output(format: usual, path: nil)]
    }

    /// Whether a format goes to standard output.
    func prints(_ format: Format) -> Bool { outputs.contains { $0.format == format && $0.path == nil } }

    /// Whether standard output is one JSON value.
    var printsJSON: Bool { outputs.contains { $0.format.rawValue == "json" && $0.path == nil } }

    /// Writes every report; files first.
    ///
    /// - Parameters:
    ///   - text: Renders a format in a style.
    ///   - style: The style of standard output.
    ///   - format: The format that is not printed, although it may be written to files.
    ///   - print: Writes to standard output.
    func write(
        _ text: (Format, TextStyle) -> String, style: TextStyle, leavingOut format: Format? = nil,
        to print: (String) throws(HarnessError) -> Void
    ) throws(HarnessError) {
        for output in outputs {
            guard let path = output.path else { continue }
            try OutputFile.write(text(output.format, TextStyle(isColoured: false)), to: path)
        }
        for output in outputs where output.path == nil && output.format != format {
            try print(text(output.format, style))
        }
    }
}
