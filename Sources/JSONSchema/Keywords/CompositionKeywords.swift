import JSONDocument

/// A keyword that applies schemas to the same value.
enum Applicator {
    case reference(NodeReference)
    case dynamicReference(UnsafePointer<DynamicReference>)
    case all(Slice<NodeReference>)
    case any(Slice<NodeReference>)
    case one(Slice<NodeReference>)
    case discriminated(UnsafePointer<Discriminator>)
    case not(NodeReference)
    case conditional(Conditional)
    /// Unusable keywords that would apply to values of these kinds.
    case unusable(KindSet)
}

/// `if`, `then` and `else`.
struct Conditional {
    let condition: NodeReference
    let consequence: NodeReference?
    let alternative: NodeReference?
}

extension Checker {
    mutating func apply(_ applicator: Applicator, _ entry: Int, _ root: NodeReference) -> SchemaVerdict {
        switch applicator {
        case .reference(let target): check(target, entry, root: root)
        case .dynamicReference(let reference): check(target(of: reference), entry, root: root)
        case .all(let branches): checkAll(branches, entry, root)
        case .any(let branches): checkAny(branches, entry, root)
        case .one(let branches): checkOne(branches, entry, root)
        case .discriminated(let discriminator): checkDiscriminated(discriminator, entry, root)
        case .not(let schema): checkNot(schema, entry)
        case .conditional(let conditional): checkConditional(conditional, entry, root)
        case .unusable(let kinds): kinds.contains(KindSet(tape.kind(at: entry))) ? .unjudged : .valid
        }
    }

    /// Checks the value against one of several alternatives.
    @inline(__always)
    mutating func checkBranch(_ schema: NodeReference, _ entry: Int, _ root: NodeReference) -> SchemaVerdict {
        guard !waiving.isEmpty else { return check(schema, entry, root: root) }
        current.branches.append(Branch(node: schema, entry: entry))
        defer { current.branches.removeLast() }
        return check(schema, entry, root: root)
    }

    private mutating func checkAll(
        _ branches: Slice<NodeReference>, _ entry: Int, _ root: NodeReference
    ) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        for index in branches.indices {
            verdict = verdict.and(check(branches[index], entry, root: root))
            if verdict == .invalid { return .invalid }
        }
        return verdict
    }

    mutating func checkAny(_ branches: Slice<NodeReference>, _ entry: Int, _ root: NodeReference) -> SchemaVerdict {
        var verdict = SchemaVerdict.invalid
        for index in branches.indices {
            let found = checkBranch(branches[index], entry, root)
            if found == .valid {
                if index &+ 1 < branches.count { noteSkipped(branches, from: index &+ 1, entry) }
                return .valid
            }
            verdict = verdict.or(found)
        }
        return verdict
    }

    /// Records that alternatives were skipped because the verdict is certain: their annotations count if the value
    /// matches them (JSON Schema 2020-12 Core, section 10.2.1.2), so they have to be searched.
    mutating func noteSkipped(_ branches: Slice<NodeReference>, from start: Int, _ entry: Int) {
        let kind = tape.kind(at: entry)
        guard kind == .object || kind == .array else { return }
        for index in start..<branches.count where (branches[index].pointee.alias ?? branches[index]).pointee.mayDeclare
        {
            return noteSkipped()
        }
    }

    /// Records that schemas were skipped that may have annotations for members.
    mutating func noteSkipped() {
        met.undeclared = true
        if !refused.isEmpty { met.refused = true }
    }

    mutating func checkOne(_ branches: Slice<NodeReference>, _ entry: Int, _ root: NodeReference) -> SchemaVerdict {
        var matches = 0
        var open = SchemaVerdict.invalid
        for index in branches.indices {
            let found = checkBranch(branches[index], entry, root)
            if found == .valid {
                matches += 1
                if matches > 1 { return .invalid }
            } else {
                open = open.or(found)
            }
        }
        if open != .invalid { return open }
        return matches == 1 ? .valid : .invalid
    }

    /// The schema of `not` is checked separately: members that it meets do not count for the value.
    mutating func checkNot(_ schema: NodeReference, _ entry: Int) -> SchemaVerdict {
        let saved = met.undeclared
        defer { met.undeclared = saved }
        let verdict = checkCondition(schema, entry)
        return switch verdict {
        case .valid: .invalid
        case .invalid: .valid
        case .undecided, .unjudged: verdict
        }
    }

    /// Checks the value against a condition. In a condition, `required` tests only whether a member is present, in any
    /// direction.
    mutating func checkCondition(_ schema: NodeReference, _ entry: Int) -> SchemaVerdict {
        let saved = waiving
        waiving = []
        defer { waiving = saved }
        return check(schema, entry)
    }

    private mutating func checkConditional(
        _ conditional: Conditional, _ entry: Int, _ root: NodeReference
    ) -> SchemaVerdict {
        guard conditional.consequence != nil || conditional.alternative != nil else {
            if conditional.condition.pointee.constant == .depends { noteSkipped() }
            return .valid
        }
        let condition = checkCondition(conditional.condition, entry)
        switch condition {
        case .valid: return conditional.consequence.map { checkBranch($0, entry, root) } ?? .valid
        case .invalid: return conditional.alternative.map { checkBranch($0, entry, root) } ?? .valid
        case .undecided, .unjudged: return condition
        }
    }
}

