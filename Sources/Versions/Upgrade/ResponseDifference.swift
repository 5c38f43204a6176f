public import JSONDocument

/// One place where the responses to the same step differ between two versions.
public struct ResponseDifference: Sendable, Hashable {
    /// A place in a response. Array indexes are `*`, so all elements have the same place.
    public enum Place: Sendable, Hashable {
        case status
        case mediaType
        /// A header field, in lower case.
        case header(String)
        /// A value of the body.
        case body(JSONPointer)
        /// The number of elements of an array.
        case count(JSONPointer)

        /// The place in the syntax of reports: `status`, `header.etag`, `items.*.price`.
        public var text: String {
            switch self {
            case .status: "status"
            case .mediaType: "header.content-type"
            case .header(let name): "header.\(name)"
            case .body(let pointer): pointer.tokens.isEmpty ? "the body" : pointer.tokens.joined(separator: ".")
            case .count(let pointer):
                "the number of elements of "
                    + (pointer.tokens.isEmpty ? "the body" : pointer.tokens.joined(separator: "."))
            }
        }
    }

    /// How the responses differ.
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        case appeared, disappeared, typeChanged, valueChanged
    }

    /// The place of the difference.
    public var place: Place
    /// The kind of the difference.
    public var kind: Kind
    /// The old value as JSON, type or status; `nil` if absent.
    public var from: String?
    /// The new value as JSON, type or status; `nil` if absent.
    public var to: String?

    /// Creates a difference.
    public init(_ place: Place, _ kind: Kind, from: String?, to: String?) {
        self.place = place
        self.kind = kind
        self.from = from
        self.to = to
    }

    /// The difference as a clause: `the type of pages changed from number to string`.
    public var text: String {
        let (from, to) = (from ?? "nothing", to ?? "nothing")
        return switch kind {
        case .appeared: "\(place.text) appeared: \(to)"
        case .disappeared: "\(place.text) disappeared: it was \(from)"
        case .typeChanged: "the type of \(place.text) changed from \(from) to \(to)"
        case .valueChanged: "\(place.text) changed from \(from) to \(to)"
        }
    }
}
