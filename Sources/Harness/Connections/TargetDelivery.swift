import Diagnostics
import Exchanges
import OpenAPI
import Project
import Running
import Scenarios

/// The additions of a target to requests, and how its servers are reached.
struct TargetDelivery: Sendable {
    /// Headers of every request, unless its row sets them.
    var headers: [HeaderField] = []
    /// Whether the cookies that a scenario receives are sent with its later requests.
    var keepsCookies = false
    /// Proxies, certificates and codings.
    var connection = ConnectionSettings()
    /// How tokens are requested.
    var tokens: [TokenRequest] = []
    /// Warnings about the settings.
    var warnings: [Diagnostic] = []

    /// Nothing is added, and servers are reached directly.
    init() {}

    /// The passwords of proxies, which must be masked.
    var secrets: [(name: String, value: String)] {
        let passwords = connection.proxies.all.compactMap(\.user?.password)
        return passwords.filter { !$0.isEmpty }.map { (name: "proxy-password", value: $0) }
    }
}

extension Workspace {
    /// The additions of the target of `input` to requests, and how its servers are reached.
    ///
    /// - Throws: `HarnessError` (exit 2) when a value is missing or a setting is wrong.
    func delivery(_ input: PlanInput, _ secrets: SecretValues) throws(HarnessError) -> TargetDelivery {
        let values = ConfiguredValues(scope: scope(input.request.environment, secrets.values), workspace: self)
        var delivery = TargetDelivery()
        var problems = Diagnostics(headerConflicts(input.target, input.loaded.contracts))
        let isForSending = input.request.missingSecrets.isForSending
        delivery.keepsCookies = input.target.requests.keepsCookies
        for header in input.target.requests.headers {
            do throws(HarnessError) {
                delivery.headers.append(try self.header(header, of: input.target, values))
            } catch {
                // If nothing is sent, a missing value does no harm.
                if isForSending { problems.append(contentsOf: error.diagnostics.entries) }
            }
        }
        do throws(HarnessError) {
            let builder = ConnectionBuilder(
                workspace: self, target: input.target, choice: input.request.target.network,
                environment: input.request.environment, values: values)
            delivery.connection = try builder.settings()
            delivery.warnings = builder.warnings
            let redactor = Redactor(secrets: secrets.all + delivery.secrets)
            delivery.tokens = try TokenRequestBuilder(
                workspace: self, input: input, values: values, redactor: redactor
            ).requests()
        } catch {
            if isForSending { problems.append(contentsOf: error.diagnostics.entries) }
        }
        guard !problems.hasErrors else { throw HarnessError(.wrongInput, problems) }
        return delivery
    }

    private func header(
        _ header: TargetRequests.Header, of target: Target, _ values: ConfiguredValues
    ) throws(HarnessError) -> HeaderField {
        let what = "the header '\(header.name)' of the target '\(target.name)'"
        let place = ["targets", target.name, "headers", header.name]
        let value = try values.text(header.value, what, at: place)
        if let problem = FieldRules.problem(value: value) {
            // The value can contain a secret, so it is not repeated.
            throw HarnessError(
                .wrongInput,
                Diagnostics([
                    Diagnostic("target.header", .error, "\(what) \(problem)", at: location(of: place))
                ]))
        }
        return HeaderField(name: header.name, value: value)
    }

    /// Headers of a target that a security scheme sends as well. Rows test credentials, which a common header would
    /// hide.
    private func headerConflicts(_ target: Target, _ contracts: Contracts) -> [Diagnostic] {
        let schemes = contracts.all.flatMap(\.securitySchemes)
        return target.requests.headers.compactMap { header in
            let scheme = schemes.first { $0.carrier == .header(header.name.lowercased()) }
            return scheme.map { scheme in
                Diagnostic(
                    "target.header-credential", .error,
                    "the target '\(target.name)' sets the header '\(header.name)', which the security scheme "
                        + "'\(scheme.name)' sends",
                    at: location(of: ["targets", target.name, "headers", header.name]),
                    help: "remove it, and put the value into a profile under `auth`: \(scheme.name): '{{secret.NAME}}'")
            }
        }
    }
}
