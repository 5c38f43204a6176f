internal import JSONDocument
internal import JSONSchema

/// Finds out why no value satisfies a schema, using its own keywords and those of `$ref`, `allOf`, `oneOf` and `anyOf`.
///
/// If a reason is found, it is certain that no value satisfies the schema. If none is found, nothing is certain.
struct Satisfiability {
    /// The maximum number of alternatives that are combined with the schema around them.
    private static let mostAlternatives = 50

    private var endless = EndlessSchemas()

    /// The reason; `nil` if some value may satisfy the schema.
    mutating func reason(_ view: SchemaView) -> String? {
        if let kinds = view.kinds, kinds.isEmpty { return "its conditions leave no type" }
        let parts = Self.parts(of: view)
        if let reason = Self.conflict(parts, kinds: view.kinds) { return reason }
        for keyword in ["oneOf", "anyOf"] {
            for part in parts {
                let alternatives = part.applied(by: [keyword])
                guard !alternatives.isEmpty, alternatives.count <= Self.mostAlternatives,
                    alternatives.count == part.ownKeyword(keyword)?.count
                else { continue }
                let reasons = alternatives.map { alternative in
                    let kinds = view.kinds.flatMap { kinds in alternative.kinds.map(kinds.intersection) ?? kinds }
                    return Self.conflict(parts + Self.parts(of: alternative), kinds: kinds ?? alternative.kinds)
                }
                if reasons.allSatisfy({ $0 != nil }), let first = reasons.first ?? nil {
                    return "\(keyword) leaves no alternative: in the first, \(first)"
                }
            }
        }
        return endless.member(of: view).map { step in
            "\(step) contains a value of the same schema, so every value would be infinite"
        }
    }

    /// A schema and all schemas that always apply together with it.
    static func parts(of view: SchemaView) -> [SchemaView] {
        var found: [SchemaView] = []
        var seen: Set<SchemaPlace> = []
        var pending = [view]
        while let next = pending.popLast(), found.count < 200 {
            guard seen.insert(next.place).inserted else { continue }
            found.append(next)
            pending += next.applied(by: ["$ref", "allOf"]).reversed()
        }
        return found
    }

    /// Keywords that exclude each other.
    private static func conflict(_ parts: [SchemaView], kinds: Set<JSONKind>?) -> String? {
        for part in parts {
            if part.node.boolean == false { return "the schema false applies" }
            if let negated = part.ownKeyword("not"),
                negated.boolean == true || (negated.kind == .object && negated.count == 0)
            {
                return "`not` rejects every value"
            }
        }
        switch kinds {
        case [.object]?: return members(parts)
        case [.array]?: return elements(parts)
        case [.string]?: return crossed(parts, "minLength", "maxLength")
        case [.number]?: return range(parts)
        default: return nil
        }
    }

    // MARK: Objects

    private static func members(_ parts: [SchemaView]) -> String? {
        if let reason = crossed(parts, "minProperties", "maxProperties") { return reason }
        var required: [String] = []
        var seen: Set<JSONNameKey> = []
        for part in parts {
            for name in part.ownKeyword("required").map({ Array($0.elements) })?.compactMap(\.string) ?? []
            where seen.insert(JSONNameKey(name)).inserted {
                required.append(name)
            }
        }
        if let most = highest(parts, "maxProperties"), required.count > most {
            return "\(required.count) members are required, but maxProperties allows \(most)"
        }
        for name in required {
            for part in parts {
                if let schema = part.ownKeyword("properties")?[name] {
                    if schema.boolean == false { return "the required member \(shown(name)) has the schema false" }
                    continue
                }
                guard part.ownKeyword("additionalProperties")?.boolean == false,
                    part.ownKeyword("patternProperties") == nil
                else { continue }
                return parts.count == 1
                    ? "\(shown(name)) is required, but additionalProperties forbids it"
                    : "\(shown(name)) is required, but additionalProperties of another part forbids it"
            }
        }
        return nil
    }

    // MARK: Arrays

