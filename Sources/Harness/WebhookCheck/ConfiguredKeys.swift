import Diagnostics
import Exchanges
import Project
import Scenarios
import Webhooks

/// The keys of the secrets of an entry under `webhooks`.
struct ConfiguredKeys: Sendable {
    /// The keys, in the order of the secrets.
    let keys: [[UInt8]]
    /// The values to mask, by name.
    let masked: [(name: String, value: String)]
}

extension Workspace {
    /// The keys of the secrets of `settings`.
    ///
    /// - Parameter isMock: Whether secrets without a value get one that only the mock has.
    /// - Throws: `HarnessError` (exit 2) when a secret has no value, or is not valid Base64 although it must be.
    func keys(
        of settings: WebhookSettings, environment: [String: String], file: [(name: String, value: String)],
        isMock: Bool = false
    ) throws(HarnessError) -> ConfiguredKeys {
        let secrets = SecretValues(
            names: settings.secrets.flatMap(\.secrets), environment: environment, file: file, isMock: isMock)
        let values = ConfiguredValues(scope: scope(environment, secrets.values), workspace: self)
        let place = ["webhooks", settings.name, "secret"]
        var masked = secrets.all
        for name in settings.secrets.flatMap(\.environmentVariables) {
            if let value = environment[name] { masked.append((name, value)) }
        }
        var keys: [[UInt8]] = []
        for template in settings.secrets {
            let text = try values.text(template, "`secret` of the webhooks '\(settings.name)'", at: place)
            masked.append((template.secrets.first ?? settings.name, text))
            guard let key = settings.scheme.secretEncoding.key(text) else {
                throw HarnessError(
                    .wrongInput,
                    Diagnostics([
                        Diagnostic(
                            "webhook.secret", .error,
                            text.isEmpty
                                ? "`secret` of the webhooks '\(settings.name)' is empty"
                                : "`secret` of the webhooks '\(settings.name)' is not valid Base64",
                            at: location(of: place),
                            help: "correct the secret, or write secret-encoding: text")
                    ]))
            }
            keys.append(key)
        }
        return ConfiguredKeys(keys: keys, masked: masked)
    }
}
