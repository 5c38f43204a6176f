import ArgumentParser
import Harness

/// Options that choose scenarios; the same in every command that takes them.
struct SelectionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Scenario tables; default: all tables of the project.", valueName: "table"))
    var tables: [String] = []

    @Option(help: ArgumentHelp("Only scenarios with these tags: 'smoke and not slow'.", valueName: "expr"))
    var tags: String?

    @Option(
        help: ArgumentHelp("Only scenarios with this text in their name or in the name of a step.", valueName: "text"))
    var grep: String?

    var choice: TableChoice {
        var choice = TableChoice()
        choice.tables = tables
        choice.tags = tags
        choice.grep = grep
        return choice
    }
}
