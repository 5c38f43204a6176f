import JSONDocument

/// JSON Schema 2020-12 written down as plainly as possible: no compiling, no order of keywords, annotations as sets.
///
/// The engine is compared with it. Patterns are only `^` with a letter, so that no engine of patterns is needed.
struct NaiveEvaluator {
    let root: JSONValue

    struct Result {
        var isValid = true
        var names: Set<String> = []
        var indexes: Set<Int> = []

        mutating func merge(_ other: Result) {
            names.formUnion(other.names)
            indexes.formUnion(other.indexes)
        }
    }

    func evaluate(_ schema: JSONValue, _ value: JSONValue) -> Result {
        if case .boolean(let answer) = schema { return Result(isValid: answer) }
        var result = Result()
        if let reference = text(schema["$ref"]), let pointer = JSONPointer(String(reference.dropFirst())) {
            let target = root.value(at: pointer) ?? .boolean(false)
            apply(target, value, to: &result)
        }
        applyAssertions(schema, value, to: &result)
        applyInPlace(schema, value, to: &result)
        switch value {
        case .object(let object): applyMembers(schema, object, to: &result)
        case .array(let elements): applyElements(schema, elements, to: &result)
        default: break
        }
        if !result.isValid { (result.names, result.indexes) = ([], []) }
        return result
    }

    private func apply(_ schema: JSONValue, _ value: JSONValue, to result: inout Result) {
        let other = evaluate(schema, value)
        result.isValid = result.isValid && other.isValid
        result.merge(other)
    }

    private func applyAssertions(_ schema: JSONValue, _ value: JSONValue, to result: inout Result) {
        func require(_ condition: Bool) { result.isValid = result.isValid && condition }
        if let type = schema["type"] {
            let names = list(type).isEmpty ? [type] : list(type)
            require(names.contains { fits(text($0) ?? "", value) })
        }
        if let values = schema["enum"] { require(list(values).contains(value)) }
        if let constant = schema["const"] { require(constant == value) }
        if case .number(let number) = value {
            if let limit = numeric(schema["minimum"]) { require(number >= limit) }
            if let limit = numeric(schema["maximum"]) { require(number <= limit) }
            if let limit = numeric(schema["exclusiveMinimum"]) { require(number > limit) }
            if let limit = numeric(schema["exclusiveMaximum"]) { require(number < limit) }
            if let divisor = numeric(schema["multipleOf"]) { require(number.isMultiple(of: divisor) == true) }
        }
        if case .string(let string) = value {
            let length = string.unicodeScalars.count
            require(length >= count(schema["minLength"]) ?? 0 && length <= count(schema["maxLength"]) ?? .max)
            if let pattern = text(schema["pattern"]) { require(matches(pattern, string)) }
        }
    }

    private func applyInPlace(_ schema: JSONValue, _ value: JSONValue, to result: inout Result) {
        for branch in list(schema["allOf"]) { apply(branch, value, to: &result) }
        for (keyword, allowed) in [("anyOf", 1...Int.max), ("oneOf", 1...1)] {
            guard let branches = schema[keyword] else { continue }
            let fitting = list(branches).map { evaluate($0, value) }.filter(\.isValid)
            result.isValid = result.isValid && allowed.contains(fitting.count)
            fitting.forEach { result.merge($0) }
        }
        if let negated = schema["not"], evaluate(negated, value).isValid { result.isValid = false }
        if let condition = schema["if"] {
            let outcome = evaluate(condition, value)
            result.merge(outcome)
            if let branch = schema[outcome.isValid ? "then" : "else"] { apply(branch, value, to: &result) }
        }
    }

    private func applyMembers(_ schema: JSONValue, _ object: JSONObject, to result: inout Result) {
        func require(_ condition: Bool) { result.isValid = result.isValid && condition }
        require(object.count >= count(schema["minProperties"]) ?? 0)
        require(object.count <= count(schema["maxProperties"]) ?? .max)
        for name in list(schema["required"]) { require(object[text(name) ?? ""] != nil) }
        for (trigger, names) in members(schema["dependentRequired"]) where object[trigger] != nil {
            for name in list(names) { require(object[text(name) ?? ""] != nil) }
        }
        for (trigger, dependent) in members(schema["dependentSchemas"]) where object[trigger] != nil {
            apply(dependent, .object(object), to: &result)
        }
        for (name, value) in object.members {
            if let names = schema["propertyNames"] { require(evaluate(names, .string(name)).isValid) }
            var own: [JSONValue] = []
            if let declared = schema["properties"]?[name] { own.append(declared) }
            for (pattern, declared) in members(schema["patternProperties"]) where matches(pattern, name) {
                own.append(declared)
            }
            if own.isEmpty, let additional = schema["additionalProperties"] { own = [additional] }
            if !own.isEmpty { result.names.insert(name) }
            for declared in own { require(evaluate(declared, value).isValid) }
        }
        guard let unevaluated = schema["unevaluatedProperties"] else { return }
        for (name, value) in object.members where !result.names.contains(name) {
            require(evaluate(unevaluated, value).isValid)
            result.names.insert(name)
        }
    }

    private func applyElements(_ schema: JSONValue, _ elements: [JSONValue], to result: inout Result) {
        func require(_ condition: Bool) { result.isValid = result.isValid && condition }
        require(elements.count >= count(schema["minItems"]) ?? 0 && elements.count <= count(schema["maxItems"]) ?? .max)
        if schema["uniqueItems"] == .boolean(true) {
            for (index, element) in elements.enumerated() { require(!elements[..<index].contains(element)) }
        }
        let prefix = list(schema["prefixItems"])
        var contained = 0
        for (index, element) in elements.enumerated() {
            if let own = index < prefix.count ? prefix[index] : schema["items"] {
                result.indexes.insert(index)
                require(evaluate(own, element).isValid)
            }
            if let contains = schema["contains"], evaluate(contains, element).isValid {
                contained += 1
                result.indexes.insert(index)
            }
        }
        if schema["contains"] != nil {
            require(contained >= count(schema["minContains"]) ?? 1)
            require(contained <= count(schema["maxContains"]) ?? .max)
        }
        guard let unevaluated = schema["unevaluatedItems"] else { return }
        for (index, element) in elements.enumerated() where !result.indexes.contains(index) {
            require(evaluate(unevaluated, element).isValid)
            result.indexes.insert(index)
        }
    }

    private func fits(_ type: String, _ value: JSONValue) -> Bool {
        if type == "integer", case .number(let number) = value { return number.isInteger }
        return value.kind.name == type
    }

    private func matches(_ pattern: String, _ string: String) -> Bool {
        string.hasPrefix(String(pattern.dropFirst()))
    }

    private func text(_ value: JSONValue?) -> String? {
        guard case .string(let text)? = value else { return nil }
        return text
    }

    private func numeric(_ value: JSONValue?) -> JSONNumber? {
        guard case .number(let number)? = value else { return nil }
        return number
    }

    private func count(_ value: JSONValue?) -> Int? {
        numeric(value)?.int
    }

    private func list(_ value: JSONValue?) -> [JSONValue] {
        guard case .array(let elements)? = value else { return [] }
        return elements
    }

    private func members(_ value: JSONValue?) -> [(name: String, value: JSONValue)] {
        guard case .object(let object)? = value else { return [] }
        return object.members
    }
}
