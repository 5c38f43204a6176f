public import JSONDocument

/// The kinds of values that a schema allows.
extension SchemaView {
    /// The kinds that the schema allows; `nil` if it does not restrict them.
    public var kinds: Set<JSONKind>? {
        let allowed = allowedKinds.kinds
        guard allowed != .all else { return nil }
        return Set(JSONKind.allCases.filter { allowed.contains(KindSet($0)) })
    }

    /// Whether numbers must be integers.
    public var integerOnly: Bool {
        allowedKinds.integerOnly
    }

    /// Whether the schema allows values of a kind.
    public func allows(_ kind: JSONKind) -> Bool {
        allowedKinds.kinds.contains(KindSet(kind))
    }

    private var allowedKinds: AllowedKinds {
        store.allowedKinds(of: source) {
            var known: [SchemaSource: AllowedKinds] = [:]
            return allowedKinds(&known, depth: 0)
        }
    }

    /// The kinds that remain after `type`, `nullable`, `enum`, `const`, references and compositions. A schema inside
    /// itself, or nested too deeply, restricts nothing more.
    private func allowedKinds(_ known: inout [SchemaSource: AllowedKinds], depth: Int) -> AllowedKinds {
        if let boolean = node.boolean { return AllowedKinds(kinds: boolean ? .all : []) }
        if let answer = known[source] { return answer }
        guard depth < 64 else { return AllowedKinds() }
        known[source] = AllowedKinds()
        var allowed = ownKinds
        for target in store.targets(of: self, under: ["$ref", "$dynamicRef", "allOf"]) {
            allowed = allowed.intersection(target.allowedKinds(&known, depth: depth + 1))
        }
        for keyword in ["oneOf", "anyOf"] {
            let targets = store.targets(of: self, under: [keyword])
            guard !targets.isEmpty else { continue }
            var union = AllowedKinds(kinds: [], integerOnly: true)
            for target in targets { union = union.union(target.allowedKinds(&known, depth: depth + 1)) }
            allowed = allowed.intersection(union)
        }
        known[source] = allowed
        return allowed
    }

    private var ownKinds: AllowedKinds {
        var allowed = AllowedKinds()
        if let type = own("type") {
            let names = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
            if let (kinds, integerOnly) = SchemaCompiler.kinds(names) {
                allowed = AllowedKinds(kinds: kinds, integerOnly: integerOnly)
            }
            if family == .openAPI30, own("nullable")?.boolean == true { allowed.kinds.insert(.null) }
        }
        if let values = own("enum"), values.kind == .array {
            allowed = allowed.intersection(AllowedKinds(values: Array(values.elements)))
        }
        if family.knowsConstants, let value = own("const") {
            allowed = allowed.intersection(AllowedKinds(values: [value]))
        }
        return allowed
    }
}

/// A set of kinds, and whether numbers must be integers.
struct AllowedKinds {
    var kinds = KindSet.all
    var integerOnly = false

    init(kinds: KindSet = .all, integerOnly: Bool = false) {
        self.kinds = kinds
        self.integerOnly = integerOnly && kinds.contains(.number)
    }

    init(values: [JSONNode]) {
        kinds = []
        for value in values { kinds.insert(KindSet(value.kind)) }
        let numbers = values.compactMap(\.number)
        integerOnly = !numbers.isEmpty && numbers.allSatisfy(\.isInteger)
    }

    func intersection(_ other: AllowedKinds) -> AllowedKinds {
        AllowedKinds(kinds: kinds.intersection(other.kinds), integerOnly: integerOnly || other.integerOnly)
    }

    func union(_ other: AllowedKinds) -> AllowedKinds {
        let isOpen =
            (kinds.contains(.number) && !integerOnly) || (other.kinds.contains(.number) && !other.integerOnly)
        return AllowedKinds(kinds: kinds.union(other.kinds), integerOnly: !isOpen)
    }
}
