import ArgumentParser
import Harness

/// Options that choose scenarios; the same in every command that takes them.
struct SelectionOptions: ParsableArguments {
    @Argument(help: ArgumentHelp("Scenario tables; all under scenarios/ when none is given.", valueName: "table"))
    var tables: [String] = []

    @Option(help: ArgumentHelp("Scenarios with these tags: 'smoke and not slow'.", valueName: "expr"))
    var tags: String?

    @Option(help: ArgumentHelp("Scenarios with this text in their or a step's name.", valueName: "text"))
    var grep: String?

    var choice: TableChoice {
        var choice = TableChoice()
        choice.tables = tables
        choice.tags = tags
        choice.grep = grep
        return choice
    }
}
