public import JSONDocument

/// Random schemas, and schemas with one or two edits.
public enum SchemaMaker {
    /// Every keyword that the schemas contain.
    public static let allKeywords = [
        "type", "enum", "const", "minimum", "maximum", "exclusiveMaximum", "multipleOf", "minLength", "maxLength",
        "pattern",
        "format", "items", "minItems", "maxItems", "uniqueItems", "properties", "required", "additionalProperties",
        "dependentRequired", "readOnly", "writeOnly", "allOf", "anyOf", "oneOf", "if", "then", "else", "discriminator",
    ]

    /// A schema, and the same with one or two edits.
    public static func pair(_ random: inout SplitMix) -> (JSONValue, JSONValue) {
        let old = schema(&random, depth: 3)
        var new = edited(old, &random)
        if random.once(in: 3) { new = edited(new, &random) }
        return (old, new)
    }

    /// How often each keyword is in a schema, with a mark for its values.
    public static func keywords(of schema: JSONValue) -> [String: Set<String>] {
        var found: [String: Set<String>] = [:]
        func look(_ value: JSONValue, isSchema: Bool) {
            for member in value.object?.members ?? [] {
                if isSchema { found[member.name, default: []].insert(member.value.text) }
                look(member.value, isSchema: member.name != "properties" && member.name != "mapping")
            }
            for element in value.elements ?? [] { look(element, isSchema: true) }
        }
        look(schema, isSchema: true)
        return found
    }

    // MARK: Schemas

