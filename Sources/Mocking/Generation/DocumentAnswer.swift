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

/// Makes responses from nothing but the document.
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

    /// A value of a body, and whether it is an example of the document.
    struct Content: Sendable {
        var value: JSONValue
        var isAuthored = false
    }

    /// The response that the document gives: the preferred example, the first example, the schema's own example, else
    /// a value that satisfies the schema. Where no value can be made, the response says so.
    ///
    /// - Parameter message: What an error says, in the member that is meant for people, if there is one.
    func answer(_ status: Int, _ response: OpenAPI.Response, message: String? = nil) -> Answer {
        var answer = Answer(status: status, headers: headers(of: response))
        guard let media = media(of: response), Self.canHaveBody(status) else { return answer }
        guard var content = content(media, of: response) else { return Self.withoutValue(media, response, subject) }
        if let message { content = told(content, message, media.schema) }
        answer.body = BodyWriter(media: media, accept: accept).body(content.value, isAuthored: content.isAuthored)
        return answer
    }

    /// Whether responses of a status have content (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    static func canHaveBody(_ status: Int) -> Bool { status >= 200 && ![204, 205, 304].contains(status) }

    /// The response in place of one for which no value was found: never an empty success.
    static func withoutValue(_ media: MediaType, _ response: OpenAPI.Response, _ subject: String) -> Answer {
        let detail =
            "The mock found no value that satisfies the schema of \(media.range) for the response "
            + "\(response.statusKey) of \(subject) at \(media.location)."
        return Answer(
            status: 500, headers: [HeaderField(name: MockProblem.header, value: MockProblem.noValue)],
            body: .problem(500, detail))
    }

    /// The header fields that the response must have.
    func headers(of response: OpenAPI.Response) -> [HeaderField] {
        response.headers.filter { $0.isRequired && !$0.isIgnored }.compactMap { header in
            guard let place = header.valueSchema?.place else { return nil }
            let value = header.example?.value ?? made(place, "header \(header.name) of \(response.statusKey)")
            return value.map { HeaderField(name: header.name, value: headerSafe(flat($0))) }
        }
    }

    /// The media type that the client likes best; of equal ones JSON, which the judge can look into, else the first.
    func media(of response: OpenAPI.Response) -> MediaType? {
        let content = response.content
        guard content.count > 1 || accept != nil else { return content.first }
        let ordered = content.filter { $0.range.isJSON && !$0.range.isRange }
        let ranked = ordered + content.filter { !$0.range.isJSON || $0.range.isRange }
        guard let accept, let choice = Accept(accept).best(of: ranked.map(\.range)) else { return ranked.first }
        return ranked[choice]
    }

    /// The value of the body that the document gives for a response.
    func value(of response: OpenAPI.Response) -> JSONValue? {
        media(of: response).flatMap { content($0, of: response)?.value }
    }

    // MARK: Values

    private func content(_ media: MediaType, of response: OpenAPI.Response) -> Content? {
        if let example = preference.example,
            let named = media.examples.first(where: { $0.name?.utf8.elementsEqual(example.utf8) ?? false })
        {
            return Content(value: Examples.sent(media)(named), isAuthored: true)
        }
        let role = "\(media.range.description) of \(response.statusKey)"
        if preference.isDynamic, let made = made(media, role) { return Content(value: made) }
        let example = memory.value("\(subject) example of \(role)") {
            Examples(media, self).values.first
        }
        if let example { return Content(value: example, isAuthored: true) }
        if let made = made(media, role) { return Content(value: made) }
        return media.examples.first.map { Content(value: Examples.sent(media)($0), isAuthored: true) }
    }

    /// A value for the schemas of a media type. Content that has none may be anything.
    private func made(_ media: MediaType, _ role: String) -> JSONValue? {
        if let schema = media.schema {
            // A form is an object of its fields.
            if BodyFormat(media.range) == .form, schema.view?.allows(.object) == false { return nil }
            return made(schema.place, role)
        }
        if let item = media.itemSchema { return made(item.place, role).map { .array([$0]) } }
        return switch BodyFormat(media.range) {
        case .json, .xml: [:]
        case .lines, .records: [[:]]
        case .events: ["text"]
        case .form, .multipart: ["value": "text"]
        case .csv: [["text"]]
        case .text, .bytes: media.range.type == "*" ? [:] : "text"
        }
    }

    private func made(_ place: SchemaPlace, _ role: String) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: schemas, seed: seed + (preference.seed ?? ""), style: preference.isDynamic ? .varied : .plain)
        let path = "\(subject) \(role)"
        guard preference.seed == nil, !preference.isDynamic else { return generator.value(for: place, at: path) }
        return memory.value("\(seed) \(path)") { generator.value(for: place, at: path) }
    }

    /// The content with the message in its first fitting member, provided that it still satisfies the schema.
    private func told(_ content: Content, _ message: String, _ schema: Schema?) -> Content {
        guard case .object(let object) = content.value else {
            let isText = content.value.kind == .string && fits(.string(message), schema)
            return isText ? Content(value: .string(message)) : content
        }
        let known = ["message", "detail", "error_description", "description", "title", "error", "reason"]
        let names = known + (schema?.view?.propertyNames ?? [])
        for name in names {
            guard object[name]?.kind == .string || schema?.view?.property(name)?.allows(.string) == true else {
                continue
            }
            var changed = object
            changed[name] = .string(message)
            if fits(.object(changed), schema) { return Content(value: .object(changed)) }
        }
        return content
    }

    /// A value that is known as the body of a media type.
    func body(_ value: JSONValue, _ media: MediaType) -> AnswerBody {
        BodyWriter(media: media, accept: accept).body(value)
    }

    /// Whether a schema allows a value, as far as it can be used.
    func fits(_ value: JSONValue, _ schema: Schema?) -> Bool {
        guard let compiled = try? schema?.compiled() else { return true }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .response)) != .invalid
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
