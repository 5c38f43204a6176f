import Diagnostics
import JSONDocument

extension SchemaIndex {
    /// Where a reference leads, or why it leads nowhere.
    enum Resolution {
        case found(SchemaSource)
        case failed(message: String, help: String?)
    }

    /// Follows a reference that stands in the scope of a resource. Nothing is fetched.
    func resolve(_ text: String, from scope: Int) -> Resolution {
        let target = URIReference(text).resolved(against: URIReference(resources[scope].uri))
        let uri = target.withoutFragment.text
        guard let number = resource(uri) else {
            return .failed(message: Messages.unknownDocument(text, uri), help: Messages.unknownDocumentHelp)
        }
        guard let fragment = target.fragment, !fragment.utf8.isEmpty else {
            return checked(resources[number].root, text)
        }
        guard let decoded = URIReference.percentDecoded(fragment) else {
            return .failed(message: Messages.badFragment(text), help: nil)
        }
        if decoded.utf8.first == UInt8(ascii: "/") {
            guard let pointer = JSONPointer(decoded) else {
                return .failed(message: Messages.badFragment(text), help: nil)
            }
            return follow(pointer, from: resources[number].root, text)
        }
        if let anchor = resources[number].anchors[JSONNameKey(decoded)] { return checked(anchor, text) }
        return .failed(message: Messages.unknownAnchor(text, decoded), help: nil)
    }

    private func follow(_ pointer: JSONPointer, from root: SchemaSource, _ text: String) -> Resolution {
        var place = node(root)
        for (depth, token) in pointer.tokens.enumerated() {
            guard let next = place.node(at: JSONPointer([token])) else {
                let way = JSONPointer(Array(pointer.tokens[..<depth]))
                let near =
                    place.kind == .object ? nearestName(to: token, among: place.members.map(\.name)) : nil
                return .failed(
                    message: Messages.leadsNowhere(text, way, place, token),
                    help: near.map { Messages.didYouMean($0) })
            }
            place = next
        }
        return checked(SchemaSource(document: root.document, entry: place.tapeIndex), text)
    }

    private func checked(_ source: SchemaSource, _ text: String) -> Resolution {
        let target = node(source)
        let allowsBoolean = documents.entries[source.document].dialect != .openAPI30
        guard target.kind == .object || (target.kind == .boolean && allowsBoolean) else {
            return .failed(message: Messages.leadsToNoSchema(text, target.kind), help: nil)
        }
        guard role(source) != .other else {
            return .failed(message: Messages.leadsToOther(text), help: nil)
        }
        return .found(source)
    }

    /// The document and pointer of a place.
    func place(_ source: SchemaSource) -> SchemaPlace {
        let entry = documents.entries[source.document]
        return SchemaPlace(uri: entry.uri, pointer: node(source).pointer)
    }

    /// The place as an index into documents and tape; `nil` when there is no such value.
    func source(_ place: SchemaPlace) -> SchemaSource? {
        guard let document = documents.index(of: URIReference(place.uri).withoutFragment.text),
            let node = documents.entries[document].document.root.node(at: place.pointer)
        else { return nil }
        return SchemaSource(document: document, entry: node.tapeIndex)
    }
}
