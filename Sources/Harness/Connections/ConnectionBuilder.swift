import Diagnostics
import Exchanges
import Project

/// Makes the settings of connections. Options take precedence over the target, and the target over the environment.
///
/// The mock and recordings have none: a mock that Assay starts is never reached through a proxy.
struct ConnectionBuilder {
    let workspace: Workspace
    let target: Target
    let choice: NetworkChoice
    let environment: [String: String]
    let values: ConfiguredValues

    private var network: TargetNetwork { target.network }

    /// The settings of the target.
    ///
    /// - Throws: `HarnessError` (exit 2) when a proxy has no valid address, or an option has no effect.
    func settings() throws(HarnessError) -> ConnectionSettings {
        var settings = ConnectionSettings()
        settings.isHTTP1Only = network.isHTTP1Only
        guard case .live = target.kind else {
            guard choice == NetworkChoice() else {
                throw .wrongInput(
                    "usage.network", "the target '\(target.name)' is not reached over the network",
                    help: "name a server with --target or --base-url, or remove the options for proxies and TLS")
            }
            return settings
        }
        settings.codings = network.codings
        settings.proxies = try proxies()
        settings.trust.roots = variable("SSL_CERT_FILE").map { file($0, "the environment variable SSL_CERT_FILE") }
        settings.trust.additional = configured(
            choice.trustedCertificates, "--cacert", network.trustedCertificates, "ca")
        settings.trust.acceptsEverything = isInsecure
        guard let certificate = configured(choice.certificate, "--cert", network.certificate, "cert") else {
            guard choice.key == nil else {
                throw .wrongInput(
                    "usage.network", "`--key` requires `--cert`",
                    help: "pass --cert FILE, the certificate that the key belongs to")
            }
            return settings
        }
        let key =
            choice.certificate == nil
            ? configured(choice.key, "--key", network.key, "key")
            : configured(choice.key, "--key", nil, "key")
        settings.identity = ClientIdentity(certificate: certificate, key: key ?? certificate)
        return settings
    }

    /// A warning if certificates are not verified.
    var warnings: [Diagnostic] {
        guard case .live = target.kind, isInsecure else { return [] }
        let place = choice.isInsecure ? nil : workspace.location(of: ["targets", target.name, "insecure"])
        return [
            Diagnostic(
                "run.insecure", .warning,
                "the certificates of servers are not verified: anyone between here and the server can read and change "
                    + "the requests",
                at: place,
                help: choice.isInsecure
                    ? "pass --cacert FILE instead of --insecure" : "replace `insecure: true` by ca: FILE")
        ]
    }

    private var isInsecure: Bool { choice.isInsecure || choice.trustedCertificates == nil && network.isInsecure }

    // MARK: Proxies

    private func proxies() throws(HarnessError) -> ProxyRules {
        var rules = ProxyRules()
        switch choice.proxy {
        case .off: return rules
        case .address(let text):
            // A proxy that the user names is used for every host.
            rules.http = try proxy(text, "--proxy", at: nil)
            rules.https = rules.http
            return rules
        case nil: break
        }
        switch network.proxy {
        case .off: return rules
        case .address(let template):
            let place = ["targets", target.name, "proxy"]
            let what = "`proxy` of the target '\(target.name)'"
            rules.http = try proxy(try values.text(template, what, at: place), what, at: place)
            rules.https = rules.http
            return rules
        case nil: break
        }
        rules.exceptions = NoProxyList(variable("NO_PROXY") ?? "")
        rules.http = try environmentProxy("HTTP_PROXY")
        rules.https = try environmentProxy("HTTPS_PROXY")
        return rules
    }

    private func environmentProxy(_ name: String) throws(HarnessError) -> ProxyAddress? {
        guard let text = variable(name) else { return nil }
        return try proxy(text, environment[name.lowercased()]?.isEmpty == false ? name.lowercased() : name, at: nil)
    }

    private func proxy(_ text: String, _ source: String, at place: [String]?) throws(HarnessError) -> ProxyAddress {
        do {
            return try ProxyAddress(text, source: source)
        } catch {
            // The text can contain a password, so it is not repeated.
            throw HarnessError(
                .wrongInput,
                Diagnostics([
                    Diagnostic(
                        "target.proxy", .error, "\(source) \(error.message)",
                        at: place.flatMap { workspace.location(of: $0) },
                        help: "\(error.help); pass --no-proxy for direct connections")
                ]))
        }
    }

    /// A variable of the environment in lower or upper case; `nil` if it is empty.
    private func variable(_ name: String) -> String? {
        [name.lowercased(), name].lazy.compactMap { environment[$0] }.first { !$0.isEmpty }
    }

    // MARK: Files

    private func configured(_ option: String?, _ name: String, _ path: String?, _ key: String) -> ConfiguredFile? {
        option.map { file($0, name) } ?? path.map { file($0, "`\(key)` of the target '\(target.name)'") }
    }

    private func file(_ path: String, _ source: String) -> ConfiguredFile {
        ConfiguredFile(path: FileSystem.joined(workspace.root, path), source: source, shown: path)
    }
}
