import JSONDocument

/// `unevaluatedProperties` and `unevaluatedItems`: the members and elements that no other schema applied to the same
/// value has evaluated.
extension Checker {
    mutating func checkUnevaluatedMembers(
        _ node: NodeReference, _ rules: UnsafePointer<ObjectRules>, _ entry: Int
    ) -> SchemaVerdict {
        guard let schema = rules.pointee.unevaluated else { return .valid }
        var marks = [Bool](repeating: false, count: tape.childCount(at: entry))
        var verdict = mark(node, entry, &marks, countsOwn: false)
        if verdict != .valid { return verdict }
        var place = 0
        var name = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while name < end {
            if !marks[place] {
                noteRefused(schema)
                verdict = verdict.and(check(schema, name + 1))
            }
            if verdict == .invalid { return .invalid }
            place += 1
            name = tape.end(of: name + 1)
        }
        return verdict
    }

    mutating func checkUnevaluatedElements(
        _ node: NodeReference, _ rules: UnsafePointer<ArrayRules>, _ entry: Int
    ) -> SchemaVerdict {
        guard let schema = rules.pointee.unevaluated else { return .valid }
        var marks = [Bool](repeating: false, count: tape.childCount(at: entry))
        var verdict = mark(node, entry, &marks, countsOwn: false)
        if verdict != .valid { return verdict }
        var place = 0
        var element = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while element < end {
            if !marks[place] { verdict = verdict.and(check(schema, element)) }
            if verdict == .invalid { return .invalid }
            place += 1
            element = tape.end(of: element)
        }
        return verdict
    }

    /// Marks the members or elements evaluated by `start` and by the schemas that it applies to the same value.
    ///
    /// The value is valid against `start`; alternatives count only if the value matches them too. The result is
    /// undecided if that is undecided.
    mutating func mark(_ start: NodeReference, _ entry: Int, _ marks: inout [Bool], countsOwn: Bool) -> SchemaVerdict {
        let node = start.pointee.alias ?? start
        guard node.pointee.constant == .depends else { return .valid }
        steps &-= 1 + marks.count
        guard steps >= 0, depth < Self.maximumDepth else { return .undecided }
        depth += 1
        defer { depth -= 1 }
        let entersScope = tracksScopes && scopes.last != node.pointee.resource
        if entersScope { scopes.append(node.pointee.resource) }
        defer { if entersScope { scopes.removeLast() } }
        var verdict: SchemaVerdict
        if tape.kind(at: entry) == .object {
            verdict = markMembers(node, entry, &marks, countsOwn: countsOwn)
        } else {
            verdict = markElements(node, entry, &marks, countsOwn: countsOwn)
        }
        let applicators = node.pointee.applicators
        for index in applicators.indices {
            verdict = verdict.and(markApplied(applicators[index], entry, &marks))
            if verdict != .valid { return verdict }
        }
        return verdict
    }

    private mutating func markApplied(_ applicator: Applicator, _ entry: Int, _ marks: inout [Bool]) -> SchemaVerdict {
        switch applicator {
        case .reference(let target): return mark(target, entry, &marks, countsOwn: true)
        case .dynamicReference(let reference):
            return mark(target(of: reference), entry, &marks, countsOwn: true)
        case .all(let branches):
            var verdict = SchemaVerdict.valid
            for index in branches.indices {
                verdict = verdict.and(mark(branches[index], entry, &marks, countsOwn: true))
            }
            return verdict
        case .any(let branches), .one(let branches): return markAlternatives(branches, entry, &marks)
        case .discriminated(let discriminator):
            return markAlternatives(discriminator.pointee.branches, entry, &marks)
        case .not: return .valid
        case .unusable(let kinds): return kinds.contains(KindSet(tape.kind(at: entry))) ? .unjudged : .valid
        case .conditional(let conditional):
            let condition = checkCondition(conditional.condition, entry)
            switch condition {
            case .undecided, .unjudged: return condition
            case .valid:
                let verdict = mark(conditional.condition, entry, &marks, countsOwn: true)
                return verdict.and(
                    conditional.consequence.map { mark($0, entry, &marks, countsOwn: true) } ?? .valid)
            case .invalid:
                return conditional.alternative.map { mark($0, entry, &marks, countsOwn: true) } ?? .valid
            }
        }
    }

