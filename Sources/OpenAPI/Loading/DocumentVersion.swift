internal import Diagnostics
internal import JSONDocument
internal import SourceText

/// Which specification a document follows.
struct DocumentVersion {
    let text: String
    let edition: OpenAPIVersion

    /// The version of an OpenAPI document that can be read; anything else is refused.
    static func check(_ source: SourceFile) throws(SourceError) -> DocumentVersion {
        let root = source.document.root
        guard root.kind == .object else {
            throw refusal(
                "openapi.not-a-document",
                "the file holds \(root.kind.described), where an OpenAPI document is an object",
                at: root,
                of: source
            )
        }
        if let swagger = root["swagger"] {
            throw refusal(
                "openapi.version",
                "Swagger \(swagger.string ?? swagger.spelling) is not supported; OpenAPI 3.0, 3.1 and 3.2 are",
                at: swagger,
                of: source,
                help: "convert the document to OpenAPI 3.0 or later"
            )
        }
        guard let openapi = root["openapi"] else {
            let other = root["overlay"] == nil ? "the field \"openapi\" is missing" : "it is an overlay"
            throw refusal(
                "openapi.not-a-document",
                "the file is no OpenAPI document: \(other)",
                at: root,
                of: source
            )
        }
        guard let text = openapi.string else {
            throw refusal(
                "openapi.version",
                "\"openapi\" is \(openapi.kind.described), where text such as \"3.1.0\" belongs",
                at: openapi,
                of: source,
                help: "write the version in quotes"
            )
        }
        guard let edition = OpenAPIVersion(declared: text) else {
            throw refusal(
                "openapi.version",
                "OpenAPI \(Reference.excerpt(text)) is not supported; 3.0, 3.1 and 3.2 are",
                at: openapi,
                of: source
            )
        }
        return DocumentVersion(text: text, edition: edition)
    }

    private static func refusal(
        _ rule: String,
        _ message: String,
        at node: JSONNode,
        of source: SourceFile,
        help: String? = nil
    ) -> SourceError {
        SourceError(Diagnostic(rule, .error, message, at: source.location(of: node), help: help))
    }
}
