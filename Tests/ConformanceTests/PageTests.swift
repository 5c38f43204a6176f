import Conformance
import Exchanges
import Scenarios
import Testing

@Suite("Pages of a list, judged together")
struct PageTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Items, version: '1'}
        servers: [{url: https://items.example}]
        paths:
          /items:
            get:
              operationId: listItems
              parameters: [{name: cursor, in: query, schema: {type: string}}]
              responses:
                '200':
                  description: Items.
                  content:
                    application/json:
                      schema:
                        type: object
                        required: [items]
                        properties:
                          items: {type: array, items: {type: object, properties: {id: {type: string}, state: {type: string}}}}
                          more: {type: boolean}
                          next: {type: [string, 'null']}
                '404': {description: None.}
                '429': {description: Slow down.}
        """

    private static func bench(_ options: String, check: String = "", expect: String = "200") throws -> Bench {
        try Bench(
            spec: document,
            tables: [
                ("t.csv", "scenario,step,call,expect,check,opts\ns,list,listItems,\(expect),\(check),\(options)\n")
            ])
    }

    /// A page with elements, and the cursor of the next one.
    private static func page(_ ids: [String], next: String? = nil, state: String = "new") -> ExchangeOutcome {
        let items = ids.map { #"{"id":"\#($0)","state":"\#(state)"}"# }.joined(separator: ",")
        let cursor = next.map { "\"\($0)\"" } ?? "null"
        return .answer(200, #"{"items":[\#(items)],"next":\#(cursor)}"#)
    }

    private static func verdict(_ options: String, check: String = "", _ pages: [ExchangeOutcome]) throws -> Verdict {
        try bench(options, check: check).verdict(["list": pages])
    }

    private static func verdict(check: String = "", _ pages: [ExchangeOutcome]) throws -> Verdict {
        try verdict("pages=cursor:next/4", check: check, pages)
    }

    @Test("a list that ends with its last page passes")
    func complete() throws {
        let verdict = try Self.verdict(
            "pages=cursor:next/3 distinct=items[*].id",
            [Self.page(["a"], next: "1"), Self.page(["b"], next: "2"), Self.page(["c"])])
        #expect(verdict.told == [])
        #expect(verdict.outcomes == ["list passed"])
    }

    @Test("every page must follow the contract and the row; a finding names its pages")
    func everyPage() throws {
        let broken = ExchangeOutcome.answer(200, #"{"next":"2"}"#)
        let first = try Self.verdict([Self.page(["a"], next: "1"), broken, Self.page(["c"])])
        #expect(first.errors == ["body.required"])
        #expect(first.allFindings[0].details.last == "on page 2 of 3")
        #expect(first.allFindings[0].exchange == 2)
        let checked = try Self.verdict(
            check: "items[*].state=new",
            [
                Self.page(["a", "x"], next: "1", state: "old"), Self.page(["b"], next: "2"),
                Self.page(["c"], state: "old"),
            ])
        #expect(checked.errors == ["check"])
        #expect(
            checked.allFindings[0].message
                == #"expected `items[*].state` to be "new", received "old"; 2 of 2 elements fail"#)
        #expect(checked.allFindings[0].details.last == "on pages 1, 3 of 3")
        #expect(checked.outcomes == ["list failed"])
    }

    @Test("an empty page fails a check of every element")
    func empty() throws {
        let verdict = try Self.verdict(check: "items[*].id~nonempty", [Self.page(["a"], next: "1"), Self.page([])])
        #expect(verdict.errors == ["check"])
        #expect(verdict.allFindings[0].message.contains("the list is empty"))
    }

    @Test("reaching the maximum is a finding only if there are more pages")
    func limit() throws {
        let pages = [Self.page(["a"], next: "1"), Self.page(["b"], next: "2")]
        #expect(try Self.verdict("pages=cursor:next/2", pages).errors == ["pages.limit"])
        #expect(try Self.verdict("pages=cursor:next/2", [pages[0], Self.page(["b"])]).told == [])
    }

    @Test("a cursor that returns is a finding of the server")
    func repeated() throws {
        let verdict = try Self.verdict([Self.page(["a"], next: "1"), Self.page(["b"], next: "1")])
        #expect(verdict.errors == ["pages.repeated"])
        #expect(verdict.allFindings.map(\.blame) == [.server])
        #expect(verdict.allFindings[0].actual == "\"1\"")
    }

    @Test("a next page that cannot be requested, or was not, is a finding")
    func unfinished() throws {
        let odd = ExchangeOutcome.answer(200, #"{"items":[],"more":true}"#)
        let stuck = try Self.verdict("pages=cursor:next while=more", [odd])
        #expect(stuck.errors == ["pages.next"])
        #expect(try Self.verdict([Self.page(["a"], next: "1")]).errors == ["pages.unfinished"])
    }

    @Test("values that must be distinct are compared on all pages")
    func distinct() throws {
        let options = "pages=cursor:next distinct=items[*].id"
        let twice = try Self.verdict(
            options, [Self.page(["a", "b", "b"], next: "1"), Self.page(["c", "a"], next: "2"), Self.page(["d"])])
        #expect(twice.errors == ["pages.duplicate"])
        #expect(twice.allFindings[0].details == [#""b" on page 1 twice"#, #""a" on page 1 and page 2"#])
        let none = ExchangeOutcome.answer(200, #"{"items":[{}],"next":"1"}"#)
        let uncompared = try Self.verdict(options, [none, .answer(200, #"{"items":[{}]}"#)])
        #expect(uncompared.errors == ["pages.uncompared"])
        #expect(try Self.verdict("pages=cursor:next", [Self.page(["a"], next: "1"), Self.page(["a"])]).told == [])
    }

    @Test("a single page is a note: paging was not tested")
    func single() throws {
        let verdict = try Self.verdict([Self.page(["a"])])
        #expect(verdict.errors == [])
        #expect(verdict.allFindings.map(\.rule) == ["pages.single"])
        #expect(verdict.outcomes == ["list passed"])
    }

    @Test("a page without success ends the walk with its own finding")
    func failures() throws {
        let first = Self.page(["a"], next: "1")
        #expect(try Self.verdict([first, .answer(404, "", [])]).errors == ["status.unexpected"])
        #expect(try Self.verdict([first, .fault(.reset, "closed")]).errors == ["transport.reset"])
        let missing = try Self.bench("pages=cursor:next", expect: "200|404").verdict(
            ["list": [first, .answer(404, "", [])]])
        #expect(missing.errors == [])
    }

    @Test("attempts after a busy server belong to one page")
    func retries() throws {
        let busy = ExchangeOutcome.answer(429, "", [])
        let options = "pages=cursor:next retry=2/1s distinct=items[*].id"
        let verdict = try Self.verdict(
            options, [busy, Self.page(["a"], next: "1"), busy, busy, Self.page(["b"])])
        #expect(verdict.errors == [])
        #expect(verdict.allFindings.map(\.rule) == ["flaky"])
        #expect(
            try Self.verdict(options, [Self.page(["a"], next: "1"), busy, busy, busy]).errors == ["status.unexpected"])
    }

    @Test("a cursor that the journal masks is not judged")
    func masked() throws {
        let token = "‹redacted 1›"
        let verdict = try Self.verdict(
            "pages=cursor:next distinct=items[*].id",
            [Self.page([token], next: token), Self.page([token], next: token)])
        #expect(verdict.errors == [])
        #expect(Set(verdict.allFindings.map(\.rule)) == ["unjudged.masked"])
    }

    @Test("an interrupted walk is not judged as a whole")
    func interrupted() throws {
        var journal = try Self.bench("pages=cursor:next").journal(["list": [Self.page(["a"], next: "1")]])
        journal.notRun = [NotRun(scenario: "s", step: "list", reason: .stopped)]
        let bench = try Self.bench("pages=cursor:next")
        let verdict = Judge(plan: bench.plan, contracts: bench.contracts).verdict(journal)
        #expect(verdict.told == [])
        #expect(verdict.outcomes == ["list notRun"])
    }
}
