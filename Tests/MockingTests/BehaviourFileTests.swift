import Exchanges
import Foundation
import JSONDocument
import OpenAPI
import SourceText
import TestKit
import Testing

@testable import Mocking

/// The messages and locations of mistakes in behaviour files.
struct BehaviourFileTests {
    @Test("a correct file has no diagnostics")
    func right() throws {
        #expect(try Fixture.problems(Parcels.behaviour) == [])
        #expect(try Fixture.problems("behaviour: 1") == [])
        #expect(try Fixture.problems(#"{"behaviour": 1, "counters": {"a": 1}}"#) == [])
    }

    @Test(
        "a mistake is reported at its location, with the nearest known name",
        arguments: [
            ("[]", "1:1: a behaviour file must be a map, found a list"),
            ("{}", "1:1: the behaviour file does not declare its format | start the file with `behaviour: 1`"),
            (
                "behaviour: 2",
                "1:12: unknown behaviour format 2 | use `behaviour: 1`"
            ),
            (
                "behaviour: 1\nevent: {}",
                "2:1: unknown member 'event' of a behaviour file | did you mean `events`?"
            ),
            (
                "behaviour: 1\noperations:\n  getParcels: {}",
                "3:3: the contract has no operation 'getParcels' | did you mean `getParcel`?"
            ),
            (
                "behaviour: 1\norder: [version, creds]",
                "2:8: `order` does not contain rateLimit, credentials, idempotency, validation, existence, state"
            ),
            (
                "behaviour: 1\nanswers: {offset: '5:30'}",
                "2:19: '5:30' is not a valid offset from UTC | write it as in RFC 3339, such as '+05:30', or Z"
            ),
            (
                "behaviour: 1\nrateLimit: {limit: many}",
                "2:20: `limit` must be a whole number from 0 to 1000000000, found \"many\""
            ),
            ("behaviour: 1\nrateLimit: {window: 60s}", "2:12: `rateLimit` requires `limit`"),
            (
                "behaviour: 1\nrateLimit: {limit: 1, window: 60}",
                "2:31: `window` must be a string, found a number | quote it"
            ),
            (
                "behaviour: 1\nrateLimit: {limit: 1, window: 1w}",
                "2:31: `window` must be a duration, found '1w' "
                    + "| write a number and s, m, h or d, such as 60s"
            ),
            ("behaviour: 1\nheaders: {'x y': a}", "2:11: 'x y' is not a valid header name"),
            (
                "behaviour: 1\nidempotency: {header: k, per: api}",
                "2:31: `per` cannot be 'api' | the known names are operation, server"
            ),
            (
                "behaviour: 1\nerrors: {unknwon: {status: 404}}",
                "2:10: unknown member 'unknwon' of `errors` | did you mean `unknown`?"
            ),
            ("behaviour: 1\nerrors: {unknown: {body: {}}}", "2:19: an error requires `status`"),
            (
                "behaviour: 1\nerrors: {unknown: {status: 700}}",
                "2:28: `status` must be a whole number from 200 to 599, found 700"
            ),
            (
                "behaviour: 1\nheaders: {x: '{{nwo}}'}",
                "2:14: unknown reference 'nwo' | did you mean `now`?"
            ),
            (
                "behaviour: 1\nheaders: {x: 'a {{now'}",
                "2:14: `{{` is never closed | close it with `}}`, or write {{'{{'}} for two braces"
            ),
            (
                "behaviour: 1\nheaders: {x: '{{entity.id}}'}",
                "2:14: 'entity.id' has no value here: no entity is available"
            ),
            (
                "behaviour: 1\nheaders: {x: '{{field}}'}",
                "2:14: 'field' has no value here: this is not the response to a situation"
            ),
            (
                "behaviour: 1\ncounters: {one: 1}\nheaders: {x: '{{counter:on}}'}",
                "3:14: 'on' is not a known counter | did you mean `one`?"
            ),
            (
                "behaviour: 1\nheaders: {x: {$vlaue: 1}}",
                "2:15: unknown member '$vlaue' of a computed value | did you mean `$value`?"
            ),
            ("behaviour: 1\nheaders: {x: {$value: 1, $matching: '('}}", "2:37: the pattern is not valid: "),
        ])
    func mistakes(file: String, problem: String) throws {
        let problems = try Fixture.problems(file)
        let whole = "behaviour.yaml:" + problem
        #expect(problems.contains { whole.hasSuffix(": ") ? $0.hasPrefix(whole) : $0 == whole }, "\(problems)")
    }

