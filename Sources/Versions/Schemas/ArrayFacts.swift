import JSONDocument
import JSONSchema

/// The array keywords of all schemas, without their bounds.
struct ArrayFacts {
    /// The schemas of elements in one schema.
    struct Part {
        let view: SchemaView
        fileprivate(set) var prefix: [JSONNode] = []
        fileprivate(set) var items: WrittenKeyword?
        private var tuple: WrittenKeyword?

        init(view: SchemaView) { self.view = view }

        mutating func take(_ name: String, _ written: WrittenKeyword) {
            switch name {
            case "items":
                if written.value.kind == .array {
                    if view.hasTuples { prefix = Array(written.value.elements) }
                } else {
                    items = written
                }
            case "prefixItems": if view.knows(name) { prefix = Array(written.value.elements) }
            default: tuple = written
            }
        }

        /// Drops `items: true` and `items: false`, which are not schemas of elements.
        ///
        /// - Returns: The keyword that allows no elements after the prefix.
        mutating func finish() -> WrittenKeyword? {
            // `additionalItems` continues a list of schemas in the older drafts.
            if !prefix.isEmpty, view.hasTuples { items = tuple }
            guard let written = items, let boolean = written.value.boolean else { return nil }
            items = nil
            return boolean ? nil : written
        }
    }

    private var parts: [Part] = []
    private(set) var contains: [WrittenKeyword] = []
    private(set) var uniqueItems: WrittenKeyword?
    private var unevaluatedItems: WrittenKeyword?

    /// Whether the name is one of these keywords; if so, it is read.
    mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
        switch name {
        case "contains": if written.view.knows(name) { contains.append(written) }
        case "uniqueItems": if written.value.boolean == true { uniqueItems = uniqueItems ?? written }
        case "unevaluatedItems": if written.view.knows(name) { unevaluatedItems = written }
        default: return false
        }
        return true
    }

    mutating func add(_ part: Part) {
        if !part.prefix.isEmpty || part.items != nil { parts.append(part) }
    }

    /// The number of elements with their own schema.
    var prefixCount: Int { parts.map(\.prefix.count).max() ?? 0 }

    /// The first `items` that is a schema.
    var items: WrittenKeyword? { parts.lazy.compactMap(\.items).first }

    /// `unevaluatedItems`, if it has an effect.
    var closing: WrittenKeyword? { unevaluatedItems.flatMap { $0.value.boolean == true ? nil : $0 } }

    /// The schemas of the element at an index.
    func element(_ index: Int) -> [SchemaView] {
        parts.compactMap { part in
            if index < part.prefix.count { return part.view.part(at: part.prefix[index]) }
            return part.items.flatMap { part.view.part(at: $0.value) }
        }
    }
}
