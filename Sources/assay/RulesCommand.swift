import ArgumentParser
import Conformance
import Reporting

/// `assay rules`: every rule that a finding can name.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules",
        abstract: "Lists every rule: id, severity, meaning and source.",
        discussion: "`--report` markdown prints the page docs/rules.md."
    )

    @Option(help: ArgumentHelp("text, json or markdown.", valueName: "format"))
    var report: String = "text"

    func run() {
        let list = RuleList(Rule.all)
        switch report {
        case "json": Console().output(list.json)
        case "markdown": Console().output(list.markdown)
        default: Console().output(list.text)
        }
    }

    func validate() throws {
        guard ["text", "json", "markdown"].contains(report) else {
            throw ValidationError("unknown format '\(report)' of `--report` (text, json, markdown)")
        }
    }
}
