import ECMAPattern
import JSONDocument

/// The keywords for objects, in a form for one pass over the members.
struct ObjectRules {
    var count = CountRange()
    /// The names in `properties` and `required`.
    var names: NameTable
    /// The keywords for each of those names, by its number.
    var slots = Slice<NameSlot>()
    var required = RequiredNames()
    var patterns = Slice<PatternMember>()
    var additional: NodeReference?
    var unevaluated: NodeReference?
    var propertyNames: NodeReference?
    var dependents = Slice<Dependent>()
    /// Whether `properties` or `patternProperties` is present.
    var declaresMembers = false
    var marks = MemberMarks()

    /// The required names, as numbers of ``names``.
    struct RequiredNames {
        /// In the order of the schema.
        var numbers = Slice<Int>()
        /// One bit for each, if there are at most 64.
        var bits: UInt64 = 0
    }

    /// The marks of member schemas.
    struct MemberMarks {
        var access = SchemaNode.Access()
        /// Whether marks count for all members; in OpenAPI 3.0, they count only in `properties` (OpenAPI 3.0.4, section
        /// 4.7.24).
        var coverEverything = true
    }
}

/// The allowed number of members or elements.
struct CountRange {
    var minimum = 0
    var maximum = Int.max

    @inline(__always)
    func contains(_ count: Int) -> Bool { count >= minimum && count <= maximum }
}

/// The keywords of an object schema for one name.
struct NameSlot {
    let key: UnsafePointer<JSONNameKey>
    /// The schema in `properties`.
    var schema: NodeReference?
    var isRequired: Bool
}

/// One entry of `patternProperties`.
struct PatternMember {
    let pattern: UnsafePointer<ECMAPattern>
    let schema: NodeReference
}

/// Requirements that apply if a member is present: `dependentRequired`, `dependentSchemas`, `dependencies`.
struct Dependent {
    let trigger: UnsafePointer<JSONNameKey>
    let required: Slice<UnsafePointer<JSONNameKey>>
    let schema: NodeReference?
    let keyword: DependentKeyword
}

/// The keyword that a ``Dependent`` comes from.
enum DependentKeyword: UInt8 {
    case dependentRequired
    case dependentSchemas
    case dependencies

    var name: String {
        switch self {
        case .dependentRequired: "dependentRequired"
        case .dependentSchemas: "dependentSchemas"
        case .dependencies: "dependencies"
        }
    }
}

extension Checker {
    mutating func checkObject(_ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ root: NodeReference) -> SchemaVerdict
    {
        let count = tape.childCount(at: entry)
        guard rules.pointee.count.contains(count) else { return .invalid }
        var verdict = SchemaVerdict.valid
        var seen: UInt64 = 0
        var name = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while name < end {
            let value = name &+ 1
            verdict = verdict.and(checkMember(rules, name, value, &seen))
            if verdict == .invalid { return .invalid }
            name = tape.end(of: value)
        }
        if rules.pointee.required.numbers.count > 0, !hasRequired(rules, entry, seen, root) {
            return steps < 0 ? .undecided : .invalid
        }
        if rules.pointee.dependents.count > 0 { verdict = verdict.and(checkDependents(rules, entry, root)) }
        return verdict
    }

    @inline(__always)
    private mutating func checkMember(
        _ rules: UnsafePointer<ObjectRules>, _ name: Int, _ value: Int, _ seen: inout UInt64
    ) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        var isDeclared = false
        let number = rules.pointee.names.findMember(tape, name)
        if number >= 0 {
            seen |= 1 &<< UInt64(truncatingIfNeeded: number)
            if let schema = rules.pointee.slots[number].schema {
                isDeclared = true
                if !rules.pointee.marks.access.isEmpty { noteRefused(schema) }
                verdict = checkInner(schema, value)
                if verdict == .invalid { return .invalid }
            }
        }
        if rules.pointee.patterns.count > 0 {
            verdict = verdict.and(checkPatterns(rules.pointee.patterns, name, value, &isDeclared))
            if verdict == .invalid { return .invalid }
        }
        if !isDeclared {
            if let additional = rules.pointee.additional {
                if !rules.pointee.marks.access.isEmpty { noteRefused(additional) }
                verdict = verdict.and(checkInner(additional, value))
            } else if rules.pointee.declaresMembers, rules.pointee.unevaluated == nil {
                met.undeclared = true
            }
        }
        if let names = rules.pointee.propertyNames { verdict = verdict.and(check(names, name)) }
        return verdict
    }

    private mutating func checkPatterns(
        _ patterns: Slice<PatternMember>, _ name: Int, _ value: Int, _ isDeclared: inout Bool
    ) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        for index in patterns.indices {
            switch search(patterns[index].pattern, name) {
            case .valid:
                isDeclared = true
                noteRefused(patterns[index].schema)
                verdict = verdict.and(check(patterns[index].schema, value))
            case .invalid: break
            case .undecided, .unjudged:
                // It is undecided whether the schema applies, and therefore whether the member is an additional one.
                isDeclared = true
                verdict = verdict.and(.undecided)
            }
            if verdict == .invalid { return .invalid }
        }
        return verdict
    }

    @inline(__always)
    private mutating func hasRequired(
        _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ seen: UInt64, _ root: NodeReference
    ) -> Bool {
        if rules.pointee.slots.count <= 64, seen & rules.pointee.required.bits == rules.pointee.required.bits {
            return true
        }
        let required = rules.pointee.required.numbers
        for index in required.indices {
            let slot = rules.pointee.slots[required[index]]
            if tape.value(of: entry, named: slot.key.pointee) == nil, !isExempt(slot.key, root, entry) { return false }
        }
        return true
    }

    private mutating func checkDependents(
        _ rules: UnsafePointer<ObjectRules>, _ entry: Int, _ root: NodeReference
    ) -> SchemaVerdict {
        var verdict = SchemaVerdict.valid
        let dependents = rules.pointee.dependents
        for index in dependents.indices {
            let dependent = dependents[index]
            guard tape.value(of: entry, named: dependent.trigger.pointee) != nil else { continue }
            for place in dependent.required.indices {
                let key = dependent.required[place]
                if tape.value(of: entry, named: key.pointee) == nil, !isExempt(key, root, entry) {
                    return steps < 0 ? .undecided : .invalid
                }
            }
            if let schema = dependent.schema { verdict = verdict.and(checkBranch(schema, entry, root)) }
            if verdict == .invalid { return .invalid }
        }
        return verdict
    }
}
