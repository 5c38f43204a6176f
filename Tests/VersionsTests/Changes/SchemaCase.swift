import Testing

/// Two smallest schemas, and what the comparison reports if they describe a request body or a response body.
///
/// Marks stand where changes are located, as in ``ChangeCase``.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    var old: String
    var new: String
    /// Two lines for each change: `request|response name`, with the severity in a request and in a response, then
    /// `message: from → to`. `name at /a` is a change of the property `a`, and `§` stands for the changed part.
    var forwards: String
    /// The changes from `new` to `old`.
    var backwards: String
    var today = "2026-01-01"
    var noticeDays = 0
    /// Members of `components`, as a flow mapping.
    var components = "{}"

    var testDescription: String { "\(old) → \(new)" }

    /// The names of the expected rules, without direction and area.
    var rules: [String] { (Self.changes(forwards) + Self.changes(backwards)).map(\.name) }

    /// Compares the schemas in both directions, as a request body and as a response body.
    func check() throws {
        for isRequest in [true, false] {
            func document(_ schema: String) -> String {
                let content = "{content: {application/json: {schema: \(schema)}}}"
                return "components: \(components)\npaths:\n  /a:\n    post: "
                    + (isRequest ? "{requestBody: \(content)}" : "{responses: {'200': \(content)}}")
            }
            try ChangeCase(
                frame: .document, old: document(old), new: document(new),
                forwards: Self.expectation(forwards, isRequest), backwards: Self.expectation(backwards, isRequest),
                today: today, noticeDays: noticeDays
            ).check()
        }
    }

    private struct ExpectedChange {
        var severities: [Substring]
        var name: String
        var pointer: String
        var message: String
    }

    private static func changes(_ text: String) -> [ExpectedChange] {
        let lines = text.split(separator: "\n")
        return stride(from: 0, to: lines.count - 1, by: 2).map { index in
            let words = lines[index].split(separator: " ").map { String($0) }
            return ExpectedChange(
                severities: words[0].split(separator: "|"), name: words[1], pointer: words.count > 3 ? words[3] : "",
                message: String(lines[index + 1]))
        }
    }

    /// The lines of a ``ChangeCase``.
    private static func expectation(_ text: String, _ isRequest: Bool) -> String {
        let direction = isRequest ? "request" : "response"
        return changes(text).map { change in
            let isWhole = change.pointer.isEmpty
            let part =
                isWhole
                ? isRequest ? "the request body" : "the body of the response 200"
                : "\(direction) property '\(change.pointer.dropFirst().replacing("/", with: "."))'"
            return "\(change.severities[isRequest ? 0 : change.severities.count - 1]) "
                + "\(direction).\(isWhole ? "body" : "property").\(change.name) "
                + "at \(isRequest ? "body" : "200")\(change.pointer)\n" + change.message.replacing("§", with: part)
        }.joined(separator: "\n")
    }
}
