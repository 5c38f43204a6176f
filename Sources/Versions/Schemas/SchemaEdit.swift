import Diagnostics

/// The placeholder for the changed part in messages; documents practically never contain it.
let part = "\u{0}"

/// One change in a schema, without the operation and the place in which the schema is used.
struct SchemaEdit: Hashable {
    /// The last part of the rule's id, `max-length-decreased`; after a slash, a rule for any part, `/extension-added`.
    var name: String
    /// The pointer from the compared schema to the part that changed.
    var pointer: [String] = []
    var from: String?
    var to: String?
    var old: SourceLocation?
    var new: SourceLocation?
    /// The message, with ``part`` as the placeholder.
    var phrase: String
    /// Whether the part is never sent in this direction, such as a `readOnly` property in a request.
    var isInert = false

    /// The same edit, relative to the schema around it.
    func inside(_ token: String, isInert: Bool = false) -> SchemaEdit {
        var edit = self
        edit.pointer.insert(token, at: 0)
        edit.isInert = edit.isInert || isInert
        return edit
    }

    /// The effect of the edit on the set of accepted values.
    var effect: ChangeRule.Effect {
        isInert || name.utf8.first == UInt8(ascii: "/") ? .none : Self.effects[name] ?? .undecided
    }

    /// Whether the old schema may accept values that the new one rejects.
    var mayNarrow: Bool { [.narrowed, .incomparable, .undecided].contains(effect) }

    /// Whether the new schema may accept values that the old one rejects.
    var mayWiden: Bool { [.widened, .incomparable, .undecided].contains(effect) }

    private static let effects = Dictionary(
        ChangeRule.schemaEdits(inProperties: true).map { ($0.name, $0.effect) }, uniquingKeysWith: { first, _ in first }
    )
}

extension String {
    /// The text with ``part`` replaced. It searches for a single byte, because every change has a message.
    func naming(_ subject: String) -> String {
        utf8.split(separator: 0, omittingEmptySubsequences: false).map { String(Substring($0)) }
            .joined(separator: subject)
    }
}

extension [SchemaEdit] {
    /// Whether every old value is valid in the new schema, as far as known.
    var keepsAll: Bool { !contains(where: \.mayNarrow) }
    /// Whether every new value is valid in the old schema, as far as known.
    var addsNone: Bool { !contains(where: \.mayWiden) }
}
