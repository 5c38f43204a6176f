import JSONDocument

/// The keywords for arrays.
struct ArrayRules {
    var count = CountRange()
    /// `prefixItems`.
    var prefix = Slice<NodeReference>()
    /// `items`: the schema of every element after the prefix.
    var items: NodeReference?
    var contains: NodeReference?
    var minimumContained = 1
    var maximumContained = Int.max
    var isUnique = false
    var unevaluated: NodeReference?
    /// The marks of element schemas.
    var access = SchemaNode.Access()
}

extension Checker {
    mutating func checkArray(_ rules: UnsafePointer<ArrayRules>, _ entry: Int) -> SchemaVerdict {
        let count = tape.childCount(at: entry)
        guard rules.pointee.count.contains(count) else { return .invalid }
        var verdict = SchemaVerdict.valid
        if !rules.pointee.access.isDisjoint(with: refused), count > 0 { met.refused = true }
        let prefix = rules.pointee.prefix
        if !prefix.isEmpty || rules.pointee.items != nil {
            var index = 0
            var element = tape.firstChild(of: entry)
            let end = tape.end(of: entry)
            while element < end {
                if index < prefix.count {
                    verdict = verdict.and(checkInner(prefix[index], element))
                } else if let items = rules.pointee.items {
                    verdict = verdict.and(checkInner(items, element))
                } else {
                    break
                }
                if verdict == .invalid { return .invalid }
                index &+= 1
                element = tape.end(of: element)
            }
        }
        if let contains = rules.pointee.contains {
            verdict = verdict.and(checkContained(rules, contains, entry))
            if verdict == .invalid { return .invalid }
        }
        if rules.pointee.isUnique, count > 1 {
            steps &-= count
            guard steps >= 0 else { return .undecided }
            if firstRepeat(in: entry, count) != nil { return .invalid }
        }
        return verdict
    }

    private mutating func checkContained(
        _ rules: UnsafePointer<ArrayRules>, _ contains: NodeReference, _ entry: Int
    ) -> SchemaVerdict {
        var sure = 0
        var open = 0
        var openVerdict = SchemaVerdict.invalid
        var element = tape.firstChild(of: entry)
        let end = tape.end(of: entry)
        while element < end {
            let found = check(contains, element)
            switch found {
            case .valid: sure += 1
            case .invalid: break
            case .undecided, .unjudged:
                open += 1
                openVerdict = openVerdict.or(found)
            }
            if sure > rules.pointee.maximumContained { return .invalid }
            element = tape.end(of: element)
            if rules.pointee.maximumContained == Int.max, sure >= rules.pointee.minimumContained {
                // The schema also applies to the other elements.
                if element < end { noteSkipped() }
                return .valid
            }
        }
        if sure + open < rules.pointee.minimumContained { return .invalid }
        let isSure = sure >= rules.pointee.minimumContained && sure + open <= rules.pointee.maximumContained
        return isSure ? .valid : openVerdict
    }

    /// The first element that equals an earlier one, and that earlier one. Short arrays are compared pair by pair, long
    /// ones by hash.
    func firstRepeat(in array: Int, _ count: Int) -> (first: Int, second: Int)? {
        if count <= 8 {
            var element = tape.end(of: tape.firstChild(of: array))
            let end = tape.end(of: array)
            while element < end {
                var earlier = tape.firstChild(of: array)
                while earlier < element {
                    if JSONTape.equal(tape, earlier, tape, element) { return (earlier, element) }
                    earlier = tape.end(of: earlier)
                }
                element = tape.end(of: element)
            }
            return nil
        }
        var seen: [Int: [Int]] = [:]
        seen.reserveCapacity(count)
        var found: (Int, Int)?
        tape.forEachElement(of: array) { element in
            guard found == nil else { return }
            var hasher = Hasher()
            tape.hash(at: element, into: &hasher)
            let hash = hasher.finalize()
            if let earlier = seen[hash]?.first(where: { JSONTape.equal(tape, $0, tape, element) }) {
                found = (earlier, element)
            } else {
                seen[hash, default: []].append(element)
            }
        }
        return found
    }
}

extension SchemaCompiler {
    /// Reads the keywords for arrays.
    func arrayRules(_ schema: inout KeywordReader) -> UnsafePointer<ArrayRules>? {
        var rules = ArrayRules()
        var isNeeded = false
        if schema.vocabularies.contains(.validation) {
            if let minimum = schema.count("minItems") {
                rules.count.minimum = minimum
                isNeeded = isNeeded || minimum > 0
            }
            if let maximum = schema.count("maxItems") {
                rules.count.maximum = maximum
                isNeeded = true
            }
            schema.noteCrossed("minItems", "maxItems")
            if schema.boolean("uniqueItems") == true {
                rules.isUnique = true
                isNeeded = true
            }
        }
        if schema.vocabularies.contains(.applicator) {
            applyElements(&schema, &rules)
            if schema.family.knowsConstants, let contains = schema.schema("contains") {
                rules.contains = contains
                if schema.family.knowsUnevaluated, schema.vocabularies.contains(.validation) {
                    rules.minimumContained = schema.count("minContains") ?? 1
                    rules.maximumContained = schema.count("maxContains") ?? Int.max
                    schema.noteCrossed("minContains", "maxContains")
                }
            }
        }
        if schema.family.knowsUnevaluated, schema.vocabularies.contains(.unevaluated) {
            rules.unevaluated = schema.schema("unevaluatedItems")
        }
        isNeeded =
            isNeeded || !rules.prefix.isEmpty || rules.items != nil || rules.contains != nil
            || rules.unevaluated != nil
        return isNeeded ? UnsafePointer(memory.store(rules)) : nil
    }

    private func applyElements(_ schema: inout KeywordReader, _ rules: inout ArrayRules) {
        guard schema.family.hasTuples else {
            if schema.family == .draft202012 { rules.prefix = memory.store(all: schema.schemas("prefixItems")) }
            rules.items = schema.schema("items")
            return
        }
        if schema.node["items"]?.kind == .array {
            rules.prefix = memory.store(all: schema.schemas("items"))
            rules.items = schema.schema("additionalItems", allowsBoolean: true)
        } else {
            rules.items = schema.schema("items")
        }
    }
}
