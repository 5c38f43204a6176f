import JSONDocument
import OpenAPI
import Testing

@testable import Scenarios

/// Whether a response that conforms to a contract can pass a check. A check that the run would pass must never be
/// forecast as impossible.
@Suite("Forecasts of checks") struct CheckForecastTests {
    /// The outlook of a check of a response with a body, headers or both.
    private static func outlook(
        _ check: String, body: String? = nil, headers: String = "", more: String = ""
    ) throws -> CheckOutlook {
        let contracts = try OneOperation(response: body, headers: headers, otherResponses: more).contracts
        let contract = try #require(contracts.defaultContract)
        var parser = ItemParser(check)
        let parsed = try #require(parser.items().first, "\(parser.problems)")
        let cell = CellPlace(file: "t.csv", column: "check", cell: .init(text: check, line: 2, column: 1))
        let item = PlacedItem(parsed: parsed, cell: cell, isPromoted: false).item()
        return item.outlook(in: contract.operations[0].responses, contract.schemas)
    }

    private static func member(_ check: String, _ schema: String) throws -> CheckOutlook {
        try outlook(check, body: "{type: object, properties: {x: \(schema)}}")
    }

    @Test(
        "a check that some conforming value passes is possible",
        arguments: [
            ("x=7", "{type: integer}"), ("x=7", "{type: string}"), ("x='7'", "{type: string}"),
            ("x=true", "{type: boolean}"),
            ("x=null", "{type: [string, 'null']}"), ("x:=null", "{type: [string, 'null']}"), ("x=A", "{enum: [A, B]}"),
            ("x=7", "{oneOf: [{type: string, format: uuid}, {type: integer}]}"), ("x={{a.b}}", "{type: integer}"),
            ("x!=7", "{type: string}"), ("x~uuid", "{type: string}"), ("x~integer", "{type: number}"),
            ("x~number", "{type: integer}"),
            ("x~boolean", "{type: boolean}"), ("x~null", "{type: [integer, 'null']}"), ("x~nonempty", "{type: string}"),
            ("x~present", "{type: 'null'}"), ("x~len:2", "{type: array, items: {}}"), ("x~len:2", "{type: object}"),
            ("x~oneof:A|7", "{type: integer}"), ("x~contains:a", "{type: array, items: {type: string}}"),
            ("x<5", "{type: number}"), ("x>2026-01-01T00:00:00Z", "{type: string, format: date-time}"),
            ("x~/a/", "{type: string}"),
            ("x~text:1.0", "{type: number}"), ("x~near:now:5s", "{type: string}"), ("x~schema:S", "{type: object}"),
            ("x", "{}"),
            ("!x", "{type: string}"), ("x!~uuid", "{type: integer}"),
        ])
    func possible(check: String, schema: String) throws {
        #expect(try Self.member(check == "x" ? "x~string" : check, schema) == .possible)
    }

    @Test(
        "texts are found in the spelling of numbers and booleans too",
        arguments: ["x~starts:1", "x~ends:0", "x~contains:5", "x~/\\d+/", "x~/tr.*/"])
    func spellings(check: String) throws {
        for schema in ["{type: integer}", "{type: number}", "{type: boolean}", "{type: string}"] {
            #expect(try Self.member(check, schema) == .possible, "\(schema)")
        }
        #expect(try Self.member(check, "{type: object}") == .impossible("is always an object"))
        #expect(try Self.member(check, "{type: 'null'}") == .impossible("is always null"))
    }

    @Test(
        "a check that no conforming value passes is impossible, with the reason",
        arguments: [
            ("x=seven", "{type: integer}", "is always an integer"), ("x=seven", "{type: number}", "is always a number"),
            ("x='7'", "{type: integer}", "is always an integer"),
            ("x=10", "{type: integer, maximum: 9}", "is never 10"),
            ("x=C", "{enum: [A, B]}", "is never \"C\""), ("x:=7", "{type: string}", "is always a string"),
            ("x:=null", "{type: string}", "is always a string"),
            ("x:=[1]", "{type: array, items: {type: string}}", "is never [1]"),
            ("x~uuid", "{type: integer}", "is always an integer"),
            ("x~date", "{type: array, items: {}}", "is always an array"),
            ("x~number", "{type: [string, boolean]}", "is always a boolean or string"),
            ("x~boolean", "{type: 'null'}", "is always null"),
            ("x~null", "{type: object}", "is always an object"), ("x~nonempty", "{type: 'null'}", "is always null"),
            ("x~len:2", "{type: boolean}", "is always a boolean"),
            ("x~oneof:A|B", "{type: integer}", "has none of these values"),
            ("x~oneof:A", "{type: integer}", "is always an integer"),
            ("x~oneof:C|D", "{enum: [A, B]}", "has none of these values"),
            ("x<5", "{type: string}", "is always a string"),
            ("x<2026-01-01T00:00:00Z", "{type: integer}", "is always an integer"),
        ])
    func impossible(check: String, schema: String, reason: String) throws {
        #expect(try Self.member(check, schema) == .impossible(reason))
    }

