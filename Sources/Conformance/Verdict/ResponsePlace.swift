package import JSONDocument
import Primitives

/// A place in a response as received.
package enum ResponsePlace: Sendable, Equatable {
    /// The status line.
    case status
    /// A header field, by its name as the contract or the response spells it.
    case header(String)
    /// A value of the body, and its position in the bytes as received; `nil` without a value.
    case body(JSONPointer, TextPosition?)

    /// The place in words: `status`, `header x-request-id`, `/items/0/weight`.
    package var description: String {
        switch self {
        case .status: "status"
        case .header(let name): "header \(name)"
        case .body(let pointer, _): pointer.tokens.isEmpty ? "body" : pointer.description
        }
    }

    /// The place as fingerprints have it: header names in lower case, every array index as `*`.
    var identity: String {
        switch self {
        case .status: "status"
        case .header(let name): "header " + name.lowercasedASCII
        case .body(let pointer, _):
            "body " + pointer.tokens.map { Int($0) == nil ? $0 : "*" }.joined(separator: "/")
        }
    }
}

/// Whether two names are the same in ASCII letters of either case.
func isSameName(_ left: String, _ right: String) -> Bool {
    left.lowercasedASCII.isSame(as: right.lowercasedASCII)
}
