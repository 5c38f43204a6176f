import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// Responses that must not have content: to HEAD, and with the status 1xx, 204, 205 or 304.
enum ContentRules {
    /// At most one finding: the content itself, or a header that announces content.
    static func findings(_ subject: ResponseSubject) -> [Finding] {
        guard subject.forbidsContent else { return [] }
        let message = subject.message
        let what = subject.method == "HEAD" ? "a response to HEAD" : "status \(message.status)"
        func finding(_ text: String, at place: ResponsePlace, _ expected: String, _ actual: String) -> [Finding] {
            [
                subject.finding(
                    .bodyForbidden, text, at: place, contract: subject.declared?.location, expected: expected,
                    actual: actual)
            ]
        }
        if subject.hasContent {
            let count = message.cut?.length ?? message.body.count
            return finding(
                "\(what) must not have content", at: .body(.root, nil), "no content",
                "\(count) \(count == 1 ? "byte" : "bytes")")
        }
        guard let field = message.headers.first(where: { announces($0, message.status) }) else { return [] }
        return finding(
            "\(what) must not have \(field.name.lowercasedASCII)", at: .header(field.name.lowercasedASCII), "absent",
            shown(field.value))
    }

    /// Whether a header announces content that the status forbids. Status 205 may say that there is none (RFC 9110,
    /// section 15.3.6); 304 and responses to HEAD describe what GET would get (sections 8.6 and 10.1.4).
    private static func announces(_ field: HeaderField, _ status: Int) -> Bool {
        switch status {
        case 204, 100...199: field.isNamed("content-length") || field.isNamed("transfer-encoding")
        case 205: field.isNamed("content-length") && Int(field.value) != 0
        default: false
        }
    }
}
