import Diagnostics
import Exchanges
import Scenarios
import Testing

/// A request that violates the contract is reported at the cell that causes it, before anything is sent.
@Suite("Issues of planned requests") struct RequestIssueTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Issues, version: '1'}
        paths:
          /a/{id}:
            post:
              operationId: act
              parameters:
                - {name: id, in: path, required: true, schema: {type: string, maxLength: 3}}
                - {name: q, in: query, schema: {type: array, items: {type: string}, maxItems: 2}}
                - {name: k, in: cookie, schema: {type: string, pattern: '^[a-z]+$'}}
                - {name: h, in: header, required: true, schema: {type: string, default: x}}
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      required: [a]
                      additionalProperties: false
                      properties:
                        a: {type: string, minLength: 2}
                        b: {type: object, required: [x], properties: {x: {type: integer}, y: {type: integer}}}
                        c: {type: array, maxItems: 2, items: {type: integer, maximum: 5}}
                      dependentRequired: {b: [c]}
              responses: {'400': {description: no}, '200': {description: ok, content: {application/json: {schema: {type: object, properties: {a: {type: string}, n: {type: integer}}}}}}}
        """
    private static let add = "add `invalid` to `opts` if the request must violate the contract"

    private static func problems(_ rows: String) throws -> [String] {
        try OneOperation.problems("scenario,step,call,set,expect,opts\n" + rows, in: document)
    }

    private static func problem(_ set: String) throws -> [String] { try problems("s,a,act,\"\(set)\",,\n") }

    @Test("a request that conforms has no issue")
    func valid() throws {
        #expect(try Self.problem("id=abc; a=ab; b.x=1; c:=[1]; q:=[\"\"x\"\"]; cookie.k=abc") == [])
    }

    @Test(
        "a violated keyword is reported at the item that sets the place, or a part above it",
        arguments: [
            ("id=abcd; a=ab", "2:13 'id' has 4 characters, but at most 3 are allowed"),
            ("id=abc; a=b", "2:20 'a' has 1 character, but at least 2 are needed"),
            ("id=abc; a=ab; c:=[1,2,3]", "2:27 'c' has 3 elements, but at most 2 are allowed"),
            ("id=abc; a=ab; c:=[1,9]", "2:27 'c', at '/1',: 9 is above the maximum 5"),
            ("id=abc; a=ab; cookie.k=A1", "2:33 'cookie.k'"),
            ("id=abc; a=ab; q:=[1,2,3]", "2:27 'q' has 3 elements, but at most 2 are allowed"),
        ])
    func values(set: String, start: String) throws {
        let found = try Self.problem(set)
        #expect(found.count == 1 && found[0].hasPrefix(start), "\(found)")
    }

    @Test("a missing member is reported at the cell of the call, and the help names both remedies")
    func missing() throws {
        // The contract does not require a body, so none is sent.
        #expect(try Self.problem("id=abc") == [])
        #expect(
            try Self.problem("id=abc; c:=[1]") == [
                "2:5 'body' lacks the required member \"a\" | set the member, or put it into the body file; or \(Self.add)"
            ])
    }

    @Test("a member that a set object lacks is reported at the item")
    func nested() throws {
        let found = try Self.problem("id=abc; a=ab; c:=[1]; b.y=1")
        #expect(found.count == 1)
        #expect(found.first?.contains("'body/b' lacks the required member \"x\"") == true, "\(found)")
        #expect(found.first?.hasSuffix("set the member, or put it into the body file; or \(Self.add)") == true)
    }

    @Test("a member that no schema allows is reported where it is set")
    func undeclared() throws {
        let found = try Self.problem("id=abc; a=ab; body.z:=1")
        #expect(found.count == 1)
        #expect(found.first?.contains("has the member \"z\", which the schema does not allow") == true, "\(found)")
    }

    @Test("values that only a run knows leave open only what they can change")
    func open() throws {
        func second(_ set: String) throws -> [String] {
            try Self.problems("s,p,act,id=abc; a=ab,,\n,a,act,\"\(set)\",,\n")
        }
        #expect(try second("id={{p.a}}; a={{p.a}}") == [])
        #expect(try second("id={{p.a}}; a={{p.a}}; c[0]={{p.n}}; b.x={{p.n}}") == [])
        #expect(try second("id=abc; a={{p.a}}; c:=[9]").count == 1)
        #expect(try second("id=abcd; a={{p.a}}").count == 1)
        // Names are known even where values are not.
        #expect(try second("id=abc; a=ab; body.z={{p.a}}").contains { $0.contains("which the schema does not allow") })
        #expect(try second("id=abc; b.x={{p.n}}; c:=[1]").contains { $0.contains("lacks the required member \"a\"") })
    }

    @Test("an invalid row with an open value is not said to be valid")
    func openInvalid() throws {
        let rows = { (set: String) in "s,p,act,id=abc; a=ab,,\n,a,act,\(set),400,invalid\n" }
        #expect(try Self.problems(rows("id=abc; a={{p.a}}")) == [])
        #expect(
            try Self.problems(rows("id=abc; a=ab")).contains {
                $0.contains("its request does not violate the contract")
            })
    }

    @Test("the default of a required header is sent, and an omitted one is an issue")
    func defaults() throws {
        #expect(try Self.problem("id=abc; a=ab; header.h=y") == [])
        #expect(
            try Self.problem("id=abc; a=ab; !header.h") == [
                "2:24 the required header parameter 'h' is omitted | \(Self.add)"
            ])
        #expect(try Self.problems("s,a,act,id=abc; a=ab; !header.h,400,invalid\n") == [])
    }

    @Test("headers of every request count as set, and a placeholder of one leaves its value open")
    func common() throws {
        let parameters = "{name: X-Team, in: header, required: true, schema: {type: string, enum: [blue]}}"
        func problems(_ change: (inout PlanSettings) -> Void) throws -> [String] {
            var settings = Library.settings()
            change(&settings)
            return try OneOperation(parameters: parameters, settings: settings).problems("step,call\na,act\n")
        }
        #expect(try problems { _ in }.count == 1)
        #expect(try problems { $0.headers = [.init(name: "x-team", value: "blue")] } == [])
        #expect(try problems { $0.headers = [.init(name: "x-team", value: "red")] }.count == 1)
        #expect(
            try problems {
                $0.headers = [.init(name: "x-team", value: "red")]
                $0.unknownHeaders = ["X-TEAM"]
            } == [])
    }
}
