import Diagnostics
import OpenAPI
import Testing

@testable import Scenarios

@Suite("Stage: resolving the cells of a row") struct CellResolverTests {
    private let fixture = StageFixture(files: Library.bodies)

    @Test("version and call: the contract and the operation of the row")
    func call() throws {
        let row = try fixture.row(["call": "POST /books", "version": "v2024-05-01"])
        #expect(row.contract.name == "2024-05-01")
        #expect(row.operation?.id == "addBook")
        let pause = try fixture.row(["call": "wait 2s"])
        #expect(pause.isWait)
        let undeclared = try fixture.row(["call": "get /nothing", "opts": "invalid"])
        guard case .undeclared("GET", "/nothing") = undeclared.call else {
            Issue.record("\(undeclared.call)")
            return
        }
        #expect(undeclared.isInvalid)
    }

    @Test("auth: one case, or one for each alternative of the operation")
    func auth() throws {
        func suffixes(_ cell: String) throws -> [String] {
            let row = try fixture.row(["call": "addBook", "auth": cell])
            return AuthResolver(row: row, profiles: ["staff"]).result().0.map(\.suffix)
        }
        #expect(try suffixes("") == [""])
        #expect(try suffixes("staff") == [""])
        #expect(try suffixes("alternatives") == ["[KeyId+KeySecret]", "[Token]"])
        #expect(
            try suffixes("incomplete") == [
                "[KeyId+KeySecret-KeyId]", "[KeyId+KeySecret-KeySecret]", "[Token-Token]",
            ])
        #expect(try suffixes("nobody") == [])
    }

    @Test("expect: the statuses in the cell, otherwise the documented 2xx")
    func expect() throws {
        func expectation(_ cells: KeyValuePairs<String, String>) throws -> StatusExpectation? {
            ExpectationResolver(row: try fixture.row(cells)).result().0
        }
        let written = try expectation(["call": "addBook", "expect": "400 | 2XX"])
        #expect(written?.alternatives == [.exact(400), .range(2)])
        #expect(written?.isDefault == false)
        let empty = try expectation(["call": "addBook"])
        #expect(empty?.alternatives == [.exact(200)])
        #expect(empty?.isDefault == true)
        #expect(try expectation(["call": "addBook", "expect": "maybe"]) == nil)
        #expect(try expectation(["call": "addBook", "opts": "invalid"]) == nil)
    }

    @Test("body: the source, or a diagnostic")
    func body() throws {
        func body(_ cell: String) throws -> (BodySource?, [String]) {
            let row = try fixture.row(["call": "addBook", "body": cell])
            return BodyResolver(row: row, files: fixture.store.bodyFiles, lookups: fixture.store.lookups).result()
        }
        guard case .unset? = try body("").0, case BodySource.none? = try body("none").0,
            case .asStep("x")? = try body("as x").0, case .example? = try body("example novel").0,
            case .template(_, let location)? = try body("bodies/ok.json").0
        else {
            Issue.record("a body is not resolved as written")
            return
        }
        #expect(location.file == "scenarios/bodies/ok.json")
        #expect(fixture.store.bodyFiles["scenarios/bodies/ok.json"] != nil)
        let (missing, problems) = try body("bodies/none.json")
        #expect(missing == nil)
        #expect(
            problems == [
                "2:14 the body file 'scenarios/bodies/none.json' cannot be read: there is no such file | "
                    + "name the body file relative to the table"
            ])
    }

    @Test("set: names become paths with a place; the row's own items replace those of `*` rows")
    func set() throws {
        let draft = try fixture.draft("step,call,set\n*,getBook,book_id=1; header.x=a\na,,book_id=2; query.q=3\n")
        var calls = CallResolver(
            draft: draft.rows[1], contracts: Library.contracts, lookups: fixture.store.lookups)
        let called = calls.run()
        let row = try #require(called)
        let (items, problems) = SetResolver(
            row: row, lookups: fixture.store.lookups, files: fixture.store.bodyFiles
        ).result()
        #expect(problems == [])
        #expect(items.map { ItemPath($0.path.root).description } == ["header.x", "path.book_id", "query.q"])
        #expect(items.map(\.isDefault) == [true, false, false])
        #expect(items.map { $0.view != nil } == [false, true, false])
    }

    @Test("set: an item with a mistake is reported and skipped")
    func setMistakes() throws {
        let row = try fixture.row(["call": "addBook", "set": "title=Emma; pages=ten; pagse=1; tags[*]=x; pages>3"])
        let (items, problems) = SetResolver(
            row: row, lookups: fixture.store.lookups, files: fixture.store.bodyFiles
        ).result()
        #expect(items.map(\.path.text) == ["title"])
        #expect(problems.count == 4)
        #expect(problems.map { $0.prefix { $0 != " " } } == ["2:32", "2:37", "2:46", "2:57"])
    }

    @Test("check: an item that no documented response can satisfy is reported and skipped")
    func check() throws {
        let row = try fixture.row([
            "call": "getBook", "expect": "200", "check": "header.x=200; title=Emma; titel=x; pages=many",
        ])
        let expect = try #require(ExpectationResolver(row: row).result().0)
        let responses = ResponsePaths(row: row, expect: expect, lookups: fixture.store.lookups)
        let (checks, problems) = CheckResolver(row: row, responses: responses).result()
        #expect(checks.map(\.path.text) == ["header.x", "title"])
        #expect(problems.count == 2)
        #expect(problems[0].contains("the contract declares no member 'titel' at 'titel' | did you mean `title`?"))
        #expect(problems[1].contains("'pages': 'many'"))
    }

    @Test("same_as and save: the step and the paths")
    func responses() throws {
        let row = try fixture.row([
            "call": "getBook", "expect": "200", "same_as": "one except title tags[*]",
            "save": "id=book_id; b=author.name; id=title; c=nothing",
        ])
        let expect = try #require(ExpectationResolver(row: row).result().0)
        let responses = ResponsePaths(row: row, expect: expect, lookups: fixture.store.lookups)
        let (sameAs, none) = SameAsResolver(row: row, responses: responses).result()
        #expect(none == [])
        #expect(sameAs?.step == "one")
        #expect(sameAs?.except.map(\.text) == ["title", "tags[*]"])
        let (saves, problems) = SaveResolver(row: row, responses: responses).result()
        #expect(saves.map(\.name) == ["id", "b"])
        #expect(saves.map(\.path.text) == ["book_id", "author.name"])
        #expect(problems.count == 2)
    }

    @Test("the whole row: a row without a call is not resolved, a pause sends nothing")
    func row() throws {
        func resolve(_ csv: String) throws -> (ResolvedRow?, [String]) {
            let draft = try #require(try fixture.draft(csv).rows.first)
            return RowResolver(draft: draft, input: fixture.input).result()
        }
        let (row, problems) = try resolve("step,call,set,expect,save\na,addBook,title=x,200,id=book_id\n")
        #expect(problems == [])
        #expect(row?.name == "a")
        #expect(row?.request.set.map(\.path.text) == ["title"])
        #expect(row?.response.saves.map(\.name) == ["id"])
        #expect(row?.referenceNames == ["a", "a"])
        #expect(try resolve("step,call\na,nothing\n").0 == nil)
        let (pause, mistakes) = try resolve("step,call,expect\na,wait 1s,200\n")
        #expect(pause?.called.isWait == true)
        #expect(mistakes == ["2:11 a pause has no `expect` | leave the cell empty"])
        #expect(try resolve("step,call\na,getBook\n").1.count == 1)
    }
}
