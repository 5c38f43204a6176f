public import Diagnostics
public import JSONDocument

/// Why a file cannot be used as a recording.
public struct RecordingError: Error, Sendable {
    /// What is wrong, where, and what to do.
    public let diagnostics: [Diagnostic]

    /// A file with these mistakes.
    public init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}

/// Reads HTTP Archives (HAR 1.1 and 1.2), our own and those of browsers, proxies and API clients.
///
/// Other tools leave out what HAR demands and add what it does not know, so everything optional may be missing and
/// unknown members are ignored. What an entry lacks is known afterwards: a body that was not recorded is not empty.
public enum HARReader {
    /// The largest file that is read, and how many values it may have.
    public static let limits = JSONLimits(maximumBytes: 1 << 30, maximumNodes: 100_000_000)

    /// A recording, and the entries of it that cannot be used.
    public static func read(
        _ bytes: [UInt8], path: String
    ) throws(RecordingError) -> (recording: Recording, diagnostics: [Diagnostic]) {
        let document: JSONDocument
        do throws(JSONSyntaxError) {
            document = try JSONDocument(parsing: bytes, limits: limits)
        } catch {
            throw RecordingError(diagnostics: [
                Diagnostic(
                    "recording.syntax", .error, "the recording is not JSON: \(error.message)",
                    at: SourceLocation(file: path, line: error.position.line, column: error.position.column),
                    help: "export it as HAR (HTTP Archive) again")
            ])
        }
        var reading = HARReading(path: path)
        guard let log = document.root["log"], let entries = log["entries"], entries.kind == .array else {
            throw RecordingError(diagnostics: [
                Diagnostic(
                    "recording.format", .error, "the file is not an HTTP Archive: it has no `log.entries`",
                    at: SourceLocation(file: path, line: 1, column: 1), help: "export the traffic as HAR 1.2")
            ])
        }
        let origin = log["_assay"].flatMap { reading.origin($0) }
        var recording = Recording(path: path, origin: origin, entries: [])
        for node in entries.elements {
            if let entry = reading.entry(node) { recording.entries.append(entry) }
        }
        guard !reading.diagnostics.contains(where: { $0.severity == .error }) else {
            throw RecordingError(diagnostics: reading.diagnostics)
        }
        return (recording, reading.diagnostics)
    }
}
