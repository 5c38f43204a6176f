import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// A body with its media type.
struct AnswerBody: Sendable {
    var contentType: String?
    var bytes: [UInt8]

    /// A response without a body.
    static let empty = AnswerBody(contentType: nil, bytes: [])
}

/// Builds responses from the document alone.
struct DocumentAnswer {
    let schemas: SchemaStore
    let memory: ValueMemory
    let seed: String
    /// The subject of generated values: equal subjects get equal values.
    let subject: String
    /// Method and path of the operation: an operationId may belong to several operations by mistake.
    let operationKey: String
    /// The `accept` header of the request.
    var accept: String?
    /// The preferences of the client.
    var preference = Preference()

    /// A value of a body, and whether it is an example of the document.
    struct BodyContent: Sendable {
        var value: JSONValue
        var isAuthored = false
    }

    /// The response of the document, from the first of these that exists: the preferred example, the first example, the
    /// schema's own example, a value that satisfies the schema. Where no value can be generated, the response contains
    /// the reason.
    ///
    /// - Parameter rejection: The message of an error, for the members that usually contain it, or for a header.
    func answer(_ status: Int, _ response: OpenAPI.Response, _ rejection: Rejection? = nil) -> Answer {
        var answer = Answer(status: status)
        guard let media = media(of: response), Self.canHaveBody(status) else { return answer.explained(by: rejection) }
        let content = content(media, of: response)
        let writer = writer(media, of: response.statusKey)
        if let rejection {
            let base = content ?? BodyContent(value: [:])
            if let written = written(rejection, status, into: base, media) {
                answer.body = writer.body(written)
                return answer
            }
            answer = answer.explained(by: rejection)
        }
        guard let content else { return Self.withoutValue(media, response, subject) }
        answer.body = writer.body(content.value, isAuthored: content.isAuthored)
        return answer
    }

    /// A value with the errors of a request in it; `nil` when the value has no member for them.
    private func written(
        _ rejection: Rejection, _ status: Int, into content: BodyContent, _ media: MediaType
    ) -> JSONValue? {
        // A string is the text of the whole body where the media type is not JSON.
        guard content.value.kind != .string || media.range.isJSON || media.range.subtype == "plain" else { return nil }
        let writer = RejectionWriter(
            rejection: rejection, status: status, schema: media.schema?.view, isAuthored: content.isAuthored,
            make: { made($0.place, "error", part: $0.place.pointer.description) }, fits: { fits($0, media.schema) })
        return writer.written(into: content.value)
    }

    /// Whether responses of a status have content (RFC 9110, sections 15.2, 15.3.5, 15.3.6 and 15.4.5).
    static func canHaveBody(_ status: Int) -> Bool { status >= 200 && ![204, 205, 304].contains(status) }

    /// The response for a body that could not be generated. It is never an empty success.
    static func withoutValue(_ media: MediaType, _ response: OpenAPI.Response, _ subject: String) -> Answer {
        let detail =
            "The mock found no value that satisfies the schema of \(media.range) for the response "
            + "\(response.statusKey) of \(subject) at \(media.location)."
        return Answer(
            status: 500, headers: [HeaderField(name: MockProblem.header, value: MockProblem.noValue)],
            body: .problem(500, detail))
    }

    /// The media type that the client prefers. Among equal types JSON is first, because the judge can validate it.
    func media(of response: OpenAPI.Response) -> MediaType? {
        let content = response.content
        guard content.count > 1 || accept != nil else { return content.first }
        let ordered = content.filter { $0.range.isJSON && !$0.range.isRange }
        let ranked = ordered + content.filter { !$0.range.isJSON || $0.range.isRange }
        guard let accept, let choice = Accept(accept).best(of: ranked.map(\.range)) else { return ranked.first }
        return ranked[choice]
    }

    /// The value of the body that the document describes for a response.
    func value(of response: OpenAPI.Response) -> JSONValue? {
        media(of: response).flatMap { content($0, of: response)?.value }
    }

    // MARK: Values

    private func content(_ media: MediaType, of response: OpenAPI.Response) -> BodyContent? {
        if let example = preference.example,
            let named = media.examples.first(where: { $0.name?.isSame(as: example) ?? false })
        {
            return BodyContent(value: Examples.sent(media)(named), isAuthored: true)
        }
        let role = "\(media.range.description) of \(response.statusKey)"
        if preference.isDynamic, let made = made(media, role) { return BodyContent(value: made) }
        let example = memory.value("\(operationKey) example of \(role)") {
            Examples(media, self).values.first
        }
        if let example { return BodyContent(value: example, isAuthored: true) }
        if let made = made(media, role) { return BodyContent(value: made) }
        return media.examples.first.map { BodyContent(value: Examples.sent(media)($0), isAuthored: true) }
    }

