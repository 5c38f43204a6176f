public import Diagnostics

/// A part of an operation that cannot be read, because its reference cannot be resolved.
public struct UnreadReference: Sendable, Hashable {
    /// The part, as used in a sentence: `the request body`, `a parameter`, `the response 400`.
    public let part: String
    /// Why the reference cannot be resolved.
    public let reason: String
    /// Whether it refers to another host. This is not a mistake in the document, but remote documents are not
    /// downloaded.
    public let isRemote: Bool
    /// The location of the reference.
    public let location: SourceLocation

    /// Says that the part is not judged, and why.
    public var message: String { "\(part) is not judged: \(reason)" }
}
