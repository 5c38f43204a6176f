import Diagnostics
import JSONDocument
import SourceText

/// The value of a text, as compact JSON.
func json(_ text: String) throws -> String {
    try SourceReader.parse(Array(text.utf8), path: "a.yaml").document.root.value.text
}

/// The problems for which a text is refused, one `line:column rule: message` each.
func problems(_ bytes: [UInt8], limits: SourceLimits = SourceLimits()) -> [String] {
    do {
        _ = try SourceReader.parse(bytes, path: "a.yaml", limits: limits)
        return []
    } catch {
        return error.diagnostics.map { diagnostic in
            let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
            return "\(place) \(diagnostic.rule): \(diagnostic.message)"
        }
    }
}

func problems(_ text: String, limits: SourceLimits = SourceLimits()) -> [String] {
    problems(Array(text.utf8), limits: limits)
}
