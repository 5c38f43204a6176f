import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// Parts of JSON reports with text from outside, secrets masked.
struct MaskedJSON: Sendable {
    let redactor: Redactor

    func string(_ text: String) -> JSONValue {
        .string(redactor.redact(text))
    }

    /// The value with secrets masked, or text where the mask cannot be part of the value.
    func value(_ value: JSONValue) -> JSONValue {
        let text = value.text
        let masked = redactor.redact(text)
        guard !masked.isSame(as: text) else { return value }
        return (try? JSONDocument(parsing: masked).root.value) ?? .string(masked)
    }

    func location(_ location: SourceLocation) -> JSONValue {
        .members([
            ("file", string(location.file)), ("line", .integer(location.line)), ("column", .integer(location.column)),
        ])
    }

    func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
        .members([
            ("severity", .string(diagnostic.severity.rawValue)),
            ("code", .string(diagnostic.rule)),
            ("message", string(diagnostic.message)),
            ("file", diagnostic.location.map { string($0.file) }),
            ("line", diagnostic.location.map { .integer($0.line) }),
            ("column", diagnostic.location.map { .integer($0.column) }),
            ("pointer", diagnostic.place.map { string(Self.pointer($0)) }),
            ("excerpt", diagnostic.excerpt.map { string($0.meant) }),
            ("hint", diagnostic.help.map(string)),
            ("related", diagnostic.related.isEmpty ? nil : .array(diagnostic.related.map(related))),
        ])
    }

    /// A place in the words of the format; a pointer into a document is written without the leading `#`.
    private static func pointer(_ place: String) -> String {
        place.utf8.starts(with: "#/".utf8) ? String(place.dropFirst()) : place
    }

    private func related(_ related: Diagnostic.Related) -> JSONValue {
        .members([
            ("message", string(related.message)),
            ("file", string(related.location.file)),
            ("line", .integer(related.location.line)),
            ("column", .integer(related.location.column)),
        ])
    }
}

extension SourceLocation {
    /// The location for programs.
    var json: JSONValue { MaskedJSON(redactor: .none).location(self) }
}
