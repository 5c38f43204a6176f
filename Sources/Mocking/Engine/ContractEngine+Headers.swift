import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives

/// The header fields of answers: those of the behaviour file, those of the document, and those that HTTP requires.
extension ContractEngine {
    /// Adds the headers that every answer has.
    func finished(_ answer: Answer, _ turn: Turn) -> ResponseMessage {
        var evaluator = evaluator(scope(turn))
        var fields = answer.headers
        let add = { (name: String?, value: String) in
            guard let name, !fields.contains(where: { $0.isNamed(name) }) else { return }
            fields.append(HeaderField(name: name, value: headerSafe(value)))
        }
        for field in headers(behaviour?.headers ?? [], &evaluator) { add(field.name, field.value) }
        if let rule = behaviour?.rateLimit, var standing = turn.standing {
            // An answer that was asked for by its status says the same in its headers.
            if Situation.tooManyRequests.statuses.contains(answer.status) { standing = standing.exhausted }
            add(rule.headers.limit, String(rule.limit))
            add(rule.headers.remaining, String(standing.remaining))
            add(rule.headers.retry, String(standing.retry))
            let needsNone = turn.request.operation.map { isOpen($0) } ?? false
            add(rule.headers.type, needsNone ? rule.withoutCredentials : rule.withCredentials)
        }
        if let rule = behaviour?.idempotency, let isReplay = turn.isReplay {
            add(rule.echo, turn.request.header(rule.header) ?? "")
            add(rule.flag?.header, (isReplay ? rule.flag?.again : rule.flag?.first) ?? "")
        }
        if let type = answer.body.contentType {
            fields.insert(HeaderField(name: "Content-Type", value: type), at: 0)
        }
        addDocumented(&fields, answer, turn)
        if answer.status == 401, !fields.contains(where: { $0.isNamed("www-authenticate") }) {
            fields.append(HeaderField(name: "WWW-Authenticate", value: challenges(turn)))
        }
        return ResponseMessage(status: answer.status, headers: fields, body: answer.body.bytes)
    }

    // MARK: Headers of the document

    /// Adds the documented headers that nothing has set. A behaviour file decides which optional headers there are.
    private func addDocumented(_ fields: inout [HeaderField], _ answer: Answer, _ turn: Turn) {
        guard let operation = turn.request.operation, let response = operation.response(status: answer.status),
            !response.headers.isEmpty
        else { return }
        for header in response.headers where !header.isIgnored && (header.isRequired || behaviour == nil) {
            guard !fields.contains(where: { $0.isNamed(header.name) }) else { continue }
            guard let value = value(of: header, in: response, operation, answer, turn) else { continue }
            fields.append(HeaderField(name: header.name, value: headerSafe(value)))
        }
    }

    private func value(
        of header: Header, in response: OpenAPI.Response, _ operation: OpenAPI.Operation, _ answer: Answer, _ turn: Turn
    ) -> String? {
        let name = header.name.lowercased()
        switch name {
        // The values of these belong to the message and not to the document (RFC 9110, sections 6.6.1 and 8.6).
        case "content-length": return answer.status == 204 ? nil : String(answer.body.bytes.count)
        case "date": return turn.now.httpDate
        // A value that is not true would make the message unreadable, or end the connection.
        case "content-encoding": return header.isRequired ? "identity" : nil
        case "transfer-encoding", "connection", "keep-alive", "upgrade", "trailer", "te",
            "proxy-connection":
            return nil
        case "location":
            let created = location(operation, answer, turn).first { accepts($0, header) }
            if let created { return created }
        case "www-authenticate" where answer.status == 401 && header.example == nil:
            let challenges = challenges(turn)
            if accepts(challenges, header) { return challenges }
        default: break
        }
        let source = documentAnswer(turn, for: operation)
        guard header.example == nil, isOpen(header), let usual = usualValue(name, turn), accepts(usual, header) else {
            return source.value(of: header, in: response)
        }
        return usual
    }

    /// Whether a schema leaves the text of a header open, so that a made value would be random letters.
    private func isOpen(_ header: Header) -> Bool {
        guard let view = header.valueSchema?.view else { return false }
        return header.content == nil && view.example == nil && view.defaultValue == nil && view.enumeration.isEmpty
    }

