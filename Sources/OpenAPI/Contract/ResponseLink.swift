internal import JSONDocument
internal import Primitives

/// A link of a response (OpenAPI 3.1.1, section 4.8.20): a parameter of another operation, and the source of its value.
public struct ResponseLink: Sendable, Hashable {
    /// The part of the exchange given by a runtime expression (OpenAPI 3.1.1, section 4.8.20.4).
    public enum Source: Sendable, Hashable {
        /// A place in the response body.
        case responseBody([String])
        /// A response header.
        case responseHeader(String)
        /// A place in the request body.
        case requestBody([String])
        /// A path parameter of the request.
        case requestPath(String)
        /// A query parameter of the request.
        case requestQuery(String)
    }

    /// The operationId of the linked operation, otherwise its ``Operation/key``.
    public let operation: String
    /// The name of the linked operation's parameter.
    public let parameter: String
    /// The source of the value.
    public let source: Source

    /// The links of a Link Object; empty if it names no operation of this document.
    static func links(operationId: String?, operationRef: String?, parameters: [(name: String, text: String)]) -> [Self]
    {
        guard let operation = operationId ?? operationRef.flatMap(key) else { return [] }
        return parameters.compactMap { parameter in
            guard let source = source(parameter.text) else { return nil }
            return ResponseLink(operation: operation, parameter: bareName(parameter.name), source: source)
        }
    }

    /// The method and path of a reference into `paths`: `#/paths/~1orders~1{id}/get` is `GET /orders/{id}`.
    private static func key(_ reference: String) -> String? {
        guard reference.utf8.first == UInt8(ascii: "#"),
            let pointer = JSONPointer(uriFragment: String(reference.dropFirst())), pointer.tokens.count == 3,
            pointer.tokens[0].isSame(as: "paths")
        else { return nil }
        return "\(pointer.tokens[2].uppercased()) \(pointer.tokens[1])"
    }

    /// `path.id` is the path parameter `id`.
    private static func bareName(_ name: String) -> String {
        for place in ["path.", "query.", "header.", "cookie."] where name.utf8.starts(with: place.utf8) {
            return String(name.dropFirst(place.count))
        }
        return name
    }

    private static func source(_ text: String) -> Source? {
        func rest(_ prefix: String) -> String? {
            text.utf8.starts(with: prefix.utf8) ? String(text.dropFirst(prefix.count)) : nil
        }
        if let name = rest("$response.header.") { return .responseHeader(name) }
        if let name = rest("$request.path.") { return .requestPath(name) }
        if let name = rest("$request.query.") { return .requestQuery(name) }
        if let pointer = rest("$response.body#").flatMap({ JSONPointer(uriFragment: $0) }), !pointer.tokens.isEmpty {
            return .responseBody(pointer.tokens)
        }
        if let pointer = rest("$request.body#").flatMap({ JSONPointer(uriFragment: $0) }), !pointer.tokens.isEmpty {
            return .requestBody(pointer.tokens)
        }
        return nil
    }
}
