import ArgumentParser
import Harness

/// Options of the receiver of deliveries, which runs if a step awaits one on a live target.
struct ReceiverOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The loopback address on which `await` steps receive deliveries: 127.0.0.1:8080; default: any free port.",
            valueName: "address"),
        transform: OptionValue.loopback)
    var listen: (host: String, port: Int)?

    @Option(
        help: ArgumentHelp(
            "The URL at which the target reaches that address, such as a tunnel: https://abc.example.com.",
            valueName: "url"),
        transform: OptionValue.httpURL)
    var publicURL: String?

    var choice: ReceiverChoice {
        var choice = ReceiverChoice()
        choice.listen = listen
        choice.publicURL = publicURL
        return choice
    }
}