    /// What well-known headers usually say.
    private func usualValue(_ name: String, _ turn: Turn) -> String? {
        switch name {
        case "etag": return "\"1\""
        case "last-modified", "expires": return turn.now.httpDate
        case "retry-after": return "1"
        case "cache-control": return "no-store"
        case "link": return "<\(turn.request.message.path)>; rel=\"self\""
        case "location", "content-location": return turn.request.message.path
        case "set-cookie": return "session=mock"
        case "content-language": return "en"
        case "content-disposition": return "attachment"
        case "vary": return "Accept"
        case "allow": return turn.request.method
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

    /// Where a created resource can be fetched, as a path and as an absolute URL: the best for the schema comes first.
    private func location(_ operation: OpenAPI.Operation, _ answer: Answer, _ turn: Turn) -> [String] {
        guard answer.status == 201 || answer.status == 202, operation.method == "POST" else { return [] }
        let prefix = operation.path + (operation.path.hasSuffix("/") ? "{" : "/{")
        let item = contract.operations.first { other in
            other.path.hasPrefix(prefix) && other.path.hasSuffix("}")
                && !other.path.dropFirst(prefix.count).contains("/")
        }
        guard let item, let parameter = item.parameters.last(where: { $0.place == .path })?.name,
            let body = try? JSONDocument(parsing: answer.body.bytes).root.value, let id = Self.id(parameter, in: body)
        else { return [] }
        var path = turn.request.message.path
        if !path.hasSuffix("/") { path += "/" }
        path += ParameterCodec.percentEncode(id)
        let host = turn.request.header("host").map { headerSafe($0) } ?? "mock"
        return [path, "http://\(host)\(path)"]
    }

    /// The id of a resource: the member that is named like the parameter, else `id`; at the top or in an envelope.
    private static func id(_ parameter: String, in body: JSONValue) -> String? {
        guard case .object(let object) = body else { return nil }
        let folded = { (name: String) in name.lowercased().filter { $0 != "_" && $0 != "-" } }
        let objects = [object] + object.members.compactMap(\.value.object)
        for wanted in [folded(parameter), "id", "uuid"] {
            for object in objects {
                let member = object.members.first { member in
                    folded(member.name) == wanted && (member.value.kind == .string || member.value.kind == .number)
                }
                if let member { return plainText(member.value) }
            }
        }
        return nil
    }

    // MARK: WWW-Authenticate

    /// The challenges of a 401 (RFC 9110, section 11.6.1): one for each scheme that the operation may be called with.
    private func challenges(_ turn: Turn) -> String {
        let wanted = turn.request.operation?.security.flatMap(\.schemes) ?? []
        let schemes = contract.securitySchemes.filter { wanted.isEmpty || wanted.contains($0.name) }
        var challenges: [String] = []
        for scheme in schemes {
            guard let challenge = challenge(scheme, turn), !challenges.contains(challenge) else { continue }
            challenges.append(challenge)
        }
        return challenges.isEmpty ? "Bearer" : challenges.joined(separator: ", ")
    }

    private func challenge(_ scheme: SecurityScheme, _ turn: Turn) -> String? {
        switch scheme.kind {
        case .http("basic"): return "Basic realm=\"mock\", charset=\"UTF-8\""
        case .http("bearer"), .oauth2, .openIdConnect:
            // RFC 6750, section 3.1: the error is named where a token was sent.
            let isTokenSent = turn.request.header("authorization")?.lowercased().hasPrefix("bearer ") == true
            return "Bearer realm=\"mock\"" + (isTokenSent ? ", error=\"invalid_token\"" : "")
        case .http("digest"): return "Digest realm=\"mock\", qop=\"auth\", algorithm=SHA-256, nonce=\"mock\""
        case .http(let name): return headerSafe(name) + " realm=\"mock\""
        // No scheme is registered for keys; this one is in common use.
        case .apiKey(let name, let place):
            let quotable = name.unicodeScalars.allSatisfy { $0.isASCII && $0 != "\"" && $0 != "\\" }
            return "ApiKey realm=\"mock\""
                + (quotable ? ", in=\"\(place.rawValue)\", name=\"\(headerSafe(name))\"" : "")
        case .mutualTLS: return nil
        }
    }
}
