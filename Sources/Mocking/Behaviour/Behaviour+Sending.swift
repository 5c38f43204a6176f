extension Behaviour {
    /// The names of the callbacks and webhooks that the file sends.
    var sentNames: Set<String> {
        var consequences: [ConsequenceRule] = []
        for rule in operations.values {
            consequences += rule.then
            if case .change(_, let transitions) = rule.action { consequences += transitions.flatMap(\.then) }
        }
        consequences += events.values.flatMap(\.transitions).flatMap(\.then)
        return Set(consequences.compactMap { if case .send(let rule) = $0 { rule.name } else { nil } })
    }
}