    /// A value for the schemas of a media type. Content without a schema can be anything, and so can content whose
    /// schema cannot be read, because its reference cannot be resolved: the judge reports it.
    private func made(_ media: MediaType, _ role: String) -> JSONValue? {
        if let schema = media.schema, schema.view != nil {
            // A form is an object of its fields.
            if BodyFormat(media.range) == .form, schema.view?.allows(.object) == false { return nil }
            let end = ListEnd { fits($0, schema) }
            return made(schema.place, role, finishedBy: end.ended)
        }
        if let item = media.itemSchema, item.view != nil { return made(item.place, role).map { .array([$0]) } }
        return switch BodyFormat(media.range) {
        case .json, .xml: [:]
        case .lines, .records: [[:]]
        case .events: ["text"]
        case .form, .multipart: ["value": "text"]
        case .csv: [["text"]]
        case .text, .bytes: media.range.type == "*" ? [:] : "text"
        }
    }

    /// - Parameters:
    ///   - part: The part of the response, where a role has several.
    ///   - finish: Changes a generated value before it is remembered.
    private func made(
        _ place: SchemaPlace, _ role: String, part: String = "",
        finishedBy finish: (JSONValue) -> JSONValue = { $0 }
    ) -> JSONValue? {
        let generator = ValueGenerator(
            schemas: schemas, seed: seed + (preference.seed ?? ""), style: preference.isDynamic ? .varied : .plain)
        let path = "\(subject) \(role)"
        guard preference.seed == nil, !preference.isDynamic else {
            return generator.value(for: place, at: path).map(finish)
        }
        return memory.value("\(seed) \(operationKey) \(role)\(part)") {
            generator.value(for: place, at: path).map(finish)
        }
    }

    /// A known value as the body of a media type.
    func body(_ value: JSONValue, _ media: MediaType) -> AnswerBody {
        writer(media, of: "part").body(value)
    }

    private func writer(_ media: MediaType, of role: String) -> BodyWriter {
        BodyWriter(media: media, accept: accept) { value(of: $0, in: role) }
    }

    /// Whether a schema allows a value; true where the schema cannot be used.
    func fits(_ value: JSONValue, _ schema: Schema?) -> Bool {
        guard let compiled = try? schema?.compiled() else { return true }
        return compiled.isValid(JSONDocument(value).root, ValidationOptions(direction: .response)) != .invalid
    }

    // MARK: Headers

    /// The headers that the document describes for a response, except those that have no effect.
    func headers(of response: OpenAPI.Response, _ operation: OpenAPI.Operation) -> [DocumentedHeader] {
        memory.headers(of: response, operation, seed) {
            response.headers.filter { !$0.isIgnored }.map { DocumentedHeader($0, of: response, self) }
        }
    }

    /// The value of a documented header: its example, otherwise a value that satisfies its schema.
    func value(of header: Header, in response: OpenAPI.Response) -> String? {
        value(of: header, in: response.statusKey)
    }

    private func value(of header: Header, in role: String) -> String? {
        if let example = header.example ?? header.content?.examples.first?.value {
            return text(example.value, of: header)
        }
        guard let place = header.valueSchema?.place else { return nil }
        return made(place, "header \(header.name) of \(role)").map { text($0, of: header) }
    }

    /// A value in the style `simple` (RFC 6570, section 3.2.2), or as JSON where the header declares it.
    private func text(_ value: JSONValue, of header: Header) -> String {
        if header.content?.range.isJSON == true { return value.text }
        let separator = header.explode ? "=" : ","
        return switch value {
        case .array(let elements): elements.map(plainText).joined(separator: ",")
        case .object(let object):
            object.members.map { "\($0.name)\(separator)\(plainText($0.value))" }.joined(separator: ",")
        default: plainText(value)
        }
    }
}

/// Values generated from schemas, each generated once. The responses of one contract share it.
final class ValueMemory: Sendable {
    /// The resources that the schemas of responses describe.
    let outlines = ResponseOutlines()
    /// The document has as many values as media types and headers; the limit only bounds unusual documents.
    private let values = Memo<String, JSONValue?>(limit: 10_000)
    private let headers = Memo<HeadersKey, [DocumentedHeader]>(limit: 10_000)

    /// A response may belong to several operations, which have different generated values.
    private struct HeadersKey: Hashable {
        let seed: String
        let operation: ObjectIdentifier
        let response: ObjectIdentifier
    }

    /// The value under `key`, generated if it is not known.
    func value(_ key: String, make: () -> JSONValue?) -> JSONValue? {
        values.value(key, make)
    }

    /// The documented headers of a response, prepared if they are not known.
    func headers(
        of response: OpenAPI.Response, _ operation: OpenAPI.Operation, _ seed: String, make: () -> [DocumentedHeader]
    ) -> [DocumentedHeader] {
        let key = HeadersKey(
            seed: seed, operation: ObjectIdentifier(operation), response: ObjectIdentifier(response))
        return headers.value(key, make)
    }
}
