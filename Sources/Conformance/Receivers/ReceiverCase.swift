/// One kind of delivery that `assay webhook-check` sends to a receiver, and the response that it requires.
package enum ReceiverCase: String, Sendable, Hashable, CaseIterable {
    /// Right body, signature and time.
    case right
    /// A list of two signatures, of which the second one is right.
    case signatureList = "signature-list"
    /// The same JSON in another spelling, signed as it is sent.
    case rawBody = "raw-body"
    /// The same delivery twice.
    case duplicate
    /// A newer delivery before an older one.
    case order = "out-of-order"
    /// A signature that was made with another secret.
    case wrongSignature = "wrong-signature"
    /// No signature.
    case missingSignature = "missing-signature"
    /// A signature that cannot be read.
    case malformedSignature = "malformed-signature"
    /// A right signature that is too old.
    case oldSignature = "old-signature"
    /// A right signature of the future.
    case futureSignature = "future-signature"
    /// A body that was changed after it was signed.
    case alteredBody = "altered-body"
    /// A body whose signature only matches once it was parsed and written again.
    case parsedBody = "parsed-body"
    /// An old delivery with a new timestamp.
    case alteredTimestamp = "altered-timestamp"
    /// A delivery with another id.
    case alteredID = "altered-id"
    /// A body that is not JSON, with a wrong signature.
    case malformedBody = "malformed-body"

    /// The response that a case requires.
    package enum Requirement: String, Sendable, Hashable {
        /// A 2xx status.
        case accepted
        /// A 4xx status.
        case rejected

        /// The required statuses.
        package var statuses: String { self == .accepted ? "2xx" : "4xx" }
    }

    /// The response that the case requires.
    package var requirement: Requirement {
        switch self {
        case .right, .signatureList, .rawBody, .duplicate, .order: .accepted
        default: .rejected
        }
    }

    /// The deliveries of the case, as a noun.
    package var title: String {
        switch self {
        case .right: "a correct delivery"
        case .signatureList: "a list of signatures that contains the right one"
        case .rawBody: "a re-serialised body with its own signature"
        case .duplicate: "a delivery twice"
        case .order: "an older delivery after a newer one"
        case .wrongSignature: "a wrong signature"
        case .missingSignature: "no signature"
        case .malformedSignature: "a signature that cannot be read"
        case .oldSignature: "an old signature"
        case .futureSignature: "a signature of the future"
        case .alteredBody: "a body that was altered after signing"
        case .parsedBody: "a body whose signature only matches after parsing"
        case .alteredTimestamp: "an old signature with a new timestamp"
        case .alteredID: "an id that was altered after signing"
        case .malformedBody: "a body that is not JSON, with a wrong signature"
        }
    }

    /// The rule of a receiver that does not respond as required.
    var rule: Rule {
        switch self {
        case .right: .receiverRejected
        case .signatureList: .receiverSignatureList
        case .rawBody: .receiverRawBody
        case .duplicate: .receiverDuplicate
        case .order: .receiverOrder
        case .wrongSignature: .receiverWrongSignature
        case .missingSignature: .receiverMissingSignature
        case .malformedSignature: .receiverMalformedSignature
        case .oldSignature: .receiverOldSignature
        case .futureSignature: .receiverFutureSignature
        case .alteredBody: .receiverAlteredBody
        case .parsedBody: .receiverParsedBody
        case .alteredTimestamp: .receiverAlteredTimestamp
        case .alteredID: .receiverAlteredID
        case .malformedBody: .receiverMalformedBody
        }
    }
}
