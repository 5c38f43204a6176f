import Diagnostics
import JSONDocument
import Primitives

extension SchemaIndex {
    /// The target of a reference, or why it cannot be resolved.
    enum Resolution {
        case found(SchemaSource)
        case failed(message: String, help: String?)
        /// A document that would have to be downloaded.
        case remote(message: String, help: String)
    }

    /// Resolves a reference in the scope of a resource. Nothing is downloaded.
    func resolve(_ text: String, from scope: Int) -> Resolution {
        let target = URIReference(text).resolved(against: URIReference(resources[scope].uri))
        let uri = target.withoutFragment.text
        guard let number = resource(uri) else {
            let isRemote = ["http:", "https:", "urn:", "tag:"].contains { uri.lowercased().utf8.starts(with: $0.utf8) }
            return isRemote
                ? .remote(message: Messages.remoteDocument(text), help: Messages.unknownDocumentHelp)
                : .failed(message: Messages.unknownDocument(text, uri), help: Messages.unknownDocumentHelp)
        }
        guard let fragment = target.fragment, !fragment.utf8.isEmpty else {
            return checked(resources[number].root, rootMode(of: resources[number]), text)
        }
        guard let decoded = PercentEncoding.text(fragment) else {
            return .failed(message: Messages.badFragment(text), help: nil)
        }
        if decoded.utf8.first == UInt8(ascii: "/") {
            guard let pointer = JSONPointer(decoded) else {
                return .failed(message: Messages.badFragment(text), help: nil)
            }
            return follow(pointer, in: resources[number], text)
        }
        if let anchor = resources[number].anchors[JSONNameKey(decoded)] { return checked(anchor, .schema, text) }
        return .failed(message: Messages.unknownAnchor(text, decoded), help: nil)
    }

    private func follow(_ pointer: JSONPointer, in resource: SchemaResource, _ text: String) -> Resolution {
        switch walk(pointer, in: resource, jumps: 0) {
        case .success(let target): return checked(target.source, target.mode, text)
        case .failure(let end):
            let near =
                end.place.kind == .object
                ? nearestName(to: end.token, among: end.place.members.map(\.name)) : nil
            return .failed(
                message: Messages.leadsNowhere(text, end.way, end.place, end.token),
                help: near.map { Messages.didYouMean($0) })
        }
    }

    /// The place where a pointer stops matching the document.
    private struct DeadEnd: Error {
        let way: JSONPointer
        let place: JSONNode
        let token: String
    }

    /// A value at a pointer, and how it is interpreted.
    private struct Target {
        var source: SchemaSource
        var mode: DocumentWalk.Mode?
    }

    private static let mostJumps = 100

    /// The value at a pointer. A `$ref` in place of a whole map of the document, such as all schemas, is followed as
    /// bundlers do. Nothing is found below the reference of a schema.
    private func walk(
        _ pointer: JSONPointer, in resource: SchemaResource, jumps: Int
    ) -> Result<Target, DeadEnd> {
        var jumps = jumps
        var source = resource.root
        var mode: DocumentWalk.Mode? = rootMode(of: resource)
        for (depth, token) in pointer.tokens.enumerated() {
            var next = node(source).node(at: JSONPointer([token]))
            while next == nil, jumps < Self.mostJumps, mode != .schema, let map = referred(source, jumps) {
                jumps += 1
                (source, mode) = (map.source, map.mode)
                next = node(source).node(at: JSONPointer([token]))
            }
            guard let next else {
                let way = JSONPointer(Array(pointer.tokens[..<depth]))
                return .failure(DeadEnd(way: way, place: node(source), token: token))
            }
            mode = self.mode(of: next.tapeIndex, in: source, as: mode)
            source = SchemaSource(document: source.document, entry: next.tapeIndex)
        }
        return .success(Target(source: source, mode: mode))
    }

    /// The map of schemas in a keyword, and the document that contains it; `nil` if there is no such map, or if its
    /// reference cannot be resolved. A `$ref` in place of the whole map, recognisable by its string value, is followed
    /// as bundlers do.
    func schemaMap(_ keyword: String, of schema: SchemaSource) -> (map: JSONNode, document: Int)? {
        guard let map = node(schema)[keyword], map.kind == .object else { return nil }
        guard map["$ref"]?.kind == .string else { return (map, schema.document) }
        var source = SchemaSource(document: schema.document, entry: map.tapeIndex)
        for jumps in 0..<Self.mostJumps {
            guard node(source)["$ref"]?.kind == .string else { return (node(source), source.document) }
            guard let next = referred(source, jumps)?.source, node(next).kind == .object else { break }
            source = next
        }
        return nil
    }

    /// The target of a `$ref` in place of a map.
    private func referred(_ source: SchemaSource, _ jumps: Int) -> Target? {
        guard let text = node(source)["$ref"]?.string else { return nil }
        let target = URIReference(text).resolved(against: URIReference(resources[scope(around: source)].uri))
        guard let number = resource(target.withoutFragment.text) else { return nil }
        let fragment = target.fragment.flatMap(PercentEncoding.text(_:)) ?? ""
        guard let pointer = JSONPointer(fragment) else { return nil }
        return try? walk(pointer, in: resources[number], jumps: jumps + 1).get()
    }

    private func checked(_ source: SchemaSource, _ mode: DocumentWalk.Mode?, _ text: String) -> Resolution {
        let target = node(source)
        let allowsBoolean = documents.entries[source.document].dialect != .openAPI30
        guard target.kind == .object || (target.kind == .boolean && allowsBoolean) else {
            return .failed(message: Messages.leadsToNoSchema(text, target.kind), help: nil)
        }
        // A value that no known keyword reaches may be a schema.
        guard mode == .schema || mode == nil else {
            return .failed(message: Messages.leadsToOther(text), help: nil)
        }
        return .found(source)
    }

    /// The document and pointer of a place.
    func place(_ source: SchemaSource) -> SchemaPlace {
        let entry = documents.entries[source.document]
        return SchemaPlace(uri: entry.uri, pointer: node(source).pointer)
    }

    /// The place as an index into documents and tape; `nil` if there is no such value.
    func source(_ place: SchemaPlace) -> SchemaSource? {
        guard let document = documents.index(of: URIReference(place.uri).withoutFragment.text),
            let node = documents.entries[document].document.root.node(at: place.pointer)
        else { return nil }
        return SchemaSource(document: document, entry: node.tapeIndex)
    }
}
