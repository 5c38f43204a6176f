/// The result of verifying the signature of one delivery.
package enum SignatureVerdict: Sendable, Hashable {
    /// A signature matches, and the time is within the tolerance. `key` is the index of the key that it was made with.
    case valid(key: Int)
    /// A header that the scheme requires is absent.
    case missing(header: String)
    /// A header occurs more than once, so receivers can disagree on its value.
    case repeated(header: String)
    /// The timestamp is not a decimal number.
    case malformedTimestamp(String)
    /// The header is not written as the scheme requires. `problem` is a clause: `has no timestamp t=…`.
    case malformedSignature(problem: String)
    /// The list has signatures, but none of the scheme's version.
    case unknownVersion(found: [String])
    /// No signature matches the raw bytes of the body.
    case wrong
    /// A signature matches, but was made longer ago than the tolerance permits.
    case old(age: Duration)
    /// A signature matches, but its time is further ahead than the tolerance permits.
    case future(by: Duration)

    /// Whether the delivery is authentic and recent.
    package var isValid: Bool {
        if case .valid = self { true } else { false }
    }
}
