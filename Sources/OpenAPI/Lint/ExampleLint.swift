internal import Diagnostics
internal import JSONDocument
internal import JSONSchema

extension DocumentLint {
    /// Checks the examples in a schema: `example` and, since OpenAPI 3.1, the list `examples`.
    mutating func lintSchemaExamples(of value: DocumentNode, _ schema: Schema) {
        if let example = value["example"] { judge(example, by: schema, directions: [.request, .response]) }
        guard documents.version(of: value) >= .v31, let list = value["examples"], list.node.kind == .array else {
            return
        }
        for example in list.elements { judge(example, by: schema, directions: [.request, .response]) }
    }

    /// Checks the examples of a media type, a parameter or a header.
    mutating func lintExamples(of item: ReferenceCrawl.Item) {
        guard let value = resolved(item.value), value.reference == nil else { return }
        let directions = Self.directions(of: value, item.kind)
        guard let schema = value["schema"].flatMap({ schema($0) }) else {
            if let name = value.pointer.tokens.last.flatMap({ MediaTypeName($0) }), name.sequenceForm == nil,
                name.type != "multipart", value["itemSchema"] != nil
            {
                lintUnjudged(name, value, by: "itemSchema")
            }
            return
        }
        if item.kind == .mediaType, let name = value.pointer.tokens.last.flatMap({ MediaTypeName($0) }) {
            // An example of a sequence may be its text instead of the list of items that the schema describes.
            let isText = value["example"]?.node.kind == .string && schema.view?.allows(.string) == false
            if name.sequenceForm != nil, isText { return }
            let isJudged =
                name.isJSON || name.isForm || name.type == "text" || name.isRange || name.sequenceForm != nil
            guard name.type != "multipart" else { return lintParts(name, value, schema) }
            guard isJudged else { return lintUnjudged(name, value) }
        }
        if let example = value["example"] { judge(example, by: schema, directions: directions) }
        guard let named = value["examples"], named.node.kind == .object else { return }
        for member in named.members {
            guard let example = resolved(member.value), example.node.kind == .object else { continue }
            guard let content = example["dataValue"] ?? example["value"] else { continue }
            judge(content, by: schema, directions: directions)
        }
    }

    /// Parts are judged individually, by name or as a list, so examples of the whole body matter little. Parts of types
    /// other than forms usually have no names, and need a described list.
    private mutating func lintParts(_ name: MediaTypeName, _ value: DocumentNode, _ schema: Schema) {
        let isList = value["itemSchema"] != nil || schema.view?.kinds?.contains(.array) == true
        guard name.subtype != "form-data", name.subtype != "*", !isList else { return }
        lintUnjudged(name, value)
    }

    /// Reports a schema that is never used for judging responses or requests.
    private mutating func lintUnjudged(_ name: MediaTypeName, _ value: DocumentNode, by keyword: String = "schema") {
        let isBytes = value["schema"].flatMap { schema($0) }?.view?.isOfOctets == true
        guard !isBytes, value[keyword]?.node.members.isEmpty == false else { return }
        report(
            "media-type.unjudged", "bodies of \(name.type)/\(name.subtype) are not validated against their schema",
            at: value)
    }

    /// The directions in which the values of an object are sent; both if the document does not say.
    private static func directions(of value: DocumentNode, _ kind: ObjectKind) -> [ValidationOptions.Direction] {
        switch kind {
        case .parameter: return [.request]
        case .header: return [.response]
        default: break
        }
        for token in value.pointer.tokens.reversed() {
            switch token {
            case "requestBody", "requestBodies": return [.request]
            case "responses": return [.response]
            default: continue
            }
        }
        return [.request, .response]
    }

    /// An example is valid if it is valid in one of the directions.
    private mutating func judge(
        _ example: DocumentNode,
        by schema: Schema,
        directions: [ValidationOptions.Direction]
    ) {
        guard let compiled = try? schema.compiled() else { return }
        var expansion = ExampleExpansion(documents: documents)
        let value = expansion.expanded(example)
        if let reference = expansion.references.first {
            report(
                "example.reference",
                "the example contains $ref, which is data in an example and is not followed",
                at: reference,
                help: expansion.unresolved
                    ? nil : "replace it by the value; the example is judged as if the value were here"
            )
        }
        // An example without references has its own positions; one with references has those of their targets.
        let document = expansion.references.isEmpty ? nil : JSONDocument(value)
        let reports = directions.map { direction in
            compiled.validate(
                document?.root ?? example.node, ValidationOptions(direction: direction, maximumIssues: 20))
        }
        guard let best = reports.min(by: { $0.issues.count < $1.issues.count }) else { return }
        for issue in best.issues.prefix(10) where issue.kind == .violation {
            reportMisfit(issue, at: expansion.node(at: issue.pointer, in: example), of: example)
        }
        reportUndeclared(best.undeclared, value, example)
    }

