import Conformance
import Diagnostics
import JSONDocument

extension Finding {
    /// Everything that a report shows, in one text: a line for the rule and its places, one for the message, one for
    /// expected and actual, one for each difference and detail.
    var told: String {
        var head = severity == .error ? rule : "\(rule) (\(severity.rawValue))"
        if let response { head += " @\(response.description)" }
        if case .body(_, let position?)? = response { head += " \(position.line):\(position.column)" }
        if let contractLocation { head += " \(contractLocation)" }
        if let table { head += " \(table)" }
        var lines = [head, message]
        if expected != nil || actual != nil { lines.append("- \(expected ?? "(nothing)") + \(actual ?? "(nothing)")") }
        lines += differences.map {
            "\($0.pointer): - \($0.expected?.text ?? "absent") + \($0.actual?.text ?? "absent")"
        }
        return (lines + details).joined(separator: "\n")
    }
}

extension Verdict {
    /// Every finding, told.
    var told: [String] { allFindings.map(\.told) }

    /// The findings of severity error, by rule.
    var errors: [String] { allFindings.filter { $0.severity == .error }.map(\.rule) }

    /// `step outcome` for every step.
    var outcomes: [String] {
        scenarios.flatMap(\.steps).map { "\($0.name) \($0.outcome.rawValue)" }
    }
}