    private static func elements(_ parts: [SchemaView]) -> String? {
        if let reason = crossed(parts, "minItems", "maxItems") { return reason }
        guard let least = lowest(parts, "minItems"), least > 0 else { return nil }
        for part in parts where part.ownKeyword("items")?.boolean == false {
            let count = part.ownKeyword("prefixItems")?.count ?? 0
            if least > count { return "\(least) elements are required, but the schema allows \(count)" }
        }
        guard parts.contains(where: { $0.ownKeyword("uniqueItems")?.boolean == true }),
            !parts.contains(where: { $0.ownKeyword("prefixItems") != nil })
        else { return nil }
        for part in parts {
            guard let count = part.ownKeyword("items").flatMap({ part.subschema($0) }).flatMap(valueCount) else {
                continue
            }
            if least > count { return "\(least) different elements are required, but only \(count) exist" }
        }
        return nil
    }

    /// The number of values that a schema can accept at most; `nil` if it may be unlimited.
    private static func valueCount(_ view: SchemaView) -> Int? {
        let parts = Self.parts(of: view)
        if parts.contains(where: { $0.ownKeyword("const") != nil }) { return 1 }
        let lists = parts.compactMap { $0.ownKeyword("enum") }.filter { $0.count <= mostAlternatives }
        let counts = lists.map { list in
            list.elements.map(\.value).reduce(into: [JSONValue]()) { if !$0.contains($1) { $0.append($1) } }.count
        }
        if let least = counts.min() { return least }
        guard let kinds = view.kinds, kinds.isSubset(of: [.boolean, .null]) else { return nil }
        return (kinds.contains(.boolean) ? 2 : 0) + (kinds.contains(.null) ? 1 : 0)
    }

    // MARK: Bounds

    /// A lower bound above an upper bound of another part; conflicts in one part are reported there.
    private static func crossed(_ parts: [SchemaView], _ lower: String, _ upper: String) -> String? {
        guard let least = lowest(parts, lower), let most = highest(parts, upper), least > most,
            !parts.contains(where: { isCrossed($0, lower, upper) })
        else { return nil }
        return "\(lower) is \(least), and \(upper) is \(most)"
    }

    private static func isCrossed(_ part: SchemaView, _ lower: String, _ upper: String) -> Bool {
        guard let low = part.ownKeyword(lower)?.number, let high = part.ownKeyword(upper)?.number else { return false }
        return low > high
    }

    private static func lowest(_ parts: [SchemaView], _ keyword: String) -> Int? {
        parts.compactMap { $0.ownKeyword(keyword)?.number?.int }.max()
    }

    private static func highest(_ parts: [SchemaView], _ keyword: String) -> Int? {
        parts.compactMap { $0.ownKeyword(keyword)?.number?.int }.min()
    }

    /// A bound of numbers, and whether the bound itself is excluded.
    private struct Bound {
        var value: JSONNumber
        var isExclusive: Bool
    }

    private static func range(_ parts: [SchemaView]) -> String? {
        guard !parts.contains(where: { isCrossed($0, "minimum", "maximum") }) else { return nil }
        let lower = parts.flatMap { bounds($0, "minimum", "exclusiveMinimum") }.max { left, right in
            left.value == right.value ? !left.isExclusive && right.isExclusive : left.value < right.value
        }
        let upper = parts.flatMap { bounds($0, "maximum", "exclusiveMaximum") }.min { left, right in
            left.value == right.value ? left.isExclusive && !right.isExclusive : left.value < right.value
        }
        guard let lower, let upper else { return nil }
        guard lower.value > upper.value || (lower.value == upper.value && (lower.isExclusive || upper.isExclusive))
        else { return gap(parts, lower, upper) }
        let low = lower.isExclusive ? "above" : "at least"
        let high = upper.isExclusive ? "below" : "at most"
        return "the value must be \(low) \(lower.value.lexeme.prefix(50)) and \(high) \(upper.value.lexeme.prefix(50))"
    }

