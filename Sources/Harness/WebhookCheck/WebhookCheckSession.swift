import Conformance
package import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Project
package import Reporting
import Scenarios
import Webhooks

/// Sends correct and wrong deliveries to a receiver of webhooks, and judges its responses.
package struct WebhookCheckSession: Sendable {
    /// Warnings about the input.
    package let diagnostics: Diagnostics

    private let request: WebhookCheckRequest
    private let settings: WebhookSettings
    private let keys: ConfiguredKeys
    private let template: RequestMessage
    private let webhook: String?
    private let connection: ConnectionSettings
    private let seed: String

    /// Reads the configuration, the contract and the secrets, and makes the body.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input, and for a production receiver that is not
    ///   allowed.
    package init(_ workspace: Workspace, _ request: WebhookCheckRequest) throws(HarnessError) {
        try Self.checkCases(request.delivery.cases)
        let target = try workspace.receiver(request)
        let contract = try workspace.webhookContract(request)
        settings = try workspace.webhookSettings(request)
        let file =
            try request.secretsFile.map { path throws(HarnessError) in
                try SecretsFile.read(path, root: workspace.root)
            } ?? []
        keys = try workspace.keys(of: settings, environment: request.environment, file: file)
        seed = request.seed ?? String(Instant.now.microsecondsSinceEpoch)
        let maker = DeliveryTemplate(request: request, settings: settings, contract: contract, seed: seed)
        let call = try maker.call()
        template = try maker.message(call)
        webhook = call?.name
        let values = ConfiguredValues(scope: workspace.scope(request.environment, [:]), workspace: workspace)
        let builder = ConnectionBuilder(
            workspace: workspace, target: target, choice: request.target.network, environment: request.environment,
            values: values)
        connection = try builder.settings()
        self.request = request
        diagnostics = Diagnostics(
            builder.warnings + Self.effects(target, url: request.url)
                + Self.deviations(template, webhook, contract, settings))
    }

    /// Sends every case and judges the responses.
    ///
    /// - Throws: `HarnessError`: exit 2 for files of certificates that cannot be used, 3 if the receiver cannot be
    ///   reached.
    package func check(over network: any Network) async throws(HarnessError) -> ReceiverCheck {
        try network.check(connection)
        let client = network.client(connections: 1, connection)
        let result: Result<[ReceiverTrial], HarnessError>
        do throws(HarnessError) {
            result = .success(try await send(over: client))
        } catch {
            result = .failure(error)
        }
        await client.shutdown()
        let trials = try result.get()
        let judge = ReceiverJudge(webhook: webhook, slow: request.slow)
        return ReceiverCheck(
            url: request.url, scheme: settings.name, webhook: webhook, results: judge.results(trials),
            wasInterrupted: Task.isCancelled, redactor: redactor)
    }

    private var redactor: Redactor {
        let passwords = connection.proxies.all.compactMap(\.user?.password).filter { !$0.isEmpty }
        return Redactor(secrets: keys.masked + passwords.map { (name: "proxy-password", value: $0) })
    }

    // MARK: Sending

    private func send(over client: any NetworkClient) async throws(HarnessError) -> [ReceiverTrial] {
        let plans = builder(at: .now, nil).plans
        var spelling: JSONSpelling?
        var trials: [ReceiverTrial] = []
        for (index, plan) in plans.enumerated() where isWanted(plan.kind) && !Task.isCancelled {
            guard plan.reason == nil else {
                trials.append(ReceiverTrial(plan.kind, variant: plan.variant, reason: plan.reason))
                continue
            }
            // Signatures are made when they are sent: a slow receiver must not make the later ones old.
            guard let trial = await send(builder(at: .now, spelling).plans[index], over: client) else { break }
            if plan.kind == .right, let failure = trial.exchanges.first?.outcome.failure, failure.class.isBeforeSending
            {
                throw unreachable(failure)
            }
            trials.append(trial)
            if plan.kind == .right, trial.exchanges.first?.response.map(\.isSuccess) == false,
                let accepted = await acceptedSpelling(over: client)
            {
                spelling = accepted.spelling
                trials.append(accepted.trial)
            }
        }
        return trials
    }

    /// Sends the deliveries of a case; `nil` if the check is interrupted, because the case then has no result.
    private func send(_ plan: DeliveryBuilder.Plan, over client: any NetworkClient) async -> ReceiverTrial? {
        var trial = ReceiverTrial(plan.kind, variant: plan.variant)
        for delivery in plan.deliveries where !Task.isCancelled {
            trial.exchanges.append(await send(delivery, over: client))
        }
        return Task.isCancelled ? nil : trial
    }

    /// The first usual spelling of the body with which the receiver accepts a correct delivery.
    private func acceptedSpelling(
        over client: any NetworkClient
    ) async -> (spelling: JSONSpelling, trial: ReceiverTrial)? {
        for (spelling, plan) in builder(at: .now, nil).respelled {
            guard let trial = await send(plan, over: client) else { return nil }
            if trial.exchanges.first?.response?.isSuccess == true { return (spelling, trial) }
        }
        return nil
    }

    private func isWanted(_ kind: ReceiverCase) -> Bool {
        let names = request.delivery.cases
        return names.isEmpty || kind == .right || names.contains { $0.isSame(as: kind.rawValue) }
    }

    private func builder(at time: Instant, _ spelling: JSONSpelling?) -> DeliveryBuilder {
        DeliveryBuilder(
            scheme: settings.scheme, keys: keys.keys, template: template,
            bodyID: settings.bodyID.flatMap { try? ItemPath.parse($0) }, spelling: spelling, salt: seed, now: time)
    }

    private func send(_ delivery: RequestMessage, over client: any NetworkClient) async -> Exchange {
        let (startedAt, clock) = (Instant.now, ContinuousClock())
        let start = clock.now
        let outcome = await client.send(delivery, deadline: request.timeout)
        return Exchange(
            sequence: 1, scenario: "", step: "", operation: webhook, contract: "", request: delivery, outcome: outcome,
            startedAt: startedAt, duration: start.duration(to: clock.now))
    }

    private func unreachable(_ failure: TransportFailure) -> HarnessError {
        let error = HarnessError.notPossible(
            "webhook.unreachable", "the receiver cannot be reached: \(failure.message)",
            help: "start the receiver, and check the URL")
        return HarnessError(error.exit, redactor.redact(error.diagnostics))
    }

    // MARK: Checks of the input

    private static func checkCases(_ names: [String]) throws(HarnessError) {
        let known = ReceiverCase.allCases.map(\.rawValue)
        for name in names where !known.contains(where: { $0.isSame(as: name) }) {
            throw .wrongInput(
                "usage.unknown-case", "unknown case '\(name)'",
                help: nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
                    ?? "the cases are \(known.joined(separator: ", "))")
        }
    }

    /// A warning about a receiver that neither the configuration nor its name calls a test system.
    private static func effects(_ target: Target, url: String) -> [Diagnostic] {
        guard target.production == nil, let host = HostName(ofURL: url), !host.isLocal, host.trialWord == nil else {
            return []
        }
        return [
            Diagnostic(
                "webhook.effects", .warning, "correct deliveries can have real effects at '\(host.text)'",
                help: "name a receiver of a test environment if this one is in use")
        ]
    }

    /// Warnings about a body that the contract does not allow: a receiver may reject it for this reason.
    private static func deviations(
        _ template: RequestMessage, _ webhook: String?, _ contract: Contract?, _ settings: WebhookSettings
    ) -> [Diagnostic] {
        guard let contract, let webhook else { return [] }
        return DeliveryJudge(contract).findings(template, at: .now, as: webhook)
            .filter { $0.severity == .error }.prefix(10)
            .map { finding in
                Diagnostic(
                    finding.rule, .warning, finding.message, at: finding.document.location,
                    help: "pass a body that satisfies the contract: --body FILE")
            }
    }
}

