import Diagnostics
import Project
import SourceText
import Testing

/// The project that a configuration describes.
func project(_ text: String) throws -> Project {
    try Project(SourceReader.parse(Array(text.utf8), path: "assay.yaml"))
}

/// The diagnostics of a rejected configuration, each as `line:column rule: message [help]`.
func problems(_ text: String) -> [String] {
    do {
        _ = try project(text)
        return []
    } catch let error as SourceError {
        return error.diagnostics.map { diagnostic in
            let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
            let help = diagnostic.help.map { " [\($0)]" } ?? ""
            return "\(place) \(diagnostic.rule): \(diagnostic.message)\(help)"
        }
    } catch {
        return ["\(error)"]
    }
}
