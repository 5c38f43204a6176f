import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI

/// Whether a response has a body, and of which media type.
enum MediaTypeRules {
    static func findings(_ subject: ResponseSubject) -> [Finding] {
        // Content that no response of this kind may have has a finding of its own.
        guard let declared = subject.declared, !(subject.forbidsContent && subject.hasContent) else { return [] }
        if isMissing(subject) {
            if subject.isBodiless { return isDescribingGET(subject, declared) ? mediaType(subject, declared) : [] }
            return declared.content.isEmpty ? [] : [missing(subject, declared)]
        }
        // Whether there was a body at all is not known.
        let hasContentType = !subject.contentTypes.isEmpty
        if subject.message.cut == .unrecorded, declared.content.isEmpty || !hasContentType { return [] }
        return declared.content.isEmpty ? [unexpected(subject, declared)] : mediaType(subject, declared)
    }

    /// No bytes, and no content type for which no bytes would be a whole text or file.
    private static func isMissing(_ subject: ResponseSubject) -> Bool {
        guard subject.message.body.isEmpty, subject.message.cut == nil else { return false }
        guard let name = subject.mediaTypeName, !subject.isBodiless else { return true }
        return name.isJSON || subject.mediaType == nil
    }

    /// Whether a response to HEAD has the content type of the response to GET (RFC 9110, section 9.3.2). It may leave
    /// the header out.
    private static func isDescribingGET(_ subject: ResponseSubject, _ declared: Response) -> Bool {
        !declared.content.isEmpty && subject.method == "HEAD" && !subject.contentTypes.isEmpty
            && ![204, 205, 304].contains(subject.message.status)
    }

    private static func documented(_ declared: Response) -> String {
        declared.content.map(\.range.description).joined(separator: ", ")
    }

    private static func missing(_ subject: ResponseSubject, _ declared: Response) -> Finding {
        subject.finding(
            .bodyMissing,
            "has no body",
            at: .body(.root, nil),
            contract: declared.content.first?.location ?? declared.location,
            expected: documented(declared),
            actual: "no body"
        )
    }

    private static func unexpected(_ subject: ResponseSubject, _ declared: Response) -> Finding {
        let count = subject.message.cut?.length ?? subject.message.body.count
        return subject.finding(
            .bodyUnexpected,
            "has a body of \(count) bytes, but none is documented",
            at: .body(.root, nil),
            contract: declared.location,
            expected: "no body",
            actual: subject.contentTypes.first.map(shown)
        )
    }

    /// At most one finding about the header `content-type`.
    private static func mediaType(_ subject: ResponseSubject, _ declared: Response) -> [Finding] {
        func finding(_ rule: Rule, _ message: String, actual: String) -> [Finding] {
            [
                subject.finding(
                    rule,
                    message,
                    at: .header("content-type"),
                    contract: declared.content.first?.location ?? declared.location,
                    expected: documented(declared),
                    actual: actual
                )
            ]
        }
        let contentTypes = subject.contentTypes
        guard let contentType = contentTypes.first else {
            return finding(.mediaTypeMissing, "the body has no content-type", actual: "no content-type")
        }
        guard contentTypes.count == 1 else {
            let lines = contentTypes.map(shown).joined(separator: ", ")
            return finding(.mediaTypeSyntax, "content-type is sent \(contentTypes.count) times", actual: lines)
        }
        guard subject.mediaTypeName != nil else {
            return finding(.mediaTypeSyntax, "content-type is not a valid media type", actual: shown(contentType))
        }
        guard subject.mediaType == nil else { return [] }
        let message = "the content type \(shown(contentType)) is not documented for this status"
        return finding(.mediaTypeUndocumented, message, actual: shown(contentType))
    }
}
