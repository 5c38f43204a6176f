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

/// What follows from a change.
enum Effect: Sendable {
    /// An event, here or in another collection.
    case event(String, inputs: [ValueTemplate.Member])
    /// A callback or webhook is sent.
    case send(SendRule)
}

/// A callback or webhook of the contract, and what is sent with it.
struct SendRule: Sendable {
    let name: String
    /// The URL; nothing is sent where it is absent or empty.
    let url: ValueTemplate
    let headers: [ValueTemplate.Member]
    /// `nil` for a value that the contract's schema gives.
    let body: ValueTemplate?
}

/// Which entities an operation means.
struct Search: Sendable {
    /// The field that the id is compared with; `nil` for the key.
    var by: String?
    /// What else has to hold of the entity.
    var conditions: [Condition] = []
}
