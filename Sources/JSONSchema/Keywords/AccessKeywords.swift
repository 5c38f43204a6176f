import ECMAPattern
import JSONDocument

/// The effect of `readOnly` and `writeOnly` on `required`.
///
/// Both are annotations (JSON Schema 2020-12 Validation, section 9.4): they never decide whether a schema accepts a
/// value, and they count only if the schema that contains them applies.
extension Checker {
    /// Whether an absent member is not required because of the value's direction: a `readOnly` member in a request, or
    /// a `writeOnly` member in a response (OpenAPI 3.0.4, section 4.7.24.1).
    ///
    /// Any schema that applies to the object may declare the member: the schema with which checking began, the schemas
    /// that it combines, and the alternatives that the object matches.
    mutating func isExempt(_ name: UnsafePointer<JSONNameKey>, _ root: NodeReference, _ entry: Int) -> Bool {
        guard !waiving.isEmpty else { return false }
        var pending = [root]
        for branch in current.branches[current.first...] where branch.entry == entry { pending.append(branch.node) }
        var seen: Set<NodeReference> = []
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            steps &-= 1
            guard steps >= 0 else { return false }
            if marks(name, next, waiving) { return true }
            if let alias = next.pointee.alias { pending.append(alias) }
            let applicators = next.pointee.applicators
            for index in applicators.indices { pending += applied(by: applicators[index], entry, root) }
            guard let dependents = next.pointee.rules.objects?.pointee.dependents else { continue }
            for index in dependents.indices {
                if let schema = dependents[index].schema,
                    tape.value(of: entry, named: dependents[index].trigger.pointee) != nil
                {
                    pending.append(schema)
                }
            }
        }
        return false
    }

    /// The schemas that a keyword applies to the value, as far as they apply.
    private mutating func applied(
        by applicator: Applicator, _ entry: Int, _ root: NodeReference
    ) -> [NodeReference] {
        switch applicator {
        case .reference(let target): return [target]
        case .dynamicReference(let reference): return [target(of: reference)]
        case .all(let branches): return branches.array
        case .any(let branches), .one(let branches): return fitting(branches, entry, root)
        case .discriminated(let discriminator): return fitting(discriminator.pointee.branches, entry, root)
        case .conditional(let conditional):
            guard current.waivedEntry != entry else { return [] }
            switch checkCondition(conditional.condition, entry) {
            case .valid: return [conditional.condition] + (conditional.consequence.map { [$0] } ?? [])
            case .invalid: return conditional.alternative.map { [$0] } ?? []
            case .undecided, .unjudged: return []
            }
        case .not, .unusable: return []
        }
    }

    /// The alternatives that the value matches. While they are checked, each alternative sees its own declarations and
    /// those around it, but not those of its siblings. Otherwise the search would not end.
    private mutating func fitting(
        _ alternatives: Slice<NodeReference>, _ entry: Int, _ root: NodeReference
    ) -> [NodeReference] {
        guard current.waivedEntry != entry else { return [] }
        let saved = (current.first, current.waivedEntry)
        (current.first, current.waivedEntry) = (current.branches.count, entry)
        defer { (current.first, current.waivedEntry) = saved }
        return alternatives.array.filter { checkBranch($0, entry, root) == .valid }
    }

    /// Whether a schema declares the member with the mark.
    private mutating func marks(
        _ name: UnsafePointer<JSONNameKey>, _ node: NodeReference, _ mark: SchemaNode.Access
    ) -> Bool {
        guard let rules = node.pointee.rules.objects, !rules.pointee.marks.access.isDisjoint(with: mark) else {
            return false
        }
        let number = name.pointee.utf8.withUnsafeBufferPointer { rules.pointee.names.find($0) }
        var isDeclared = false
        if number >= 0, let schema = rules.pointee.slots[number].schema {
            isDeclared = true
            if schema.pointee.certainAccess(mark) { return true }
        }
        let patterns = rules.pointee.patterns
        for index in patterns.indices {
            let outcome = name.pointee.utf8.withUnsafeBufferPointer { text in
                patterns[index].pattern.pointee.search(utf8: text, steps: &steps)
            }
            guard outcome == .match else { continue }
            isDeclared = true
            if patterns[index].schema.pointee.certainAccess(mark) { return true }
        }
        guard !isDeclared, rules.pointee.marks.coverEverything, let additional = rules.pointee.additional else {
            return false
        }
        return additional.pointee.certainAccess(mark)
    }

    /// Records that a value is present whose schema may forbid it in this direction.
    @inline(__always)
    mutating func noteRefused(_ schema: NodeReference) {
        if !schema.pointee.access.isDisjoint(with: refused) { met.refused = true }
    }
}

extension SchemaNode {
    /// Whether the schema, or a schema that always applies together with it, has the mark.
    func certainAccess(_ mark: Access) -> Bool {
        guard !access.isDisjoint(with: mark) else { return false }
        if !ownAccess.isDisjoint(with: mark) { return true }
        var pending = alias.map { [$0] } ?? []
        pending += certainlyApplied
        var seen: Set<NodeReference> = []
        while let next = pending.popLast() {
            guard seen.insert(next).inserted else { continue }
            if !next.pointee.ownAccess.isDisjoint(with: mark) { return true }
            if let alias = next.pointee.alias { pending.append(alias) }
            pending += next.pointee.certainlyApplied
        }
        return false
    }

    /// The schemas in `$ref` and `allOf`.
    var certainlyApplied: [NodeReference] {
        applicators.array.flatMap { applicator -> [NodeReference] in
            switch applicator {
            case .reference(let target): [target]
            case .all(let branches): branches.array
            default: []
            }
        }
    }
}
