import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The header fields that the document describes for a response.
struct DocumentedHeaders {
    let request: IncomingRequest
    let now: Instant
    let answer: Answer

    /// The documented fields that are not among `present`. A behaviour file decides which optional headers are sent.
    func fields(besides present: [HeaderField]) -> [HeaderField] {
        guard let operation = request.operation, let response = operation.response(status: answer.status),
            !response.headers.isEmpty
        else { return [] }
        let hasBehaviour = request.contract.behaviour != nil
        let source = request.documentAnswer(for: operation)
        var fields: [HeaderField] = []
        for documented in source.headers(of: response, operation) {
            let header = documented.header
            guard header.isRequired || !hasBehaviour else { continue }
            let isKnown = { (field: HeaderField) in field.isNamed(header.name) }
            guard !present.contains(where: isKnown), !fields.contains(where: isKnown),
                let value = value(of: documented, operation)
            else { continue }
            fields.append(HeaderField(name: header.name, value: headerSafe(value)))
        }
        return fields
    }

    private func value(of documented: DocumentedHeader, _ operation: OpenAPI.Operation) -> String? {
        for source in documented.sources {
            let texts = texts(source, operation)
            let text = source.isVariable ? texts.first { documented.header.accepts($0) } : texts.first
            if let text { return text }
        }
        return nil
    }

    /// The texts of a source, in the order in which they are tried.
    private func texts(_ source: HeaderSource, _ operation: OpenAPI.Operation) -> [String] {
        switch source {
        case .text(let text): [text]
        case .length: answer.status == 204 ? [] : [String(answer.body.bytes.count)]
        case .date, .time: [now.httpDate]
        case .createdAddress: location(operation)
        case .challenges: answer.status == 401 ? [Challenge.all(for: request)] : []
        case .path: [request.message.path]
        case .link: ["<\(request.message.path)>; rel=\"self\""]
        case .method: [request.method]
        }
    }

    // MARK: Location

    /// The address of a created resource, as a path and as an absolute URL: the one that suits the schema better is
    /// first.
    private func location(_ operation: OpenAPI.Operation) -> [String] {
        guard answer.status == 201 || answer.status == 202, operation.method == "POST" else { return [] }
        let prefix = operation.path + (operation.path.hasSuffix("/") ? "{" : "/{")
        let item = request.contract.contract.operations.first { other in
            other.path.hasPrefix(prefix) && other.path.hasSuffix("}")
                && !other.path.dropFirst(prefix.count).contains("/")
        }
        guard let item, let parameter = item.parameters.last(where: { $0.place == .path })?.name,
            let body = try? JSONDocument(parsing: answer.body.bytes).root.value, let id = Self.id(parameter, in: body)
        else { return [] }
        var path = request.message.path
        if !path.hasSuffix("/") { path += "/" }
        path += ParameterCodec.percentEncode(id)
        let host = request.header("host").map { headerSafe($0) } ?? "mock"
        return [path, "http://\(host)\(path)"]
    }

    /// The id of a resource: the member that is named like the parameter, otherwise `id`; at the top or in an envelope.
    private static func id(_ parameter: String, in body: JSONValue) -> String? {
        guard case .object(let object) = body else { return nil }
        let objects = [object] + object.members.compactMap(\.value.object)
        for wanted in [ResourceLinks.folded(parameter), "id", "uuid"] {
            for object in objects {
                let member = object.members.first { member in
                    ResourceLinks.folded(member.name) == wanted
                        && (member.value.kind == .string || member.value.kind == .number)
                }
                if let member { return plainText(member.value) }
            }
        }
        return nil
    }
}
