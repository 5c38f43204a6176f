import JSONDocument
import OpenAPI
import TestKit
import Testing

/// A document that requires more never accepts a request that the weaker document rejects.
@Suite("Documents that require more")
struct TighterDocumentTests {
    private static func contract(_ parameter: String, _ schema: String, isRequired: Bool = false) throws -> Contract {
        try OpenAPITests.contract(
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  operationId: send
                  parameters:
                    - {name: p, \(parameter), schema: \(schema), required: \(isRequired)}
                  responses: {'200': {description: ok}}
            """)
    }

    /// A schema, and the conditions that are added to it.
    static let schemas: [(schema: String, more: [String])] = [
        (
            "type: string",
            [
                "minLength: 2", "maxLength: 2", "pattern: '^[a-z]+$'", "enum: [a, ab, abc]", "format: date",
                "not: {const: ab}",
            ]
        ),
        (
            "type: integer",
            ["minimum: 2", "maximum: 9", "multipleOf: 5", "enum: [1, 5, 10]", "format: int32", "exclusiveMinimum: 1"]
        ),
        ("type: number", ["minimum: 1.5", "exclusiveMaximum: 10", "multipleOf: 0.5", "enum: [1, 1.5]"]),
        (
            "type: array, items: {type: string}",
            [
                "minItems: 2", "maxItems: 1", "uniqueItems: true", "contains: {const: a}",
                "prefixItems: [{enum: [a, ab]}]",
            ]
        ),
        (
            "type: object, properties: {a: {type: string}, b: {type: integer}}",
            [
                "required: [a]", "additionalProperties: false", "maxProperties: 1", "minProperties: 2",
                "dependentRequired: {a: [b]}",
            ]
        ),
        ("type: boolean", ["const: true", "enum: [true]"]),
    ]

    static let places = [
        "in: query", "in: query, explode: false", "in: query, style: pipeDelimited, explode: false",
        "in: query, style: deepObject, explode: true", "in: header", "in: cookie, explode: false",
    ]

    private static let texts = [
        "", "a", "ab", "abc", "a,ab", "a,a", "1", "5", "10", "1.5", "-3", "true", "false", "2024-01-01", "a,1", "b,1",
        "a,x,b,5",
        "a%7Cab", "x%20y", "%zz",
    ]

    private static func request(_ place: String, _ random: inout SplitMix) -> WireRequest {
        let texts = (0..<random.number(below: 3)).map { _ in random.pick(Self.texts) }
        var request = WireRequest(method: "POST", path: "/a")
        if place.contains("header") {
            request.headers = texts.map { ("p", $0) }
        } else if place.contains("cookie") {
            request.headers = texts.map { ("cookie", "p=\($0)") }
        } else {
            let names = place.contains("deepObject") ? ["p[a]", "p[b]", "p[c]"] : ["p", "p", "a", "b"]
            let pairs = texts.map { "\(random.pick(names))=\($0)" }
            request.query = pairs.isEmpty ? nil : pairs.joined(separator: "&")
        }
        return request
    }

    @Test("another keyword in the schema of a parameter", arguments: places)
    func keywords(place: String) throws {
        var random = SplitMix(seed: place.utf8.count)
        var rejected = 0
        for (schema, more) in Self.schemas {
            let weak = try Self.contract(place, "{\(schema)}")
            for keyword in more {
                let tight = try Self.contract(place, "{\(schema), \(keyword)}")
                for _ in 0..<40 {
                    let request = Self.request(place, &random)
                    let (before, after) = (weak.issues(in: request), tight.issues(in: request))
                    if !before.isEmpty { #expect(!after.isEmpty, "\(schema), \(keyword): \(request)") }
                    if before.isEmpty, !after.isEmpty { rejected += 1 }
                }
            }
        }
        #expect(rejected > 20, "the added keywords reject only \(rejected) requests")
    }

    @Test("`required: true` adds one issue to a request without the parameter, and none to others", arguments: places)
    func required(place: String) throws {
        var random = SplitMix(seed: 5)
        for (schema, _) in Self.schemas {
            let (weak, tight) = (
                try Self.contract(place, "{\(schema)}"), try Self.contract(place, "{\(schema)}", isRequired: true)
            )
            // A style without a meaning for the schema cannot be judged, whether the parameter is there or not.
            let bare = tight.issues(in: WireRequest(method: "POST", path: "/a"))
            #expect(bare.map(\.keyword) == [bare.contains { $0.isUndecided } ? "style" : "required"])
            for _ in 0..<40 {
                let request = Self.request(place, &random)
                let (before, after) = (weak.issues(in: request), tight.issues(in: request))
                let isMissing = after.contains { $0.keyword == "required" && $0.actual == "nothing" }
                #expect(after.filter { $0.actual != "nothing" && !$0.isUndecided } == before.filter { !$0.isUndecided })
                #expect(before.isEmpty || !after.isEmpty)
                #expect(!isMissing || before.allSatisfy { $0.isUndecided })
            }
        }
    }

    @Test("adding a body schema, or a schema around another, rejects no less", arguments: 0..<8)
    func bodies(seed: Int) throws {
        var random = SplitMix(seed: seed)
        var rejected = 0
        func document(_ schema: JSONValue) -> String {
            let media: JSONValue = ["application/json": ["schema": schema]]
            let operation: JSONValue = ["requestBody": ["content": media], "responses": ["200": ["description": "ok"]]]
            let document: JSONValue = [
                "openapi": "3.1.0", "info": ["title": "t", "version": "1"], "paths": ["/a": ["post": operation]],
            ]
            return document.text
        }
        for _ in 0..<6 {
            let (one, other) = (Self.schema(&random), Self.schema(&random))
            let weak = try Contract.load(text: document(one))
            let both = try Contract.load(text: document(["allOf": [one, other]]))
            let reversed = try Contract.load(text: document(["allOf": [other, one]]))
            let either = try Contract.load(text: document(["anyOf": [one, other]]))
            for _ in 0..<40 {
                let value = Self.value(&random, depth: 2)
                func isAccepted(_ contract: Contract) -> Bool {
                    contract.issues(
                        in: WireRequest(
                            method: "POST", path: "/a", headers: [("content-type", "application/json")],
                            body: value.utf8)
                    ).isEmpty
                }
                if !isAccepted(weak) { #expect(!isAccepted(both), "\(one) \(other) \(value)") }
                #expect(isAccepted(both) == isAccepted(reversed), "\(one) \(other) \(value)")
                if isAccepted(weak) { #expect(isAccepted(either), "\(one) \(other) \(value)") }
                if isAccepted(weak), !isAccepted(both) { rejected += 1 }
            }
        }
        #expect(rejected > 0)
    }

    /// A schema that is the same in both directions: `readOnly` of one part may allow what another part requires.
    private static func schema(_ random: inout SplitMix) -> JSONValue {
        while true {
            let schema = SchemaMaker.schema(&random, depth: 2)
            if !schema.text.contains("Only") { return schema }
        }
    }

    private static func value(_ random: inout SplitMix, depth: Int) -> JSONValue {
        switch random.number(below: depth > 0 ? 8 : 4) {
        case 0: return .integer(random.number(below: 10))
        case 1, 2: return .string(random.pick(["a", "b", "c", "ab", "abc", "", "abcdefg"]))
        case 3: return random.once(in: 2) ? .boolean(true) : .null
        case 4: return .array((0..<random.number(below: 4)).map { _ in value(&random, depth: depth - 1) })
        default:
            var object = JSONObject()
            for name in ["p", "q", "r", "s", "t"] where random.once(in: 2) {
                object[name] = value(&random, depth: depth - 1)
            }
            return .object(object)
        }
    }
}
