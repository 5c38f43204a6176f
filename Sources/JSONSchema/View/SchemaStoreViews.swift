import ECMAPattern
import JSONDocument
import Primitives

/// Follows references for views.
extension SchemaStore {
    /// The view of a schema. A reference without siblings is followed; `nil` if it cannot be resolved.
    ///
    /// - Parameter isLocated: Whether the view includes its location. Finding it takes time in proportion to the text
    ///   before it.
    func workOutView(of source: SchemaSource, isLocated: Bool = true) -> SchemaView? {
        withIndex { index in
            var source = source
            for _ in 0..<10_000 {
                let node = index.node(source)
                guard node.kind == .object || node.kind == .boolean else { return nil }
                let scope = index.scope(of: source)
                let family = index.resources[scope].dialect.family
                let reference = node["$ref"]?.string
                guard let reference, family.ignoresSiblingsOfReference || Self.isOnlyReference(node) else {
                    return SchemaView(
                        source: source, store: self, place: isLocated ? index.place(source) : nil,
                        location: isLocated ? index.location(of: nil, at: source) : nil, node: node, family: family)
                }
                guard case .found(let target) = index.resolve(reference, from: scope) else { return nil }
                source = target
            }
            return nil
        }
    }

    private static func isOnlyReference(_ node: JSONNode) -> Bool {
        node.members.allSatisfy { member in
            ["$ref", "$comment", "$defs"].contains { $0.isSame(as: member.name) }
        }
    }

    /// A schema and all schemas that these keywords apply to the same value, in order, each once.
    func branches(of view: SchemaView, under keywords: [String]) -> [SchemaView] {
        var found: [SchemaView] = []
        var seen: Set<SchemaSource> = []
        var pending = [view]
        while let next = pending.popLast(), found.count < 10_000 {
            guard seen.insert(next.source).inserted else { continue }
            found.append(next)
            pending += targets(of: next, under: keywords).reversed()
        }
        return found
    }

    /// The schemas that keywords of a schema apply to the same value.
    func targets(of view: SchemaView, under keywords: [String]) -> [SchemaView] {
        sources(of: view, under: keywords).compactMap { self.view(of: $0) }
    }

    /// The places of the schemas that keywords of a schema apply to the same value.
    func sources(of view: SchemaView, under keywords: [String]) -> [SchemaSource] {
        var sources: [SchemaSource] = []
        for keyword in keywords {
            guard let value = view.own(keyword) else { continue }
            if let reference = value.string {
                let target = withIndex { index in index.resolve(reference, from: index.scope(of: view.source)) }
                if case .found(let source) = target { sources.append(source) }
            } else if value.kind == .array {
                sources += value.elements.map { view.part($0) }
            }
        }
        return sources
    }

    /// Whether a text of `patternProperties` matches a name; an invalid pattern matches nothing.
    func matches(_ pattern: String, _ name: String) -> Bool {
        guard let compiled = try? ECMAPattern.inEitherGrammar(pattern) else { return false }
        return compiled.search(name) == .match
    }
}