    @Test(
        "names inside collections, operations and events are checked",
        arguments: [
            ("key: id", "key: di", "the key 'di' is not one of the fields | did you mean `id`?"),
            ("initial: WAITING", "initial: WAITIN", "'WAITIN' is not a known state | did you mean `WAITING`?"),
            (
                "createParcel:\n    create: parcels", "createParcel:\n    create: parcel",
                "'parcel' is not a known collection | did you mean `parcels`?"
            ),
            (
                "{from: WAITING, to: SENT}", "{from: WAITIN, to: SENT}",
                "'WAITIN' is not a known state of collection 'parcels' | did you mean `WAITING`?"
            ),
            (
                "{from: WAITING, to: SENT}", "{from: WAITING, to: SEN}",
                "'SEN' is not a known state of collection 'parcels' | did you mean `SENT`?"
            ),
            (
                "append: stops", "append: stop",
                "'stop' is not a known sub-collection of collection 'parcels' | did you mean `stops`?"
            ),
            (
                "list: parcels.stops", "list: parcels.stop",
                "'stop' is not a known sub-collection of collection 'parcels' | did you mean `stops`?"
            ),
            (
                "atMost: '{{entity.weight}}'", "atMost: '{{entity.wieght}}'",
                "'wieght' is not a known field of collection 'parcels' | did you mean `weight`?"
            ),
            (
                "'{{request.body.to.street}}'", "'{{request.body.to.stret}}'",
                "the body of createParcel declares no member 'to.stret' | did you mean `street`?"
            ),
            (
                "'{{input.city}}'", "'{{input.town}}'",
                "'town' is not a known input of this event | the known names are "
            ),
            ("event: lose}", "event: los}", "'los' is not a known event | did you mean `lose`?"),
            (
                "- {field: id, notEqual", "- {field: idd, notEqual",
                "the body of createParcel declares no member 'idd' | did you mean `id`?"
            ),
            (
                "- {field: id, notEqual: '', error: missing}", "- {field: id, error: missing}",
                "the condition has no test | add one of equal, notEqual, less, atMost, more, atLeast, matching, oneOf, present"
            ),
            (
                "getParcel: {read: parcels}", "getParcel: {read: parcels, list: parcels}",
                "an operation does exactly one of read, list"
            ),
            (
                "getParcel: {read: parcels}", "getParcel: {read: parcels, id: '{{request.path.ident}}'}",
                "getParcel has no path parameter 'ident' | the known names are id"
            ),
            (
                "listParcels: {list: parcels}", "listParcels: {read: parcels}",
                "'listParcels' does not define where the id is | add id: '{{request.path.…}}'"
            ),
            ("sendParcel:\n    change: parcels", "sendParcel:\n    read: parcels", "only `change` has transitions"),
            (
                "inputs: {id: {type: string}, city", "inputs: {city",
                "event 'stop' has no input `id` and does not define"
            ),
            (
                "inputs: {id: {}, amount: {type: number}}", "inputs: {id: {}, amount: {type: integer}}",
                "`type` cannot be 'integer' | the known names are string, number, boolean, object, array"
            ),
        ])
    func names(right: String, wrong: String, problem: String) throws {
        try #require(Parcels.behaviour.contains(right))
        let problems = try Fixture.problems(Parcels.behaviour.replacing(right, with: wrong, maxReplacements: 1))
        #expect(problems.contains { $0.contains(problem) }, "\(problems)")
    }

