import Exchanges
import Generation
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
    let memory: ValueMemory
    let seed: String
    /// What generated values are for: equal subjects get equal values.
    let subject: String
    /// The `accept` header of the request.
    var accept: String?
    /// What the client prefers.
    var preference = Preference()

    /// The body that the document gives for a response: the preferred example, the first example, the schema's own
    /// example, else a value that satisfies the schema.
    func body(of response: OpenAPI.Response) -> AnswerBody {
        guard let media = media(of: response) else { return .empty }
        return body(value(media, of: response), media)
    }

    /// A body for an error: as `body(of:)`, and with `message` in the member that is meant for people, if there is one.
    func body(of response: OpenAPI.Response, message: String) -> AnswerBody {
        guard let media = media(of: response) else { return .empty }
        guard let value = value(media, of: response) else {
            return body(.object(["message": .string(message)]), media)
        }
        return body(told(value, message, media.schema), media)
    }

    /// The header fields that the response must have.
    func headers(of response: OpenAPI.Response) -> [HeaderField] {
        response.headers.filter { $0.isRequired && !$0.isIgnored }.compactMap { header in
            guard let place = header.valueSchema?.place else { return nil }
            let value = header.example?.value ?? made(place, "header \(header.name) of \(response.statusKey)")
            return value.map { HeaderField(name: header.name, value: headerSafe(flat($0))) }
        }
    }

    /// The media type that the client likes best, else the first.
    func media(of response: OpenAPI.Response) -> MediaType? {
        guard let accept, let choice = Accept(accept).best(of: response.content.map(\.range)) else {
            return response.content.first
        }
        return response.content[choice]
    }

    /// The value of the body that the document gives for a response.
    func value(of response: OpenAPI.Response) -> JSONValue? {
        media(of: response).flatMap { value($0, of: response) }
    }

    private func value(_ media: MediaType, of response: OpenAPI.Response) -> JSONValue? {
        if let example = preference.example,
            let named = media.examples.first(where: { $0.name?.utf8.elementsEqual(example.utf8) ?? false })
        {
            return named.value.value
        }
        let role = "\(media.range.description) of \(response.statusKey)"
        if preference.isDynamic, let made = media.schema.flatMap({ made($0.place, role) }) { return made }
        return memory.value("\(subject) example of \(role)") {
            media.examples.first { fits($0.value.value, media.schema) }?.value.value
        } ?? media.schema.flatMap { made($0.place, role) } ?? media.examples.first?.value.value
    }

    private func made(_ place: SchemaPlace, _ role: String) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: schemas, seed: seed + (preference.seed ?? ""), style: preference.isDynamic ? .varied : .plain)
        let path = "\(subject) \(role)"
        guard preference.seed == nil, !preference.isDynamic else { return generator.value(for: place, at: path) }
        return memory.value("\(seed) \(path)") { generator.value(for: place, at: path) }
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

    func body(_ value: JSONValue?, _ media: MediaType) -> AnswerBody {
        guard let value else { return .empty }
        let text = media.range.isJSON || value.kind != .string ? value.text : plainText(value)
        let isRange = media.range.isRange
        return AnswerBody(
            contentType: isRange ? "application/json" : media.range.description, bytes: Array(text.utf8))
    }

    func fits(_ value: JSONValue, _ schema: Schema?) -> Bool {
        guard let schema else { return true }
        guard let compiled = try? schema.compiled() else { return false }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .response)) == .valid
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
