import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// Why a schema rejects a value.
struct SchemaViolation {
    /// The message after the place that it is about.
    let message: String
    let help: String?
    /// The location of the violated keyword.
    let location: SourceLocation

    /// The first violation of a schema of `contract`; `nil` if it accepts the value.
    init?(of value: JSONValue, _ view: SchemaView, in contract: Contract, direction: ValidationOptions.Direction) {
        guard let compiled = try? contract.schemas.compiled(view.place) else { return nil }
        let result = compiled.validate(JSONDocument(value).root, ValidationOptions(direction: direction))
        guard result.outcome == .invalid, let issue = result.issues.first(where: { $0.kind == .violation }) else {
            return nil
        }
        var help: String?
        if issue.keyword == "enum" || issue.keyword == "const" {
            let names = view.enumeration.map { $0.string ?? $0.spelling }
            help = nearestName(to: value.string ?? value.text, among: names).map { "did you mean `\($0)`?" }
        }
        let inside = issue.pointer.tokens.isEmpty ? "" : ", at '\(issue.pointer)',"
        message = inside + afterPlace(issue.message)
        self.help = help
        location = issue.location
    }
}

/// The mistake in an item whose text has not the type of its schema.
struct TypeMismatch {
    let item: PlacedItem
    /// The path of the item, for the message.
    let path: ItemPath
    /// The text, with values in place of templates.
    let text: String
    let view: SchemaView
    /// Why the text has another type.
    let message: String

    var diagnostic: Diagnostic {
        item.diagnostic(
            "table.value", "'\(path)': '\(visibleText(beginning(of: text)))' \(message)", part: .value,
            help: help ?? "add `invalid` to `opts` if the request must violate the contract",
            related: [.init("the schema", at: view.location)])
    }

    /// A suggestion for a value that contains a second item, or that a spreadsheet seems to have changed.
    private var help: String? {
        guard let kinds = view.kinds else { return nil }
        if let match = text.firstMatch(of: /, *([A-Za-z][A-Za-z0-9_.]*=)/) {
            return "separate items with ';', not with ',': … ; \(match.1)…"
        }
        let bytes = Array(text.utf8)
        if kinds.contains(.number), bytes.count(where: { $0 == 0x2C }) == 1 {
            let point = String(decoding: bytes.map { $0 == 0x2C ? 0x2E : $0 }, as: UTF8.self)
            if JSONNumber(point) != nil { return "write \(point): a spreadsheet may have inserted the comma" }
        }
        if kinds.contains(.boolean), ["true", "false"].contains(text.lowercasedASCII) {
            return "write \(text.lowercasedASCII): a spreadsheet may have changed it to upper case"
        }
        return nil
    }
}

/// A message after the place that it is about: "is …" continues the sentence, "0 is …" starts a new one.
func afterPlace(_ message: String) -> String {
    let goesOn = message.unicodeScalars.first.map { ("a"..."z").contains($0) } ?? false
    return goesOn ? " \(message)" : ": \(message)"
}

/// The first 59 characters of a longer text, for messages.
func beginning(of text: String) -> String {
    let scalars = text.unicodeScalars
    return scalars.count > 60 ? String(String.UnicodeScalarView(scalars.prefix(59))) + "…" : text
}