    @Test("all mistakes are reported together, in the order of their locations")
    func atOnce() throws {
        let problems = try Fixture.problems(
            """
            behaviour: 1
            order: nothing
            errors: {x: {}}
            collections: {c: {key: id}}
            operations: {nope: {}}
            """)
        #expect(problems.count >= 4)
        #expect(problems.sorted() == problems)
    }

    @Test("a mistake inside of a text is shown with the text")
    func excerpt() throws {
        let version = {
            try Fixture.version(contract: Parcels.contract, behaviour: "behaviour: 1\nheaders: {x: 'ab {{ now+1y }}'}")
        }
        #expect(throws: (any Error).self) { try version() }
        #expect(throws: TemplateSyntaxError.self) { try ValueReferenceParser.parts(of: "ab {{ now+1y }}") }
        do {
            _ = try ValueReferenceParser.parts(of: "ab {{ now+1y }}")
        } catch {
            #expect(error.offset == 6)
            #expect(error.length == 6)
        }
    }

    @Test("a file with a removed line, or truncated, is accepted or rejected, and an accepted file can be served")
    func damaged() throws {
        let whole = try Fixture.version(contract: Parcels.contract, behaviour: Parcels.behaviour)
        let lines = Parcels.behaviour.split(separator: "\n", omittingEmptySubsequences: false)
        var read = 0
        for index in lines.indices {
            let without = lines[..<index] + lines[(index + 1)...]
            for text in [without.joined(separator: "\n"), lines[..<index].joined(separator: "\n")] {
                guard
                    let source = try? SourceReader.parse(Array(text.utf8), path: "b.yaml", limits: SourceLimits()),
                    let behaviour = try? Behaviour.parse(source, contract: whole.contract)
                else { continue }
                read += 1
                let version = MockVersion(contract: whole.contract, behaviour: behaviour)
                var mock = TestMock(versions: [version], headers: [("x-key", "k"), ("x-secret", "s")])
                #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status < 500)
                #expect(mock.send("POST", "/_mock/events/lose", #"{"id":"p1"}"#).status < 500)
                #expect(mock.send("GET", "/api/v1/parcels/p1/stops").status < 500)
            }
        }
        #expect(read > 10)
    }

    @Test("the first example in the documentation of the format works as documented")
    func documented() throws {
        let page = try Repository.text("docs/behaviour.md")
        let block = try #require(page.split(separator: "```yaml\n", maxSplits: 1).last?.split(separator: "```").first)
        var mock = try TestMock(behaviour: String(block))
        let made = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        #expect(made.text == #"{"id":"p1","status":"WAITING","weight":1,"createdAt":"2023-11-14T22:13:20Z"}"#)
        #expect(mock.send("POST", "/api/v1/parcels/p1/send").json?["status"] == "SENT")
        #expect(mock.send("POST", "/_mock/events/lose", #"{"id":"p1"}"#).json?["entity"]?["status"] == "LOST")
        #expect(mock.send("POST", "/api/v1/parcels/p1/send").text == #"{"message":"parcel p1 is LOST"}"#)
    }

    @Test("values that are nested too deeply are rejected")
    func depth() throws {
        let deep = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        let problems = try Fixture.problems("behaviour: 1\nerrors: {state: {status: 400, body: \(deep)}}")
        #expect(problems.contains { $0.contains("the value is nested more than 64 levels deep") })
    }

    @Test("braces and dollar signs can be escaped")
    func escapes() throws {
        var mock = try TestMock(
            behaviour: """
                behaviour: 1
                credentials: {enforced: false}
                operations:
                  getParcel: {answer: {$$ref: "{{'{{'}}x}}", text: '{{request.path.id}}!'}}
                """)
        let response = mock.send("GET", "/api/v1/parcels/%7B%7Bnow%7D%7D")
        // Received text is never expanded.
        #expect(response.text == #"{"$ref":"{{x}}","text":"{{now}}!"}"#)
    }
}
