import Diagnostics
import Primitives

/// A reference to a value of a session scenario, in a row.
struct SessionMention {
    /// The name of the scenario with the row.
    var user: String
    var reference: SessionReference
    /// Creates a diagnostic for the reference.
    var diagnostic: ReferenceDiagnostic
}

/// Checks the references between scenarios once all tables are read, and notes in the plan which scenario uses which.
struct SessionCheck {
    /// The references of all rows.
    var mentions: [SessionMention] = []

    /// Sets `Scenario.sessions` of every scenario, and returns the mistakes in references.
    func check(_ plan: inout Plan) -> [Diagnostic] {
        guard !mentions.isEmpty else { return [] }
        let problems = mentions.compactMap { mention in
            plan.sessionProblem(mention.reference).map { mention.diagnostic($0.rule, $0.message, $0.help) }
        }
        plan.scenarios.changeEach { $0.sessions = $0.mentionedSessions }
        return problems + cycles(in: plan)
    }

    /// A diagnostic for each reference that leads back to its own scenario.
    private func cycles(in plan: Plan) -> [Diagnostic] {
        let uses = plan.sessionUses
        return mentions.filter { plan.sessionProblem($0.reference) == nil }.compactMap { mention in
            let users = plan.scenarios.ids(named: mention.user)
            guard
                let cycle = users.lazy.compactMap({ sessionCycle(from: mention.reference.scenario, to: $0, uses) })
                    .first
            else { return nil }
            return mention.diagnostic(
                "table.session-cycle", sessionCycleMessage(cycle),
                "take the value from a scenario that does not need it")
        }
    }
}

/// The scenarios on the way from `start` to `end` over the sessions that each uses, both included; `nil` if there is no
/// way.
package func sessionCycle(from start: String, to end: String, _ uses: [String: [String]]) -> [String]? {
    var seen: Set<String> = [start]
    var ways = [[start]]
    while !ways.isEmpty {
        let way = ways.removeFirst()
        guard let last = way.last else { continue }
        if last.isSame(as: end) { return way }
        for next in uses[last] ?? [] where seen.insert(next).inserted { ways.append(way + [next]) }
    }
    return nil
}

/// The message about a cycle of session scenarios, given the way from one to itself.
package func sessionCycleMessage(_ cycle: [String]) -> String {
    let names = cycle.map { visibleText($0) }
    guard names.count > 1 else { return "the scenario '\(names[0])' needs a value of itself" }
    return "the scenarios need values of each other: \((names + [names[0]]).joined(separator: " → "))"
}

/// Why a reference to a session scenario is wrong.
package struct SessionProblem: Sendable {
    /// The id of the diagnostic.
    package var rule: String
    /// The mistake, as a clause.
    package var message: String
    /// The action to take.
    package var help: String?
}

extension Plan {
    /// The mistake in a reference to a value of a session scenario; `nil` if the plan has the value.
    package func sessionProblem(_ reference: SessionReference) -> SessionProblem? {
        guard let scenario = scenarios.scenario(reference.scenario) else {
            return unknownSession(reference)
        }
        guard scenario.options.isSession else {
            return SessionProblem(
                rule: "table.unknown-session",
                message: "the scenario '\(reference.scenario)' is not a session scenario",
                help: "add `session` to the `opts` of its first row")
        }
        if let step = reference.step {
            let names = scenario.steps.filter { $0.row.event == nil && $0.call.hasValues }.map(\.name)
            guard !names.contains(where: { $0.isSame(as: step) }) else { return nil }
            return SessionProblem(
                rule: "table.unknown-step",
                message: "the scenario '\(reference.scenario)' has no step '\(visibleText(step))'",
                help: nearestName(to: step, among: names).map { "did you mean `\(reference.scenario).\($0)`?" }
                    ?? "its steps are \(shortList(names))")
        }
        let saved = scenario.steps.flatMap(\.saves).map(\.name)
        guard let name = reference.savedName, !saved.contains(where: { $0.isSame(as: name) }) else {
            return nil
        }
        return SessionProblem(
            rule: "table.unknown-session-value",
            message: "the scenario '\(reference.scenario)' saves no value '\(visibleText(name))'",
            help: nearestName(to: name, among: saved).map { "did you mean `\($0)`?" }
                ?? (saved.isEmpty
                    ? "save it in the row that receives it: \(name)=PATH in the column `save`"
                    : "it saves \(shortList(Set(saved).sorted()))"))
    }

    private func unknownSession(_ reference: SessionReference) -> SessionProblem {
        let name = visibleText(reference.scenario)
        let cases = scenarios.ids(named: reference.scenario)
        let sessions = scenarios.filter(\.options.isSession).map(\.id)
        let help =
            cases.first.map { "it runs once per data row: write session.\($0).\(reference.path.text)" }
            ?? nearestName(to: reference.scenario, among: sessions).map { "did you mean `\($0)`?" }
            ?? (sessions.isEmpty
                ? "write the scenario, with the option `session` in its first row"
                : "the session scenarios are \(shortList(sessions))")
        return SessionProblem(
            rule: "table.unknown-session",
            message: cases.isEmpty ? "unknown session scenario '\(name)'" : "the scenario '\(name)' has data rows",
            help: help)
    }
}

extension Scenario {
    /// The session scenarios that its rows mention, each once.
    fileprivate var mentionedSessions: [SessionUse] {
        var uses: [SessionUse] = []
        for step in steps {
            for reference in step.request.templates.flatMap(\.sessionReferences)
            where !uses.contains(where: { $0.id.isSame(as: reference.scenario) }) {
                uses.append(SessionUse(name: reference.scenario, id: reference.scenario))
            }
        }
        return uses
    }
}
