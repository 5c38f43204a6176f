import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Warnings about items that are valid but may have another meaning than intended.
enum ItemWarnings {
    /// The warning if a prefix or a word such as `status` hides a body member that the contract declares.
    static func shadowedMember(_ item: PlacedItem, _ bodies: [SchemaView]) -> Diagnostic? {
        guard let word = item.path.leadingWord, bodies.contains(where: { $0.property(word) != nil }) else { return nil }
        let meaning: String
        switch item.path.root {
        case .status: meaning = "means the status code"
        case .time: meaning = "means how long the exchange took"
        case .partHeader: meaning = "means a header of a part"
        default: meaning = "means a \(word == "path" || word == "query" ? "\(word) parameter" : word)"
        }
        return item.diagnostic(
            "table.shadowed-member", .warning, "'\(item.path)' \(meaning), not the member '\(word)' of the body",
            part: .path, help: "write body.\(item.path) for the body member")
    }

    /// The warning if an item contains a credential, which belongs in a profile or must be a secret.
    static func credential(_ resolved: ResolvedItem, _ row: CalledRow) -> Diagnostic? {
        guard isCredential(resolved.path.root, row.contract.securitySchemes), !row.isInvalid, expectsSuccess(row.draft)
        else { return nil }
        switch resolved.placed.parsed.value {
        case .text(let template), .quoted(let template):
            guard let text = template.constantText, !text.utf8.isEmpty else { return nil }
        case .json(let value):
            guard value.string?.utf8.isEmpty == false else { return nil }
        default: return nil
        }
        return resolved.placed.diagnostic(
            "table.secret", .warning, "the table contains a credential", part: .value,
            help: "write {{secret.NAME}}, or use an auth profile in assay.yaml")
    }

    /// A value that is expected to be rejected is not a secret.
    private static func expectsSuccess(_ draft: RowDraft) -> Bool {
        if let cell = draft[.auth], ["none", "wrong", "incomplete"].contains(trimmed(cell.text).lowercasedASCII) {
            return false
        }
        guard let cell = draft[.expect] else { return true }
        return cell.text.split(separator: "|").contains { trimmed(String($0)).utf8.first == 0x32 }
    }

    private static func isCredential(_ root: ItemPath.Root, _ schemes: [SecurityScheme]) -> Bool {
        schemes.contains { scheme in
            switch (scheme.kind, root) {
            case (.apiKey(let name, .header), .header(let own)): name.lowercasedASCII == own.lowercasedASCII
            case (.apiKey(let name, .query), .query(let own)), (.apiKey(let name, .cookie), .cookie(let own)):
                name.isSame(as: own)
            case (.http, .header(let own)), (.oauth2, .header(let own)), (.openIdConnect, .header(let own)):
                own.lowercasedASCII == "authorization"
            default: false
            }
        }
    }
}

extension ItemPath {
    /// The first word of the path, if it takes precedence over a body member.
    fileprivate var leadingWord: String? {
        if isRequest || isBare { return nil }
        if case .body = root { return nil }
        return ["status", "time", "header", "query", "path", "cookie", "part"].first { word in
            text.utf8.starts(with: word.utf8)
        }
    }
}
