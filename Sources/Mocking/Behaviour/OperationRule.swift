/// The behaviour of an operation. A class, because every request refers to it and none changes it.
final class OperationRule: Sendable {
    let action: Action
    /// The status of success; `nil` for the first one that the contract documents.
    let status: Int?
    let answer: ValueTemplate?
    /// Header fields of a successful response.
    let headers: [ValueTemplate.Member]
    /// Members that are left out of the response.
    let omit: [String]
    let id: ValueTemplate?
    let search: Search
    /// The entity of another collection that must exist.
    let within: WithinRule?
    /// The consequences of creating an entity.
    let then: [ConsequenceRule]
    let require: [RequestRule]
    let errors: [Situation: ErrorAnswer]

    init(
        action: Action, status: Int?, answer: ValueTemplate?, headers: [ValueTemplate.Member], omit: [String],
        id: ValueTemplate?, search: Search, within: WithinRule?, then: [ConsequenceRule], require: [RequestRule],
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

/// A rule about a request that its schema does not express. It never changes and is evaluated with every request.
final class RequestRule: Sendable {
    /// The member that the rule applies to; dots separate nested members.
    let field: String
    let condition: Condition
    let reason: String?
    let situation: Situation
    /// The response; `nil` for that of the situation.
    let error: ErrorAnswer?

    init(field: String, condition: Condition, reason: String?, situation: Situation, error: ErrorAnswer?) {
        self.field = field
        self.condition = condition
        self.reason = reason
        self.situation = situation
        self.error = error
    }
}

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

/// The response to a situation.
struct ErrorAnswer: Sendable {
    let status: Int
    let headers: [ValueTemplate.Member]
    let body: ValueTemplate?
}
