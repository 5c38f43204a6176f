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
/// Other tools leave out what HAR requires and add what it does not know, so everything optional may be missing and
/// unknown members are ignored. What an entry lacks is known afterwards: a body that was not recorded is not empty.
public enum HARReader {
    /// The largest file that is read, and how many values it may have.
    public static let limits = JSONLimits(maximumBytes: 1 << 30, maximumNodes: 100_000_000)

    /// The most entries that diagnostics name one by one.
    static let mostReported = 100

    /// A recording, and the entries of it that cannot be used.
    ///
    /// - Parameters:
    ///   - path: The file, as messages name it.
    ///   - attachment: The bytes of a file beside the archive, where a tool keeps bodies in files of their own; `nil`
    ///     for a file that cannot be read.
    public static func read(
        _ bytes: [UInt8], path: String, attachment: @escaping (String) -> [UInt8]? = { _ in nil }
    ) throws(RecordingError) -> (recording: Recording, diagnostics: [Diagnostic]) {
        let start = SourceLocation(file: path, line: 1, column: 1)
        if let (kind, help) = container(bytes) {
            throw RecordingError(diagnostics: [
                Diagnostic(
                    "recording.format", .error, "the file is \(kind), not an HTTP Archive", at: start, help: help)
            ])
        }
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
        guard let log = document.root["log"], let entries = log["entries"], entries.kind == .array else {
            throw RecordingError(diagnostics: [
                Diagnostic(
                    "recording.format", .error, "the file is not an HTTP Archive: it has no `log.entries`",
                    at: start, help: "export the traffic as HAR 1.2")
            ])
        }
        var reading = HARReading(path: path, attachment: attachment)
        let origin = log["_assay"].flatMap { reading.origin($0) }
        var recording = Recording(path: path, origin: origin, entries: [])
        recording.entries.reserveCapacity(entries.count)
        for node in entries.elements {
            if let entry = reading.entry(node) { recording.entries.append(entry) }
        }
        let diagnostics = reading.allDiagnostics
        guard !diagnostics.contains(where: { $0.severity == .error }) else {
            throw RecordingError(diagnostics: diagnostics)
        }
        return (recording, diagnostics)
    }

    /// What the file is, where its first bytes are those of a container that HAR files are often packed in.
    private static func container(_ bytes: [UInt8]) -> (kind: String, help: String)? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return ("a zip file", "unpack it, and name the .har file inside; bodies may stay in files beside it")
        }
        if bytes.starts(with: [0x1F, 0x8B]) { return ("compressed with gzip", "unpack it with `gunzip`") }
        return bytes.isEmpty ? ("empty", "export the traffic as HAR 1.2") : nil
    }
}
