/// The reason to reject a request; a behaviour file can define a response for each.
enum Situation: String, Sendable, CaseIterable {
    /// No operation has this path.
    case unknownPath
    /// The path is known, but not the method.
    case unknownMethod
    /// The header that chooses the contract is missing.
    case versionMissing
    /// No contract has the requested version.
    case versionUnknown
    /// Missing, incomplete or unknown credentials.
    case credentials
    /// A required parameter or member is missing.
    case missing
    /// A parameter or member does not satisfy the contract or a rule.
    case invalid
    /// The body cannot be parsed.
    case malformed
    /// The operation does not accept the media type of the body.
    case mediaType
    /// The body has a content coding, such as gzip, that the mock does not decode.
    case contentCoding
    /// The client does not accept the media type of any documented success.
    case notAcceptable
    /// No entity has this id.
    case unknown
    /// An entity has this id already.
    case duplicate
    /// The state of the entity does not allow the operation.
    case state
    /// An idempotency key was used for another request.
    case keyReused
    /// A request with the same idempotency key has no response yet.
    case keyUnderWay
    /// More requests than the limit.
    case tooManyRequests

    /// The statuses to find in a document that defines nothing else, best first.
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
        case .keyUnderWay: [409, 422, 400]
        case .tooManyRequests: [429]
        }
    }
}
