import Diagnostics
import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

@Suite("Rows that contradict themselves") struct ContradictionTests {
    @Test("an absent body accepts no items and cannot be a source") func noBody() {
        let table = """
            scenario,step,call,body,set,expect,opts
            s,*,,,body.note=x,,
            ,a,addBook,none,title=x,400,invalid
            ,b,addBook,as c,title=x,,
            ,c,addBook,,title=x,,
            ,d,getBook,,book_id=x; !body.note,,
            ,e,addBook,as d,,400,invalid
            """
        #expect(
            Library.problems(table).filter { !$0.contains("note:") } == [
                "3:17 the row sends no body, so 'title' cannot be set | remove the item, or remove `none` from `body`",
                "4:15 the step 'c' runs only after 'b' | name a step that ran before: setup rows run first, teardown rows last and in reverse order",
                "7:15 the step 'd' sends no body | name a step that sends one",
            ])
    }

    @Test("if no credentials are needed, none can be wrong") func publicOperations() {
        #expect(
            Library.problems("step,call,set,auth\na,listBooks,genre=novel,wrong\nb,listBooks,genre=novel,none\n") == [
                "2:25 'listBooks' requires no credentials, so there is nothing to try | leave the cell empty"
            ])
    }

    @Test("an invalid row must expect an exact status, not a hundred, that accepts it") func accepted() {
        let table = """
            step,call,set,expect,opts
            a,addBook,title=x; pages=ten,4xx|2xx,invalid
            b,addBook,title=x; pages=ten,200,invalid
            c,addBook,title=x,400,timeout=5s invalid
            """
        #expect(
            Library.problems(table) == [
                "2:34 warning: an accepted invalid request is a finding, unless the row names the exact status | "
                    + "write the status: 200",
                "4:34 the step 'c' is marked `invalid`, but its request does not violate the contract | remove `invalid`, or set a value that the contract forbids",
            ])
    }

    @Test("only status and body can be compared with another step") func sameAs() {
        let table = "step,call,set,same_as\na,addBook,title=x,\nb,addBook,title=x,a except price header.x-request-id\n"
        #expect(
            Library.problems(table) == [
                "3:34 'header.x-request-id' is not a part of the body, and only status and body are compared | name "
                    + "members of the body: STEP except a b[*].c"
            ])
    }

    @Test("a law must name existing parts") func laws() {
        let table = """
            law,when,check
            a,header.x={{env.HOM_SHELF}},header.y={{var.shelv}}; header.z={{secret.TOKE}}
            b,,header.y={{req.path|hmac:secret.OTHER}}; header.x={{var.shelf}}
            """
        #expect(
            Library.problems(table) == [
                "2:12 the environment variable 'HOM_SHELF' is not set | did you mean `env.HOME_SHELF`?",
                "2:39 unknown variable 'shelv' | did you mean `var.shelf`?",
                "2:63 unknown secret 'TOKE' | did you mean `secret.TOKEN`?",
                "3:13 unknown secret 'OTHER' | set the environment variable, or add it to the file of --secrets",
            ])
        let (plan, _) = Library.plan("law,check\na,header.x={{secret.TOKEN}}\n")
        #expect(plan.secrets == ["TOKEN"])
    }
}

/// Schemas that say little about types, or use words that mean something in a path.
@Suite("Odd schemas") struct OddSchemaTests {
    private static let document = """
        openapi: 3.0.3
        info: {title: Odd, version: "1"}
        paths:
          /odd:
            post:
              operationId: odd
              requestBody:
                content:
                  application/json:
                    schema:
                      type: object
                      properties:
                        any: {}
                        rank: {minimum: 3}
                        level: {enum: [1, 2]}
                        mixed: {enum: [1, "2", true, auto]}
                        header: {type: object, properties: {x: {type: string}}}
                        body: {type: string}
                        status: {type: string}
              responses:
                "200":
                  description: odd
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          level: {enum: [1, 2]}
                          time: {type: string}
                          query: {type: object}
        """

    private static func plan(_ table: String) -> (Plan, [String]) {
        do {
            let contract = try Contract.load(text: document, name: "1", file: "odd.yaml")
            let (plan, diagnostics) = Planner.plan(
                tables: [TableSource(path: "t.csv", bytes: Array(table.utf8))], contracts: Contracts([contract]),
                settings: Library.settings())
            return (plan, diagnostics.map(Library.text))
        } catch {
            return (Plan(scenarios: [], laws: [], fingerprint: ""), ["\(error)"])
        }
    }

    @Test("a member without a type accepts text, with a note; enumerated values provide the type") func types() throws {
        let (plan, problems) = Self.plan(
            """
            step,call,set,check
            a,odd,any=7; rank=7; level=2; mixed=1,level=1
            b,odd,mixed=2; any:=7,level=2
            c,odd,mixed=true; any='7',
            d,odd,level=3,level=5
            """)
        #expect(
            problems == [
                "2:11 note: the contract does not declare the type of 'any': the text is sent as a string | write "
                    + "any:=7 for another JSON value",
                "2:19 note: the contract does not declare the type of 'rank': the text is sent as a string | write "
                    + "rank:=7 for another JSON value",
                "5:13 'level': 3 is not one of the 2 allowed values 1, 2 | did you mean `1`?",
                "5:21 'level': 5 is not one of the 2 allowed values 1, 2; no response that satisfies the contract has this value | "
                    + "did you mean `1`?",
            ])
        let scope = ValueScope(seed: "s", table: "t.csv", scenario: "t", now: .init(microsecondsSinceEpoch: 0))
        let bodies = try plan.scenarios[0].steps.prefix(3).map { step in
            try RequestBuilder.build(step, scope: scope, credentials: Credentials(), baseURL: "http://x").body?.text
        }
        #expect(
            bodies == [
                #"{"any":"7","rank":"7","level":2,"mixed":1}"#, #"{"mixed":"2","any":7}"#, #"{"mixed":true,"any":"7"}"#,
            ])
    }

    @Test("a prefix or special word hides a body member with its name, which is reported") func shadowed() {
        let (_, problems) = Self.plan(
            """
            step,call,set,check,save
            a,odd,header.x=1; body.header.x=1; body.body=2,time<5; query.a=1; body.time=x; status=200,
            """)
        #expect(
            problems == [
                "2:7 warning: 'header.x' means a header, not the member 'header' of the body | write body.header.x for the body member",
                "2:48 warning: 'time' means how long the exchange took, not the member 'time' of the body | write body.time for the body member",
                "2:56 warning: 'query.a' means a query parameter, not the member 'query' of the body | write body.query.a for the body member",
            ])
    }
}
