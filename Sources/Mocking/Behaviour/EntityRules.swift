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

    /// An event that happens by itself when a time has come.
    struct Timer: Sendable {
        let at: ValueTemplate
        /// Seconds to wait after that time.
        let delay: Int
        /// What has to be true then.
        let conditions: [Condition]
        let event: String
    }
}

/// A step from one state to another.
struct Transition: Sendable {
    /// The states it may start from; `nil` for any.
    let from: [String]?
    let conditions: [Condition]
    let to: String?
    let set: [ValueTemplate.Member]
    /// The sub-collections that grow by one element.
    let append: [String]
    /// The response of a transition that rejects the request: nothing changes then.
    let rejection: ErrorAnswer?
    /// What follows in other collections.
    let then: [ConsequenceRule]
}

/// What follows from a change.
enum ConsequenceRule: Sendable {
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

/// Something that happens outside of the operations.
struct EventRule: Sendable {
    let name: String
    let collection: String
    let inputs: [EventInput]
    let id: ValueTemplate
    let transitions: [Transition]

    struct EventInput: Sendable {
        let name: String
        let kind: JSONKind?
        /// The value of an input that is not given; `nil` makes it required.
        let otherwise: ValueTemplate?
    }
}

/// How an operation finds its entity.
struct Search: Sendable {
    /// The field that the id is compared with; `nil` for the key.
    var by: String?
    /// What else has to be true of the entity.
    var conditions: [Condition] = []
}

/// A comparison of a value, which is true or not.
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
