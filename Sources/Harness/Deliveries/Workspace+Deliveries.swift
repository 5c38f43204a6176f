import Conformance
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Running
import Scenarios
import Webhooks

extension Workspace {
    /// The rules of deliveries by the names of the webhooks and callbacks of `contracts`.
    ///
    /// - Parameter secrets: The values of secrets by name. Signatures with a missing secret are not verified.
    func deliveryRules(
        _ contracts: [Contract], secrets: [String: String], environment: [String: String]
    ) -> [String: DeliveryRules] {
        guard !project.judging.webhooks.isEmpty else { return [:] }
        let scope = scope(environment, secrets)
        var rules: [String: DeliveryRules] = [:]
        for name in Set(contracts.flatMap { $0.outgoing.map(\.name) }) {
            rules[name] = project.judging.webhooks.settings(for: name).map { DeliveryRules($0, scope) }
        }
        return rules
    }
}

extension DeliveryRules {
    /// The rules of one entry of `webhooks`.
    fileprivate init(_ settings: WebhookSettings, _ scope: ValueScope) {
        self.init()
        scheme = settings.scheme
        keys = settings.secrets.compactMap { secret in
            let text = try? secret.expandText(scope, at: ValueSite(step: "", column: "webhooks", place: 0))
            // A secret that was made up for the mock is not Base64; its bytes are the key.
            return text.flatMap { settings.scheme.secretEncoding.key($0) ?? SecretValues.keyOfMadeUp($0) }
        }
        bodyID = settings.bodyID.flatMap { try? ItemPath.parse($0) }
        event = settings.event.flatMap { try? ItemPath.parse($0) }
        webhooks = Dictionary(settings.events.map { ($0.value, $0.webhook) }, uniquingKeysWith: { first, _ in first })
    }

    /// How the mock signs deliveries; `nil` without a scheme or a key.
    var signer: DeliverySigner? {
        guard let scheme, !keys.isEmpty else { return nil }
        return DeliverySigner(scheme: scheme, keys: Array(keys.prefix(1)))
    }
}

extension PlannedSession {
    /// The rules for deliveries; `nil` if no step awaits one.
    var deliveryPolicy: DeliveryPolicy? {
        guard plan.awaitsDeliveries else { return nil }
        var rules = workspace.deliveryRules(
            loaded.contracts.all, secrets: verifiableSecrets, environment: request.environment)
        if fixtures != nil {
            // Recordings do not depend on secrets and times, so signatures in them prove nothing.
            for name in rules.keys { rules[name]?.scheme = nil }
        }
        return DeliveryPolicy(rules)
    }

    /// The secrets with which a server can have signed: those of the mock may be made up.
    private var verifiableSecrets: [String: String] {
        guard target.kind != .mock else { return secrets.values }
        return Dictionary(secrets.real.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    }

    /// The versions of the mock, with signatures, and with a receiver inside of this process.
    func versions(deliveringTo inboxes: DeliveryInboxes? = nil) -> [MockVersion] {
        let rules = workspace.deliveryRules(
            mockVersions.map(\.contract), secrets: secrets.values, environment: request.environment)
        guard !rules.isEmpty || inboxes != nil else { return mockVersions }
        return mockVersions.map { version in
            var version = version
            version.deliveries.signers = rules.compactMapValues(\.signer)
            version.deliveries.receiver = inboxes.map { inboxes in
                InnerReceiver(base: inboxes.urls.base) { inboxes.receive($0) }
            }
            return version
        }
    }

    /// The inboxes of a run; `nil` if no step of `plan` awaits a delivery.
    ///
    /// - Parameters:
    ///   - base: The URL below which deliveries arrive.
    ///   - now: The clock of the run.
    func inboxes(
        _ plan: Plan, base: String = DeliveryReception.innerBase, now: @escaping @Sendable () -> Instant
    ) -> DeliveryInboxes? {
        guard plan.awaitsDeliveries else { return nil }
        let contracts = loaded.contracts
        let policy = deliveryPolicy ?? DeliveryPolicy()
        let reading = DeliveryReading(
            isNamed: { request, awaited in
                contracts[awaited.contract].map { policy.isNamed(request, awaited, $0) } ?? true
            },
            id: { request, awaited in
                contracts[awaited.contract].flatMap { policy.id(of: request, awaited, $0) }
            })
        return DeliveryInboxes(plan, ReceiverURLs(base: base), reading, now: now)
    }
}
