import ECMAPattern
import JSONDocument
import JSONSchema

/// The facts about one property of an object schema.
struct PropertyFacts {
    enum State {
        /// In `properties`, or required.
        case declared
        /// Described by `additionalProperties` or a pattern.
        case described
        /// Not mentioned; every value is allowed.
        case open
        /// Not allowed.
        case forbidden
    }

    var state: State
    /// All schemas that apply to the value.
    var schemas: [SchemaView] = []
    /// The location of the declaration.
    var written: WrittenKeyword?
    var isRequired = false
}

/// The facts about undeclared properties of an object schema.
struct AdditionalFacts {
    enum State { case open, described, closed }

    var state = State.open
    var schemas: [SchemaView] = []
    var written: WrittenKeyword?
    /// Whether the keyword is `unevaluatedProperties`.
    var isUnevaluated = false

    var subject: String { isUnevaluated ? "unevaluated-properties" : "additional-properties" }
    var keyword: String { isUnevaluated ? "unevaluatedProperties" : "additionalProperties" }
}

extension SchemaFacts {
    /// The names in `properties` and `required` of all schemas, in order, each once.
    var declaredNames: [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for part in objects {
            guard let properties = part.properties else { continue }
            for member in properties.members {
                let name = member.name
                if seen.insert(name).inserted { names.append(name) }
            }
        }
        for name in requiredOrder where seen.insert(name).inserted { names.append(name) }
        return names
    }

    /// The facts about a property.
    func property(_ name: String) -> PropertyFacts {
        var facts = PropertyFacts(state: .open)
        facts.isRequired = required[name] != nil
        var isForbidden = false
        var isDeclared = false
        var isDescribed = false
        for part in objects {
            var isNamed = false
            if let schema = part.properties?[name] {
                isNamed = true
                isDeclared = true
                facts.written = facts.written ?? WrittenKeyword(view: part.view, value: schema)
                if schema.boolean == false {
                    isForbidden = true
                } else if let view = part.view.part(at: schema) {
                    facts.schemas.append(view)
                }
            }
            for pattern in part.patterns where Self.matches(pattern.source, name) {
                isNamed = true
                isDescribed = true
                if pattern.written.value.boolean == false { isForbidden = true }
                if let view = part.view.part(at: pattern.written.value) { facts.schemas.append(view) }
            }
            guard !isNamed else { continue }
            if let additional = part.additional {
                if additional.value.boolean == false {
                    isForbidden = true
                } else if additional.value.kind == .object, additional.value.count > 0,
                    let view = part.view.part(at: additional.value)
                {
                    isDescribed = true
                    facts.schemas.append(view)
                }
            }
        }
        if let unevaluated = unevaluated, !isDeclared, !isDescribed {
            if unevaluated.value.boolean == false { isForbidden = true }
            if unevaluated.value.kind == .object, let view = unevaluated.view.part(at: unevaluated.value) {
                isDescribed = true
                facts.schemas.append(view)
            }
        }
        if isForbidden {
            facts.state = .forbidden
        } else if isDeclared || facts.isRequired {
            facts.state = .declared
        } else {
            facts.state = isDescribed ? .described : .open
        }
        return facts
    }

    /// Whether a required property is not allowed, so that no object is valid.
    var requiresForbidden: Bool {
        guard !requiredOrder.isEmpty, objects.contains(where: \.forbidsSome) else { return false }
        return requiredOrder.contains { property($0).state == .forbidden }
    }

    private var unevaluated: WrittenKeyword? { objects.lazy.compactMap(\.unevaluated).first }

    /// The facts about undeclared properties.
    var additional: AdditionalFacts {
        var facts = AdditionalFacts()
        for part in objects {
            for (written, isUnevaluated) in [(part.additional, false), (part.unevaluated, true)] {
                guard let written else { continue }
                if written.value.boolean == false {
                    facts = AdditionalFacts(state: .closed, written: written, isUnevaluated: isUnevaluated)
                    return facts
                }
                guard written.value.kind == .object, written.value.count > 0,
                    let view = written.view.part(at: written.value)
                else { continue }
                facts.state = .described
                facts.schemas.append(view)
                facts.written = facts.written ?? written
                facts.isUnevaluated = isUnevaluated
            }
        }
        return facts
    }

    private static func matches(_ pattern: String, _ name: String) -> Bool {
        guard let compiled = try? ECMAPattern.inEitherGrammar(pattern) else { return false }
        return compiled.search(name, steps: 100_000) == .match
    }
}

extension SchemaFacts.ObjectPart {
    /// Whether some names are not allowed.
    fileprivate var forbidsSome: Bool {
        additional?.value.boolean == false || unevaluated?.value.boolean == false
            || patterns.contains { $0.written.value.boolean == false }
            || properties?.members.contains { $0.value.boolean == false } ?? false
    }
}
