import ArgumentParser
import Harness

/// Options that choose the contract; the same in every command that takes them.
struct ContractOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The contract to test, by its name in assay.yaml.", valueName: "version"))
    var apiVersion: String?

    @Option(help: ArgumentHelp("An OpenAPI document to test; requires no assay.yaml.", valueName: "file"))
    var spec: String?

    @Option(
        help: ArgumentHelp(
            "A folder that references of --spec may lead to, besides its own; repeatable.", valueName: "dir"))
    var allowPath: [String] = []

    @Option(help: ArgumentHelp("A behaviour file for the mock instead of the configured one.", valueName: "file"))
    var behaviour: String?

    @Flag(help: "Judge the published document without overlays.")
    var noOverlays = false

    var choice: ContractChoice {
        var choice = ContractChoice()
        choice.version = apiVersion
        choice.spec = spec
        choice.behaviour = behaviour
        choice.withoutOverlays = noOverlays
        choice.allowedFolders = allowPath
        return choice
    }
}

/// Options that choose scenarios; the same in every command that takes them.
struct SelectionOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "Scenario tables, folders of them, or rows (FILE:LINE selects the row's scenario); default: all tables of "
                + "the project.", valueName: "table"))
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

/// Options that choose where requests go; the same in every command that sends.
struct TargetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A target in assay.yaml: mock, sandbox, …", valueName: "name"))
    var target: String?

    @Option(
        help: ArgumentHelp(
            "The base URL; with --target, it replaces the address of the target. http+unix://%2FPATH is a Unix socket.",
            valueName: "url"))
    var baseURL: String?

    @OptionGroup var variables: VariableOptions

    @Flag(help: "Allow requests that change data on a production target.")
    var allowProduction = false

    @Option(
        help: ArgumentHelp(
            "A file of secrets, as lines NAME=value; they take precedence over the environment.", valueName: "file"))
    var secrets: String?

    @OptionGroup(title: "Network") var network: NetworkOptions

    /// Puts the choice into a request.
    func apply(to request: inout PlanRequest) {
        request.target.name = target
        request.target.baseURL = baseURL
        request.target.allowsProduction = allowProduction
        request.target.variables = variables.variables
        request.target.network = network.choice
        request.secretsFile = secrets
    }
}
