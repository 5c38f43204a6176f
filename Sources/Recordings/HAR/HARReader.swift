package import Diagnostics
package import JSONDocument

/// Why a file cannot be used as a recording.
package struct RecordingError: Error, Sendable {
    /// The mistakes, with their locations and remedies.
    package let diagnostics: [Diagnostic]

    /// Creates an error from diagnostics.
    package init(diagnostics: [Diagnostic]) {
        self.diagnostics = diagnostics
    }
}

/// Reads HTTP Archives (HAR 1.1 and 1.2): our own, and those of browsers, proxies and API clients.
///
/// Other tools omit required members and add unknown ones. Therefore everything optional may be absent, and unknown
/// members are ignored. The result records what an entry does not contain: a body that was not recorded is not empty.
package enum HARReader {
    /// The maximum size of a file and the maximum number of its values.
    package static let limits = JSONLimits(maximumBytes: 1 << 30, maximumNodes: 100_000_000)

    /// The maximum number of entries that are reported individually.
    static let mostReported = 100

    /// Returns a recording, and diagnostics for unusable entries.
    ///
    /// - Parameters:
    ///   - path: The name of the file in messages.
    ///   - attachment: The bytes of a file next to the archive, for tools that store bodies in separate files; `nil`
    ///     for a file that cannot be read.
    package static func read(
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
        var reading = HARPass(path: path, attachment: attachment)
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

    /// The kind of file, if it starts like a container in which HAR files are often packed.
    private static func container(_ bytes: [UInt8]) -> (kind: String, help: String)? {
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            return ("a zip file", "unpack it, and name the .har file inside; bodies may stay in files beside it")
        }
        if bytes.starts(with: [0x1F, 0x8B]) { return ("compressed with gzip", "unpack it with `gunzip`") }
        return bytes.isEmpty ? ("empty", "export the traffic as HAR 1.2") : nil
    }
}
