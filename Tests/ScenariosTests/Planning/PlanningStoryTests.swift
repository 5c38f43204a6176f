import Diagnostics
import JSONDocument
import OpenAPI
import Scenarios
import Testing

/// A step as text, to be compared whole.
private func shown(_ step: Step) -> String {
    var parts = [step.name, "\(step.location.line)"]
    switch step.call {
    case .operation(let operation, let contract): parts.append("\(operation.name)@\(contract)")
    case .reserved(let method, let path): parts.append("mock \(method) \(path)")
    case .undeclared(let method, let path): parts.append("undeclared \(method) \(path)")
    case .wait, .clock, .unmapped, .delivery: parts.append(step.callText)
    }
    switch step.request.auth {
    case .profile(nil), .none: break
    case .profile(let name?): parts.append("auth \(name)")
    case .wrong: parts.append("auth wrong")
    case .requirement(let requirement): parts.append("auth \(requirement.schemes)")
    case .incomplete(let requirement, let without): parts.append("auth \(requirement.schemes) without \(without)")
    }
    switch step.request.body {
    case .unset, .none: break
    case .template(let template, let location): parts.append("body \(location) \(template.references.count)")
    case .asStep(let name): parts.append("body as \(name)")
    case .file(let file, _): parts.append("body file \(file.path)")
    case .example(let value, _): parts.append("body \(value.text)")
    }
    parts += step.request.set.map { "set \($0.path) \($0.path.root) <\($0.text)> \($0.location.column)" }
    parts.append("expect \(step.expected.status.text)\(step.expected.status.isDefault ? " (documented)" : "")")
    parts += step.expected.checks.map { "check <\($0.text)> \($0.column) \($0.location.column)" }
    if let same = step.expected.sameAs { parts.append("same as \(same.step) except \(same.except.map(\.text))") }
    parts += step.saves.map { "save \($0.name)=\($0.path.text)" }
    if !step.row.tags.isEmpty { parts.append("tags \(step.row.tags)") }
    if !step.row.note.isEmpty { parts.append("note \(step.row.note)") }
    return parts.joined(separator: " | ")
}

@Suite("Planning a scenario") struct PlanningStoryTests {
    @Test("a table becomes scenarios of steps, typed by the contract")
    func story() {
        let table = """
            scenario,step,call,auth,version,body,set,expect,check,same_as,save,opts,tags,note
            lending,add,addBook,,,bodies/book.json,book_id=B-{{uuid:b}},200,body.status=IN,,id=book_id,,smoke core,
            ,get,GET /books/{book_id},guest,v2024-05-01,,book_id={{add.id}},,price=10.50,add except added_at,,,slow,same
            ,again,addBook,wrong,,as add,!x-request-key,200|409,,,,,,
            ,pause,wait 2s,,,,,,,,,,,
            ,list,listBooks,,,,genre=novel; limit=5,,$[*].title~nonempty,,,,,
            other,ex,addBook,none,,example,,401,,,,,,
            ,gone,PATCH /books,,,,,405,,,,invalid,,
            ,lend,POST /_mock/events/lend,,,,body.id:=7,,,,,mock,,
            """
        let body = "{\"title\": \"Emma\", \"author\": {\"name\": \"{{var.shelf}}\"}}"
        let (plan, diagnostics) = Library.plan(table, files: ["scenarios/bodies/book.json": body])
        #expect(diagnostics.map(Library.text) == [])
        #expect(plan.scenarios.map(\.id) == ["lending", "other"])
        #expect(plan.scenarios.map(\.tags) == [["smoke", "core"], []])
        #expect(plan.scenarios.map(\.line) == [2, 7])
        #expect(plan.scenarios.map(\.options.mode) == [.any, .any])
        let expected = [
            "add | 2 | addBook@1 | body scenarios/bodies/book.json:1:1 1 | set book_id body <book_id=B-{{uuid:b}}> 40"
                + " | expect 200 | check <body.status=IN> check 65 | save id=book_id | tags [\"smoke\", \"core\"]",
            "get | 3 | getBook@2024-05-01 | auth guest | set book_id path(\"book_id\") <book_id={{add.id}}> 46"
                + " | expect 200 (documented) | check <price=10.50> check 66 | same as add except [\"added_at\"]"
                + " | tags [\"slow\"] | note same",
            "again | 4 | addBook@1 | auth wrong | body as add | set x-request-key header(\"x-request-key\")"
                + " <!x-request-key> 30 | expect 200|409",
            "pause | 5 | wait 2.0 seconds | expect  (documented)",
            "list | 6 | listBooks@1 | set genre query(\"genre\") <genre=novel> 20 | set limit query(\"limit\") <limit=5> 33"
                + " | expect 200 (documented) | check <$[*].title~nonempty> check 42",
            "ex | 7 | addBook@1 | body {\"title\":\"Emma\",\"pages\":474} | expect 401",
            "gone | 8 | undeclared PATCH /books | expect 405",
            "lend | 9 | mock POST /_mock/events/lend | set body.id body <body.id:=7> 34 | expect 2xx (documented)",
        ]
        let steps = plan.scenarios.flatMap(\.steps).map(shown)
        #expect(steps == expected)
    }