    private mutating func markAlternatives(
        _ branches: Slice<NodeReference>, _ entry: Int, _ marks: inout [Bool]
    ) -> SchemaVerdict {
        let countsAll = marksFailedAlternatives && fitsNone(branches, entry)
        var verdict = SchemaVerdict.valid
        for index in branches.indices {
            let found =
                countsAll
                ? mark(branches[index], entry, &marks, countsOwn: true) : markIfValid(branches[index], entry, &marks)
            verdict = verdict.and(found)
        }
        return verdict
    }

    private mutating func fitsNone(_ branches: Slice<NodeReference>, _ entry: Int) -> Bool {
        for index in branches.indices where checkBranch(branches[index], entry, branches[index]) != .invalid {
            return false
        }
        return true
    }

    private mutating func markIfValid(_ schema: NodeReference, _ entry: Int, _ marks: inout [Bool]) -> SchemaVerdict {
        let found = checkBranch(schema, entry, schema)
        switch found {
        case .valid: return mark(schema, entry, &marks, countsOwn: true)
        case .invalid: return .valid
        case .undecided, .unjudged: return found
        }
    }

    private mutating func markMembers(
        _ node: NodeReference, _ entry: Int, _ marks: inout [Bool], countsOwn: Bool
    ) -> SchemaVerdict {
        guard let rules = node.pointee.rules.objects else { return .valid }
        let takesAll = rules.pointee.additional != nil || (countsOwn && rules.pointee.unevaluated != nil)
        var verdict = SchemaVerdict.valid
        if takesAll {
            for place in marks.indices { marks[place] = true }
        } else {
            var place = 0
            var name = tape.firstChild(of: entry)
            let end = tape.end(of: entry)
            while name < end {
                if !marks[place] {
                    switch declares(rules, name) {
                    case .valid: marks[place] = true
                    case .invalid: break
                    case .undecided, .unjudged: verdict = .undecided
                    }
                }
                place += 1
                name = tape.end(of: name + 1)
            }
        }
        let dependents = rules.pointee.dependents
        for index in dependents.indices {
            guard let schema = dependents[index].schema,
                tape.value(of: entry, named: dependents[index].trigger.pointee) != nil
            else { continue }
            verdict = verdict.and(mark(schema, entry, &marks, countsOwn: true))
        }
        return verdict
    }

    /// Whether `properties` or `patternProperties` covers a name.
    mutating func declares(_ rules: UnsafePointer<ObjectRules>, _ name: Int) -> SchemaVerdict {
        let number = rules.pointee.names.find(tape, name)
        if number >= 0, rules.pointee.slots[number].schema != nil { return .valid }
        var verdict = SchemaVerdict.invalid
        let patterns = rules.pointee.patterns
        for index in patterns.indices {
            switch search(patterns[index].pattern, name) {
            case .valid: return .valid
            case .invalid: break
            case .undecided, .unjudged: verdict = .undecided
            }
        }
        return verdict
    }

    private mutating func markElements(
        _ node: NodeReference, _ entry: Int, _ marks: inout [Bool], countsOwn: Bool
    ) -> SchemaVerdict {
        guard let rules = node.pointee.rules.arrays else { return .valid }
        if rules.pointee.items != nil || (countsOwn && rules.pointee.unevaluated != nil) {
            for place in marks.indices { marks[place] = true }
            return .valid
        }
        for place in 0..<min(rules.pointee.prefix.count, marks.count) { marks[place] = true }
        guard let contains = rules.pointee.contains else { return .valid }
        var verdict = SchemaVerdict.valid
        var place = 0
        var element = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while element < end {
            if !marks[place] {
                let found = check(contains, element)
                switch found {
                case .valid: marks[place] = true
                case .invalid: break
                case .undecided, .unjudged: verdict = verdict.and(found)
                }
            }
            place += 1
            element = tape.end(of: element)
        }
        return verdict
    }
}
