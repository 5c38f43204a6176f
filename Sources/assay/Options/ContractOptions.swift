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
