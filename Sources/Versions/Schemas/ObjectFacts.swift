import ECMAPattern
import JSONDocument
import JSONSchema

/// What an object schema says about one property.
struct PropertyFacts {
    enum State {
        /// Under `properties`, or required.
        case declared
        /// Described by `additionalProperties` or a pattern.
        case described
        /// Not mentioned, and any value will do.
        case open
        /// Not allowed.
        case forbidden
    }

    var state: State
    /// Every schema that the value has to fit.
    var schemas: [SchemaView] = []
    /// Where it is declared.
    var written: WrittenKeyword?
    var isRequired = false
}

/// What an object schema says about properties that it does not name.
struct AdditionalFacts {
    enum State { case open, described, closed }

    var state = State.open
    var schemas: [SchemaView] = []
    var written: WrittenKeyword?
    /// Whether `unevaluatedProperties` says it.
    var isUnevaluated = false

    var subject: String { isUnevaluated ? "unevaluated-properties" : "additional-properties" }
    var keyword: String { isUnevaluated ? "unevaluatedProperties" : "additionalProperties" }
}

extension SchemaFacts {
    /// The names of `properties` and `required` of all schemas, in order, each once.
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

    /// What is said about a property.
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

    /// Whether a property is required that is not allowed, so that no object fits.
    var requiresForbidden: Bool {
        guard !requiredOrder.isEmpty, objects.contains(where: \.forbidsSome) else { return false }
        return requiredOrder.contains { property($0).state == .forbidden }
    }

    private var unevaluated: WrittenKeyword? { objects.lazy.compactMap(\.unevaluated).first }

    /// What is said about properties that are not named.
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
