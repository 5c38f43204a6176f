internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import Primitives
internal import SourceText

extension ReferenceCrawl {
    mutating func visitSchema(_ item: Item) {
        if item.isRoot { schemaRoots.append(item.value) }
        let version = documents.version(of: item.value)
        guard item.value.node.kind == .object else {
            let isBoolean = version >= .v31 && item.value.node.kind == .boolean
            if item.isRoot, !isBoolean {
                report(
                    "openapi.shape",
                    .error,
                    "expected a schema, found \(item.value.node.kind.described)",
                    at: item.value
                )
            }
            return
        }
        // Most schemas only describe a value.
        guard SchemaChildren.mayExist(in: item.value) else { return }
        let children = SchemaChildren(of: item.value)
        var hasOwnBase = item.hasOwnBase
        if version >= .v31, let identifier = children.identifier {
            note(identifier: identifier, in: item.value.document)
            hasOwnBase = identifier.utf8.first != UInt8(ascii: "#")
        }
        if let reference = children.reference {
            followSchema(reference, hasOwnBase: hasOwnBase)
            if version == .v30 { return }
        }
        if let mapping = children.discriminator?["mapping"], mapping.node.kind == .object {
            for member in mapping.members { loadMapping(member.value) }
        }
        for map in hasOwnBase ? [] : children.referredMaps {
            misplaced.append(("the field `\(map.name)`", map.reference))
            followMap(map.value, map.reference)
        }
        for (child, isBranch) in children.schemas.reversed() {
            pending.append(
                Item(value: child, kind: .schema, hasOwnBase: hasOwnBase, isRoot: false, isBranch: isBranch))
        }
    }

    /// Continues with the schemas of a referenced map.
    private mutating func followMap(_ map: DocumentNode, _ reference: DocumentNode) {
        var (map, reference) = (map, reference)
        var seen: Set<NodeKey> = []
        while seen.insert(map.key).inserted {
            guard let text = reference.node.string, let target = resolve(text, reference, isSchema: false) else {
                return
            }
            guard let pointer = JSONPointer(target.fragment), let value = node(at: pointer, of: target.document),
                value.node.kind == .object
            else {
                return report(
                    "reference.unresolved", .error,
                    "the reference \"\(Reference.excerpt(text))\" leads to no schemas by name", at: reference)
            }
            guard let next = value.reference, next.node.kind == .string else {
                for schema in value.branches where schema.node.kind == .object {
                    pending.append(Item(value: schema, kind: .schema, isRoot: false))
                }
                return
            }
            (map, reference) = (value, next)
        }
        report(
            "reference.cycle", .error, "the reference leads back to itself and never to a value", at: reference)
    }

    mutating func note(identifier: String, in document: Int) {
        let text = identifier.utf8.split(separator: UInt8(ascii: "#"), omittingEmptySubsequences: false).first
        let plain = text.map { String(Substring($0)) } ?? ""
        identifiers.insert(plain)
        if let reference = try? Reference(plain, in: documents.documents[document].path),
            case .file(_, let uri) = reference.target
        {
            identifiers.insert(uri)
        }
    }

    /// Loads the file that a schema's reference names; the schema module resolves the fragment.
    mutating func followSchema(_ reference: DocumentNode, hasOwnBase: Bool) {
        guard let text = reference.node.string else {
            return report(
                "reference.malformed",
                .error,
                "$ref must be a string, found \(reference.node.kind.described)",
                at: reference
            )
        }
        guard !hasOwnBase else { return }
        guard text.utf8.first != UInt8(ascii: "#") else {
            return enqueueSchema(fragment: String(text.utf8.dropFirst()) ?? "", of: reference.document, reference)
        }
        guard let target = resolve(text, reference, isSchema: true) else { return }
        enqueueSchema(pointer: JSONPointer(target.fragment), of: target.document, reference)
    }

    /// Continues with the target of a fragment of the same document, if there is one.
    ///
    /// Documents refer to a few places many times, so each fragment is followed once.
    mutating func enqueueSchema(fragment: String, of document: Int, _ reference: DocumentNode) {
        let key = Fragment(document: document, text: TextKey(fragment))
        let value: DocumentNode?
        if let known = fragments[key] {
            value = known
        } else {
            let pointer = PercentEncoding.text(Array(fragment.utf8)[...]).flatMap { JSONPointer($0) }
            value = pointer.flatMap { node(at: $0, of: document) }
            fragments[key] = .some(value)
        }
        if let value { enqueue(Item(value: value, kind: .schema, isRoot: false), from: reference) }
    }

    mutating func enqueueSchema(pointer: JSONPointer?, of document: Int, _ reference: DocumentNode) {
        guard let value = pointer.flatMap({ node(at: $0, of: document) }) else { return }
        enqueue(Item(value: value, kind: .schema, isRoot: false), from: reference)
    }

    mutating func loadMapping(_ entry: DocumentNode) {
        guard let text = entry.node.string,
            text.utf8.contains(UInt8(ascii: "#")) || text.utf8.contains(UInt8(ascii: "."))
        else { return }
        let path = documents.documents[entry.document].path
        guard let reference = try? Reference(text, in: path), case .file(let file, let uri) = reference.target else {
            return
        }
        let version = documents.version(of: entry)
        guard let index = try? documents.document(at: file, inheriting: version) else { return }
        documents.addAlias(uri, of: index)
        guard let pointer = JSONPointer(reference.fragment ?? "") else { return }
        guard let node = documents.root(of: index).node.node(at: pointer) else { return }
        pending.append(
            Item(value: DocumentNode(document: index, node: node), kind: .schema, isRoot: false)
        )
    }
}
