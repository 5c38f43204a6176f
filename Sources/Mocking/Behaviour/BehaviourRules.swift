import ECMAPattern
import JSONDocument

/// An answer to a situation.
struct ErrorAnswer: Sendable {
    let status: Int
    let headers: [ValueTemplate.Member]
    let body: ValueTemplate?
}

/// How clients choose this contract.
struct VersionRule: Sendable {
    /// The request header that names a version.
    let header: String
    /// The names that choose this contract.
    let values: [String]
}

/// How a repeated request is recognised and answered.
struct IdempotencyRule: Sendable {
    /// The request header that carries the key.
    let header: String
    /// The methods whose answers are kept.
    let methods: [String]
    /// Whether one key may stand for one request per operation, or for one request in all.
    let isPerOperation: Bool
    /// The response header that repeats the key.
    let echo: String?
    /// The response header that tells a replay, and its texts.
    let flag: Flag?

    struct Flag: Sendable {
        let header: String
        let first: String
        let again: String
    }
}

/// How many requests are answered in a window of time.
struct RateLimitRule: Sendable {
    let limit: Int
    /// Seconds.
    let window: Int
    let isPerOperation: Bool
    let headers: Headers
    /// What the type header says for operations with and without credentials.
    let withCredentials: String
    let withoutCredentials: String

    /// The names of the response headers; those that are `nil` are not sent.
    struct Headers: Sendable {
        let limit: String?
        let remaining: String?
        let retry: String?
        let type: String?
    }
}

/// Entities of one kind.
struct CollectionRule: Sendable {
    let name: String
    /// The field that holds the id.
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
        /// What has to hold then.
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
    /// The answer of a transition that refuses: nothing changes then.
    let refusal: ErrorAnswer?
    /// What follows in other collections.
    let then: [Effect]
}

/// A comparison that holds or does not.
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

/// A rule about a request that its schema does not state; never changed, and looked at with every request.
final class RequestRule: Sendable {
    /// The member that the rule is about, dots for nesting.
    let field: String
    let condition: Condition
    let reason: String?
    let situation: Situation
    /// The answer, where it is not the one of the situation.
    let error: ErrorAnswer?

    init(field: String, condition: Condition, reason: String?, situation: Situation, error: ErrorAnswer?) {
        self.field = field
        self.condition = condition
        self.reason = reason
        self.situation = situation
        self.error = error
    }
}

/// What an operation does. A class, since it is handed on with every request and is never changed.
final class OperationRule: Sendable {
    let action: Action
    /// The status of success, where it is not the first that the contract documents.
    let status: Int?
    let answer: ValueTemplate?
    /// Header fields of a successful answer.
    let headers: [ValueTemplate.Member]
    /// Members that are left out of the answer.
    let omit: [String]
    let id: ValueTemplate?
    let search: Search
    /// The entity of another collection that must be there.
    let within: WithinRule?
    /// What follows when an entity was made.
    let then: [Effect]
    let require: [RequestRule]
    let errors: [Situation: ErrorAnswer]

    init(
        action: Action, status: Int?, answer: ValueTemplate?, headers: [ValueTemplate.Member], omit: [String],
        id: ValueTemplate?, search: Search, within: WithinRule?, then: [Effect], require: [RequestRule],
        errors: [Situation: ErrorAnswer]
    ) {
        self.action = action
        self.status = status
        self.answer = answer
        self.headers = headers
        self.omit = omit
        self.id = id
        self.search = search
        self.within = within
        self.then = then
        self.require = require
        self.errors = errors
    }

    enum Action: Sendable {
        case create(String)
        case read(String)
        case list(String, child: String?)
        case change(String, [Transition])
        case delete(String)
        case answer
    }
}

/// Something that happens outside of the operations.
struct EventRule: Sendable {
    let name: String
    let collection: String
    let inputs: [Input]
    let id: ValueTemplate
    let transitions: [Transition]

    struct Input: Sendable {
        let name: String
        let kind: JSONKind?
        /// What stands in for an input that is not given; `nil` makes it required.
        let otherwise: ValueTemplate?
    }
}

/// How much is remembered before the oldest is forgotten.
struct MemoryLimits: Sendable {
    var entities = 10_000
    var replays = 10_000
    var children = 1_000
    /// Bytes of request bodies behind entities, and of kept answers; each.
    var bytes = 64 * 1_024 * 1_024
}
