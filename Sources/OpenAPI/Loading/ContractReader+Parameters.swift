internal import Diagnostics
internal import JSONDocument
internal import Primitives

extension ContractReader {
    mutating func readParameters(_ list: DocumentNode?) -> [Parameter] {
        guard let list = inner(list), list.node.kind == .array else { return [] }
        var parameters: [Parameter] = []
        for element in list.elements {
            guard let value = resolved(element), let parameter = readParameter(value) else { continue }
            if parameters.contains(where: { $0.place == parameter.place && $0.isNamed(parameter.name) }) {
                report(
                    "parameter.twice",
                    .error,
                    "the \(parameter.place.rawValue) parameter '\(parameter.name)' is declared twice",
                    at: element
                )
                continue
            }
            parameters.append(parameter)
        }
        return parameters
    }

    /// The parameters that cannot be read.
    func unreadParameters(_ list: DocumentNode?) -> [UnreadReference] {
        guard let list = inner(list), list.node.kind == .array else { return [] }
        return list.elements.compactMap { unread($0, part: "a parameter") }
    }

    mutating func readParameter(_ value: DocumentNode) -> Parameter? {
        once(value) { reader in reader.makeParameter(value) }
    }

    private mutating func makeParameter(_ value: DocumentNode) -> Parameter? {
        guard let name = value.text("name"), !name.utf8.isEmpty else {
            report("parameter.name", .error, "the parameter has no name", at: value)
            return nil
        }
        let version = documents.version(of: value)
        guard let place = parameterPlace(of: value, named: name, version: version) else { return nil }
        let style = parameterStyle(of: value, named: name, place: place, version: version)
        let content = value["content"].flatMap { $0.node.kind == .object ? readContent($0).first : nil }
        checkDescription(of: value, what: "parameter \"\(name)\"", isWhole: place == .querystring)
        if place == .path, value.flag("required") != true {
            report(
                "parameter.path-required",
                .error,
                "the path parameter '\(name)' must have `required: true`",
                at: value
            )
        }
        let ignored = ["accept", "content-type", "authorization"]
        let isTransport = place == .header && Parameter.transportFields.contains { $0.equalsIgnoringASCIICase(name) }
        let isIgnored = isTransport || place == .header && ignored.contains { $0.equalsIgnoringASCIICase(name) }
        if isTransport {
            report(
                "parameter.transport",
                .note,
                "the header parameter '\(name)' has no effect: the HTTP client sets this header",
                at: value,
                help: "remove it"
            )
        } else if isIgnored {
            report(
                "parameter.ignored",
                .note,
                "the header parameter '\(name)' has no effect",
                at: value,
                help: "declare media types with `content` and credentials with `security`"
            )
        }
        return Parameter(
            name: name,
            place: place,
            isRequired: value.flag("required") ?? (place == .path),
            serialization: ParameterSerialization(
                style: style,
                explode: value.flag("explode") ?? (style == .form || style == .cookie),
                allowReserved: value.flag("allowReserved") ?? false,
                allowEmptyValue: value.flag("allowEmptyValue") ?? false,
                explodesDeepObjects: version >= .v32),
            schema: content == nil ? schema(value["schema"]) : nil,
            content: content,
            example: readExamples(value).first?.value,
            isDeprecated: value.flag("deprecated") ?? false,
            isIgnored: isIgnored,
            location: documents.location(of: value)
        )
    }

    private mutating func parameterPlace(
        of value: DocumentNode,
        named name: String,
        version: OpenAPIVersion
    ) -> ParameterPlace? {
        let text = value.text("in")
        guard let place = text.flatMap({ ParameterPlace(rawValue: $0) }), place != .querystring || version >= .v32
        else {
            let found = text.map { "\"\(Reference.excerpt($0))\"" } ?? "nothing"
            report(
                "parameter.in",
                .error,
                "`in` of the parameter '\(name)' must be path, query, header or cookie, found \(found)",
                at: value["in"] ?? value
            )
            return nil
        }
        return place
    }

    private mutating func parameterStyle(
        of value: DocumentNode,
        named name: String,
        place: ParameterPlace,
        version: OpenAPIVersion
    ) -> ParameterStyle {
        let usual: ParameterStyle = place == .path || place == .header ? .simple : .form
        guard let text = value.text("style") else { return usual }
        let legal: [ParameterStyle] =
            switch place {
            case .path: [.simple, .label, .matrix]
            case .query, .querystring: [.form, .spaceDelimited, .pipeDelimited, .deepObject]
            case .header: [.simple]
            case .cookie: version >= .v32 ? [.form, .cookie] : [.form]
            }
        guard let style = ParameterStyle(rawValue: text), legal.contains(style) else {
            let names = legal.map(\.rawValue).joined(separator: ", ")
            report(
                "parameter.style",
                .error,
                "the \(place.rawValue) parameter '\(name)' has the style '\(Reference.excerpt(text))',"
                    + " but supports only \(names)",
                at: value["style"] ?? value
            )
            return usual
        }
        return style
    }

    /// The value is described by either a schema or one media type (OpenAPI 3.1.1, section 4.8.12.2).
    mutating func checkDescription(of value: DocumentNode, what: String, isWhole: Bool) {
        let hasSchema = value["schema"] != nil
        let content = value["content"]
        if hasSchema, content != nil {
            report("parameter.schema", .error, "the \(what) has both `schema` and `content`", at: value)
        } else if !hasSchema, content == nil {
            report("parameter.schema", .error, "the \(what) has neither `schema` nor `content`", at: value)
        } else if let content, content.node.kind == .object, content.members.count != 1 {
            report(
                "parameter.schema", .error, "the content of the \(what) must have exactly one media type", at: content)
        } else if isWhole, hasSchema {
            report("parameter.schema", .error, "the \(what) requires `content`, not `schema`", at: value)
        }
    }

    mutating func readHeader(_ value: DocumentNode, name: String) -> Header? {
        guard let declared = resolved(value) else { return nil }
        let shared = once(declared) { reader in reader.makeHeader(declared, name: name) }
        return shared.map { $0.name.isSame(as: name) ? $0 : $0.named(name) }
    }

    /// - Parameter name: The name at the place where the header is used; a shared declaration has none of its own.
    private mutating func makeHeader(_ value: DocumentNode, name: String) -> Header {
        checkDescription(of: value, what: "header", isWhole: false)
        let content = value["content"].flatMap { $0.node.kind == .object ? readContent($0).first : nil }
        let style = value.text("style")
        if let style, style != "simple" {
            report(
                "parameter.style",
                .error,
                "the header has the style '\(Reference.excerpt(style))', but supports only simple",
                at: value["style"] ?? value
            )
        }
        return Header(
            name: name,
            isRequired: value.flag("required") ?? false,
            explode: value.flag("explode") ?? false,
            schema: content == nil ? schema(value["schema"]) : nil,
            content: content,
            example: readExamples(value).first?.value,
            isIgnored: name.equalsIgnoringASCIICase("content-type"),
            hasLegalStyle: style == nil || style == "simple",
            location: documents.location(of: value)
        )
    }
}
