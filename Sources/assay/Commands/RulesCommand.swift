import ArgumentParser
import Conformance
import Harness
import Reporting

/// `assay rules`: every rule that a finding can name.
struct RulesCommand: ReportingCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists every rule: id, severity, meaning and source.",
        discussion: "`--report` markdown prints the page docs/rules.md."
    )

    @OptionGroup(title: "Output") var output: OutputOptions<RulesFormat>

    func makeReport() throws(HarnessError) -> CommandReport<RulesFormat> {
        let list = RuleList(Rule.all)
        return CommandReport { format, _ in
            switch format {
            case .text: list.text
            case .json: list.json
            case .markdown: list.markdown
            }
        }
    }
}

/// The formats of the list of rules.
enum RulesFormat: String, ReportFormat {
    case text, json, markdown

    static let help = "text, json or markdown"
    static let isPrivate = false

    var medium: ReportMedium {
        switch self {
        case .text: .text
        case .json: .json
        case .markdown: .markdown
        }
    }
}
