public import JSONDocument

/// A place in a response as received.
public enum ResponsePlace: Sendable, Equatable {
    /// The status line.
    case status
    /// A header field, by its name as the contract or the response spells it.
    case header(String)
    /// A value of the body, and its position in the bytes as received; `nil` where there is no value.
    case body(JSONPointer, TextPosition?)

    /// The place in words: `status`, `header x-request-id`, `/items/0/weight`.
    public var description: String {
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
        case .header(let name): "header " + lowercasedASCII(name)
        case .body(let pointer, _):
            "body " + pointer.tokens.map { Int($0) == nil ? $0 : "*" }.joined(separator: "/")
        }
    }
}

/// A text with its ASCII letters in lower case, as header names are compared (RFC 9110, section 5.1).
func lowercasedASCII(_ text: String) -> String {
    let bytes = text.utf8.map { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) ? $0 + 32 : $0 }
    return String(decoding: bytes, as: UTF8.self)
}

/// Whether two names are the same in ASCII letters of either case.
func isSameName(_ left: String, _ right: String) -> Bool {
    lowercasedASCII(left).utf8.elementsEqual(lowercasedASCII(right).utf8)
}
