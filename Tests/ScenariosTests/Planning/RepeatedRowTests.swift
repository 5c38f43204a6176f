import Diagnostics
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import SourceText
import TestKit
import Testing

@Suite("Repeated rows")
struct RepeatedRowTests {
    private static func steps(_ rows: String) -> (steps: [Step], problems: [String]) {
        let (plan, problems) = Library.plan("scenario,step,call,auth,set,body,same_as,opts\n" + rows)
        return (plan.scenarios.first?.steps ?? [], problems.map(Library.text))
    }

    @Test("a repeated row is so many steps, with numbers in brackets")
    func names() {
        let (steps, problems) = Self.steps(
            "s,a,listBooks,,genre=novel,,,repeat=3\n,b,listBooks,,genre=novel,,,repeat=1\n")
        #expect(problems == [])
        #expect(steps.map(\.name) == ["a[1]", "a[2]", "a[3]", "b"])
        #expect(Set(steps.prefix(3).map(\.location)).count == 1)
    }

    @Test("references mean the last repetition")
    func references() {
        let (steps, problems) = Self.steps(
            """
            s,a,addBook,,title=x,,,repeat=2
            ,b,addBook,,title={{a.title}},,,
            ,c,addBook,,,as a,,
            ,d,addBook,,title=x,,a,
            """)
        #expect(problems == [])
        #expect(ValueScope.firstCases(of: steps) == ["a": "a[2]"])
    }

