import JSONDocument
import Primitives
import SourceText

/// Builds responses to situations, and header fields.
enum ErrorBuilder {
    static func errors(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [Situation: ErrorAnswer] {
        let known = Situation.allCases.map(\.rawValue)
        guard let node, let fields = draft.reader.fields(node, "`errors`", known: known) else { return [:] }
        var errors: [Situation: ErrorAnswer] = [:]
        for situation in Situation.allCases {
            guard let node = fields[situation.rawValue] else { continue }
            errors[situation] = error(node, context, &draft)
        }
        return errors
    }

    static func error(
        _ node: JSONNode, _ outer: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> ErrorAnswer? {
        guard let fields = draft.reader.fields(node, "an error", known: ["status", "headers", "body"]),
            let statusNode = draft.reader.required("status", fields, of: node, "an error"),
            let status = draft.reader.integer(statusNode, "`status`", in: 200...599)
        else { return nil }
        var context = outer
        context.isError = true
        return ErrorAnswer(
            status: status,
            headers: headers(fields["headers"], context, &draft),
            body: fields["body"].map { TemplateBuilder.value($0, context, &draft) })
    }

    // MARK: Headers

    static func headers(
        _ node: JSONNode?, _ context: ReferenceContext, _ draft: inout BehaviourDraft
    ) -> [ValueTemplate.Member] {
        guard let node else { return [] }
        for member in node.members where !isHeaderName(member.name) {
            draft.reader.report(
                "header", "\(quoted(member.name)) is not a valid header name", at: member.namePosition)
        }
        return TemplateBuilder.members(node, "`headers`", context, &draft)
    }

    static func headerName(_ node: JSONNode, _ what: String, _ draft: inout BehaviourDraft) -> String? {
        guard let name = draft.reader.text(node, what) else { return nil }
        if isHeaderName(name) { return name }
        draft.reader.report("header", "\(quoted(name)) is not a valid header name", at: node)
        return nil
    }

    static func headerValue(_ node: JSONNode?, _ what: String, _ draft: inout BehaviourDraft) -> String? {
        guard let node, let value = draft.reader.text(node, what) else { return nil }
        if value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) { return value }
        draft.reader.report(
            "header", "\(what) contains a control character, which a header cannot contain", at: node)
        return nil
    }

    /// `token` of RFC 9110, section 5.6.2.
    private static func isHeaderName(_ name: String) -> Bool {
        let others = Array("!#$%&'*+-.^_`|~".utf8)
        return !name.isEmpty
            && name.utf8.allSatisfy { byte in
                byte.isASCIIAlphanumeric
                    || others.contains(byte)
            }
    }
}