    @Test("a row per alternative: the plain name refers to the first")
    func alternatives() {
        let table = """
            scenario,step,call,set,auth,expect
            s,a,getBook,book_id=x,alternatives,
            ,b,getBook,book_id={{a.book_id}},incomplete,404
            ,c,getBook,book_id={{a[Token].title}},,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        #expect(
            steps.map(\.name) == [
                "a[KeyId+KeySecret]", "a[Token]", "b[KeyId+KeySecret-KeyId]", "b[KeyId+KeySecret-KeySecret]",
                "b[Token-Token]", "c",
            ])
        #expect(
            steps.map(\.referenceName) == [
                "a", "a[Token]", "b", "b[KeyId+KeySecret-KeySecret]", "b[Token-Token]", "c",
            ])
        #expect(shown(steps[2]).contains("auth [\"KeyId\", \"KeySecret\"] without KeyId"))
        #expect(shown(steps[1]).contains("auth [\"Token\"]"))
    }

    @Test("defaults apply to the rows below them, path by path")
    func defaults() {
        let table = """
            scenario,step,call,set,check,expect,opts
            s,*,listBooks,genre=novel; limit=5,$~nonempty; status=200,200,timeout=5s
            ,a,,,,,
            ,b,,query.genre=poem; !limit,$~len:0,,timeout=9s
            ,*,,limit=7,,,
            ,c,,,,2xx,
            ,w,wait 1s,,,,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        #expect(
            steps.map { $0.request.set.map(\.text).joined(separator: "; ") } == [
                "genre=novel; limit=5", "query.genre=poem; !limit", "genre=novel; limit=7", "",
            ])
        #expect(
            steps.map { $0.expected.checks.map(\.text).joined(separator: "; ") } == [
                "$~nonempty; status=200", "status=200; $~len:0", "$~nonempty; status=200", "",
            ])
        #expect(steps.map(\.expected.status.text) == ["200", "200", "2xx", ""])
        #expect(steps.map(\.options.timeout) == [.seconds(5), .seconds(9), .seconds(5), .seconds(5)])
    }

    @Test("promoted columns contain one item per row")
    func promoted() {
        let table = """
            scenario,step,call,Set.genre,set.limit,check.$[0].title,#private
            s,a,listBooks,novel,'5,>=A,x
            ,b,listBooks,'novel',!,~/E.*/,
            ,c,listBooks,=novel,,,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(
            diagnostics.map(Library.text) == [
                "2:26 'A' is neither a number nor a time, so `>=` cannot compare it | "
                    + "write a number, or a time such as 2026-02-28T12:00:00Z",
                "4:14 warning: a spreadsheet reads it as a formula | omit the '=': a column of one item does not need it",
            ])
        let steps = plan.scenarios[0].steps
        #expect(
            steps.map { $0.request.set.map(\.text) } == [
                ["genre=novel", "limit='5"], ["genre='novel'", "!limit"], ["genre=novel"],
            ])
        #expect(steps[1].expected.checks.map { "\($0.text) \($0.column)" } == ["$[0].title~/E.*/ check.$[0].title"])
        #expect(steps[0].request.set.map(\.location.column) == [15, 21])
    }

    @Test("options apply to the step or to its scenario")
    func options() {
        let table = """
            scenario,step,call,set,opts
            s,a,listBooks,genre=novel,setup poll=20s/2s lock=shelf
            ,b,listBooks,genre=novel,retry=3/500ms follow=10 teardown only
            t,*,,,mock
            ,a,listBooks,genre=novel,skip
            u,a,listBooks,genre=novel,live
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.map(\.rule) == ["table.only"])
        #expect(plan.scenarios.map(\.options.only) == [true, false, false])
        #expect(plan.scenarios.map(\.options.lock) == ["shelf", nil, nil])
        #expect(plan.scenarios.map(\.options.mode) == [.any, .mock, .live])
        #expect(plan.scenarios.map(\.options.skip) == [false, true, false])
        let steps = plan.scenarios[0].steps
        #expect(steps[0].options.isSetup && !steps[0].options.isTeardown)
        #expect(steps[0].options.poll == .init(limit: .seconds(20), interval: .seconds(2)))
        #expect(steps[1].options.retry == .init(count: 3, interval: .milliseconds(500)))
        #expect(steps.map(\.options.follow) == [nil, 10])
        #expect(steps[1].options.isTeardown)
    }

    @Test("'only' is rejected if CI is set")
    func onlyInCI() {
        let table = "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,skip only\n"
        #expect(
            Library.problems(table) == [
                "2:32 warning: `only` is set in the table: nothing else runs, and CI rejects it | "
                    + "remove it; select scenarios with --tags or --grep"
            ])
        #expect(
            Library.problems(table, isCI: true) == [
                "2:32 `only` is set in the table, so CI would run nothing else | "
                    + "remove it; select scenarios with --tags or --grep"
            ])
    }

    @Test("a table without a column 'scenario' is one scenario, named after the file")
    func fileName() {
        let (plan, diagnostics) = Library.plan("step,call,set\na,listBooks,genre=novel\n")
        #expect(diagnostics.isEmpty)
        #expect(plan.scenarios.map(\.id) == ["t"])
    }

    @Test("the fingerprint depends on every byte of tables and body files, and on nothing else")
    func fingerprint() {
        let table = "scenario,step,call,body\ns,a,addBook,b.json\n"
        func print(_ table: String, _ body: String) -> String {
            Library.plan(table, files: ["scenarios/b.json": body]).0.fingerprint
        }
        let first = print(table, "{\"title\":\"a\"}")
        #expect(first == print(table, "{\"title\":\"a\"}"))
        #expect(first.utf8.count == 64)
        #expect(first != print(table, "{\"title\":\"b\"}"))
        #expect(first != print(table + "\n", "{\"title\":\"a\"}"))
    }
}