    @Test("each case of the credentials is repeated")
    func cases() {
        let (steps, problems) = Self.steps(
            "s,a,getBook,alternatives,book_id=1,,,repeat=2\n,b,getBook,,book_id={{a.book_id}},,,\n")
        #expect(problems == [])
        #expect(
            steps.map(\.name) == ["a[KeyId+KeySecret][1]", "a[KeyId+KeySecret][2]", "a[Token][1]", "a[Token][2]", "b"])
        #expect(
            ValueScope.firstCases(of: steps)
                == ["a": "a[KeyId+KeySecret][2]", "a[Token]": "a[Token][2]"])
    }

    @Test("a `*` row repeats the rows below it, which can set another number")
    func defaults() {
        let (steps, problems) = Self.steps(
            "s,*,listBooks,,genre=novel,,,repeat=2\n,a,,,,,,\n,b,,,,,,repeat=1\n,c,wait 1s,,,,,\n")
        #expect(problems == [])
        #expect(steps.map(\.name) == ["a[1]", "a[2]", "b", "c"])
    }

    @Test("repetitions of a teardown row run in their order, rows in reverse order")
    func teardown() {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,opts
            s,a,listBooks,genre=novel,teardown repeat=2
            ,b,listBooks,genre=novel,teardown repeat=2
            ,c,listBooks,genre=novel,
            ,d,listBooks,genre=novel,setup repeat=2
            """)
        #expect(problems.isEmpty)
        #expect(
            plan.scenarios[0].stepsInRunningOrder.map(\.name) == ["d[1]", "d[2]", "c", "b[1]", "b[2]", "a[1]", "a[2]"])
        let (uses, others) = Library.plan(
            """
            scenario,step,call,set,opts
            s,x,use #inner,,
            ,y,use #inner,,
            inner,a,listBooks,genre=novel,
            ,z,listBooks,genre=novel,teardown repeat=2
            """)
        #expect(others.isEmpty)
        #expect(
            uses.scenarios[0].stepsInRunningOrder.map(\.name)
                == ["x.a", "y.a", "y.z[1]", "y.z[2]", "x.z[1]", "x.z[2]"])
    }

    @Test("unnamed values differ in each repetition, named ones are equal")
    func values() throws {
        let (steps, _) = Self.steps("s,a,addBook,,title={{uuid}}; book_id={{uuid:id}},,,repeat=3\n")
        let scope = ValueScope(
            of: Scenario(id: "s", name: "s", file: "t.csv", line: 2, steps: steps), seed: "seed",
            now: .init(microsecondsSinceEpoch: 0), ValueSources())
        let bodies = try steps.map { step in
            try RequestBuilder.build(step, scope: scope, credentials: Credentials(), baseURL: "http://localhost").body
        }
        #expect(Set(bodies.compactMap { $0?["title"]?.string }).count == 3)
        #expect(Set(bodies.compactMap { $0?["book_id"]?.string }).count == 1)
    }

    @Test("mistakes are reported at the option")
    func mistakes() {
        let help = "write repeat=3 (sent 3 times; the maximum is 1000)"
        let (_, problems) = Self.steps(
            """
            s,a,listBooks,,genre=novel,,,repeat=0
            ,b,listBooks,,genre=novel,,,repeat=1001
            ,c,listBooks,,genre=novel,,,repeat=+2
            ,d,listBooks,,genre=novel,,,repeat
            ,e,wait 1s,,,,,repeat=2
            ,f,use #other,,,,,repeat=2
            other,a,listBooks,,genre=novel,,,
            """)
        #expect(
            problems == [
                "2:30 'repeat=0' is not valid for the option `repeat` | \(help)",
                "3:29 'repeat=1001' is not valid for the option `repeat` | \(help)",
                "4:29 'repeat=+2' is not valid for the option `repeat` | \(help)",
                "5:29 the option `repeat` requires a value | \(help)",
                "6:16 a pause has no `repeat` | remove the option",
                "7:19 `repeat` has no effect in a row that uses a scenario | move it to the rows of that scenario",
            ])
    }

    @Test("a scenario cannot have more steps than any other")
    func tooMany() {
        let rows = (0..<11).map { "\($0 == 0 ? "s" : ""),a\($0),listBooks,,genre=novel,,,repeat=1000\n" }.joined()
        let (steps, problems) = Self.steps(rows)
        #expect(steps.count == 11)
        #expect(
            problems == [
                "2:31 with its repeated rows, the scenario has 11000 steps; the maximum is 10000 "
                    + "| repeat fewer rows, or fewer times"
            ])
    }
}

@Suite("Rows with pages")
struct PagedRowTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Items, version: '1'}
        servers: [{url: https://items.example}]
        paths:
          /items:
            get:
              operationId: listItems
              parameters:
                - {name: cursor, in: query, schema: {type: string}}
                - {name: page, in: query, schema: {type: integer, minimum: 1}}
              responses: &responses
                '200':
                  description: Items.
                  content:
                    application/json:
                      schema:
                        type: object
                        properties:
                          items: {type: array, items: {type: object, properties: {id: {type: string}}}}
                          more: {type: boolean}
                          next: {type: string}
            post:
              operationId: searchItems
              requestBody:
                content: {application/json: {schema: {type: object, properties: {after: {type: string}}}}}
              responses: *responses
        """

    private static func plan(_ rows: [String]) throws -> (Plan, [String]) {
        let contracts = Contracts([try Contract.load(text: document, name: "v1")])
        let table = "scenario,step,call,set,expect,same_as,opts\n" + rows.joined(separator: "\n") + "\n"
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "t.csv", bytes: Array(table.utf8))], contracts: contracts,
            settings: Library.settings())
        return (plan, problems.map(Library.text))
    }

    @Test(
        "a row with pages names the source of the next request, the condition and the limit",
        arguments: [
            ("listItems,,200,,pages=cursor:next", "query.cursor<next - - 100"),
            ("listItems,,200,,pages=query.cursor:items[*].id/7 while=more", "query.cursor<items[*].id more - 7"),
            (
                "listItems,page=1,200,,pages=page:+1/1000 while=items[0] distinct=items[*].id",
                "query.page+1 items[0] items[*].id 1000"
            ),
            ("listItems,,200,,pages=header.link", "header.link - - 100"),
            ("listItems,,200,,pages=next while=!more", "next !more - 100"),
            ("searchItems,,200,,pages=after:next", "body.after<next - - 100"),
            ("listItems,,200,,pages=header.x-after:header.x-next", "header.x-after<header.x-next - - 100"),
        ])
    func resolved(row: String, expected: String) throws {
        let (plan, problems) = try Self.plan(["s,a,\(row)"])
        #expect(problems == [])
        let paging = try #require(plan.scenarios.first?.steps.first?.options.paging)
        let source =
            switch paging.source {
            case .value(let path, let target): "\(ItemPath(target.root, target.segments).text)<\(path.text)"
            case .number(let path, let amount): "\(ItemPath(path.root, path.segments).text)+\(amount)"
            case .url(let path): path.text
            }
        #expect(
            "\(source) \(paging.condition?.text ?? "-") \(paging.distinct?.text ?? "-") \(paging.limit)" == expected)
    }

    @Test(
        "mistakes are reported where they are",
        arguments: [
            ("listItems,,200,,pages", "2:21 the option `pages` requires a value"),
            ("listItems,,200,,pages=", "2:21 'pages=' is not valid for the option `pages`"),
            ("listItems,,200,,pages=cursor:nxt", "2:34 the contract declares no member 'nxt' at 'nxt'"),
            ("listItems,,200,,pages=cursr:next", "2:27 'listItems' has no parameter 'cursr'"),
            ("listItems,,200,,pages=cursor:next/1", "2:27 the maximum number of pages is not between 2 and 1000"),
            ("listItems,,200,,pages=cursor:next/1001", "2:27 the maximum number of pages is not between 2 and 1000"),
            (
                "listItems,,200,,pages=page:+1",
                "2:27 a list with page numbers requires `while`, because a number has no end"
            ),
            ("listItems,,200,,pages=page:+1 while=more", "2:27 the row does not set the first value of 'page'"),
            ("listItems,page=1,200,,pages=page:+0 while=more", "2:33 '+0' is not a valid increment"),
            ("listItems,,200,,pages=cursor:", "2:34 the path is empty"),
            ("listItems,,200,,pages=cursor:next while=mor", "2:45 the contract declares no member 'mor' at 'mor'"),
            ("listItems,,200,,pages=cursor:next while=!mor", "2:46 the contract declares no member 'mor' at 'mor'"),
            (
                "listItems,,200,,pages=cursor:next distinct=items[*].di",
                "2:48 the contract declares no member 'di' at 'items[*].di'"
            ),
            ("listItems,,200,,while=more", "2:27 `while` has no effect without `pages`"),
            ("listItems,,200,,distinct=items[*].id", "2:30 `distinct` has no effect without `pages`"),
            ("listItems,,404,,pages=cursor:next", "2:27 pages follow only a 2xx response, but the row expects '404'"),
            ("listItems,,200,,pages=cursor:next poll=5s/1s", "2:27 `pages` cannot be combined with `poll`"),
            (
                "listItems,,200,zero,pages=cursor:next",
                "2:31 `pages` cannot be combined with `same_as`: the pages of a list differ"
            ),
            ("listItems,page=0,400,,pages=cursor:next invalid", "2:33 a row marked `invalid` has no pages"),
            ("searchItems,,200,,pages=body.a[*]:next", "2:29 'body.a[*]' can match several places"),
            ("wait 1s,,,,pages=cursor:next", "2:16 a pause has no `pages`"),
        ])
    func mistakes(row: String, expected: String) throws {
        let (_, problems) = try Self.plan(["s,a,\(row)", ",zero,listItems,,200,,setup"])
        #expect(problems.contains { $0.hasPrefix(expected) }, "\(problems)")
    }
}
