import ECMAPattern
import JSONDocument
import JSONSchema

extension ValueMaker {
    /// The maximum number of members or elements that are added beyond the required ones.
    private static let maximumCount = 1_000
    /// The maximum number of elements of a list whose elements may be equal.
    private static let maximumLength = 100_000
    /// The number of elements that are generated one by one; the others of a list repeat the last one.
    private static let generatedCount = 100

    // MARK: Objects

    mutating func object(_ constraints: Constraints, _ path: String, _ extent: Extent) -> JSONValue? {
        var random = random(path, "members")
        var required = NameList(constraints.required)
        let declared = constraints.names
        let optional = declared.filter { !required.contains($0) }
        let chosen: [String] =
            switch extent {
            case .all: optional
            case .some: optional.filter { _ in Bool.random(using: &random) }
            case .required: []
            }
        var index = 0
        let wanted = required.names + chosen
        for name in wanted { add(dependents: name, constraints, to: &required) }
        let maximum = constraints.lowest("maxProperties") ?? .max
        let minimum = min(constraints.highest("minProperties") ?? 0, Self.maximumCount)
        var object = JSONObject()
        // Members are in the order of the document, so that generated responses read like their description.
        let free = chosen.filter { !required.contains($0) }.prefix(max(0, maximum - required.names.count))
        let extra = NameList(free)
        let names = NameList(declared.filter { required.contains($0) || extra.contains($0) })
        for name in names.names + required.names.filter({ !names.contains($0) }) {
            let isRequired = required.contains(name)
            guard let made = member(name, constraints, path, isRequired: isRequired) else {
                if isRequired, !isHidden(name, constraints) { return nil }
                continue
            }
            object[name] = made
        }
        for name in optional where object.count < minimum && object[name] == nil {
            if let made = member(name, constraints, path, isRequired: true) { object[name] = made }
        }
        while object.count < minimum, index < minimum * 2 + 20 {
            let names = additionalNames(index, constraints, path)
            index += 1
            for name in names where object[name] == nil && object.count < minimum {
                if let made = member(name, constraints, path, isRequired: true) { object[name] = made }
            }
        }
        return .object(object)
    }

    private func add(dependents name: String, _ constraints: Constraints, to required: inout NameList) {
        for other in constraints.dependents(of: name) where !required.contains(other) {
            required.append(other)
            add(dependents: other, constraints, to: &required)
        }
    }

    /// Whether a member is not sent in this direction.
    private func isHidden(_ name: String, _ constraints: Constraints) -> Bool {
        let schemas = constraints.schemas(of: name)
        return switch generator.options.direction {
        case .response: schemas.contains(where: \.isWriteOnly)
        case .request: schemas.contains(where: \.isReadOnly)
        case .none: false
        }
    }

    private mutating func member(
        _ name: String, _ constraints: Constraints, _ path: String, isRequired: Bool
    ) -> JSONValue? {
        let schemas = constraints.schemas(of: name)
        guard !isHidden(name, constraints) else { return nil }
        guard !schemas.isEmpty else { return .string("text") }
        if !isRequired, schemas.contains(where: { schema in open.contains { $0 == schema.place } }) { return nil }
        return value(schemas, path + "/" + name)
    }

    /// Undeclared names that `patternProperties` and `propertyNames` probably allow, best first.
    private func additionalNames(_ index: Int, _ constraints: Constraints, _ path: String) -> [String] {
        var random = random(path, "name", String(index))
        let patterns = constraints.all("patternProperties").flatMap { $0.members.map(\.name) }
        if !patterns.isEmpty, let sampler = try? PatternSampler(patterns[index % patterns.count]) {
            // A pattern that is open at one end leaves its sample short.
            let text = sampler.text(length: 4 + index, using: &random)
            return [text, "\(text)\(index + 1)", "a\(index + 1)\(text)"]
        }
        let rules = constraints.subschemas("propertyNames")
        guard !rules.isEmpty else { return ["member\(index + 1)"] }
        let varied = ValueGenerator(
            schemas: generator.schemas, seed: generator.seed, direction: generator.options.direction,
            style: index == 0 ? style : .varied)
        var naming = ValueMaker(generator: varied)
        naming.open = open
        naming.takesUndecided = takesUndecided
        guard let name = naming.value(rules, "\(path)/name\(index)")?.string else { return ["member\(index + 1)"] }
        return [name, "\(name)\(index + 1)"].filter { accepts(rules, .string($0)) }
    }

