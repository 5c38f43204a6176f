import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// Bodies whose schema describes octets: `minLength` and `maxLength` count them (OpenAPI 3.0.4 and 3.1.1, Working with
/// Binary Data).
enum OctetRules {
    /// The findings by a schema of octets; `nil` where counting is not enough to judge the body.
    static func findings(_ subject: ResponseSubject) -> [Finding]? {
        guard let schema = subject.mediaType?.schema, let view = schema.view else { return nil }
        guard view.isOfOctets else { return nil }
        let hasLengths = view.keyword("minLength") != nil || view.keyword("maxLength") != nil
        if isEncoded(subject) { return hasLengths || view.kinds != nil ? nil : [] }
        guard hasLengths else { return [] }
        // For text, the lengths count characters, unless the schema says otherwise.
        guard subject.mediaTypeName?.type != "text" || view.format == "binary" else { return nil }
        return lengths(schema, subject)
    }

    /// Whether the octets received are not those of the content itself.
    private static func isEncoded(_ subject: ResponseSubject) -> Bool {
        subject.message.header("content-encoding").contains { !isSameName($0, "identity") && !$0.isEmpty }
    }

    /// The same for a body of any media type whose schema declares octets: `format: binary`.
    static func findingsOfBinary(_ subject: ResponseSubject) -> [Finding]? {
        guard subject.message.cut == nil, subject.mediaType?.schema?.view?.format == "binary" else { return nil }
        return findings(subject)
    }

    private static func lengths(_ schema: Schema, _ subject: ResponseSubject) -> [Finding] {
        let compiled: CompiledSchema
        do {
            compiled = try schema.compiled()
        } catch {
            return DocumentRules.findings(error, subject, at: .body(.root, nil))
        }
        // The schema is applied to a text with as many characters as the body has octets.
        let count = subject.message.body.count
        let text = JSONDocument(.string(String(repeating: "x", count: count)))
        let size = count == 1 ? "1 byte" : "\(count) bytes"
        return compiled.validate(text.root, subject.options).issues.map { issue in
            let isLength = ["minLength", "maxLength"].contains(issue.keyword)
            return subject.finding(
                issue.kind == .undecided ? .bodyUndecided : .bodyKeyword,
                id: issue.kind == .undecided ? nil : "body.\(issue.keyword)",
                isLength ? "has \(size), but the schema allows \(issue.expected)" : issue.message,
                at: .body(.root, nil),
                contract: issue.location,
                expected: isLength ? "\(issue.expected) bytes" : issue.expected,
                actual: isLength ? size : issue.actual
            )
        }
    }
}
