import Diagnostics
import OpenAPI
import SourceText
import TestKit

/// The contract of one document.
func contract(_ text: String) throws -> Contract { try Contract.load(text: text) }

/// What loading and checking a document finds, one `line:column severity rule: message` each.
func findings(_ text: String, overlay: String? = nil) throws -> [String] {
    var files = ["api.yaml": text]
    files["overlay.yaml"] = overlay
    return findings(in: try TemporaryFolder(files), overlays: overlay == nil ? [] : ["overlay.yaml"])
}

func findings(in folder: TemporaryFolder, overlays: [String] = []) -> [String] {
    let found: [Diagnostic]
    do {
        found = try folder.contract(overlays: overlays).check()
    } catch let error as SourceError {
        found = error.diagnostics
    } catch {
        found = []
    }
    return found.map(\.testLine)
}