extension Workspace {
    /// The receiver as a target, so that the same rules decide whether it is production.
    ///
    /// - Throws: `HarnessError` (exit 2) when the URL is not valid, or the receiver is production and not allowed.
    fileprivate func receiver(_ request: WebhookCheckRequest) throws(HarnessError) -> Target {
        let parts = request.url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts[0])
        let query = parts.dropFirst().first ?? ""
        // The query is sent as it is: visible ASCII, without a fragment.
        let isWritten = query.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "#") }
        if let problem = BaseURL.problem(with: base) ?? (isWritten ? nil : "has a query that is not valid") {
            throw .wrongInput(
                "usage.url", "the URL of the receiver \(problem)", help: "write http://localhost:8080/webhooks")
        }
        var choice = request.target
        choice.name = nil
        choice.baseURL = base
        let target = try target(choice, environment: request.environment)
        let contracts = (try? contracts(request.contracts))?.contracts.all ?? []
        guard !choice.allowsProduction, let reason = ProductionGuard(contracts).reason(target) else { return target }
        throw .wrongInput(
            "target.production", "the receiver is \(reason), and correct deliveries have real effects there",
            help: "name a receiver of a test environment, or pass --allow-production")
    }

    /// The contract with the webhook; `nil` if a body is given without a contract.
    fileprivate func webhookContract(_ request: WebhookCheckRequest) throws(HarnessError) -> Contract? {
        let hasContract = request.contracts.spec != nil || !project.versions.isEmpty
        guard hasContract || request.delivery.body == nil else { return nil }
        return try contracts(request.contracts).contracts.defaultContract
    }

    /// The entry under `webhooks`: the named one, otherwise that of the webhook.
    fileprivate func webhookSettings(_ request: WebhookCheckRequest) throws(HarnessError) -> WebhookSettings {
        let known = project.judging.webhooks
        let names = known.map(\.name)
        if let name = request.delivery.scheme {
            if let settings = known.first(where: { $0.name.isSame(as: name) }) { return settings }
            throw .wrongInput(
                "usage.unknown-scheme", "assay.yaml has no webhooks '\(name)'",
                help: nearestName(to: name, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty ? Self.schemeHelp : "the entries are \(names.joined(separator: ", "))"))
        }
        if let webhook = request.delivery.webhook, let settings = known.settings(for: webhook) { return settings }
        guard let first = known.first else {
            throw .wrongInput("usage.no-scheme", "assay.yaml has no `webhooks`", help: Self.schemeHelp)
        }
        return first
    }

    private static let schemeHelp =
        "write webhooks: {shop: {scheme: standard-webhooks, secret: '{{secret.WEBHOOK_SECRET}}'}}"
}

extension ResponseMessage {
    /// Whether the status is 2xx.
    fileprivate var isSuccess: Bool { (200...299).contains(status) }
}
