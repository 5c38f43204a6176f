internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives

extension DocumentLint {
    /// Checks whether bodies of the described media type can exist.
    mutating func lintMediaType(_ item: DocumentNode) {
        guard let value = resolved(item), value.reference == nil,
            let name = value.pointer.tokens.last.flatMap({ MediaTypeName($0) })
        else { return }
        let view = value["schema"].flatMap { schema($0)?.view }
        if name.type == "text", name.sequenceForm == nil, let kinds = view?.kinds, !kinds.isEmpty,
            !kinds.contains(.string)
        {
            report(
                "media-type.text", "a body of \(name.type)/\(name.subtype) is text, but the schema allows no string",
                at: value)
        }
        guard let encoding = value["encoding"], encoding.node.kind == .object else { return }
        guard name.isForm || name.type == "multipart" || name.isRange else {
            return report("media-type.encoding", "`encoding` has no effect on bodies that are not forms", at: encoding)
        }
        if name.isForm, let view { lintEncodings(encoding, view) }
        guard let view, !view.propertyNames.isEmpty else { return }
        for member in encoding.members where !member.name.isExtensionName && view.property(member.name) == nil {
            report(
                "media-type.encoding",
                "the encoding '\(Reference.excerpt(member.name))' names no property of the schema",
                at: member.value,
                help: nearestName(to: member.name, among: view.propertyNames).map { "did you mean `\($0)`?" }
            )
        }
    }

    /// Checks that the mapping of a discriminator refers to schemas, and that every alternative declares its property.
    mutating func lintDiscriminator(of value: DocumentNode) {
        guard let discriminator = value["discriminator"], let name = discriminator.text("propertyName") else { return }
        // The compiler has already reported mistakes in the mapping.
        let notes = (try? schema(value)?.compiled())?.notes ?? []
        let isReported = notes.contains { $0.rule == "schema.discriminator" }
        for member in !isReported ? discriminator["mapping"]?.members ?? [] : [] {
            guard let text = member.value.node.string, !leads(text, from: member.value) else { continue }
            report(
                "schema.discriminator",
                "the mapping of '\(Reference.excerpt(member.name))' leads nowhere: \(Reference.excerpt(text))",
                at: member.value,
                help: nearestName(to: text, among: contract.schemaNames).map { "did you mean `\($0)`?" }
            )
        }
        for keyword in ["oneOf", "anyOf"] {
            guard let list = value[keyword], list.node.kind == .array else { continue }
            for alternative in list.elements.prefix(200) {
                guard let view = schema(alternative)?.view, !view.propertyNames.isEmpty else { continue }
                guard view.property(name) == nil else { continue }
                report(
                    "schema.discriminator",
                    "the alternative does not declare '\(Reference.excerpt(name))', which selects it",
                    at: alternative,
                    help: "declare and require the property in the alternative"
                )
            }
        }
    }

    /// Whether an entry of a mapping can be resolved; in other files, only the parts that were read are known.
    private func leads(_ text: String, from value: DocumentNode) -> Bool {
        if contract.schemaNames.contains(where: { $0.isSame(as: text) }) { return true }
        guard let reference = try? Reference(text, in: documents.documents[value.document].path) else { return false }
        switch reference.target {
        case .sameDocument:
            guard let pointer = JSONPointer(reference.fragment ?? "") else { return true }
            return documents.root(of: value.document).node.node(at: pointer) != nil
        case .file(let path, _):
            // A plain name is intended as the name of a schema, and no file has this name.
            return documents.documents.contains { $0.path.isSame(as: path) }
                || text.utf8.contains(UInt8(ascii: "/"))
        case .absolute:
            return true
        }
    }
}
