import ECMAPattern
import JSONDocument

/// Entities of one kind.
struct CollectionRule: Sendable {
    let name: String
    /// The field that contains the id.
    let key: String
    let states: States?
    let fields: [ValueTemplate.Member]
    /// Sub-collections by name, in the order of the file: the fields of a new element.
    let children: [ValueTemplate.Member]
    let timers: [Timer]

    struct States: Sendable {
        let field: String
        let initial: String
        let values: [String]
    }

    /// An event that is triggered when a time has come.
    struct Timer: Sendable {
        let at: ValueTemplate
        /// Seconds to wait after that time.
        let delay: Int
        /// The conditions of the event at that time.
        let conditions: [Condition]
        let event: String
    }
}

/// A change from one state to another.
struct Transition: Sendable {
    /// The states in which the transition is possible; `nil` for any.
    let from: [String]?
    let conditions: [Condition]
    let to: String?
    let set: [ValueTemplate.Member]
    /// The sub-collections that receive one element.
    let append: [String]
    /// The response of a transition that rejects the request and changes nothing.
    let rejection: ErrorAnswer?
    /// The consequences in other collections.
    let then: [ConsequenceRule]
}

/// A consequence of a change.
enum ConsequenceRule: Sendable {
    /// An event, here or in another collection.
    case event(String, inputs: [ValueTemplate.Member])
    /// A callback or webhook.
    case send(SendRule)
}

/// A callback or webhook of the contract, with its headers and body.
struct SendRule: Sendable {
    let name: String
    /// The URL; nothing is sent where it is absent or empty.
    let url: ValueTemplate
    let headers: [ValueTemplate.Member]
    /// `nil` for a value that is generated from the contract's schema.
    let body: ValueTemplate?
}

/// An event that happens outside of the operations.
struct EventRule: Sendable {
    let name: String
    let collection: String
    let inputs: [EventInput]
    let id: ValueTemplate
    let transitions: [Transition]

    struct EventInput: Sendable {
        let name: String
        let kind: JSONKind?
        /// The value of an input that was not given; `nil` makes the input required.
        let otherwise: ValueTemplate?
    }
}

/// How an operation finds its entity.
struct Search: Sendable {
    /// The field that the id is compared with; `nil` for the key.
    var by: String?
    /// Further conditions of the entity.
    var conditions: [Condition] = []
}

/// A comparison of a value, which is true or false.
struct Condition: Sendable {
    let value: ValueTemplate
    let tests: [Test]

    enum Test: Sendable {
        case equal(ValueTemplate)
        case notEqual(ValueTemplate)
        case less(ValueTemplate)
        case atMost(ValueTemplate)
        case more(ValueTemplate)
        case atLeast(ValueTemplate)
        case matching(ECMAPattern)
        case oneOf([JSONValue])
        case present(Bool)
    }
}
