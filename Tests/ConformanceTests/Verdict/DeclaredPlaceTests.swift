import Exchanges
import Testing

@testable import Conformance

/// The members and values of bodies that coverage counts.
@Suite("Declared places")
struct DeclaredPlaceTests {
    /// A document with `GET /x` (called `x`), whose 200 has these media types, and `GET /y` with the same schemas.
    private static func document(_ content: String, components: String = "{}") -> String {
        """
        openapi: 3.1.1
        info: { title: T, version: '1' }
        paths:
          /x: { get: { operationId: x, responses: { '200': { description: d, content: \(content) } } } }
          /y: { get: { operationId: y, responses: { '200': { description: d, content: \(content) } } } }
        components: { schemas: \(components) }
        """
    }

    /// The coverage after `x` had these bodies.
    private static func coverage(
        _ document: String, _ bodies: [String], type: String = "application/json"
    ) throws
        -> Coverage
    {
        let rows = bodies.indices.map { "s\($0),r\($0),x" }.joined(separator: "\n")
        let bench = try Bench(spec: document, tables: [("t.csv", "scenario,step,call\n\(rows)\n")])
        var answers: [String: [ExchangeOutcome]] = [:]
        for (index, body) in bodies.enumerated() {
            answers["r\(index)"] = [.answer(200, body, [("content-type", type)])]
        }
        return try bench.verdict(answers).coverage
    }

    private static func told(_ points: CoveredPoints) -> String {
        points.all.map { "\($0.name) \($0.count)" }.joined(separator: ", ")
    }

    private static func json(_ schema: String) -> String { "{ application/json: { schema: \(schema) } }" }