    // MARK: Arrays

    mutating func array(_ constraints: Constraints, _ path: String, attempt: Int) -> JSONValue? {
        let minimum = constraints.highest("minItems") ?? 0
        var list = ElementList(
            isUnique: constraints.all("uniqueItems").contains { $0.boolean == true },
            forbidden: constraints.subschemas("not").flatMap { Constraints([$0]).subschemas("contains") })
        guard minimum <= (list.isUnique ? Self.maximumCount : Self.maximumLength) else { return nil }
        let maximum = constraints.lowest("maxItems") ?? .max
        let wanted = constraints.subschemas("contains")
        let contained = wanted.isEmpty ? 0 : min(constraints.highest("minContains") ?? 1, Self.maximumCount)
        let prefix = constraints.all("prefixItems").map(\.count).max() ?? 0
        var random = random(path, "count", String(attempt))
        let usual = attempt == 2 ? 0 : style != .varied ? max(1, prefix) : Int.random(in: 0...3, using: &random)
        let count = max(minimum, min(max(usual, contained), max(0, maximum)))
        // The elements that `contains` requires are the hardest to find, so they are made first; they are the last ones.
        let first = max(0, count - contained)
        var indexes: [Int] = []
        for index in Array(first..<count) + Array(0..<first) {
            if !list.isUnique, index < first, index > prefix + Self.generatedCount, let last = list.made.last {
                list.made.append(last)
                indexes.append(index)
                continue
            }
            var schemas = element(index, constraints)
            if index >= first { schemas += wanted }
            guard let made = element(schemas, list, "\(path)/\(index)~\(attempt)") else {
                if index < first, list.made.count >= max(minimum, contained) { break }
                return nil
            }
            list.made.append(made)
            indexes.append(index)
        }
        return .array(zip(indexes, list.made).sorted { $0.0 < $1.0 }.map(\.1))
    }

    /// The elements so far, and what the next one has to differ from.
    private struct ElementList {
        var made: [JSONValue] = []
        let isUnique: Bool
        /// Schemas that no element may match, because `not` contains `contains`.
        let forbidden: [SchemaView]
    }

    private func fits(_ element: JSONValue, _ list: ElementList) -> Bool {
        !(list.isUnique && list.made.contains(element)) && !list.forbidden.contains { accepts([$0], element) }
    }

    /// An element that the list allows: one that is not in it yet, if elements must be unique.
    private mutating func element(_ schemas: [SchemaView], _ list: ElementList, _ path: String) -> JSONValue? {
        let isFree = list.forbidden.isEmpty && (!list.isUnique || list.made.isEmpty)
        guard !schemas.isEmpty else {
            let samples: [JSONValue] = [
                .string("text\(list.made.count + 1)"), .integer(list.made.count + 1), true, .null,
            ]
            return samples.first { fits($0, list) }
        }
        if isFree { return value(schemas, path) }
        if list.made.isEmpty, let made = value(schemas, path), fits(made, list) { return made }
        let listed = choices(schemas, path).flatMap { $0 }.flatMap { branch in
            branch.ownKeyword("enum").map { Array($0.elements) } ?? branch.ownKeyword("const").map { [$0] } ?? []
        }
        for candidate in listed.map(\.value) where fits(candidate, list) && accepts(schemas, candidate) {
            return candidate
        }
        let varied = ValueGenerator(
            schemas: generator.schemas, seed: generator.seed, direction: generator.options.direction, style: .varied)
        for attempt in 0..<24 {
            var making = ValueMaker(
                generator: varied, budget: min(budget, 200), open: open, takesUndecided: takesUndecided)
            budget -= 1
            if let made = making.value(schemas, "\(path)~\(attempt)"), fits(made, list) { return made }
        }
        return nil
    }

    /// The schemas of the element at an index (JSON Schema 2020-12 Core, section 10.3.1).
    private func element(_ index: Int, _ constraints: Constraints) -> [SchemaView] {
        constraints.views.compactMap { view in
            if let schema = view.ownKeyword("prefixItems")?[index] { return view.subschema(schema) }
            guard let items = view.ownKeyword("items"), items.kind != .array else { return nil }
            return view.subschema(items)
        }
    }
}
