/// The entity of another collection that an operation belongs to.
struct WithinRule: Sendable {
    let collection: String
    let id: ValueTemplate
    /// The field that the id is compared with; `nil` for the key.
    let by: String?
    /// The states in which the operation is possible; `nil` for any.
    let states: [String]?
    let errors: [Situation: ErrorAnswer]
}

/// An event that follows from a change.
struct Effect: Sendable {
    let event: String
    let inputs: [ValueTemplate.Member]
}

/// Which entities an operation means.
struct Search: Sendable {
    /// The field that the id is compared with; `nil` for the key.
    var by: String?
    /// What else has to hold of the entity.
    var conditions: [Condition] = []
}
