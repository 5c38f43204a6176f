import JSONDocument
import Primitives
import Scenarios
import SourceText

/// Reads `headers` of a target.
enum TargetHeaderReader {
    /// Headers that depend on the request or belong to the connection, and what to use instead.
    private static let reserved: [String: String] = [
        "accept-encoding": "use the target's key `accept-encoding`",
        "connection": connection, "keep-alive": connection, "te": connection, "trailer": connection,
        "transfer-encoding": connection, "upgrade": connection, "host": "change `base-url`",
        "content-encoding": row, "content-length": connection, "content-type": row,
        "cookie": "use `cookies: true`, or set cookie.NAME in a row",
        "proxy-authorization": "put the credentials into `proxy`", "proxy-connection": connection,
    ]
    private static let connection = "remove it: it belongs to the connection"
    private static let row = "set it in the row: it depends on the body"

    static func headers(_ node: JSONNode, _ reader: inout DiagnosingReader) -> [TargetRequests.Header] {
        var headers: [TargetRequests.Header] = []
        for member in reader.members(of: node, "headers") {
            let name = member.name.lowercased()
            guard member.name.isToken else {
                reader.report(
                    "wrong-header", "\(quoted(member.name)) is not a valid header name", at: member.namePosition)
                continue
            }
            if let help = reserved[name] {
                reader.report(
                    "wrong-header", "the header \(quoted(member.name)) cannot be set for every request",
                    at: member.namePosition, help: help)
                continue
            }
            guard !headers.contains(where: { $0.name.lowercased() == name }) else {
                reader.report(
                    "wrong-header", "the header \(quoted(member.name)) is set twice", at: member.namePosition,
                    help: "header names ignore case; remove one of them")
                continue
            }
            let what = "the header \(quoted(member.name))"
            let help = "use {{env.NAME}}, {{var.name}} or {{secret.NAME}}"
            guard let value = reader.template(member.value, what, help: help) else { continue }
            if let text = value.constantText, let problem = FieldRules.problem(value: text) {
                reader.report("wrong-header", "the value of \(what) \(problem)", at: member.value)
                continue
            }
            headers.append(TargetRequests.Header(name: member.name, value: value))
        }
        return headers
    }
}
