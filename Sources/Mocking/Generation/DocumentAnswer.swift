import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI

/// A body and how it is labelled.
struct AnswerBody: Sendable {
    var contentType: String?
    var bytes: [UInt8]

    /// No body at all.
    static let empty = AnswerBody(contentType: nil, bytes: [])
}

/// Makes answers from nothing but the document.
struct DocumentAnswer {
    let schemas: SchemaStore
    /// The `accept` header of the request.
    var accept: String?
    /// The name of the example that the client prefers.
    var example: String?

    /// The body that the document gives for a response: the preferred example, the first example, the schema's own
    /// example, else a plain value that satisfies the schema.
    func body(of response: OpenAPI.Response) -> AnswerBody {
        guard let media = media(of: response) else { return .empty }
        return body(value(media), media)
    }

    /// A body for an error: as `body(of:)`, and with `message` in the member that is meant for people, if there is one.
    func body(of response: OpenAPI.Response, message: String) -> AnswerBody {
        guard let media = media(of: response) else { return .empty }
        guard let value = value(media) else { return body(.object(["message": .string(message)]), media) }
        return body(told(value, message, media.schema), media)
    }

    /// The header fields that the response must have.
    func headers(of response: OpenAPI.Response) -> [HeaderField] {
        response.headers.filter { $0.isRequired && !$0.isIgnored }.compactMap { header in
            guard let place = header.valueSchema?.place else { return nil }
            let value = header.example?.value ?? SimplestValue.value(for: place, in: schemas)
            return value.map { HeaderField(name: header.name, value: flat($0)) }
        }
    }

    /// The first media type that the client accepts, else the first.
    func media(of response: OpenAPI.Response) -> MediaType? {
        let ranges = (accept ?? "").split(separator: ",").compactMap { range in
            MediaTypeName(String(range.prefix { $0 != ";" }))
        }
        return response.content.first { media in ranges.contains { $0.matches(media.range) } }
            ?? response.content.first
    }

    private func value(_ media: MediaType) -> JSONValue? {
        if let example, let named = media.examples.first(where: { $0.name == example }) { return named.value.value }
        let valid = media.examples.first { fits($0.value.value, media.schema) }
        if let valid { return valid.value.value }
        return media.schema.flatMap { SimplestValue.value(for: $0.place, in: schemas) }
            ?? media.examples.first?.value.value
    }

    /// `value` with the message in its first fitting member, provided that the schema still holds.
    private func told(_ value: JSONValue, _ message: String, _ schema: Schema?) -> JSONValue {
        guard case .object(let object) = value else {
            return value.kind == .string && fits(.string(message), schema) ? .string(message) : value
        }
        let known = ["message", "detail", "error_description", "description", "title", "error", "reason"]
        let names = known + (schema?.view?.propertyNames ?? [])
        for name in names {
            guard object[name]?.kind == .string || schema?.view?.property(name)?.allows(.string) == true else {
                continue
            }
            var changed = object
            changed[name] = .string(message)
            if fits(.object(changed), schema) { return .object(changed) }
        }
        return value
    }

    private func body(_ value: JSONValue?, _ media: MediaType) -> AnswerBody {
        guard let value else { return .empty }
        let text = media.range.isJSON || value.kind != .string ? value.text : plainText(value)
        let isRange = media.range.isRange
        return AnswerBody(
            contentType: isRange ? "application/json" : media.range.description, bytes: Array(text.utf8))
    }

    private func fits(_ value: JSONValue, _ schema: Schema?) -> Bool {
        guard let schema else { return true }
        guard let compiled = try? schema.compiled() else { return false }
        var options = ValidationOptions()
        options.direction = .response
        return compiled.isValid(JSONDocument(value).root, options) == .valid
    }

    /// A value in the style `simple` (RFC 6570, 3.2.2).
    private func flat(_ value: JSONValue) -> String {
        switch value {
        case .array(let elements): elements.map(plainText).joined(separator: ",")
        case .object(let object): object.members.map { "\($0.name),\(plainText($0.value))" }.joined(separator: ",")
        default: plainText(value)
        }
    }
}
