import Exchanges

/// An answer before the headers that every answer has.
struct Answer: Sendable {
    var status: Int
    var headers: [HeaderField] = []
    var body = AnswerBody.empty
    /// What a refusal is about; `nil` for answers that are none.
    var situation: Situation?
}

/// Header values may hold no control characters (RFC 9110, 5.5); those that would are left out.
func headerSafe(_ value: String) -> String {
    if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return value }
    var scalars = String.UnicodeScalarView()
    for scalar in value.unicodeScalars where scalar == "\t" || (scalar.value >= 0x20 && scalar.value != 0x7F) {
        scalars.append(scalar)
    }
    return String(scalars)
}
