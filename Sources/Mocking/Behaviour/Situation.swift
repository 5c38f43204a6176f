/// What a request ran into; each may have an answer of its own in a behaviour file.
enum Situation: String, Sendable, CaseIterable {
    /// No operation has this path.
    case unknownPath
    /// The path is known, the method is not.
    case unknownMethod
    /// The header that chooses the contract is not there.
    case versionMissing
    /// No contract has the version that was asked for.
    case versionUnknown
    /// No, incomplete or unknown credentials.
    case credentials
    /// A required parameter or member is not there.
    case missing
    /// A parameter or member is not what the contract or a rule says.
    case invalid
    /// The body cannot be read.
    case malformed
    /// The body is of a media type that the operation does not take.
    case mediaType
    /// The body has a content coding, such as gzip, that the mock does not decode.
    case contentCoding
    /// No documented success is of a media type that the client takes.
    case notAcceptable
    /// Nothing is stored under this id.
    case unknown
    /// Something is stored under this id already.
    case duplicate
    /// The state of the entity does not allow it.
    case state
    /// An idempotency key came again with another request.
    case keyReused
    /// More requests than the limit.
    case tooManyRequests

    /// The statuses to look for in a document that says nothing more, best first.
    var statuses: [Int] {
        switch self {
        case .unknownPath: [404]
        case .unknown: [404, 400]
        case .unknownMethod: [405]
        case .versionMissing, .versionUnknown, .malformed: [400, 422]
        case .credentials: [401, 403]
        case .missing, .invalid: [400, 422]
        case .mediaType: [415, 400, 422]
        case .contentCoding: [415]
        case .notAcceptable: [406]
        case .duplicate: [409, 400]
        case .state: [409, 400, 422]
        case .keyReused: [422, 409, 400]
        case .tooManyRequests: [429]
        }
    }
}