extension SchemaNode {
    /// Whether the schema may declare members of the value or of values inside it.
    var mayDeclare: Bool {
        if rules.arrays != nil || !applicators.isEmpty { return true }
        guard let rules = rules.objects?.pointee else { return false }
        return rules.declaresMembers || rules.additional != nil || rules.unevaluated != nil
            || !rules.dependents.isEmpty
    }

    /// Calls `body` with each schema that may be applied to the same value, in a fixed order.
    func forEachInPlace(_ body: (NodeReference) -> Void) {
        if let alias { body(alias) }
        for index in applicators.indices {
            switch applicators[index] {
            case .reference(let target): body(target)
            case .dynamicReference(let reference): reference.pointee.forEachTarget(body)
            case .all(let branches), .any(let branches), .one(let branches): branches.array.forEach(body)
            case .discriminated(let discriminator): discriminator.pointee.branches.array.forEach(body)
            case .not, .unusable: break
            case .conditional(let conditional):
                body(conditional.condition)
                if let consequence = conditional.consequence { body(consequence) }
                if let alternative = conditional.alternative { body(alternative) }
            }
        }
        guard let dependents = rules.objects?.pointee.dependents else { return }
        for index in dependents.indices {
            if let schema = dependents[index].schema { body(schema) }
        }
    }
}

extension SchemaCompiler {
    /// Reads the keywords that apply schemas to the same value, the cheapest first.
    func applicators(_ schema: inout KeywordReader) -> [Applicator] {
        var result = references(&schema)
        guard schema.vocabularies.contains(.applicator) else { return result }
        let all = schema.schemas("allOf", allowsEmpty: false)
        if !all.isEmpty { result.append(.all(memory.store(all: all))) }
        if let negated = schema.schema("not") { result.append(.not(negated)) }
        if schema.family.knowsConditions, let condition = schema.schema("if") {
            result.append(
                .conditional(
                    Conditional(
                        condition: condition, consequence: schema.schema("then"),
                        alternative: schema.schema("else"))))
        }
        let any = schema.schemas("anyOf", allowsEmpty: false)
        let one = schema.schemas("oneOf", allowsEmpty: false)
        if let choice = discriminator(&schema, any: any, one: one) {
            result.append(.discriminated(UnsafePointer(choice)))
            // `anyOf` next to a `oneOf` with a discriminator is checked separately.
            if !one.isEmpty, !any.isEmpty { result.append(.any(memory.store(all: any))) }
        } else {
            if !any.isEmpty { result.append(.any(memory.store(all: any))) }
            if !one.isEmpty { result.append(.one(memory.store(all: one))) }
        }
        return result
    }
}
