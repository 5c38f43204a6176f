internal import Exchanges
internal import JSONDocument
internal import Primitives
package import Scenarios

/// How a session scenario ended.
enum SessionEnd: Sendable {
    /// Every step passed, or was skipped while others passed.
    case passed(SessionValues)
    /// A step failed, or the scenario was stopped.
    case failed
    /// All of it was skipped; the text says why.
    case skipped(String)
}

/// The values of session scenarios that are credentials, and so are secrets.
package struct SessionSecrets: Sendable {
    /// The values by the identity of their scenario.
    private let references: [String: [SessionReference]]
    /// Masks a value, with its name, in everything that is stored or shown from then on.
    private let mask: @Sendable (_ name: String, _ value: String) -> Void

    /// The secrets of a plan.
    ///
    /// - Parameter mask: Masks a value, with its name, in everything that is stored or shown from then on.
    package init(
        _ logins: [LoginValue], _ plan: Plan, mask: @escaping @Sendable (_ name: String, _ value: String) -> Void
    ) {
        var references: [String: [SessionReference]] = [:]
        for use in Set(plan.scenarios.asWritten.flatMap(\.sessions)) {
            for login in logins where login.reference.scenario.isSame(as: use.name) {
                references[use.id, default: []].append(login.reference)
            }
        }
        self.references = references
        self.mask = mask
    }

    /// Masks the secrets in the response to a step, before it is stored.
    func learn(_ exchange: Exchange, of step: Step, in scenario: Scenario) {
        guard let references = references[scenario.id], exchange.response != nil else { return }
        let values = SessionValues(scenario, [step.name: ExchangeView.parsing(exchange, of: step)])
        for reference in references {
            guard let value = values.value(of: reference) else { continue }
            mask(reference.secretName, value.string ?? value.text)
        }
    }

    /// Masks what credentials are made of these secrets: the results of filters, and wrong credentials.
    func learn(_ credentials: CredentialSet, madeOf original: CredentialSet) {
        guard let name = credentials.logins.first?.reference.secretName else { return }
        for (profile, values) in credentials.profiles {
            for (scheme, value) in values where original.profiles[profile]?[scheme] != value { mask(name, value) }
        }
        for value in credentials.wrongValues { mask("wrong-credential", value) }
    }
}

extension ValueScope {
    /// Takes the values of the sessions that `scenario` uses. Returns the reason why it cannot run; `nil` if it can.
    mutating func take(_ ends: [String: SessionEnd], usedBy scenario: Scenario) -> NotRun.Reason? {
        for use in scenario.sessions {
            switch ends[use.id] {
            case .passed(let values): sources.sessions[use.name] = values
            case .skipped(let why): return .skipped("the session scenario '\(use.id)' was skipped: \(why)")
            case .failed, nil: return .sessionFailed(scenario: use.id)
            }
        }
        return nil
    }
}

extension RunSettings {
    /// The credentials with the values of sessions in `scope`. Without ``sessionSecrets``, placeholders are sent.
    func credentials(in scope: ValueScope) -> CredentialSet {
        guard let sessionSecrets, !scope.sources.sessions.isEmpty else { return credentials }
        let resolved = credentials.resolved(scope)
        sessionSecrets.learn(resolved, madeOf: credentials)
        return resolved
    }
}
