import JSONDocument

/// Random documents, the same for the same number; every schema in them can be satisfied.
public struct RandomContract {
    private var random: SplitMix
    private var depth = 0

    /// Starts with a number.
    public init(_ number: Int) { random = SplitMix(seed: number) }

    /// A document of OpenAPI 3.1 or 3.0 with some operations `op0`, `op1`…, each GET without parameters.
    public mutating func document(operations: Int) -> String {
        let is31 = chance(60)
        var paths = JSONObject()
        for index in 0..<operations {
            let answer: JSONValue = [
                "description": "an answer", "headers": .object(headers()),
                "content": .object(["application/json": ["schema": schema(is31)]]),
            ]
            let operation: JSONValue = ["operationId": .string("op\(index)"), "responses": ["200": answer]]
            paths["/r\(index)"] = ["get": operation]
        }
        let tree: JSONValue = [
            "type": "object", "required": ["name"],
            "properties": [
                "name": ["type": "string", "minLength": 1],
                "parts": ["type": "array", "items": ["$ref": "#/components/schemas/Tree"]],
            ],
        ]
        let document: JSONValue = [
            "openapi": .string(is31 ? "3.1.0" : "3.0.3"), "info": ["title": "random", "version": "1"],
            "paths": .object(paths), "components": ["schemas": ["Tree": tree]],
        ]
        return document.text
    }

    private mutating func headers() -> JSONObject {
        var headers = JSONObject()
        if chance(50) { headers["x-count"] = ["required": true, "schema": ["type": "integer", "minimum": 1]] }
        if chance(30) { headers["x-kind"] = ["schema": ["type": "string", "enum": ["a", "b"]], "required": true] }
        return headers
    }

    private mutating func schema(_ is31: Bool) -> JSONValue {
        depth += 1
        defer { depth -= 1 }
        let kinds = depth > 3 ? 6 : 11
        switch number(kinds) {
        case 0: return text()
        case 1: return amount("integer")
        case 2: return amount("number")
        case 3: return ["type": "boolean"]
        case 4: return ["type": "string", "enum": ["red", "green", "blue"]]
        case 5:
            return is31
                ? ["type": ["string", "null"], "maxLength": 9]
                : ["type": "string", "nullable": true, "maxLength": 9]
        case 6: return array(is31)
        case 7, 8: return object(is31)
        case 9: return choice(is31)
        default: return ["$ref": "#/components/schemas/Tree"]
        }
    }

    private mutating func text() -> JSONValue {
        let formats = ["date", "date-time", "uuid", "email", "uri", "ipv4"]
        let patterns = ["^[A-Z]{3}-[0-9]{2,4}$", "^(on|off)$", #"^\d+(\.\d{2})?$"#, "^[a-f0-9]{8}$"]
        switch number(4) {
        case 0: return ["type": "string", "format": .string(formats[number(formats.count)])]
        case 1: return ["type": "string", "pattern": .string(patterns[number(patterns.count)])]
        case 2:
            let least = number(5)
            return ["type": "string", "minLength": .integer(least), "maxLength": .integer(least + number(20))]
        default: return ["type": "string"]
        }
    }

    private mutating func amount(_ type: String) -> JSONValue {
        let least = number(100) - 50
        var schema: JSONObject = ["type": .string(type)]
        if chance(50) { schema["minimum"] = .integer(least) }
        if chance(50) { schema["maximum"] = .integer(least + 20 + number(50)) }
        if chance(30) { schema["multipleOf"] = .integer(1 + number(7)) }
        return .object(schema)
    }

    private mutating func array(_ is31: Bool) -> JSONValue {
        let isUnique = chance(30)
        let items: JSONValue = isUnique ? ["type": "string", "maxLength": 30] : schema(is31)
        let least = number(3)
        var array: JSONObject = ["type": "array", "items": items, "minItems": .integer(least)]
        if chance(50) { array["maxItems"] = .integer(least + 1 + number(3)) }
        if isUnique { array["uniqueItems"] = true }
        return .object(array)
    }

    private mutating func object(_ is31: Bool) -> JSONValue {
        var properties = JSONObject()
        var required: [JSONValue] = []
        for index in 0...number(4) {
            properties["m\(index)"] = schema(is31)
            if chance(60) { required.append(.string("m\(index)")) }
        }
        var object: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { object["required"] = .array(required) }
        if chance(30) { object["additionalProperties"] = false }
        return .object(object)
    }

    private mutating func choice(_ is31: Bool) -> JSONValue {
        let branches: [JSONValue] = ["cat", "dog"].map { name in
            let kind: JSONValue = is31 ? ["const": .string(name)] : ["type": "string", "enum": [.string(name)]]
            return [
                "type": "object", "required": ["kind", "value"],
                "properties": ["kind": kind, "value": schema(is31)],
            ]
        }
        return .object([chance(50) ? "oneOf" : "anyOf": .array(branches)])
    }

    private mutating func chance(_ percent: Int) -> Bool { number(100) < percent }

    private mutating func number(_ bound: Int) -> Int { random.number(below: bound) }
}
