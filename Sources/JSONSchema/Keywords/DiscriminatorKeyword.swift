import JSONDocument

/// `oneOf` or `anyOf` with a `discriminator`: a member of the value says which alternative it has to satisfy.
struct Discriminator {
    /// The member that decides.
    let property: UnsafePointer<JSONNameKey>
    /// The values that select an alternative: names in `mapping` first, then names of the alternatives.
    let names: NameTable
    let texts: Slice<UnsafePointer<JSONNameKey>>
    let targets: Slice<NodeReference>
    /// What holds when the member is missing or selects nothing (`defaultMapping`, OpenAPI 3.2).
    let fallback: NodeReference?
    /// The alternatives themselves, for values that are no objects.
    let branches: Slice<NodeReference>
    let isOne: Bool

    /// What a value selects.
    enum Choice {
        case schema(NodeReference)
        /// The value is no object: the alternatives decide as if there were no discriminator.
        case everything
        case missing
        case notText(Int)
        case unknown(Int)
    }

    func forEachTarget(_ body: (NodeReference) -> Void) {
        branches.array.forEach(body)
        targets.array.forEach(body)
        if let fallback { body(fallback) }
    }

    func choice(_ tape: JSONTape, _ entry: Int) -> Choice {
        guard tape.kind(at: entry) == .object else { return .everything }
        guard let value = tape.value(of: entry, named: property.pointee) else {
            return fallback.map { .schema($0) } ?? .missing
        }
        guard tape.kind(at: value) == .string else { return fallback.map { .schema($0) } ?? .notText(value) }
        let number = names.find(tape, value)
        if number >= 0 { return .schema(targets[number]) }
        return fallback.map { .schema($0) } ?? .unknown(value)
    }
}

extension Checker {
    mutating func checkDiscriminated(
        _ discriminator: UnsafePointer<Discriminator>, _ entry: Int, _ root: NodeReference
    ) -> Verdict {
        switch discriminator.pointee.choice(tape, entry) {
        case .schema(let target): return check(target, entry, root: root)
        case .missing, .notText, .unknown: return .invalid
        case .everything:
            let branches = discriminator.pointee.branches
            return discriminator.pointee.isOne ? checkOne(branches, entry, root) : checkAny(branches, entry, root)
        }
    }
}

extension SchemaCompiler {
    /// Reads `discriminator`, which decides only beside `oneOf` or `anyOf`.
    func discriminator(
        _ schema: inout KeywordReader, any: [NodeReference], one: [NodeReference]
    ) -> UnsafePointer<Discriminator>? {
        guard schema.vocabularies.contains(.openAPI), let keyword = schema.object("discriminator") else { return nil }
        guard let property = keyword["propertyName"]?.string else {
            schema.complain("discriminator", Messages.discriminatorWithoutName)
            return nil
        }
        let isOne = !one.isEmpty
        let branches = isOne ? one : any
        guard !branches.isEmpty else { return nil }
        var names: [String] = []
        var targets: [NodeReference] = []
        if let mapping = keyword["mapping"] {
            for member in mapping.members {
                guard let text = member.value.string else {
                    schema.complain("discriminator", Messages.mappingNotText(member.name))
                    continue
                }
                guard let target = mappedSchema(text, &schema) else { continue }
                names.append(member.name)
                targets.append(target)
            }
        }
        for (branch, element) in zip(branches, schema.node[isOne ? "oneOf" : "anyOf"].map { Array($0.elements) } ?? [])
        {
            guard let reference = element["$ref"]?.string, let name = Self.implicitName(reference) else { continue }
            names.append(name)
            targets.append(branch)
        }
        let fallback = keyword["defaultMapping"]?.string.flatMap { mappedSchema($0, &schema) }
        let table = NameTable(names.map { Array($0.utf8) })
        releases.append { table.release() }
        let texts = names.map { UnsafePointer(memory.store(JSONNameKey($0))) }
        return UnsafePointer(
            memory.store(
                Discriminator(
                    property: UnsafePointer(memory.store(JSONNameKey(property))), names: table,
                    texts: memory.store(all: texts), targets: memory.store(all: targets), fallback: fallback,
                    branches: memory.store(all: branches), isOne: isOne)))
    }

    /// A mapping value is the name of a component or a reference; what could be both is a name (OpenAPI 3.0.4 §4.7.25).
    private func mappedSchema(_ text: String, _ schema: inout KeywordReader) -> NodeReference? {
        let isName =
            !text.isEmpty
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
        if isName {
            let document = index.documents.entries[schema.source.document].document
            if let component = document.root["components"]?["schemas"]?[text] {
                return reference(to: SchemaSource(document: schema.source.document, entry: component.tapeIndex))
            }
            // Without an extension it is hardly the name of a file.
            guard text.utf8.contains(UInt8(ascii: ".")) else {
                schema.complain("discriminator", Messages.mappingUnknown(text))
                return nil
            }
        }
        return schema.target(of: text, keyword: "discriminator")
    }

    /// The last step of a reference, which is the name of the component that it leads to.
    private static func implicitName(_ reference: String) -> String? {
        guard let fragment = URIReference(reference).fragment.flatMap(URIReference.percentDecoded) else { return nil }
        return JSONPointer(fragment)?.tokens.last
    }
}
