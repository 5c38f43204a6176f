import Exchanges

/// A response without the header fields that every response has.
struct Answer: Sendable {
    var status: Int
    var headers: [HeaderField] = []
    var body = AnswerBody.empty
    /// The reason for a rejection; `nil` for successes.
    var situation: Situation?
    /// The same reason in words, for the log.
    var reason: String?

    /// The response with the reason of a rejection in a header.
    func explained(by rejection: Rejection?) -> Answer {
        guard let rejection else { return self }
        var answer = self
        let text = rejection.message.unicodeScalars.prefix(Self.maximumReason).reduce(into: "") { text, scalar in
            // Octets other than ASCII have no meaning in a field value (RFC 9110, section 5.5).
            text += scalar.isASCII ? String(scalar) : scalar.escaped(asASCII: true)
        }
        answer.headers.append(HeaderField(name: MockReason.header, value: headerSafe(text)))
        return answer
    }

    private static let maximumReason = 1_000
}

/// A header value without control characters, which are not allowed in it (RFC 9110, section 5.5).
package func headerSafe(_ value: String) -> String {
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return value }
    var scalars = String.UnicodeScalarView()
    for scalar in value.unicodeScalars where scalar == "\t" || (scalar.value >= 0x20 && scalar.value != 0x7F) {
        scalars.append(scalar)
    }
    return String(scalars)
}
