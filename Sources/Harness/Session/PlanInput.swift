import Diagnostics
import Exchanges
import Project
import Scenarios

/// The input of a plan: contracts, target, tables and the file of secrets. They are read independently of each other,
/// so the mistakes in all of them are reported together.
struct PlanInput: Sendable {
    /// The request. If recordings replace a server, its secrets have placeholders as values.
    let request: PlanRequest
    let loaded: LoadedContracts
    /// The contracts with the overlays that are left out of judging; `nil` when none are left out.
    let corrected: LoadedContracts?
    let target: Target
    let tables: [TableSource]
    /// The secrets of the file that the user names.
    let secretsFile: [(name: String, value: String)]

    /// The contracts that the tables were written for.
    var basis: LoadedContracts { corrected ?? loaded }

    init(
        _ workspace: Workspace, _ request: PlanRequest, _ problems: inout DiagnosticCollector
    ) throws(HarnessError) {
        problems.add(BaselineFile.problems(request.judging, workspace))
        let loaded = problems.gather { () throws(HarnessError) in try workspace.contracts(request.contracts) }
        let target = problems.gather { () throws(HarnessError) in
            try workspace.target(
                request.target, environment: request.environment,
                isShown: request.isPreview || !request.missingSecrets.isForSending)
        }
        let tables = problems.gather { () throws(HarnessError) in try workspace.tables(request.tables) }
        guard let loaded, let target, let tables else {
            // Without a contract the rows of tables have no meaning, but mistakes in the form of tables can be found.
            if loaded == nil { problems.add((tables ?? []).flatMap(\.problems)) }
            throw problems.error
        }
        var request = request
        if target.kind == .fixtures { request.missingSecrets = .standIns }
        corrected = workspace.corrected(request.contracts)
        let path = request.secretsFile
        let file = problems.gather { () throws(HarnessError) in
            try path.map { path throws(HarnessError) in try SecretsFile.read(path, root: workspace.root) } ?? []
        }
        guard let file else { throw problems.error }
        secretsFile = file
        self.request = request
        self.loaded = loaded
        self.target = target
        self.tables = tables
    }
}

extension Workspace {
    /// The contracts with the overlays that `choice` leaves out; `nil` when it leaves none out, or they contain
    /// mistakes.
    ///
    /// Tables are written for the corrected document: it gives the types of their cells, and the mock follows it.
    fileprivate func corrected(_ choice: ContractChoice) -> LoadedContracts? {
        guard choice.withoutOverlays, choice.spec == nil else { return nil }
        var choice = choice
        choice.withoutOverlays = false
        return try? contracts(choice)
    }
}

/// The secrets of a plan, and the values to mask in everything that is shown.
struct PlanSecrets {
    let values: SecretValues
    /// The secrets to mask, by name.
    let masked: [(name: String, value: String)]

    /// Looks up the secrets that profiles and `plan` name.
    ///
    /// - Parameter isRecorded: Whether the traffic is recorded. A recording shows no secret at all, so it is the same
    ///   whichever secrets are set.
    init(_ workspace: Workspace, _ input: PlanInput, planned plan: Plan, isRecorded: Bool) {
        let request = input.request
        let isMock = input.target.kind == .mock
        values = SecretValues(
            names: workspace.project.secretNames + input.target.requests.secrets + input.target.network.secrets
                + plan.secrets,
            environment: request.environment,
            file: input.secretsFile, isMock: isMock || request.missingSecrets == .standIns)
        let isRecording = isRecorded || input.target.kind == .fixtures
        masked =
            (isMock && !isRecording ? values.real : values.all) + workspace.credentialVariables(request.environment)
    }

    /// Masks the secrets, values that filters derive from them, passwords of proxies, wrong credentials, and the places
    /// that the project redacts.
    func redactor(
        _ workspace: Workspace, _ input: PlanInput, planned plan: Plan, _ credentials: TargetCredentials,
        _ delivery: TargetDelivery, seed: String, recordedLogins: [LoginValue] = []
    ) -> Redactor {
        let derived = workspace.derivedSecrets(plan: plan, values, input.request.environment)
        let masked = masked + delivery.secrets
        // Recordings of a server contain masks where requests to recordings contain placeholders.
        let logins = recordedLogins.map { ($0.reference.secretName, $0.placeholder) }
        let wrong = masked.isEmpty ? [] : credentials.values.wrongValues.map { ("wrong-credential", $0) }
        return Redactor(
            secrets: masked + derived.filter { derived in masked.contains { $0.name == derived.name } } + logins
                + wrong,
            places: workspace.redactedPlaces(
                secrets: masked, seed: seed, learnsSecrets: !credentials.values.logins.isEmpty))
    }
}

/// Collects the diagnostics of several steps of planning, so a user sees all of them at once.
struct DiagnosticCollector {
    private(set) var found = Diagnostics()
    private var exit = ExitCode.wrongInput
    /// Masks secrets in diagnostics.
    var redactor = Redactor.none

    /// The error with everything that was found. If the configuration is wrong, diagnostics about its missing parts are
    /// left out.
    var error: HarnessError {
        let found = redactor.redact(found)
        let isMisconfigured = found.entries.contains { $0.severity == .error && $0.rule.hasPrefix("configuration.") }
        guard isMisconfigured else { return HarnessError(exit, found) }
        return HarnessError(exit, Diagnostics(found.entries.filter { !$0.rule.hasPrefix("usage.") }))
    }

    /// The result of `step`; `nil` when it failed, and its diagnostics are added.
    mutating func gather<Value>(_ step: () throws(HarnessError) -> Value) -> Value? {
        do {
            return try step()
        } catch {
            found.append(contentsOf: error.diagnostics.entries)
            exit = error.exit
            return nil
        }
    }

    mutating func add(_ diagnostics: [Diagnostic]) {
        found.append(contentsOf: diagnostics)
    }
}
