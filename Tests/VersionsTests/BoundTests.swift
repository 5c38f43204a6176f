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

    @Test("deep properties and deep allOf are compared, or said to be undecided")
    func depth() throws {
        for wrap: (JSONValue) -> JSONValue in [
            { ["type": "object", "properties": ["a": $0]] }, { ["allOf": [$0]] }, { ["type": "array", "items": $0] },
        ] {
            let changes = try compare(
                nested(150, ["type": "string"], wrap), nested(150, ["type": "integer"], wrap))
            #expect(!changes.isEmpty)
        }
    }

    @Test("alternatives inside of alternatives end", .timeLimit(.minutes(3)))
    func nestedAlternatives() throws {
        let wrap: (JSONValue) -> JSONValue = { ["oneOf": [$0, ["type": "object", "properties": ["a": $0]]]] }
        let changes = try compare(nested(8, ["type": "string"], wrap), nested(8, ["type": "integer"], wrap))
        #expect(changes.contains { $0.rule.effect == .undecided || $0.severity == .error })
    }

    @Test("many lists of alternatives at once are said to be undecided")
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

    @Test("one change that is reached in very many ways is listed up to a bound, which is told")
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
