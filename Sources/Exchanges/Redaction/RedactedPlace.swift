/// A place in messages whose value is never kept.
public enum RedactedPlace: Sendable, Hashable {
    /// Every line of a header, in requests and responses, ignoring case.
    case header(String)
    /// A query parameter of requests.
    case query(String)
    /// A cookie that a request sends or a response sets.
    case cookie(String)
    /// A value in JSON bodies of requests and responses.
    case body([Segment])

    /// One step into a body.
    public enum Segment: Sendable, Hashable {
        /// A member of an object.
        case name(String)
        /// An element of an array, from 0.
        case index(Int)
        /// Every element of an array.
        case every
    }
}
