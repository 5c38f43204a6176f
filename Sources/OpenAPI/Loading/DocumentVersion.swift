internal import Diagnostics
internal import JSONDocument
internal import Primitives
internal import SourceText

/// The OpenAPI version of a document.
struct DocumentVersion {
    let text: String
    let edition: OpenAPIVersion

    private static let documentHelp =
        "name the OpenAPI document, in YAML or JSON: its field `openapi` contains a version such as 3.1.0"

    /// Returns the version of an OpenAPI document if it is supported; throws otherwise.
    static func check(_ source: SourceFile) throws(SourceError) -> DocumentVersion {
        let root = source.document.root
        guard root.kind == .object else {
            throw refusal(
                "openapi.not-a-document",
                "an OpenAPI document must be an object, but the file contains \(root.kind.described)",
                at: root,
                of: source,
                help: documentHelp
            )
        }
        if let swagger = root["swagger"] {
            throw refusal(
                "openapi.version",
                "Swagger \(swagger.string ?? swagger.spelling) is not supported; use OpenAPI 3.0, 3.1 or 3.2",
                at: swagger,
                of: source,
                help: "convert the document to OpenAPI 3.0 or later"
            )
        }
        guard let openapi = root["openapi"] else {
            let other = root["overlay"] == nil ? "the field `openapi` is missing" : "it is an overlay"
            throw refusal(
                "openapi.not-a-document",
                "the file is not an OpenAPI document: \(other)",
                at: root,
                of: source,
                help: documentHelp
            )
        }
        guard let text = openapi.string else {
            throw refusal(
                "openapi.version",
                "`openapi` must be a string such as \"3.1.0\", found \(openapi.kind.described)",
                at: openapi,
                of: source,
                help: "quote the version"
            )
        }
        guard let edition = OpenAPIVersion(declared: text) else {
            throw refusal(
                "openapi.version",
                "OpenAPI \(Reference.excerpt(text)) is not supported; use 3.0, 3.1 or 3.2",
                at: openapi,
                of: source
            )
        }
        return DocumentVersion(text: withoutBlanks(text), edition: edition)
    }

    /// The mistakes in a version that can be read anyway.
    static func problems(of source: SourceFile) -> [Diagnostic] {
        guard let openapi = source.document.root["openapi"], let text = openapi.string else { return [] }
        let plain = withoutBlanks(text)
        let parts = plain.split(separator: ".", maxSplits: 2, omittingEmptySubsequences: false)
        let isPatch = parts.count == 3 && parts[2].utf8.first.map(\.isASCIIDigit) ?? false
        let hasBlanks = plain.utf8.contains { $0 <= 0x20 }
        guard plain.utf8.count != text.utf8.count || !isPatch || hasBlanks else { return [] }
        let wrong = plain.utf8.count != text.utf8.count || hasBlanks ? "contains spaces" : "has no patch number"
        let release = parts.prefix(2).joined(separator: ".") + ".0"
        return [
            Diagnostic(
                "openapi.version",
                .warning,
                "the version '\(Reference.excerpt(text))' \(wrong), which OpenAPI does not allow",
                at: source.location(of: openapi),
                place: "#/openapi",
                help: "write \"\(isPatch && !hasBlanks ? plain : release)\""
            )
        ]
    }

    /// The text without whitespace at its ends.
    static func withoutBlanks(_ text: String) -> String {
        let start = text.utf8.drop { $0 <= 0x20 }
        let end = start.lastIndex { $0 > 0x20 }.map { start.index(after: $0) } ?? start.startIndex
        return String(Substring(start[..<end]))
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
