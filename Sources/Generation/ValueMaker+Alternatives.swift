import JSONDocument
import JSONSchema

/// Generates objects that match exactly one alternative and name it.
extension ValueMaker {
    /// The object with the discriminator value of its alternative, and without matching a second alternative of
    /// `oneOf`; `nil` if that is impossible.
    func settled(_ object: JSONValue, _ constraints: Constraints, _ views: [SchemaView]) -> JSONValue? {
        let named = named(object, constraints)
        for candidate in [named, object].compactMap({ $0 }) where accepts(views, candidate) { return candidate }
        for candidate in [named, object].compactMap({ $0 }) {
            if let exclusive = exclusive(candidate, constraints), accepts(views, exclusive) { return exclusive }
        }
        return nil
    }

    // MARK: Discriminators

    /// The object with the discriminator names of its alternatives; `nil` if it already has them, or if no alternative
    /// has a name (OpenAPI 3.1.1, section 4.8.25).
    private func named(_ object: JSONValue, _ constraints: Constraints) -> JSONValue? {
        guard case .object(var members) = object else { return nil }
        var isChanged = false
        for view in constraints.views {
            guard let discriminator = view.ownKeyword("discriminator"), discriminator.kind == .object,
                let property = discriminator["propertyName"]?.string
            else { continue }
            let names = names(discriminator, of: view, constraints)
            guard !names.isEmpty, !names.contains(where: { members[property] == .string($0) }) else { continue }
            let schemas = constraints.schemas(of: property)
            let candidates = names.flatMap(Self.spellings)
            guard let name = candidates.first(where: { accepts(schemas, $0) }) else { continue }
            members[property] = name
            isChanged = true
        }
        return isChanged ? .object(members) : nil
    }

    /// A name as text, and as the number or boolean that it spells.
    private static func spellings(_ name: String) -> [JSONValue] {
        let others: [JSONValue?] = [
            JSONNumber(name).map { .number($0) }, ["true": true, "false": false][name].map { .boolean($0) },
        ]
        return [.string(name)] + others.compactMap { $0 }
    }

    /// The names of the chosen alternatives: those in the mapping, otherwise the last segments of the references.
    private func names(_ discriminator: JSONNode, of view: SchemaView, _ constraints: Constraints) -> [String] {
        let made = constraints.views.filter { $0.place != view.place }
        let elements = ["oneOf", "anyOf"].flatMap { view.ownKeyword($0).map { Array($0.elements) } ?? [] }
        var components: [String] = []
        if elements.isEmpty {
            // This is the discriminator of a parent; its children refer to it with `allOf`.
            components = made.compactMap { Self.component($0.place.pointer.description) }
        } else {
            for element in elements {
                guard let reference = element["$ref"]?.string, let place = view.subschema(element)?.place,
                    made.contains(where: { $0.place == place }), let name = Self.component(reference)
                else { continue }
                components.append(name)
            }
        }
        let mapping = discriminator["mapping"].map { Array($0.members) } ?? []
        let mapped = mapping.filter { member in
            member.value.string.flatMap(Self.component).map(components.contains(same:)) ?? false
        }
        return mapped.map(\.name) + (mapped.isEmpty || !elements.isEmpty ? components : [])
    }

    /// The last segment of a reference or place, which names a component.
    private static func component(_ reference: String) -> String? {
        let name = reference.split(separator: "/").last.map(String.init)
        return name.map { $0.hasSuffix("#") ? String($0.dropLast()) : $0 }
    }

    // MARK: One of several

    /// Changes the object until it matches only the chosen alternatives of `oneOf`.
    ///
    /// Alternatives that differ in optional members accept each other's values. They become distinguishable by a member
    /// that only the other alternative declares, with a value that the other one does not allow.
    private func exclusive(_ object: JSONValue, _ constraints: Constraints) -> JSONValue? {
        var object = object
        for view in constraints.views {
            let alternatives = view.applied(by: ["oneOf"])
            let made = alternatives.filter { alternative in
                constraints.views.contains { $0.place == alternative.place }
            }
            guard let own = made.first else { continue }
            for other in alternatives where other.place != own.place {
                guard accepts([other], object) else { continue }
                guard
                    let changed = changes(of: object, against: other, constraints).first(where: { changed in
                        !accepts([other], changed) && accepts([own], changed)
                    })
                else { return nil }
                object = changed
            }
        }
        return object
    }

    /// The object without the members that another alternative covers, or with other values in them.
    private func changes(
        of object: JSONValue, against other: SchemaView, _ constraints: Constraints
    ) -> [JSONValue] {
        guard case .object(let members) = object else { return [] }
        let samples: [JSONValue] = ["text", 7, true, [], [:], .null]
        let required = constraints.required
        let declared = constraints.names
        let names = other.propertyNames.prefix(20)
        var found: [JSONValue] = []
        for name in other.requiredNames where members[name] != nil && !required.contains(same: name) {
            var changed = members
            changed[name] = nil
            found.append(.object(changed))
        }
        let foreign = names.filter { !declared.contains(same: $0) }
        for name in foreign + names.filter({ declared.contains(same: $0) && !required.contains(same: $0) }) {
            for sample in samples {
                var changed = members
                changed[name] = sample
                found.append(.object(changed))
            }
        }
        var changed = members
        changed["other"] = "text"
        return found + [.object(changed)]
    }
}
