internal import Diagnostics
internal import JSONDocument
internal import JSONSchema
internal import SourceText

extension ReferenceCrawl {
    /// Follows the reference of an object that is not a schema.
    mutating func follow(_ reference: DocumentNode, of item: Item) {
        guard let value = target(of: reference) else { return }
        targets[item.value.key] = value
        reportCycle(from: item.value.key, reference)
        enqueue(Item(value: value, kind: item.kind), from: reference)
    }

    /// The target of a reference that is not a schema's; mistakes are reported.
    mutating func target(of reference: DocumentNode) -> DocumentNode? {
        guard let text = reference.node.string else {
            report(
                "reference.malformed",
                .error,
                "$ref must be a string, found \(reference.node.kind.described)",
                at: reference
            )
            return nil
        }
        guard let target = resolve(text, reference, isSchema: false) else { return nil }
        guard let pointer = JSONPointer(target.fragment) else {
            report(
                "reference.unresolved",
                .error,
                "the reference '\(Reference.excerpt(text))' has no JSON pointer after '#'",
                at: reference
            )
            return nil
        }
        guard let value = node(at: pointer, of: target.document) else {
            report(
                "reference.unresolved",
                .error,
                "the reference '\(Reference.excerpt(text))' leads nowhere",
                at: reference
            )
            return nil
        }
        return value
    }

    /// The value at a pointer. A misplaced `$ref` on the path, such as that of a whole map, is followed.
    mutating func node(at pointer: JSONPointer, of document: Int) -> DocumentNode? {
        let root = documents.root(of: document)
        if let node = root.node.node(at: pointer) { return DocumentNode(document: document, node: node) }
        var current = root
        var jumps = 0
        for token in pointer.tokens {
            while current.node.node(at: JSONPointer([token])) == nil {
                guard jumps < 100, let text = current.text("$ref"), let reference = current.reference,
                    let target = resolve(text, reference, isSchema: false),
                    let inner = JSONPointer(target.fragment),
                    let next = documents.root(of: target.document).node.node(at: inner)
                else { return nil }
                jumps += 1
                current = DocumentNode(document: target.document, node: next)
            }
            guard let next = current.node.node(at: JSONPointer([token])) else { return nil }
            current = DocumentNode(document: current.document, node: next)
        }
        return current
    }

    mutating func enqueue(_ item: Item, from reference: DocumentNode) {
        let key = item.value.key
        if let known = kinds[key], known != item.kind {
            kinds.insertConflict(known, at: key)
            return report(
                "reference.kind",
                .error,
                "the reference must lead to \(item.kind.described), but leads to \(known.described)",
                at: reference
            )
        }
        kinds.insertReferrer(reference, of: key, expecting: item.kind)
        pending.append(item)
    }

    /// Reports a cycle of references, once per cycle.
    mutating func reportCycle(from key: NodeKey, _ reference: DocumentNode) {
        // Few references refer to references.
        guard let first = targets[key]?.key, targets[first] != nil else { return }
        var seen: Set<NodeKey> = [key]
        var current = key
        while let next = targets[current]?.key {
            guard seen.insert(next).inserted else {
                if reportedCycles.isDisjoint(with: seen) {
                    report(
                        "reference.cycle",
                        .error,
                        "the reference leads back to itself",
                        at: reference
                    )
                }
                reportedCycles.formUnion(seen)
                return
            }
            current = next
        }
    }

    /// The document and fragment of a reference; mistakes are reported.
    mutating func resolve(
        _ text: String,
        _ reference: DocumentNode,
        isSchema: Bool
    ) -> (document: Int, fragment: String)? {
        let current = documents.documents[reference.document]
        let parsed: Reference
        do {
            parsed = try Reference(text, in: current.path)
        } catch {
            diagnostics.append(
                documents.diagnostic(error.rule, .error, error.message, at: reference, help: error.help)
            )
            return nil
        }
        switch parsed.target {
        case .sameDocument:
            return (reference.document, parsed.fragment ?? "")
        case .absolute(let uri):
            if let index = documents.index(ofAddress: uri) { return (index, parsed.fragment ?? "") }
            let problem = Reference.remote(text)
            let diagnostic = documents.diagnostic(
                problem.rule,
                .error,
                problem.message,
                at: reference,
                help: problem.help
            )
            guard isSchema else {
                diagnostics.append(diagnostic)
                return nil
            }
            if !Self.isMetaschema(uri) { identifiers.doubt(uri, diagnostic) }
            return nil
        case .file(let path, let uri):
            // If a document declares its own URI, that URI is the base of its references (OpenAPI 3.2.0, section
            // 4.1.2.2).
            if let own = current.ownAddress, let address = Reference.address(of: text, in: own),
                let index = documents.index(ofAddress: address)
            {
                documents.addAlias(uri, of: index)
                return (index, parsed.fragment ?? "")
            }
            do {
                let index = try documents.document(at: path, inheriting: current.version)
                documents.addAlias(uri, of: index)
                return (index, parsed.fragment ?? "")
            } catch {
                let found = unreadable(error, text: text, reference)
                if isSchema, found.count == 1 {
                    identifiers.doubt(uri, found[0])
                } else {
                    diagnostics += found.filter { !diagnostics.contains($0) }
                }
                return nil
            }
        }
    }

    /// The schema module has the metaschemas built in.
    static func isMetaschema(_ uri: String) -> Bool {
        uri.utf8.starts(with: "https://json-schema.org/draft/".utf8)
            || uri.utf8.starts(with: "https://spec.openapis.org/oas/3.".utf8)
    }

    /// A file that cannot be read, reported at the reference. For a file with mistakes, the mistakes are reported as
    /// well.
    func unreadable(_ error: SourceError, text: String, _ reference: DocumentNode) -> [Diagnostic] {
        let first = error.diagnostics.first
        let isAccess = ["source.outside", "source.not-found", "source.not-a-file", "source.unreadable", "source.path"]
        if let first, isAccess.contains(first.rule) || first.location == nil {
            let message =
                switch first.rule {
                case "source.outside":
                    "the reference '\(Reference.excerpt(text))' leads outside the project folder and is not followed"
                case "source.not-found":
                    "the reference '\(Reference.excerpt(text))' names a file that does not exist"
                default:
                    "the reference '\(Reference.excerpt(text))' cannot be followed: \(first.message)"
                }
            let rule = first.rule == "source.outside" ? "reference.outside" : "reference.unresolved"
            return [documents.diagnostic(rule, .error, message, at: reference, help: first.help)]
        }
        let here = documents.diagnostic(
            "reference.unresolved",
            .error,
            "the reference '\(Reference.excerpt(text))' names a file that cannot be read",
            at: reference
        )
        return error.diagnostics + [here]
    }
}
