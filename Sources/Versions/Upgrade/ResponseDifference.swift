public import JSONDocument

/// One place where the responses to the same step differ between two versions.
public struct ResponseDifference: Sendable, Hashable {
    /// A place in a response. Indexes of arrays are `*`, so that it is the same place for every element.
    public enum Place: Sendable, Hashable {
        case status
        case mediaType
        /// A header field, in lower case.
        case header(String)
        /// A value of the body.
        case body(JSONPointer)
        /// The number of elements of an array.
        case count(JSONPointer)

        /// The place as reports name it: `status`, `header.etag`, `items.*.price`.
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

    /// Where they differ.
    public var place: Place
    /// How they differ.
    public var kind: Kind
    /// What was there: a value as JSON, a type, a status; `nil` where nothing was.
    public var from: String?
    /// What is there now.
    public var to: String?

    /// A difference.
    public init(_ place: Place, _ kind: Kind, from: String?, to: String?) {
        self.place = place
        self.kind = kind
        self.from = from
        self.to = to
    }

    /// The difference in one clause: `the type of pages changed from number to string`.
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
