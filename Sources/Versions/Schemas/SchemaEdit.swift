import Diagnostics

/// Stands in sentences for the part of the contract that changed; no text of a document is likely to have it.
let part = "\u{0}"

/// One change of a schema, without the operation and the place that the schema is used in.
struct SchemaEdit: Hashable {
    /// The end of the rule's id, `max-length-decreased`; after a slash a rule of any part, `/extension-added`.
    var name: String
    /// The way from the compared schema to the part that changed.
    var pointer: [String] = []
    var from: String?
    var to: String?
    var old: SourceLocation?
    var new: SourceLocation?
    /// The sentence, with ``part`` where the part is named.
    var phrase: String
    /// Whether the part never travels this way, such as a `readOnly` property in a request.
    var isInert = false

    /// The same edit, seen from the schema around it.
    func inside(_ token: String, isInert: Bool = false) -> SchemaEdit {
        var edit = self
        edit.pointer.insert(token, at: 0)
        edit.isInert = edit.isInert || isInert
        return edit
    }

    /// What the edit does to the set of accepted values.
    var effect: ChangeRule.Effect {
        isInert || name.utf8.first == UInt8(ascii: "/") ? .none : Self.effects[name] ?? .undecided
    }

    /// Whether the old schema may accept what the new one refuses.
    var mayNarrow: Bool { [.narrowed, .incomparable, .undecided].contains(effect) }

    /// Whether the new schema may accept what the old one refuses.
    var mayWiden: Bool { [.widened, .incomparable, .undecided].contains(effect) }

    private static let effects = Dictionary(
        ChangeRule.schemaEdits(inProperties: true).map { ($0.name, $0.effect) }, uniquingKeysWith: { first, _ in first }
    )
}

extension String {
    /// The text with ``part`` replaced: a search for one byte, since there is a sentence for every change.
    func naming(_ subject: String) -> String {
        utf8.split(separator: 0, omittingEmptySubsequences: false).map { String(Substring($0)) }
            .joined(separator: subject)
    }
}

extension [SchemaEdit] {
    /// Whether every old value fits the new schema, as far as is known.
    var keepsAll: Bool { !contains(where: \.mayNarrow) }
    /// Whether every new value fits the old schema, as far as is known.
    var addsNone: Bool { !contains(where: \.mayWiden) }
}
