import Diagnostics
import JSONDocument
import OpenAPI
import TestKit
import Testing

/// The same condition as OpenAPI 3.0 and as later versions spell it (OpenAPI 3.1.1, appendix and section 4.8.24; JSON
/// Schema 2020-12 Validation, section 6).
@Suite("One condition in the spelling of each version")
struct VersionSpellingTests {
    struct Pair: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        /// Values that both accept, and values that both reject, as JSON.
        let right: [String]
        let wrong: [String]
        var testDescription: String { "\(old) and \(new)" }

        init(_ old: String, _ new: String, right: [String], wrong: [String]) {
            (self.old, self.new, self.right, self.wrong) = (old, new, right, wrong)
        }
    }

    static let pairs = [
        Pair(
            "{type: string, nullable: true}", "{type: [string, 'null']}", right: [#""a""#, "null"], wrong: ["1", "{}"]),
        Pair("{type: integer}", "{type: integer}", right: ["1", "1.0", "1e2"], wrong: ["null", "1.5", #""1""#]),
        Pair(
            "{type: object, nullable: true, required: [a], properties: {a: {}}}",
            "{type: [object, 'null'], required: [a], properties: {a: {}}}",
            right: ["null", #"{"a":1}"#, #"{"a":null}"#],
            wrong: ["{}", "[]"]),
        // `nullable` does not add null to a list of values (OpenAPI 3.0.4, section 4.7.24.3).
        Pair(
            "{type: string, nullable: true, enum: [a]}", "{type: [string, 'null'], enum: [a]}", right: [#""a""#],
            wrong: ["null", #""b""#]),
        Pair(
            "{type: string, nullable: true, enum: [a, null]}", "{type: [string, 'null'], enum: [a, null]}",
            right: [#""a""#, "null"], wrong: [#""b""#]),
        Pair("{type: string, enum: [a]}", "{const: a}", right: [#""a""#], wrong: [#""b""#, "1", "null"]),
        Pair(
            "{type: number, minimum: 1, exclusiveMinimum: true}", "{type: number, exclusiveMinimum: 1}",
            right: ["1.01", "2"], wrong: ["1", "1.0", "0"]),
        Pair(
            "{type: number, maximum: 5, exclusiveMaximum: true}", "{type: number, exclusiveMaximum: 5}",
            right: ["4.99"],
            wrong: ["5", "5.0", "6"]),
        Pair(
            "{type: number, minimum: 1, exclusiveMinimum: false}", "{type: number, minimum: 1}", right: ["1", "2"],
            wrong: ["0.99"]),
        Pair(
            "{type: array, items: {}, maxItems: 1}", "{type: array, maxItems: 1}", right: ["[]", "[null]"],
            wrong: ["[1,2]", "{}"]),
        Pair(
            "{allOf: [{type: string}, {minLength: 2}]}", "{$ref: '#/components/schemas/S', minLength: 2}",
            right: [#""ab""#], wrong: [#""a""#, "1"]),
        Pair(
            "{type: object, properties: {a: {allOf: [{$ref: '#/components/schemas/S'}], nullable: true}}}",
            "{type: object, properties: {a: {$ref: '#/components/schemas/S'}}}", right: [#"{"a":"x"}"#, "{}"],
            wrong: [#"{"a":null}"#, #"{"a":1}"#]),
        Pair(
            "{not: {type: string}}", "{type: ['null', boolean, number, array, object]}", right: ["1", "null", "[]"],
            wrong: [#""a""#]),
        Pair(
            "{type: object, additionalProperties: false, properties: {a: {type: string}}}",
            "{type: object, additionalProperties: false, properties: {a: {type: string}}, $comment: c}",
            right: ["{}", #"{"a":""}"#], wrong: [#"{"b":1}"#, "1"]),
        Pair(
            "{type: string, format: date}", "{type: string, format: date}", right: [#""2024-02-29""#],
            wrong: [#""2023-02-29""#, #""x""#]),
        Pair(
            "{oneOf: [{type: integer}, {type: string}]}", "{type: [integer, string]}", right: ["1", #""a""#],
            wrong: ["1.5", "null"]),
    ]

    private static func contract(_ schema: String, _ version: String) throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: \(version)
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  parameters: [{name: X-Value, in: header, content: {application/json: {schema: \(schema)}}}]
                  requestBody: {content: {application/json: {schema: \(schema)}}}
                  responses: {'200': {description: ok}}
            components: {schemas: {S: {type: string}}}
            """)
    }

    @Test("a body, and a parameter with the same schema, get the same verdict in every version", arguments: pairs)
    func verdicts(pair: Pair) throws {
        let contracts = [
            try Self.contract(pair.old, "3.0.4"), try Self.contract(pair.new, "3.1.1"),
            try Self.contract(pair.new, "3.2.0"),
        ]
        for contract in contracts { #expect(contract.check().filter { $0.severity == .error } == []) }
        for (value, isRight) in pair.right.map({ ($0, true) }) + pair.wrong.map({ ($0, false) }) {
            for contract in contracts {
                func issues(_ headers: [(name: String, value: String)], _ body: String?) -> [RequestIssue] {
                    contract.issues(
                        in: WireRequest(method: "POST", path: "/a", headers: headers, body: body.map { Array($0.utf8) })
                    )
                }
                let body = issues([("content-type", "application/json")], value)
                #expect(body.isEmpty == isRight, "\(contract.info.openAPIVersion) \(value)")
                let header = issues([("x-value", value)], nil)
                #expect(header.isEmpty == isRight, "\(contract.info.openAPIVersion) \(value) in a header")
                #expect((body + header).allSatisfy { !$0.isUndecided })
            }
        }
    }

    @Test(
        "a spelling of another version is reported, and does not pass for the one of this version",
        arguments: [
            ("3.0.4", "{type: [string, 'null']}", "schema.keyword"),
            ("3.0.4", "{type: number, exclusiveMinimum: 1}", "schema.keyword"),
            ("3.0.4", "{const: a}", "schema.unknown-keyword"),
            ("3.1.1", "{type: string, nullable: true}", "schema.unknown-keyword"),
            ("3.1.1", "{type: number, minimum: 1, exclusiveMinimum: true}", "schema.keyword"),
        ])
    func foreign(version: String, schema: String, rule: String) throws {
        let found = try Self.contract(schema, version).check()
        #expect(Set(found.map(\.rule)) == [rule], "\(found.map(\.testLine))")
    }
}
