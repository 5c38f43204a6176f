import JSONDocument
import Primitives

/// `$dynamicRef` whose initial target is a dynamic anchor: the outermost scope with such an anchor provides the target.
struct DynamicReference {
    /// The target if no current scope has the anchor.
    let initial: NodeReference
    /// The anchor's schemas by resource.
    let anchors: [Int: NodeReference]
    /// The same schemas in a fixed order.
    let targets: Slice<NodeReference>

    func forEachTarget(_ body: (NodeReference) -> Void) {
        body(initial)
        targets.array.forEach(body)
    }
}

extension Checker {
    /// The target of a dynamic reference at this point (JSON Schema 2020-12 Core, section 8.2.3.2).
    func target(of reference: UnsafePointer<DynamicReference>) -> NodeReference {
        for scope in scopes {
            if let target = reference.pointee.anchors[scope] { return target }
        }
        return reference.pointee.initial
    }
}

extension SchemaCompiler {
    /// Reads `$ref` and `$dynamicRef`.
    func references(_ schema: inout KeywordReader) -> [Applicator] {
        var result: [Applicator] = []
        if let text = schema.string("$ref"), let target = schema.target(of: text, keyword: "$ref") {
            result.append(.reference(target))
        }
        switch schema.family {
        case .openAPI30, .draft04, .draft06, .draft07: break
        case .draft202012:
            if let text = schema.string("$dynamicRef"), let place = schema.place(of: text, keyword: "$dynamicRef") {
                result.append(dynamicReference(to: place, anchor: URIReference(text).fragment ?? ""))
            }
        case .draft201909:
            if schema.string("$recursiveRef") != nil, let place = schema.place(of: "#", keyword: "$recursiveRef") {
                result.append(dynamicReference(to: place, anchor: ""))
            }
        }
        return result
    }

    private func dynamicReference(to place: SchemaSource, anchor: String) -> Applicator {
        let target = reference(to: place)
        let key = JSONNameKey(PercentEncoding.text(anchor) ?? anchor)
        let scope = index.scope(of: place)
        guard index.resources[scope].dynamicAnchors[key] == place else { return .reference(target) }
        hasDynamicReferences = true
        var anchors: [Int: NodeReference] = [:]
        var targets: [NodeReference] = []
        for (number, resource) in index.resources.enumerated() {
            guard let anchor = resource.dynamicAnchors[key] else { continue }
            let node = reference(to: anchor)
            anchors[number] = node
            targets.append(node)
        }
        return .dynamicReference(
            UnsafePointer(
                memory.store(
                    DynamicReference(initial: target, anchors: anchors, targets: memory.store(all: targets)))))
    }
}
