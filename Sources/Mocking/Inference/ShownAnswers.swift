import OpenAPI

/// The responses that show resources, as bytes, until the resource changes. Resources are read more often than changed.
struct ShownAnswers: Sendable {
    /// The most responses that are kept. Beyond it, all are dropped.
    private static let limit = 1_024
    /// The most bytes of a body.
    private static let longest = 16 << 10

    /// Everything besides the contract on which a response about a stored resource depends.
    struct Key: Hashable, Sendable {
        let operation: ObjectIdentifier
        /// The number of the change that gave the resource its value.
        let revision: Int
        /// The `accept` header of the request.
        let accept: String?
    }

    private var answers: [Key: Answer] = [:]

    subscript(key: Key) -> Answer? { answers[key] }

    mutating func keep(_ answer: Answer, for key: Key) {
        guard answer.body.bytes.count <= Self.longest else { return }
        if answers.count >= Self.limit { answers.removeAll(keepingCapacity: true) }
        answers[key] = answer
    }
}
