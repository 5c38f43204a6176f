package import Conformance
import Diagnostics
import JSONDocument

/// Every rule, as a list for people, programs and the documentation.
package struct RuleList: Sendable {
    private let rules: [Rule]

    /// A list of `rules`, in their order.
    package init(_ rules: [Rule]) {
        self.rules = rules
    }

    /// A line per rule: id, severity, meaning and source.
    package var text: String {
        let rows = rules.map { rule in
            [
                Cell(rule.id), Cell(rule.severity.rawValue),
                Cell("\(rule.summary) (\(rule.source))", limit: .max),
            ]
        }
        let table = TextTable(indent: "", columns: [.natural, TextTable.Column(minimum: 7)], rows: rows)
        return table.lines(TextStyle(isColoured: false)).map { $0 + "\n" }.joined()
    }

    /// `{"schema": …, "command": "rules", "rules": […]}`.
    package var json: String {
        let list = rules.map { rule in
            JSONValue.members([
                ("id", .string(rule.id)), ("severity", .string(rule.severity.rawValue)),
                ("meaning", .string(rule.summary)), ("source", .string(rule.source)),
            ])
        }
        return JSONEnvelope("rules").render(exit: 0, [("rules", .array(list))])
    }

    /// The page `docs/rules.md`.
    package var markdown: String {
        var text = """
            # Rules

            Every finding names one of these rules. The id of a shipped rule never changes, so baselines and other tools
            can rely on it. In ids with `*`, the end is the violated keyword (`body.type`, `header.enum`,
            `request.required`) or the kind of transport failure (`transport.timedOut`).

            An **error** fails the run. A **warning** does not, unless `--strict` makes it an error
            (`body.undeclared`, `header.undeclared`). A **note** is information. One cause gives one finding: findings
            that only follow from another finding are not reported.

            `assay explain RULE` prints what a rule means, the text on which it is based, an example, and what to do:
            `assay explain body.type`. `assay rules --report markdown` prints this page.

            | rule | severity | meaning | source |
            | --- | --- | --- | --- |

            """
        for rule in rules {
            let cells = ["`\(rule.id)`", rule.severity.rawValue, rule.summary, rule.source]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        return text
    }
}