    /// A value that several examples share is reported once, with all of them.
    private mutating func reportMisfit(_ issue: SchemaIssue, at place: DocumentNode, of example: DocumentNode) {
        let key = Misfit(value: documents.location(of: place), keyword: issue.location, pointer: issue.property)
        let isInside = documents.place(of: place) != documents.place(of: example)
        let also = isInside ? [Diagnostic.Related("the example", at: documents.location(of: example))] : []
        if let index = misfits[key] {
            findings[index].related += also
            return
        }
        misfits[key] = findings.count
        report(
            "example.schema",
            "the example\(Self.within(issue.pointer)) \(issue.message)",
            at: place,
            related: [Diagnostic.Related("the violated keyword", at: issue.location)] + also
        )
    }

    private mutating func reportUndeclared(_ pointers: [JSONPointer], _ value: JSONValue, _ example: DocumentNode) {
        let names = pointers.filter { !$0.tokens.contains("$ref") }.map { pointer in
            pointer.tokens.count == 1 ? pointer.tokens[0] : pointer.description
        }
        guard !names.isEmpty else { return }
        let shown = names.prefix(10).map { "\"\(Reference.excerpt($0))\"" }.joined(separator: ", ")
        let more = names.count > 10 ? " and \(names.count - 10) more" : ""
        let isForeign =
            value.object.map { $0.count == names.count && !pointers.contains { $0.tokens.count > 1 } } ?? false
        report(
            "example.undeclared",
            isForeign
                ? "the example has \(shown)\(more), and none of the members that its schema declares"
                : "the example has \(shown)\(more), which its schema does not declare",
            at: example,
            help: isForeign ? "check whether the schema is one level too high or too deep" : nil
        )
    }
}

/// Two misfits of examples are the same if these values are equal.
struct Misfit: Hashable {
    var value: SourceLocation
    var keyword: SourceLocation
    var pointer: String?
}

/// An example in which references are replaced by their targets, as the author intended.
struct ExampleExpansion {
    let documents: DocumentSet
    /// The objects with `$ref` in the example.
    private(set) var references: [DocumentNode] = []
    /// Whether one of them cannot be resolved.
    private(set) var unresolved = false
    private var budget = 10_000

    init(documents: DocumentSet) {
        self.documents = documents
    }

    mutating func expanded(_ value: DocumentNode, depth: Int = 0) -> JSONValue {
        budget -= 1
        guard depth < 60, budget > 0 else { return .null }
        switch value.node.kind {
        case .array:
            return .array(value.elements.map { expanded($0, depth: depth + 1) })
        case .object:
            if let reference = value.reference, reference.node.string != nil {
                references.append(value)
                guard let target = target(of: value) else {
                    unresolved = true
                    return value.node.value
                }
                return expanded(target, depth: depth + 1)
            }
            return .object(JSONObject(value.members.map { ($0.name, expanded($0.value, depth: depth + 1)) }))
        default:
            return value.node.value
        }
    }

    /// The target of a reference in the same document; others are not followed.
    private func target(of value: DocumentNode) -> DocumentNode? {
        guard let text = value.text("$ref"), text.utf8.first == UInt8(ascii: "#"),
            let pointer = JSONPointer(uriFragment: text),
            let node = documents.root(of: value.document).node.node(at: pointer)
        else { return nil }
        return DocumentNode(document: value.document, node: node)
    }

    /// The place in the documents of a value of the expanded example, or of its nearest existing ancestor.
    func node(at pointer: JSONPointer, in example: DocumentNode) -> DocumentNode {
        var current = followed(example)
        for token in pointer.tokens {
            let next: DocumentNode?
            if current.node.kind == .array {
                next = Int(token).flatMap { current.elements.indices.contains($0) ? current.elements[$0] : nil }
            } else {
                next = current[token]
            }
            guard let next else { break }
            current = followed(next)
        }
        return current
    }

    private func followed(_ value: DocumentNode) -> DocumentNode {
        var current = value
        for _ in 0..<60 {
            guard let next = target(of: current) else { return current }
            current = next
        }
        return current
    }
}
