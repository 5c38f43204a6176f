import Diagnostics

/// The rules as the tables of docs/versions.md.
public enum RuleTable {
    /// Two tables: the edits of schemas, each of which is a rule in every area, and all other rules.
    public static var markdown: String {
        var text = """
            ### Schemas

            An id is the direction, the area and one of these names: `request.property.max-length-decreased`. Areas of
            requests are `body`, `property`, `parameter` and `parameter-property`, areas of responses `body`, `property`,
            `header` and `header-property`. Severities are those of strict / github / stripe.

            | name | kind | in a request | in a response | what changed |
            | --- | --- | --- | --- | --- |

            """
        for edit in ChangeRule.schemaEdits(inProperties: true) {
            let cells = [
                "`\(edit.name)`", edit.kind.rawValue, word(ChangeRule.severities(of: edit, .request)),
                word(ChangeRule.severities(of: edit, .response)), edit.summary,
            ]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        text += """

            ### Operations, messages and the contract

            | id | kind | severity | what changed |
            | --- | --- | --- | --- |

            """
        for rule in ChangeRule.messageRules + ChangeRule.operationRules + ChangeRule.contractRules {
            let cells = [
                "`\(rule.id)`", rule.kind.rawValue, word(RulePreset.allCases.map { rule.severity(under: $0) }),
                rule.summary,
            ]
            text += "| " + cells.joined(separator: " | ") + " |\n"
        }
        return text
    }

    /// `error`, or `error / note / warning` if the presets differ.
    private static func word(_ severities: [Severity]) -> String {
        let words = severities.map(\.rawValue)
        return Set(words).count == 1 ? words[0] : words.joined(separator: " / ")
    }
}
