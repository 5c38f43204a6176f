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
        var fields: [HeaderField] = []
        for header in response.headers where !header.isIgnored && (header.isRequired || !hasBehaviour) {
            let isKnown = { (field: HeaderField) in field.isNamed(header.name) }
            guard !present.contains(where: isKnown), !fields.contains(where: isKnown),
                let value = value(of: header, in: response, operation)
            else { continue }
            fields.append(HeaderField(name: header.name, value: headerSafe(value)))
        }
        return fields
    }

    private func value(
        of header: Header, in response: OpenAPI.Response, _ operation: OpenAPI.Operation
    ) -> String? {
        let name = header.name.lowercased()
        switch name {
        // The values of these headers depend on the message, not on the document (RFC 9110, sections 6.6.1 and 8.6).
        case "content-length": return answer.status == 204 ? nil : String(answer.body.bytes.count)
        case "date": return now.httpDate
        // A wrong value would make the message unreadable, or close the connection.
        case "content-encoding": return header.isRequired ? "identity" : nil
        case "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer", "te",
            "proxy-connection":
            return nil
        case "location":
            let created = location(operation).first { accepts($0, header) }
            if let created { return created }
        case "www-authenticate" where answer.status == 401 && header.example == nil:
            let challenges = Challenge.all(for: request)
            if accepts(challenges, header) { return challenges }
        default: break
        }
        let source = request.documentAnswer(for: operation)
        guard header.example == nil, isOpen(header), let usual = usualValue(name), accepts(usual, header) else {
            return source.value(of: header, in: response)
        }
        return usual
    }

    /// Whether a schema does not restrict the text of a header, so a generated value would be random letters.
    private func isOpen(_ header: Header) -> Bool {
        guard let view = header.valueSchema?.view else { return false }
        return header.content == nil && view.example == nil && view.defaultValue == nil && view.enumeration.isEmpty
    }

    /// The usual values of well-known headers.
    private func usualValue(_ name: String) -> String? {
        switch name {
        case "etag": return "\"1\""
        case "last-modified", "expires": return now.httpDate
        case "retry-after": return "1"
        case "cache-control": return "no-store"
        case "link": return "<\(request.message.path)>; rel=\"self\""
        case "location", "content-location": return request.message.path
        case "set-cookie": return "session=mock"
        case "content-language": return "en"
        case "content-disposition": return "attachment"
        case "vary": return "Accept"
        case "allow": return request.method
        case "access-control-allow-origin": return "*"
        default: break
        }
        guard name.contains("ratelimit") || name.contains("rate-limit") else { return nil }
        return name.hasSuffix("remaining")
            ? "99" : name.hasSuffix("reset") ? "60" : name.hasSuffix("limit") ? "100" : nil
    }

    private func accepts(_ text: String, _ header: Header) -> Bool {
        guard case .value(let value) = ParameterCodec.parse(headerLines: [text], as: header) else { return false }
        guard let schema = header.valueSchema else { return true }
        guard let compiled = try? schema.compiled() else { return false }
        return compiled.isValid(JSONDocument(value).root) == .valid
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