    @Test("a member that no response declares is undeclared; one that is not described may be anything")
    func undeclared() throws {
        #expect(try Self.member("y=1", "{type: string}") == .undeclared)
        #expect(try Self.member("x.z=1", "{type: string}") == .undeclared)
        #expect(try Self.member("x[0]=1", "{type: string}") == .undeclared)
        #expect(try Self.member("x.z=1", "{}") == .possible)
        #expect(try Self.member("x.z=1", "{type: object}") == .possible)
        #expect(try Self.outlook("y=1") == .possible)
    }

    @Test("the absence of a member is impossible if everything on the way to it is required")
    func absence() throws {
        let required =
            "{type: object, required: [x], properties: {x: {type: object, required: [y], properties: {y: {}, z: {}}}}}"
        #expect(try Self.outlook("!x", body: required) == .impossible("is always present"))
        #expect(try Self.outlook("!x.y", body: required) == .impossible("is always present"))
        #expect(try Self.outlook("!x.z", body: required) == .possible)
        let nullable = required.replacing(
            "{type: object, required: [y]", with: "{type: [object, 'null'], required: [y]")
        #expect(try Self.outlook("!x.y", body: nullable) == .possible)
        #expect(try Self.outlook("!$", body: required) == .possible)
    }

    @Test("one response that can pass is enough")
    func severalResponses() throws {
        let more = { (schema: String) in ", '202': {description: l, content: {application/json: {schema: \(schema)}}}" }
        let body = "{type: object, properties: {x: {type: integer}}}"
        #expect(
            try Self.outlook("x=a", body: body, more: more("{type: object, properties: {x: {type: string}}}"))
                == .possible)
        #expect(
            try Self.outlook("x=a", body: body, more: more("{type: object, properties: {x: {type: boolean}}}"))
                == .impossible("is always an integer"))
        // A response without the member does not make the check possible.
        #expect(
            try Self.outlook("x=a", body: body, more: more("{type: object, properties: {y: {type: string}}}"))
                == .impossible("is always an integer"))
        #expect(try Self.outlook("x=a", body: body, more: more("{}")) == .possible)
    }

    @Test(
        "headers are typed by their declaration, and their text spells numbers",
        arguments: [
            ("header.x=7", "X: {schema: {type: integer}}", CheckOutlook.possible),
            ("header.x=a", "X: {schema: {type: integer}}", .impossible("is always an integer")),
            ("header.x>5", "X: {schema: {type: string}}", .possible),
            ("header.x:=5", "X: {schema: {type: string}}", .possible),
            ("header.x:=true", "X: {schema: {type: string}}", .possible),
            ("header.x:=null", "X: {schema: {type: string}}", .impossible("is always a string")),
            ("header.x~starts:1", "X: {schema: {type: integer}}", .possible),
            ("header.x~uuid", "X: {schema: {type: boolean}}", .impossible("is always a boolean")),
            ("header.y=1", "X: {schema: {type: integer}}", .undeclared),
            ("!header.x", "X: {schema: {type: integer}}", .possible),
            ("!header.x", "X: {required: true, schema: {type: integer}}", .impossible("is always sent")),
            ("header.x=1", "X: {content: {application/json: {schema: {type: string}}}}", .possible),
        ])
    func headers(check: String, declaration: String, expected: CheckOutlook) throws {
        #expect(try Self.outlook(check, headers: declaration) == expected)
    }

    @Test("a header that only some responses require may be absent")
    func someHeaders() throws {
        #expect(
            try Self.outlook(
                "!header.x", headers: "X: {required: true, schema: {type: integer}}",
                more: ", '204': {description: none}")
                == .possible)
    }

    @Test(
        "other parts of an exchange are not forecast",
        arguments: ["status=500", "time<0.1", "query.x=1", "cookie.x=1", "path.x=1"])
    func others(check: String) throws {
        #expect(try Self.member(check, "{type: string}") == .possible)
    }
}
