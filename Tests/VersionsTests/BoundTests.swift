import Diagnostics
import JSONDocument
import Testing

@testable import Versions

/// Documents that are built to cost much: each comparison ends, and none of them looks clean.
@Suite struct BoundTests {
    private func compare(_ old: JSONValue, _ new: JSONValue, schemas: (JSONValue, JSONValue)? = nil) throws -> [Change]
    {
        try ContractSource.with { source in
            let before = try source.load(.document(of: old, version: "3.1", schemas: schemas?.0), "old")
            let after = try source.load(.document(of: new, version: "3.1", schemas: schemas?.1), "new")
            return ContractDiff.compare(before, after).changes
        }
    }

    private func nested(_ depth: Int, _ leaf: JSONValue, _ wrap: (JSONValue) -> JSONValue) -> JSONValue {
        (0..<depth).reduce(leaf) { schema, _ in wrap(schema) }
    }

    @Test("deep properties and deep allOf are compared or reported as undecided")
    func depth() throws {
        for wrap: (JSONValue) -> JSONValue in [
            { ["type": "object", "properties": ["a": $0]] }, { ["allOf": [$0]] }, { ["type": "array", "items": $0] },
        ] {
            let changes = try compare(
                nested(150, ["type": "string"], wrap), nested(150, ["type": "integer"], wrap))
            #expect(!changes.isEmpty)
        }
    }

    @Test("comparing nested alternatives ends", .timeLimit(.minutes(20)))
    func nestedAlternatives() throws {
        let wrap: (JSONValue) -> JSONValue = { ["oneOf": [$0, ["type": "object", "properties": ["a": $0]]]] }
        let changes = try compare(nested(8, ["type": "string"], wrap), nested(8, ["type": "integer"], wrap))
        #expect(changes.contains { $0.rule.effect == .undecided || $0.severity == .error })
    }

    @Test(
        "alternatives nested fourteen deep are undecided, and their siblings are compared",
        .timeLimit(.minutes(20)))
    func deepAlternatives() throws {
        func schemas(_ leaf: String) -> JSONValue {
            var members: [(String, JSONValue)] = [("N0", ["type": .string(leaf)])]
            for number in 1...14 {
                let inner: JSONValue = ["$ref": .string("#/components/schemas/N\(number - 1)")]
                members.append(("N\(number)", ["oneOf": [inner, ["type": "object", "properties": ["a": inner]]]]))
            }
            return .object(JSONObject(members))
        }
        func start(_ type: String) -> JSONValue {
            [
                "type": "object",
                "properties": ["deep": ["$ref": "#/components/schemas/N14"], "plain": ["type": .string(type)]],
            ]
        }
        let changes = try compare(
            start("string"), start("integer"), schemas: (schemas("string"), schemas("integer")))
        #expect(changes.contains { $0.rule.id.hasSuffix("-undecided") && $0.pointer.description.contains("/deep") })
        for path in ["/body", "/property"] {
            #expect(
                changes.contains { $0.subject?.path == path && $0.pointer.description.hasSuffix("/plain") }, "\(path)")
        }
    }

    @Test("the budget of one schema does not affect the next")
    func budgets() throws {
        let wrap: (JSONValue) -> JSONValue = { ["oneOf": [$0, ["type": "object", "properties": ["a": $0]]]] }
        let changes = try ContractSource.with { source in
            let pair = try ["string", "integer"].map { type in
                var document = JSONValue.document(of: nested(8, ["type": .string(type)], wrap), version: "3.1")
                document.set(
                    [
                        "get": [
                            "responses": [
                                "200": [
                                    "description": "ok",
                                    "content": ["application/json": ["schema": ["oneOf": [["type": .string(type)]]]]],
                                ]
                            ]
                        ]
                    ], at: JSONPointer(["paths", "/z"]))
                return try source.load(document, type)
            }
            return ContractDiff.compare(pair[0], pair[1]).changes
        }
        #expect(changes.filter { $0.subject?.path == "/z" }.map(\.rule.id) == ["response.body.type-changed"])
    }

    @Test("a change in a network of schemas is reported for every operation, wherever it enters the network")
    func nets() throws {
        func schemas(_ type: String) -> JSONValue {
            func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
            return [
                "A": ["type": "object", "properties": ["b": reference("B"), "x": ["type": .string(type)]]],
                "B": ["type": "object", "properties": ["c": reference("C")]],
                "C": ["type": "object", "properties": ["a": reference("A"), "b": reference("B")]],
            ]
        }
        let changes = try ContractSource.with { source in
            let pair = try ["string", "integer"].map { type in
                var document = JSONValue.document(of: ["type": "object"], version: "3.1", schemas: schemas(type))
                var paths: [(String, JSONValue)] = []
                for name in ["A", "B", "C"] {
                    let schema: JSONValue = ["$ref": .string("#/components/schemas/\(name)")]
                    let body: JSONValue = ["content": ["application/json": ["schema": schema]]]
                    paths.append(
                        ("/" + name, ["post": ["requestBody": body, "responses": ["200": ["description": "ok"]]]]))
                }
                document["paths"] = .object(JSONObject(paths))
                return try source.load(document, type)
            }
            return ContractDiff.compare(pair[0], pair[1]).changes
        }
        #expect(Set(changes.compactMap(\.subject?.path)) == ["/A", "/B", "/C"])
        let places = changes.map { "\($0.subject?.path ?? "") \($0.placeText)" }
        for place in ["/A body/x", "/B body/c/a/x", "/C body/a/x"] { #expect(places.contains(place)) }
        #expect(changes.allSatisfy { $0.rule.id == "request.property.type-changed" })
    }

    @Test("many lists of alternatives at once are reported as undecided")
    func combinations() throws {
        func groups(_ type: String) -> JSONValue {
            let lists: [JSONValue] = (0..<8).map { group in
                let alternatives: [JSONValue] = (0..<10).map { number in
                    [
                        "type": "object", "required": [.string("p\(group)-\(number)")],
                        "properties": .object(JSONObject([("p\(group)-\(number)", ["type": .string(type)])])),
                    ]
                }
                return ["oneOf": .array(alternatives)]
            }
            return ["allOf": .array(lists)]
        }
        let changes = try compare(groups("string"), groups("integer"))
        #expect(changes.contains { $0.rule.id.hasSuffix("schema-undecided") })
    }

    @Test("a change that is reachable in very many ways is listed up to a bound, which is reported")
    func manyWays() throws {
        func schemas(_ type: String) -> JSONValue {
            var members: [(String, JSONValue)] = (0..<30).map { number in
                let next: JSONValue = ["$ref": .string("#/components/schemas/N\(number + 1)")]
                return ("N\(number)", ["type": "object", "properties": ["l": next, "r": next]])
            }
            members.append(("N30", ["type": .string(type)]))
            return .object(JSONObject(members))
        }
        let start: JSONValue = ["$ref": "#/components/schemas/N0"]
        let changes = try compare(start, start, schemas: (schemas("string"), schemas("integer")))
        #expect(changes.contains { $0.rule.id.hasSuffix("schema-undecided") })
        #expect(changes.count <= Comparison.maximumChanges)
    }
}
