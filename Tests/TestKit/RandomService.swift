public import JSONDocument

/// Random documents of whole services: collections with parameters and bodies, the same for the same number.
public struct RandomService {
    private var random: SplitMix

    /// Starts with a number.
    public init(_ number: Int) { random = SplitMix(seed: number &+ 7_000) }

    private static let nouns = ["orders", "users", "invoices", "parcels", "categories", "boxes", "notes"]

    /// A document of some collections, each with `list…`, `create…`, `get…` and perhaps `update…` and `delete…`.
    public mutating func document(collections: Int = 2) -> JSONValue {
        var paths = JSONObject()
        var schemas = JSONObject()
        for noun in Self.nouns.shuffled(using: &random).prefix(collections) {
            let name = noun.prefix(1).uppercased() + noun.dropFirst()
            schemas[name] = item()
            let reference: JSONValue = ["$ref": .string("#/components/schemas/\(name)")]
            paths["/\(noun)"] = [
                "get": operation(
                    "list\(name)", response: ["type": "array", "items": reference], parameters: queries()),
                "post": operation("create\(name)", response: reference, status: "201", body: reference),
            ]
            let id: JSONValue = [
                "name": "id", "in": "path", "required": true,
                "schema": ["type": random.once(in: 2) ? "string" : "integer"],
            ]
            var operations: JSONObject = [
                "get": operation("get\(name)", response: reference, parameters: [id], isItem: true)
            ]
            if random.once(in: 2) {
                operations["put"] = operation(
                    "update\(name)", response: reference, parameters: [id], body: reference, isItem: true)
            }
            if random.once(in: 2) {
                operations["delete"] = operation(
                    "delete\(name)", response: nil, status: "204", parameters: [id], isItem: true)
            }
            paths["/\(noun)/{id}"] = .object(operations)
        }
        return [
            "openapi": .string(random.once(in: 2) ? "3.1.0" : "3.0.3"), "info": ["title": "service", "version": "1"],
            "paths": .object(paths), "components": ["schemas": .object(schemas)],
        ]
    }

    private mutating func item() -> JSONValue {
        var properties: JSONObject = ["id": ["type": "string", "readOnly": true]]
        var required: [JSONValue] = []
        for index in 0...random.number(below: 5) {
            let name =
                random.pick(["name", "amount", "currency", "count", "email", "created_at", "tags", "active"])
                + "\(index)"
            properties[name] = property()
            if random.once(in: 2) { required.append(.string(name)) }
        }
        var schema: JSONObject = ["type": "object", "properties": .object(properties)]
        if !required.isEmpty { schema["required"] = .array(required) }
        return .object(schema)
    }

    private mutating func property() -> JSONValue {
        switch random.number(below: 7) {
        case 0: return ["type": "string", "minLength": .integer(1 + random.number(below: 3)), "maxLength": 40]
        case 1: return ["type": "integer", "minimum": .integer(random.number(below: 5)), "maximum": 100]
        case 2: return ["type": "number", "multipleOf": random.once(in: 2) ? 0.01 : 0.5]
        case 3: return ["type": "boolean"]
        case 4: return ["type": "string", "enum": ["NEW", "DONE", "it's"]]
        case 5: return ["type": "array", "items": ["type": "string", "pattern": "^[a-z]+$"], "maxItems": 4]
        default:
            return ["type": "string", "format": .string(random.pick(["date", "date-time", "uuid", "email", "uri"]))]
        }
    }

    private mutating func queries() -> [JSONValue] {
        let all: [JSONValue] = [
            ["name": "page", "in": "query", "schema": ["type": "integer", "minimum": 1]],
            [
                "name": "tags", "in": "query", "explode": false,
                "schema": ["type": "array", "items": ["type": "string"]],
            ],
            ["name": "sort", "in": "query", "required": true, "schema": ["type": "string", "enum": ["up", "down"]]],
            [
                "name": "filter", "in": "query", "style": "deepObject", "explode": true,
                "schema": ["type": "object", "properties": ["from": ["type": "string", "format": "date"]]],
            ],
            ["name": "x-trace", "in": "header", "schema": ["type": "string", "maxLength": 20]],
        ]
        return all.filter { _ in random.once(in: 2) }
    }

    private mutating func operation(
        _ name: String, response: JSONValue?, status: String = "200", parameters: [JSONValue] = [],
        body: JSONValue? = nil,
        isItem: Bool = false
    ) -> JSONValue {
        var success: JSONObject = ["description": "ok"]
        if let response { success["content"] = ["application/json": ["schema": response]] }
        var responses: JSONObject = [status: .object(success)]
        if !random.once(in: 3) { responses[random.pick(["400", "422", "4XX"])] = ["description": "wrong"] }
        if isItem, !random.once(in: 3) { responses["404"] = ["description": "none"] }
        var operation: JSONObject = ["operationId": .string(name), "responses": .object(responses)]
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if let body {
            operation["requestBody"] = ["required": true, "content": ["application/json": ["schema": body]]]
        }
        return .object(operation)
    }
}
