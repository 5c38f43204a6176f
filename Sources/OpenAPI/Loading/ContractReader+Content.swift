internal import Diagnostics
internal import JSONDocument

extension ContractReader {
    /// The media types of a body, in the order of the document; malformed ones are reported and skipped.
    mutating func readContent(_ value: DocumentNode?) -> [MediaType] {
        guard let value = inner(value), value.node.kind == .object, value.reference == nil else { return [] }
        var content: [MediaType] = []
        for member in value.members {
            guard let range = MediaTypeName(member.name) else {
                report(
                    "media-type.malformed",
                    .error,
                    "'\(Reference.excerpt(member.name))' is not a valid media type such as application/json or text/*",
                    at: member.value
                )
                continue
            }
            guard let described = resolved(member.value) else { continue }
            let shared = once(described) { reader in reader.makeMediaType(described, range: range) }
            content.append(shared.range == range ? shared : shared.named(range))
        }
        return content
    }

    private mutating func makeMediaType(_ value: DocumentNode, range: MediaTypeName) -> MediaType {
        MediaType(
            range: range,
            schema: schema(value["schema"]),
            itemSchema: schema(value["itemSchema"]),
            examples: readExamples(value),
            encodings: readEncodings(value["encoding"]),
            prefixEncodings: inner(value["prefixEncoding"])?.elements.compactMap { readEncoding($0, of: "") } ?? [],
            itemEncoding: value["itemEncoding"].flatMap { readEncoding($0, of: "") },
            location: documents.location(of: value)
        )
    }

    /// The encodings of the members of a form; a style that is invalid for forms is reported by lint.
    private mutating func readEncodings(_ value: DocumentNode?) -> [FieldEncoding] {
        guard let value = inner(value), value.node.kind == .object else { return [] }
        return value.entries.compactMap { readEncoding($0.value, of: $0.name) }
    }

    private mutating func readEncoding(_ value: DocumentNode, of name: String) -> FieldEncoding? {
        guard let encoding = resolved(value) else { return nil }
        let styles: [ParameterStyle] = [.form, .spaceDelimited, .pipeDelimited, .deepObject]
        return FieldEncoding(
            name: name,
            contentType: encoding.text("contentType"),
            style: encoding.text("style").flatMap { text in styles.first { $0.rawValue == text } },
            explode: encoding.flag("explode"),
            allowReserved: encoding.flag("allowReserved"),
            headers: readHeaders(encoding["headers"]).filter { !$0.isIgnored },
            explodesDeepObjects: documents.version(of: encoding) >= .v32,
            location: documents.location(of: encoding)
        )
    }

    /// The examples of a media type, parameter or header.
    mutating func readExamples(_ value: DocumentNode) -> [NamedExample] {
        var examples: [NamedExample] = []
        if let example = value["example"] {
            examples.append(
                NamedExample(
                    name: nil, value: example.node, location: documents.location(of: example), serialized: nil)
            )
            if let other = value["examples"] {
                report("example.both", .warning, "`example` and `examples` cannot be combined", at: other)
            }
        }
        guard let named = inner(value["examples"]), named.node.kind == .object else { return examples }
        for member in named.members {
            guard let example = resolved(member.value) else { continue }
            if let external = example["externalValue"] {
                report("example.external", .warning, "the external example is not loaded", at: external)
            }
            let serialized = example["serializedValue"]
            guard let content = example["dataValue"] ?? example["value"] ?? serialized else { continue }
            examples.append(
                NamedExample(
                    name: member.name, value: content.node, location: documents.location(of: content),
                    serialized: serialized?.node.string)
            )
        }
        return examples
    }
}
