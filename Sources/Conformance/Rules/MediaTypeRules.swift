import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI

/// Whether a body is there, and of which media type.
enum MediaTypeRules {
    static func findings(_ subject: Subject) -> [Finding] {
        // Content that no response of this kind may have has a finding of its own.
        guard let declared = subject.declared, !(subject.forbidsContent && subject.hasContent) else { return [] }
        let contentTypes = subject.message.header("content-type")
        let documented = declared.content.map(\.range.description).joined(separator: ", ")
        func finding(_ rule: Rule, _ message: String, actual: String) -> Finding {
            subject.finding(
                rule,
                message,
                at: .header("content-type"),
                contract: declared.content.first?.location ?? declared.location,
                expected: documented,
                actual: actual
            )
        }
        func mediaType() -> [Finding] {
            guard let contentType = contentTypes.first else {
                return [finding(.mediaTypeMissing, "the body has no content-type", actual: "no content-type")]
            }
            guard contentTypes.count == 1 else {
                let lines = contentTypes.map(shown).joined(separator: ", ")
                return [finding(.mediaTypeSyntax, "content-type is sent \(contentTypes.count) times", actual: lines)]
            }
            guard subject.mediaTypeName != nil else {
                return [finding(.mediaTypeSyntax, "content-type is not a valid media type", actual: shown(contentType))]
            }
            guard subject.mediaType == nil else { return [] }
            return [
                finding(
                    .mediaTypeUndocumented,
                    "the content type \(shown(contentType)) is not documented for this status",
                    actual: shown(contentType)
                )
            ]
        }
        if isMissing(subject) {
            guard !declared.content.isEmpty else { return [] }
            // The header of a response to HEAD is that of GET (RFC 9110, section 9.3.2); content-type may be missing.
            if subject.isBodiless {
                guard subject.exchange.request.method == "HEAD", !contentTypes.isEmpty,
                    ![204, 205, 304].contains(subject.message.status)
                else { return [] }
                return mediaType()
            }
            return [
                subject.finding(
                    .bodyMissing,
                    "has no body",
                    at: .body(.root, nil),
                    contract: declared.content.first?.location ?? declared.location,
                    expected: documented,
                    actual: "no body"
                )
            ]
        }
        // Whether there was a body at all is not known.
        if subject.message.cut == .unrecorded, declared.content.isEmpty || contentTypes.isEmpty { return [] }
        guard !declared.content.isEmpty else {
            let count = subject.message.cut?.length ?? subject.message.body.count
            return [
                subject.finding(
                    .bodyUnexpected,
                    "has a body of \(count) bytes, but none is documented",
                    at: .body(.root, nil),
                    contract: declared.location,
                    expected: "no body",
                    actual: contentTypes.first.map(shown)
                )
            ]
        }
        return mediaType()
    }

    /// No bytes, and no content type by which no bytes would be a whole text or file.
    private static func isMissing(_ subject: Subject) -> Bool {
        guard subject.message.body.isEmpty, subject.message.cut == nil else { return false }
        guard let name = subject.mediaTypeName, !subject.isBodiless else { return true }
        return name.isJSON || subject.mediaType == nil
    }
}
