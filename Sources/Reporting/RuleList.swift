public import Conformance
import Diagnostics
import JSONDocument

/// Every rule, as a list for people, programs and the documentation.
public struct RuleList: Sendable {
    private let rules: [Rule]

    /// A list of `rules`, in their order.
    public init(_ rules: [Rule]) {
        self.rules = rules
    }

    /// A line per rule: id, severity, meaning and source.
    public var text: String {
        let width = rules.map(\.id.utf8.count).max() ?? 0
        return rules.map { rule in
            let id = rule.id + String(repeating: " ", count: width - rule.id.utf8.count)
            let severity = rule.severity.rawValue
            let padding = String(repeating: " ", count: max(0, 7 - severity.utf8.count))
            return "\(id)  \(severity)\(padding)  \(rule.summary) (\(rule.source))\n"
        }.joined()
    }

    /// `{"schema": …, "command": "rules", "rules": […]}`.
    public var json: String {
        let list = rules.map { rule in
            JSONValue.members([
                ("id", .string(rule.id)), ("severity", .string(rule.severity.rawValue)),
                ("meaning", .string(rule.summary)), ("source", .string(rule.source)),
            ])
        }
        return CommandJSON("rules").render(exit: 0, [("rules", .array(list))])
    }

    /// The page `docs/rules.md`.
    public var markdown: String {
        var text = """
            # Rules

            Every finding names one of these rules; its id never changes once shipped, so that baselines and other tools
            can rely on it. Ids that end in `*` end in the keyword that was broken (`body.type`, `header.enum`,
            `request.required`) or in the class of a fault (`transport.timedOut`).

            An **error** fails the run. A **warning** is told and does not, unless `--strict` makes it an error
            (`body.undeclared`, `header.undeclared`). A **note** is worth knowing. One cause gives one finding: what
            merely follows from a finding is not told again.

            This page is what `assay rules --report markdown` prints.

            | rule | severity | what is wrong | rests on |
            | --- | --- | --- | --- |

            """
        for rule in rules {
            let cells = ["`\(rule.id)`", rule.severity.rawValue, rule.summary, rule.source]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        return text
    }
}