    /// A kind of schema, and what is counted after these bodies.
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var schema: String
        var components = "{}"
        var bodies: [String]
        var members: String
        var values = ""
    }

    private static let cases = [
        Case(
            testDescription: "branches together, of equal members the first",
            schema: "{ allOf: [ { properties: { a: { enum: [1] } } }, { $ref: '#/components/schemas/B' } ] }",
            components: "{ B: { properties: { a: { enum: [2] }, b: {} } } }",
            bodies: [#"{"a":1,"b":2}"#, #"{"a":2}"#], members: "/a 2, /b 1", values: "/a=1 1"),
        Case(
            testDescription: "a component at several places has a count for each",
            schema: "{ properties: { p: { $ref: '#/components/schemas/P' }, q: { $ref: '#/components/schemas/P' } } }",
            components: "{ P: { properties: { v: { const: z } } } }", bodies: [#"{"q":{"v":"z"}}"#],
            members: "/p 0, /p/v 0, /q 1, /q/v 1", values: #"/p/v="z" 0, /q/v="z" 1"#),
        Case(
            testDescription: "recursion ends at the second occurrence",
            schema: "{ $ref: '#/components/schemas/T' }",
            components: """
                { T: { properties: { t: { $ref: '#/components/schemas/T' },
                  l: { items: { $ref: '#/components/schemas/T' } } } } }
                """,
            bodies: [#"{"t":{"t":{}},"l":[{"t":{}}]}"#], members: "/t 1, /l 1"),
        Case(
            testDescription: "a recursive component has the same places below another one",
            schema: "{ properties: { x: { $ref: '#/components/schemas/T' } } }",
            components: "{ T: { properties: { t: { $ref: '#/components/schemas/T' }, k: { enum: [1] } } } }",
            bodies: [#"{"x":{"t":{"k":1}}}"#], members: "/x 1, /x/t 1, /x/k 0", values: "/x/k=1 0"),
        Case(
            testDescription: "six levels of members",
            schema: """
                { properties: { a: { properties: { b: { properties: { c: { properties: { d: { properties: { e: {
                  properties: { f: { enum: [1], properties: { g: {} } } } } } } } } } } } } } }
                """,
            bodies: [#"{"a":{"b":{"c":{"d":{"e":{"f":1}}}}}}"#],
            members: "/a 1, /a/b 1, /a/b/c 1, /a/b/c/d 1, /a/b/c/d/e 1, /a/b/c/d/e/f 1",
            values: "/a/b/c/d/e/f=1 1"),
        Case(
            testDescription: "elements are a level too",
            schema: """
                { properties: { a: { items: { items: { items: { properties: { b: { properties: { c: {
                  enum: [1] } } } } } } } } } }
                """,
            bodies: [#"{"a":[[[{"b":{"c":1}}]]]}"#], members: "/a 1, /a/*/*/*/b 1, /a/*/*/*/b/c 1",
            values: "/a/*/*/*/b/c=1 1"),
        Case(
            testDescription: "members of requests are not counted",
            schema: """
                { properties: { w: { type: string, writeOnly: true }, v: { $ref: '#/components/schemas/W' },
                  r: { writeOnly: false }, a: true } }
                """,
            components: "{ W: { writeOnly: true, properties: { in: {} } } }",
            bodies: [#"{"w":"1","v":{"in":1},"r":1,"a":1}"#], members: "/r 1, /a 1"),
        Case(
            testDescription: "a body counts once for each place and value, however the value is written",
            schema: "{ type: array, items: { properties: { k: { enum: [1, 2.0, 1.0] } } } }",
            bodies: [#"[{"k":1},{"k":1.0},{"k":3}]"#, #"[{"k":2}]"#, "[]"], members: "/*/k 2",
            values: "/*/k=1 1, /*/k=2 1"),
        Case(
            testDescription: "beside elements, a member with the name * has no places inside",
            schema: "{ items: { properties: { a: {} } }, properties: { '*': { properties: { a: {}, b: {} } } } }",
            bodies: [#"{"*":{"a":1}}"#, #"[{"a":1}]"#], members: "/*/a 1, /* 1"),
    ]

    @Test("members and values are counted by place", arguments: cases)
    func places(one: Case) throws {
        let document = Self.document(Self.json(one.schema), components: one.components)
        let coverage = try Self.coverage(document, one.bodies)
        let response = coverage.operations[0].responses[0]
        #expect(Self.told(response.properties) == one.members)
        #expect(Self.told(response.values) == one.values)
        // The response that was never received declares the same places.
        let other = coverage.operations[1].responses[0]
        #expect(other.properties.all.map(\.name) == response.properties.all.map(\.name))
        #expect(other.values.all.map(\.name) == response.values.all.map(\.name))
        #expect(other.properties.exercised == 0 && other.values.exercised == 0)
        for points in [response.properties, response.values, other.properties, other.values] {
            #expect(points.documented == points.all.count)
            #expect(points.exercised == points.all.count(where: \.isExercised))
            let gaps = points.all.filter { !$0.isExercised }
            #expect(points.unexercised(limit: .max) == gaps)
            #expect(points.unexercised(limit: 1) == Array(gaps.prefix(1)) && points.unexercised(limit: 0).isEmpty)
        }
    }

    @Test("several media types have the places of all their schemas, of equal ones the first")
    func mediaTypes() throws {
        let content = """
            { application/json: { schema: { properties: { a: { enum: [1] }, b: {} } } },
              application/problem+json: { schema: { properties: { b: {}, a: { enum: [1, 2] }, c: {} } } },
              text/plain: { schema: { properties: { d: {} } } } }
            """
        for type in ["application/json", "application/problem+json"] {
            let response = try Self.coverage(Self.document(content), [#"{"a":2,"c":1}"#], type: type).operations[0]
                .responses[0]
            #expect(Self.told(response.properties) == "/a 1, /b 0, /c 1")
            #expect(Self.told(response.values) == "/a=1 0, /a=2 1")
            #expect(response.properties.unexercised(limit: 5).map(\.name) == ["/b"])
            #expect(response.properties.documented == 3 && response.values.exercised == 1)
        }
    }

    @Test("at most 1,000 members and values of a schema are counted")
    func limits() throws {
        let members = (0..<1_100).map { "m\($0): { enum: [1, 2] }" }.joined(separator: ", ")
        let document = Self.document(Self.json("{ properties: { \(members) } }"))
        let response = try Self.coverage(document, [#"{"m999":1,"m1000":1,"m499":2}"#]).operations[0].responses[0]
        #expect(response.properties.documented == 1_000 && response.properties.exercised == 2)
        #expect(response.values.documented == 1_000 && response.values.exercised == 1)
        #expect(response.properties.all.last?.name == "/m999" && response.values.all.last?.name == "/m499=2")
    }

    @Test("points are equal by names and counts")
    func equality() {
        let (a, b) = (CoveragePoint(name: "a", count: 1), CoveragePoint(name: "b", count: 0))
        #expect(CoveredPoints([a, b]) == CoveredPoints([a, b]))
        #expect(CoveredPoints([a, b]) != CoveredPoints([b, a]))
        #expect(CoveredPoints([a]) != CoveredPoints([CoveragePoint(name: "a", count: 2)]))
        #expect(CoveredPoints() != CoveredPoints([b]))
    }
}
