import ArgumentParser
import Harness

/// Options that choose where requests go; the same in every command that sends.
struct TargetOptions: ParsableArguments {
    @Option(help: ArgumentHelp("A target in assay.yaml: mock, sandbox, …", valueName: "name"))
    var target: String?

    @Option(help: ArgumentHelp("The base URL of a target.", valueName: "url"))
    var baseURL: String?

    @Flag(help: "Allow requests that change data on a production target.")
    var allowProduction = false

    @Option(
        help: ArgumentHelp(
            "A file of secrets, as lines NAME=value; they take precedence over the environment.", valueName: "file"))
    var secrets: String?

    /// Puts the choice into a request.
    func apply(to request: inout PlanRequest) {
        request.target.name = target
        request.target.baseURL = baseURL
        request.target.allowsProduction = allowProduction
        request.secretsFile = secrets
    }
}
