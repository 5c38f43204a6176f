internal import Diagnostics
internal import JSONDocument

/// Reports incomplete objects that are usable nevertheless: nothing is judged by the missing field.
extension DocumentLint {
    /// Reports the fields that the specification requires (OpenAPI 3.1.1, section 4.8) and that loading does not need.
    mutating func lintRequiredFields(_ item: ReferenceCrawl.Item) {
        let value = item.value
        guard value.node.kind == .object, value.reference == nil else { return }
        switch item.kind {
        case .response where documents.version(of: value) < .v32: require("description", of: item)
        case .license, .tag: require("name", of: item)
        case .externalDocumentation: require("url", of: item)
        case .securityScheme: lintSecurityScheme(value)
        case .requestBody:
            guard let content = value["content"], content.node.kind == .object, content.node.count == 0 else { return }
            report(
                "body.content", "the request body lists no media type", at: content, severity: .warning,
                help: "add a media type to `content`")
        default: break
        }
    }

    private mutating func require(_ field: String, of item: ReferenceCrawl.Item) {
        guard item.value[field] == nil else { return }
        report(
            "openapi.required-field", "\(item.kind.described) requires `\(field)`", at: item.value,
            help: "add `\(field)`")
    }

    /// Reports schemes of a valid type without the fields that only their users need.
    private mutating func lintSecurityScheme(_ value: DocumentNode) {
        let message: String
        switch value.text("type") {
        case "oauth2" where value["flows"] == nil: message = "an oauth2 scheme requires `flows`"
        case "openIdConnect" where value["openIdConnectUrl"] == nil:
            message = "an openIdConnect scheme requires `openIdConnectUrl`"
        case "mutualTLS" where documents.version(of: value) == .v30:
            message = "the type mutualTLS was added in OpenAPI 3.1"
        default: return
        }
        report("security.scheme", message, at: value, severity: .warning)
    }

    /// Reports a response header that is ignored (OpenAPI 3.1.1, section 4.8.17.1).
    mutating func lintIgnoredHeaders(_ headers: DocumentNode) {
        guard headers.node.kind == .object else { return }
        for (name, value) in headers.members where name.lowercased() == "content-type" {
            report(
                "response.header-ignored", "the header \(name) is ignored, because `content` describes it", at: value)
        }
    }

    /// Reports each tag that `tags` declares again (OpenAPI 3.1.1, section 4.8.1).
    mutating func lintRepeatedTags(_ root: DocumentNode) {
        guard let tags = root["tags"], tags.node.kind == .array else { return }
        var first: [JSONNameKey: DocumentNode] = [:]
        for tag in tags.elements {
            guard let name = tag.text("name") else { continue }
            guard let other = first[JSONNameKey(name)] else {
                first[JSONNameKey(name)] = tag
                continue
            }
            report(
                "tag.twice", "the tag '\(Reference.excerpt(name))' is declared twice", at: tag,
                related: [Diagnostic.Related("the first declaration", at: documents.location(of: other))])
        }
    }
}