    /// A schema that nests at most `depth` levels.
    public static func schema(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 13 : 5), using: &random) {
        case 0: return number("integer", &random)
        case 1: return number("number", &random)
        case 2: return string(&random)
        case 3:
            return random.once(in: 3) ? ["const": .string(random.pick(["a", "b"]))] : ["type": "boolean"]
        case 4:
            let values = ["a", "b", "c"].prefix(Int.random(in: 1...3, using: &random))
            return ["type": "string", "enum": .array(values.map { .string($0) })]
        case 5, 6, 7: return object(&random, depth: depth - 1)
        case 8: return array(&random, depth: depth - 1)
        case 9:
            return ["anyOf": [string(&random), number("integer", &random), object(&random, depth: depth - 1)]]
        case 10: return tagged(&random, depth: depth - 1)
        case 11: return merged(&random, depth: depth - 1)
        default: return conditional(&random, depth: depth - 1)
        }
    }

    private static func number(_ type: String, _ random: inout SplitMix) -> JSONValue {
        var schema: JSONValue = ["type": .string(type)]
        if Bool.random(using: &random) { schema["minimum"] = .integer(Int.random(in: 0...3, using: &random)) }
        if Bool.random(using: &random) { schema["maximum"] = .integer(Int.random(in: 5...9, using: &random)) }
        if random.once(in: 5) { schema["exclusiveMaximum"] = .integer(8) }
        if random.once(in: 5) { schema["multipleOf"] = .integer(random.pick([2, 3, 4])) }
        if type == "integer", random.once(in: 5) {
            schema["format"] = .string(random.pick(["int32", "int64"]))
        }
        return schema
    }

    private static let patterns = ["^[a-z]*$", "^[a-f]+$", "^[a-z]{2,4}$", "^(a|b)", "^\\w+$"]
    private static let formats = ["date", "date-time", "uuid", "email", "uri"]

    private static func string(_ random: inout SplitMix) -> JSONValue {
        var schema: JSONValue = ["type": "string"]
        if random.once(in: 5) {
            schema["format"] = .string(random.pick(formats))
            return schema
        }
        if Bool.random(using: &random) { schema["minLength"] = .integer(Int.random(in: 0...2, using: &random)) }
        if Bool.random(using: &random) { schema["maxLength"] = .integer(Int.random(in: 3...6, using: &random)) }
        if random.once(in: 4) { schema["pattern"] = .string(random.pick(patterns)) }
        if random.once(in: 6) { schema["type"] = ["string", "null"] }
        return schema
    }

    private static func array(_ random: inout SplitMix, depth: Int) -> JSONValue {
        var array: JSONValue = ["type": "array", "items": schema(&random, depth: depth)]
        if Bool.random(using: &random) { array["maxItems"] = .integer(Int.random(in: 1...4, using: &random)) }
        if Bool.random(using: &random) { array["minItems"] = .integer(Int.random(in: 0...1, using: &random)) }
        if random.once(in: 3) { array["uniqueItems"] = true }
        return array
    }

    private static func object(_ random: inout SplitMix, depth: Int) -> JSONValue {
        var properties: [(String, JSONValue)] = []
        for name in ["p", "q", "r"].prefix(Int.random(in: 1...3, using: &random)) {
            var schema = schema(&random, depth: depth)
            if random.once(in: 8) { schema["readOnly"] = true }
            if random.once(in: 8) { schema["writeOnly"] = true }
            properties.append((name, schema))
        }
        var object: JSONValue = ["type": "object", "properties": .object(JSONObject(properties))]
        let required = properties.map(\.0).filter { _ in Bool.random(using: &random) }
        if !required.isEmpty { object["required"] = .array(required.map { .string($0) }) }
        switch Int.random(in: 0..<4, using: &random) {
        case 0: object["additionalProperties"] = false
        case 1: object["additionalProperties"] = schema(&random, depth: 0)
        default: break
        }
        if random.once(in: 4) { object["dependentRequired"] = dependencies(&random) }
        return object
    }

    private static func dependencies(_ random: inout SplitMix) -> JSONValue {
        [random.pick(["p", "q"]): [.string(random.pick(["q", "r"]))]]
    }

    /// Alternatives that a property tells apart, with a discriminator or without.
    private static func tagged(_ random: inout SplitMix, depth: Int) -> JSONValue {
        let names = ["a", "b", "c"].prefix(Int.random(in: 2...3, using: &random))
        let alternatives = names.map { alternative($0, &random, depth: depth) }
        var schema: JSONValue = ["oneOf": .array(alternatives)]
        if Bool.random(using: &random) { schema["discriminator"] = ["propertyName": "t"] }
        return schema
    }

    private static func alternative(_ name: String, _ random: inout SplitMix, depth: Int) -> JSONValue {
        var object = object(&random, depth: depth)
        var properties = object["properties"] ?? [:]
        properties["t"] = ["const": .string(name)]
        object["properties"] = properties
        object["required"] = .array([.string("t")] + (object["required"]?.elements ?? []))
        return object
    }

    /// Parts that a value has to fit together, one of them in an `allOf` of its own.
    private static func merged(_ random: inout SplitMix, depth: Int) -> JSONValue {
        if random.once(in: 3) {
            return ["allOf": [string(&random), ["minLength": .integer(Int.random(in: 0...2, using: &random))]]]
        }
        var first = object(&random, depth: depth)
        first["additionalProperties"] = nil
        let second: JSONValue = ["properties": ["s": schema(&random, depth: 0)]]
        let inner: JSONValue = ["allOf": [["required": [.string(random.pick(["p", "s"]))]], second]]
        return ["allOf": [first, random.once(in: 2) ? inner : second]]
    }

    private static func conditional(_ random: inout SplitMix, depth: Int) -> JSONValue {
        var object = object(&random, depth: depth)
        object["additionalProperties"] = nil
        object["if"] = ["required": [.string(random.pick(["p", "q"]))]]
        object["then"] = ["required": [.string(random.pick(["q", "r"]))]]
        if Bool.random(using: &random) { object["else"] = ["required": ["r"]] }
        return object
    }

    // MARK: Edits

    /// One edit somewhere in the schema.
    public static func edited(_ schema: JSONValue, _ random: inout SplitMix) -> JSONValue {
        guard case .object(let object) = schema, !random.once(in: 8) else { return self.schema(&random, depth: 1) }
        // Half of the edits go on inside, where there is an inside.
        let inner = object.names.filter {
            ["properties", "items", "additionalProperties", "allOf", "anyOf", "oneOf", "if", "then", "else"].contains(
                $0)
        }
        if let keyword = inner.randomElement(using: &random), !random.once(in: 3), let value = object[keyword] {
            var result = schema
            result[keyword] = editedPart(value, keyword, &random)
            return result
        }
        return editedHere(schema, object, &random)
    }

    private static func editedPart(_ value: JSONValue, _ keyword: String, _ random: inout SplitMix) -> JSONValue {
        if keyword == "properties", let member = value.object?.members.randomElement(using: &random) {
            var result = value
            switch Int.random(in: 0..<5, using: &random) {
            case 0: result[member.name] = nil
            case 1: result["s"] = schema(&random, depth: 0)
            default: result[member.name] = edited(member.value, &random)
            }
            return result
        }
        if var list = value.elements, let index = list.indices.randomElement(using: &random) {
            switch Int.random(in: 0..<6, using: &random) {
            case 0 where list.count > 1: list.remove(at: index)
            case 1 where keyword == "oneOf": list.append(alternative("d", &random, depth: 0))
            case 1: list.append(schema(&random, depth: 0))
            case 2: list.reverse()
            default: list[index] = edited(list[index], &random)
            }
            return .array(list)
        }
        return edited(value, &random)
    }

    private static func editedHere(_ schema: JSONValue, _ object: JSONObject, _ random: inout SplitMix) -> JSONValue {
        var schema = schema
        let own = object.names.filter { !["type", "properties", "allOf", "anyOf", "oneOf", "items"].contains($0) }
        if let keyword = own.randomElement(using: &random), !random.once(in: 3), let value = object[keyword] {
            schema[keyword] = random.once(in: 3) ? nil : otherValue(of: keyword, value, &random)
            if keyword == "if" { (schema["then"], schema["else"]) = (nil, nil) }
            return schema
        }
        if object["properties"] != nil {
            switch Int.random(in: 0..<6, using: &random) {
            case 0: schema["required"] = ["p"]
            case 1: schema["required"] = nil
            case 2: schema["dependentRequired"] = dependencies(&random)
            case 3: schema["discriminator"] = ["propertyName": "p"]
            case 4:
                schema["if"] = ["required": ["p"]]
                schema["then"] = ["required": ["q"]]
            default: schema["additionalProperties"] = object["additionalProperties"] == nil ? false : nil
            }
            return schema
        }
        switch object["type"]?.string {
        case "string": schema["pattern"] = .string(random.pick(patterns))
        case "array": schema["uniqueItems"] = true
        case "integer", "number": schema["multipleOf"] = 2
        default: return self.schema(&random, depth: 1)
        }
        return schema
    }

    private static func otherValue(of keyword: String, _ value: JSONValue, _ random: inout SplitMix) -> JSONValue {
        switch keyword {
        case "pattern": return .string(random.pick(patterns))
        case "format":
            return .string(
                random.pick(value.string?.hasPrefix("int") == true ? ["int32", "int64"] : formats))
        case "const": return "b"
        case "enum": return ["a", "c"]
        case "required": return [.string(random.pick(["p", "q", "r"]))]
        case "dependentRequired": return dependencies(&random)
        case "discriminator": return ["propertyName": "t", "mapping": ["x": "#/components/schemas/F"]]
        case "if", "then", "else": return ["required": [.string(random.pick(["p", "q", "r"]))]]
        case "multipleOf": return .integer(random.pick([1, 2, 3, 4, 6]))
        case "additionalProperties": return .boolean(Bool.random(using: &random))
        default:
            guard let number = value.number?.int else { return value }
            return .integer(max(0, number + (Bool.random(using: &random) ? 1 : -1)))
        }
    }
}
