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

/// The object keywords of all schemas, without their bounds.
struct ObjectFacts {
    /// The object keywords of one schema.
    struct Part {
        let view: SchemaView
        private(set) var properties: JSONNode?
        private(set) var patterns: [(source: String, written: WrittenKeyword)] = []
        private(set) var additional: WrittenKeyword?
        private(set) var unevaluated: WrittenKeyword?

        init(view: SchemaView) { self.view = view }

        /// Whether the name is one of these keywords; if so, it is read.
        mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
            switch name {
            case "properties": if written.value.kind == .object { properties = written.value }
            case "patternProperties":
                guard view.knows(name) else { break }
                patterns += written.value.members.map { ($0.name, WrittenKeyword(view: view, value: $0.value)) }
            case "additionalProperties": additional = written
            case "unevaluatedProperties": if view.knows(name) { unevaluated = written }
            default: return false
            }
            return true
        }

        fileprivate var isEmpty: Bool {
            properties == nil && patterns.isEmpty && additional == nil && unevaluated == nil
        }

        /// Whether some names are not allowed.
        fileprivate var forbidsSome: Bool {
            additional?.value.boolean == false || unevaluated?.value.boolean == false
                || patterns.contains { $0.written.value.boolean == false }
                || properties?.members.contains { $0.value.boolean == false } ?? false
        }
    }

    private(set) var parts: [Part] = []
    private(set) var required: [String: WrittenKeyword] = [:]
    /// The names in ``required``, in the order of the schemas.
    private(set) var requiredNames: [String] = []
    private(set) var propertyNames: [WrittenKeyword] = []
    private(set) var dependentRequired: [String: (names: Set<String>, written: WrittenKeyword)] = [:]
    private(set) var dependentSchemas: [String: WrittenKeyword] = [:]

    /// Whether the name is a keyword that is combined over all schemas; if so, it is read.
    mutating func take(_ name: String, _ written: WrittenKeyword) -> Bool {
        switch name {
        case "required":
            for name in written.value.elements.compactMap(\.string) where required[name] == nil {
                required[name] = written
                requiredNames.append(name)
            }
        case "propertyNames": if written.view.knows(name) { propertyNames.append(written) }
        case "dependentRequired":
            guard written.view.knows(name) else { break }
            for member in written.value.members {
                let names = Set(member.value.elements.compactMap(\.string))
                guard !names.isEmpty else { continue }
                let own = WrittenKeyword(view: written.view, value: member.value)
                dependentRequired[member.name, default: ([], own)].names.formUnion(names)
            }
        case "dependentSchemas":
            guard written.view.knows(name) else { break }
            for member in written.value.members {
                dependentSchemas[member.name] = WrittenKeyword(view: written.view, value: member.value)
            }
        default: return false
        }
        return true
    }

    mutating func add(_ part: Part) {
        if !part.isEmpty { parts.append(part) }
    }

    /// The names in `properties` and `required` of all schemas, in order, each once.
    var declaredNames: [String] {
        var names: [String] = []
        var seen: Set<String> = []
        for part in parts {
            guard let properties = part.properties else { continue }
            for member in properties.members {
                let name = member.name
                if seen.insert(name).inserted { names.append(name) }
            }
        }
        for name in requiredNames where seen.insert(name).inserted { names.append(name) }
        return names
    }

    /// The facts about a property.
    func property(_ name: String) -> PropertyFacts {
        var facts = PropertyFacts(state: .open)
        facts.isRequired = required[name] != nil
        var isForbidden = false
        var isDeclared = false
        var isDescribed = false
        for part in parts {
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
        guard !requiredNames.isEmpty, parts.contains(where: \.forbidsSome) else { return false }
        return requiredNames.contains { property($0).state == .forbidden }
    }

    private var unevaluated: WrittenKeyword? { parts.lazy.compactMap(\.unevaluated).first }

    /// The facts about undeclared properties.
    var additional: AdditionalFacts {
        var facts = AdditionalFacts()
        for part in parts {
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
