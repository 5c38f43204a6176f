import Diagnostics
import Primitives
import Project
import Scenarios

/// Logins: profiles whose credentials are values of a session scenario.
extension Workspace {
    /// The values of session scenarios in the credentials of all profiles.
    var loginValues: [LoginValue] {
        var values: [LoginValue] = []
        for expression in project.profiles.flatMap(\.credentials).flatMap(\.value.expressions) {
            guard let value = LoginValue(expression), !values.contains(value) else { continue }
            values.append(value)
        }
        return values
    }

    /// The mistakes in the logins of profiles: unknown scenarios, steps and values, and scenarios that need their own
    /// result.
    ///
    /// - Parameter plan: Every scenario of the tables, with the sessions that its credentials need.
    func loginProblems(_ plan: Plan) -> [Diagnostic] {
        project.profiles.flatMap { profile in
            guard let login = profile.login else { return [Diagnostic]() }
            let place = ["auth", profile.name, "login"]
            for credential in profile.credentials {
                for reference in credential.value.sessionReferences {
                    guard let problem = plan.sessionProblem(reference) else { continue }
                    let isAboutValue = problem.rule == "table.unknown-session-value"
                    return [
                        Diagnostic(
                            "auth.login", .error, problem.message,
                            at: location(of: isAboutValue ? ["auth", profile.name, credential.scheme] : place),
                            help: problem.help)
                    ]
                }
            }
            return plan.loginCycle(login.scenario).map { cycle in
                Diagnostic(
                    "auth.login-cycle", .error,
                    cycle.count > 1
                        ? sessionCycleMessage(cycle)
                        : "the login scenario '\(login.scenario)' is sent with the profile '\(profile.name)', "
                            + "whose credentials it provides",
                    at: location(of: place),
                    help: "write `none` or another profile in the column `auth` of '\(login.scenarioName)'")
            }.map { [$0] } ?? []
        }
    }
}

extension Project {
    /// The names of the scenarios that profiles use as logins.
    var loginScenarios: [String] { profiles.compactMap(\.login?.scenarioName) }
}

extension Plan {
    /// The plan with the session scenarios noted in every scenario whose credentials need their values.
    func withLogins(_ credentials: CredentialSet) -> Plan {
        guard !credentials.logins.isEmpty else { return self }
        var plan = self
        plan.scenarios.changeEach { scenario in
            for login in scenario.steps.flatMap({ credentials.loginValues(of: $0) }) {
                let name = login.reference.scenario
                guard !scenario.sessions.contains(where: { $0.name.isSame(as: name) }),
                    let session = session(name, for: scenario)
                else { continue }
                scenario.sessions.append(SessionUse(name: name, id: session.id))
            }
        }
        return plan
    }

    /// The session scenario that `user` means by `name`: under several versions, the one under its own version.
    func session(_ name: String, for user: Scenario) -> Scenario? {
        let own = user.options.version.flatMap { version in
            scenarios.first { $0.options.version == version && $0.tableId.isSame(as: name) }
        }
        return own ?? scenarios.scenario(name)
    }

    /// The way from a session scenario back to itself over the sessions that each scenario needs; `nil` if there is none.
    fileprivate func loginCycle(_ name: String) -> [String]? {
        let uses = sessionUses
        return (uses[name] ?? []).lazy.compactMap { sessionCycle(from: $0, to: name, uses) }.first
    }
}

extension ValueScope {
    /// The scope with placeholders for the values of sessions, which have not run yet.
    func withPlaceholders(of logins: [LoginValue]) -> ValueScope {
        var scope = self
        for login in logins { scope.standIns[login.text] = login.placeholder }
        return scope
    }
}
