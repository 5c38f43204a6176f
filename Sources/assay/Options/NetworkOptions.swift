import ArgumentParser
import Harness

/// Options for the connections to a target; they take precedence over `assay.yaml` and the environment.
struct NetworkOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The HTTP proxy for every request; default: HTTP_PROXY, HTTPS_PROXY and NO_PROXY.", valueName: "url"),
        transform: OptionValue.nonempty)
    var proxy: String?

    @Flag(help: "Use no proxy, whatever the target and the environment say.")
    var noProxy = false

    @Option(
        name: .customLong("cacert"),
        help: ArgumentHelp("Certificates (PEM) that are trusted in addition to the system's.", valueName: "file"))
    var trustedCertificates: String?

    @Option(
        name: .customLong("cert"),
        help: ArgumentHelp("The client's certificate (PEM).", valueName: "file"))
    var certificate: String?

    @Option(
        help: ArgumentHelp(
            "The private key of --cert (PEM); default: in the file of the certificate.", valueName: "file"))
    var key: String?

    @Flag(help: "Accept any certificate of a server. Every report contains a warning.")
    var insecure = false

    var choice: NetworkChoice {
        var choice = NetworkChoice()
        choice.proxy = noProxy ? .off : proxy.map { .address($0) }
        choice.trustedCertificates = trustedCertificates
        choice.certificate = certificate
        choice.key = key
        choice.isInsecure = insecure
        return choice
    }

    func validate() throws {
        if noProxy, proxy != nil { throw ValidationError("`--proxy` cannot be combined with `--no-proxy`") }
        if insecure, trustedCertificates != nil {
            throw ValidationError("`--cacert` has no effect with `--insecure`, which accepts every certificate")
        }
    }
}
