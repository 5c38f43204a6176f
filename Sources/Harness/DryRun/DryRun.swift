public import Diagnostics
import Exchanges
import Primitives
import Project
import Scenarios

/// What a run would send, in order. Nothing is sent.
public struct DryRun: Sendable {
    /// One scenario.
    public struct Scenario: Sendable {
        /// Its id.
        public var id: String
        /// The table.
        public var file: String
        /// The line of its first row.
        public var line: Int
        /// Its steps in the order of running.
        public var steps: [Step]
    }

    /// One step.
    public struct Step: Sendable {
        /// Its name, expanded.
        public var name: String
        /// The row.
        public var location: SourceLocation
        /// What would be done.
        public var action: Action
    }

    /// What would be done in a step. Secrets are masked, values of earlier answers written as ‹step.path›.
    public enum Action: Sendable {
        /// A request.
        case send(method: String, url: String, headers: [(name: String, value: String)], body: String?)
        /// A pause.
        case wait(Duration)
        /// Nothing, and why.
        case skip(String)
    }

    /// The scenarios in the order of the plan.
    public let scenarios: [Scenario]
    /// What generated values derive from.
    public let seed: String
    /// The target's name.
    public let target: String
    /// The address below which requests would be sent.
    public let baseURL: String
    /// Warnings and notes about the input.
    public let diagnostics: Diagnostics

    /// What the run of `session` would send.
    ///
    /// - Throws: `HarnessError` (exit 2) when nothing would be sent at all, as with the run itself.
    public init(_ session: RunSession) throws(HarnessError) {
        seed = session.seed
        target = session.targetName
        baseURL = session.redactor.redact(session.shownBaseURL)
        diagnostics = session.diagnostics
        let startedAt = session.request.startedAt ?? .now
        scenarios = session.plan.scenarios.map { scenario in
            let preview = ScenarioPreview(scenario, session, startedAt: startedAt)
            return Scenario(
                id: scenario.id, file: scenario.file, line: scenario.line,
                steps: preview.entries.map { entry in
                    Step(name: entry.step.name, location: entry.step.location, action: preview.action(entry))
                })
        }
        guard requests > 0 else {
            throw .wrongInput(
                "usage.nothing-selected", "nothing would be sent: every step is skipped",
                help: "choose another --target; `assay list` shows the reasons")
        }
    }

    /// How many requests would be sent, repetitions aside.
    public var requests: Int {
        scenarios.flatMap(\.steps).count { if case .send = $0.action { true } else { false } }
    }
}

extension ScenarioPreview {
    fileprivate func action(_ entry: Entry) -> DryRun.Action {
        switch entry.content {
        case .wait(let duration): return .wait(duration)
        case .skipped(let reason), .impossible(let reason): return .skip(reason)
        case .request(let built, _):
            let message = built.message
            return .send(
                method: message.method, url: shown(message.url),
                headers: message.headers.map { (shown($0.name), shown($0.value)) },
                body: message.body.map { shown(String(decoding: $0, as: UTF8.self)) })
        }
    }
}