    /// No whole number, or no multiple of a number, lies between two whole bounds.
    private static func gap(_ parts: [SchemaView], _ lower: Bound, _ upper: Bound) -> String? {
        guard let low = lower.value.int, let high = upper.value.int, low.magnitude < 1 << 52, high.magnitude < 1 << 52
        else { return nil }
        let least = lower.isExclusive ? low + 1 : low
        let most = upper.isExclusive ? high - 1 : high
        var steps = parts.compactMap { $0.ownKeyword("multipleOf")?.number?.int }
            .filter { (1..<1 << 52).contains($0) }
        if parts.contains(where: \.integerOnly) { steps.append(1) }
        for step in steps {
            let rest = ((least % step) + step) % step
            guard (rest == 0 ? least : least + step - rest) > most else { continue }
            let wanted = step == 1 ? "whole number" : "multiple of \(step)"
            let low = lower.isExclusive ? "above \(low)" : "at least \(low)"
            return "no \(wanted) is \(low) and \(upper.isExclusive ? "below" : "at most") \(high)"
        }
        return nil
    }

    private static func bounds(_ part: SchemaView, _ plain: String, _ exclusive: String) -> [Bound] {
        let sharpens = part.ownKeyword(exclusive)?.boolean == true
        let own = part.ownKeyword(plain)?.number.map { Bound(value: $0, isExclusive: sharpens) }
        let other = part.ownKeyword(exclusive)?.number.map { Bound(value: $0, isExclusive: true) }
        return [own, other].compactMap { $0 }
    }

    fileprivate static func shown(_ name: String) -> String { "\"\(Reference.excerpt(name))\"" }
}

/// Finds schemas whose values would have to contain a value of the same schema, endlessly.
struct EndlessSchemas {
    /// Schemas for which finite values are known to exist.
    private var finite: Set<SchemaPlace> = []
    private var assumed: Set<SchemaPlace> = []
    private var start: SchemaPlace?
    private var isMet = false
    private var steps = 0

    /// The part of every value that leads back to the schema itself; `nil` if finite values exist.
    mutating func member(of view: SchemaView) -> String? {
        (assumed, start, isMet, steps) = ([], view.place, false, 0)
        guard let step = endlessStep(of: view), isMet else { return nil }
        return step
    }

    private mutating func isEndless(_ view: SchemaView) -> Bool {
        if view.place == start { isMet = true }
        if assumed.contains(view.place) { return true }
        return endlessStep(of: view) != nil
    }

    /// Assumes that every schema on the path is endless; if this leads to no contradiction, all of them are.
    private mutating func endlessStep(of view: SchemaView) -> String? {
        steps += 1
        guard steps < 5_000, assumed.count < 500, !finite.contains(view.place) else { return nil }
        let known = assumed
        assumed.insert(view.place)
        if let step = step(of: view) { return step }
        assumed = known
        finite.insert(view.place)
        return nil
    }

    private mutating func step(of view: SchemaView) -> String? {
        let parts = Satisfiability.parts(of: view)
        for part in parts {
            for keyword in ["oneOf", "anyOf"] {
                let alternatives = part.applied(by: [keyword])
                guard !alternatives.isEmpty, alternatives.count == part.ownKeyword(keyword)?.count else { continue }
                if alternatives.allSatisfy({ isEndless($0) }) { return "each alternative of \(keyword)" }
            }
        }
        if view.kinds == [.object] {
            for name in view.requiredNames {
                guard
                    let member = parts.lazy.compactMap({ $0.ownKeyword("properties")?[name] == nil ? nil : $0 }).first,
                    let schema = member.ownKeyword("properties")?[name].flatMap({ member.subschema($0) }),
                    isEndless(schema)
                else { continue }
                return "the required member \(Satisfiability.shown(name))"
            }
        }
        guard view.kinds == [.array] else { return nil }
        for part in parts {
            guard let least = part.ownKeyword("minItems")?.number?.int, least > 0, let items = view.items else {
                continue
            }
            let prefix = part.ownKeyword("prefixItems")?.count ?? 0
            if least > prefix, isEndless(items) { return "each element" }
        }
        return nil
    }
}
