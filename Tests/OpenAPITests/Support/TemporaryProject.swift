import Diagnostics
import Foundation
import OpenAPI
import SourceText

/// A folder with files that is removed with the value.
final class TemporaryProject {
    let root: URL

    init(_ files: [String: String] = [:]) throws {
        root = FileManager.default.temporaryDirectory.appendingPathComponent("project-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        for (path, text) in files {
            try write(text, to: path)
        }
    }

    deinit {
        try? FileManager.default.removeItem(at: root)
    }

    func write(_ text: String, to path: String) throws {
        let file = root.appendingPathComponent(path)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try Data(text.utf8).write(to: file)
    }

    func contract(_ file: String = "api.yaml", overlays: [String] = []) throws -> Contract {
        try ContractLoading.load(file: file, overlays: overlays, reader: SourceReader(root: root.path))
    }
}

/// The contract of one document.
func contract(_ text: String) throws -> Contract {
    try TemporaryProject(["api.yaml": text]).contract()
}

/// What loading and checking a document finds, one `line:column severity rule: message` each.
func findings(_ text: String, overlay: String? = nil) throws -> [String] {
    var files = ["api.yaml": text]
    files["overlay.yaml"] = overlay
    return findings(in: try TemporaryProject(files), overlays: overlay == nil ? [] : ["overlay.yaml"])
}

func findings(in project: TemporaryProject, overlays: [String] = []) -> [String] {
    let found: [Diagnostic]
    do {
        found = try project.contract(overlays: overlays).check()
    } catch let error as SourceError {
        found = error.diagnostics
    } catch {
        found = []
    }
    return found.map(line)
}

func line(_ diagnostic: Diagnostic) -> String {
    let place = diagnostic.location.map { location in
        (location.file == "api.yaml" ? "" : location.file + ":") + "\(location.line):\(location.column)"
    }
    return "\(place ?? "-") \(diagnostic.severity.rawValue) \(diagnostic.rule): \(diagnostic.message)"
}
