public import Diagnostics

/// A part of an operation that a reference describes which cannot be followed: nothing is known of it.
public struct UnreadReference: Sendable, Hashable {
    /// The part, for a sentence: `the request body`, `a parameter`, `the response 400`.
    public let part: String
    /// Why the reference cannot be followed.
    public let reason: String
    /// Whether it leads to another host. The document is not at fault, but remote documents are not fetched.
    public let isRemote: Bool
    /// Where the reference is.
    public let location: SourceLocation

    /// That the part is not judged, and why.
    public var message: String { "\(part) is not judged: \(reason)" }
}
