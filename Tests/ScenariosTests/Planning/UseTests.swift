import Diagnostics
import Scenarios
import Testing

@Suite("Scenarios as steps") struct UseTests {
    private let shared = """
        scenario,step,call,body,set,expect,check,same_as,save,opts
        shelve,*,,,,,,,,timeout=5s
        ,add,addBook,,title=Emma; book_id=B-{{uuid:book}}; isbn={{random:8}},,,,isbn=isbn,
        ,again,addBook,as add,,,title={{add.title}},add,,lock=shelf
        ,open,getBook,,book_id={{add.book_id}},200,isbn={{add.isbn}},add except tags,,
        ,gone,wait 1s,,,,,,,teardown

        many,a,listBooks,,genre={{row.genre}},,,,,rows=data/x.csv
        """

    private func plan(_ table: String, shared: String? = nil) -> (Plan, [String]) {
        let (plan, diagnostics) = Library.plan(
            tables: ["scenarios/t.csv": table],
            files: [
                "scenarios/shared.csv": shared ?? self.shared, "scenarios/data/x.csv": "case,genre\n1,novel\n",
                "scenarios/data.csv": "a,b\n1,2\n", "scenarios/loop.csv": "step,call\na,use t.csv#s\n",
            ])
        return (plan, diagnostics.map { "\($0.location?.file ?? "") \(Library.text($0))" })
    }

    @Test("its steps run in place of the row, with the row's name as prefix and their own values")
    func steps() throws {
        let (plan, problems) = plan(
            """
            scenario,step,call,set,body,same_as
            s,one,use shared.csv#shelve,,,
            ,two,USE shared.csv # shelve,,,
            ,end,getBook,book_id={{one.add.book_id}},,two.open except title
            ,copy,addBook,title={{two.add.req.body.title}}; author:={},as one.add,
            """)
        #expect(problems == [])
        let scenario = try #require(plan.scenarios.first)
        #expect(
            scenario.steps.map(\.name) == [
                "one.add", "one.again", "one.open", "one.gone", "two.add", "two.again", "two.open", "two.gone", "end",
                "copy",
            ])
        #expect(scenario.options.lock == "shelf")
        #expect(scenario.steps.map(\.options.isTeardown) == (0..<10).map { $0 == 3 || $0 == 7 })
        #expect(scenario.steps[0].location.file == "scenarios/shared.csv")
        #expect(scenario.steps[0].location.line == 3)
        func references(_ step: Int) -> [TemplateReference] {
            (scenario.steps[step].request.set + scenario.steps[step].expected.checks).flatMap {
                $0.value?.templates ?? []
            }
            .flatMap(\.references)
        }
        #expect(references(0) == [.uuid(name: "one.book"), .random(length: 8, name: nil)])
        #expect(references(4) == [.uuid(name: "two.book"), .random(length: 8, name: nil)])
        #expect(
            references(6) == [
                .step("two.add", try ItemPath.parse("book_id")),
                .step("two.add", .init(.body, [.name("isbn")], isBare: true)),
            ])
        #expect(references(8) == [.step("one.add", try ItemPath.parse("book_id"))])
        #expect(references(9) == [.step("two.add", try ItemPath.parse("req.body.title", in: .reference))])
        #expect(scenario.steps[8].expected.sameAs?.step == "two.open")
        #expect(scenario.steps[6].expected.sameAs?.step == "two.add")
        guard case .asStep("one.add") = scenario.steps[9].request.body,
            case .asStep("two.add") = scenario.steps[5].request.body
        else {
            Issue.record("the bodies are those of other steps")
            return
        }
    }

    @Test("inner setup rows run first; a used setup or teardown scenario runs before or after the others")
    func places() {
        func names(_ opts: String) -> [String] {
            let table = "scenario,step,call,set,opts\ns,a,listBooks,genre=novel,\n,u,use shared.csv#shelve,,\(opts)\n"
            let (plan, problems) = plan(
                table,
                shared: """
                    scenario,step,call,set,opts
                    shelve,x,listBooks,genre=poem,
                    ,y,listBooks,genre=poem,setup
                    ,z,listBooks,genre=poem,teardown
                    """)
            #expect(problems == [])
            let steps = plan.scenarios.first?.steps ?? []
            return (steps.filter(\.options.isSetup) + steps.filter { !$0.options.isSetup && !$0.options.isTeardown })
                .map(\.name) + ["/"] + steps.filter(\.options.isTeardown).reversed().map(\.name)
        }
        #expect(names("") == ["a", "u.y", "u.x", "/", "u.z"])
        #expect(names("setup") == ["u.y", "u.x", "a", "/", "u.z"])
        #expect(names("teardown") == ["a", "/", "u.y", "u.x", "u.z"])
    }

    @Test("a used scenario may use others")
    func nested() {
        let (plan, problems) = plan(
            """
            scenario,step,call,set
            s,outer,use #middle,
            ,end,getBook,book_id={{outer.inner.add.book_id}}
            ,all,addBook,title={{outer.inner.add.$.title}}

            middle,inner,use shared.csv#shelve,
            ,look,getBook,book_id={{inner.add.book_id}}
            """)
        #expect(problems == [])
        #expect(
            plan.scenarios.first?.steps.map(\.name) == [
                "outer.inner.add", "outer.inner.again", "outer.inner.open", "outer.look", "outer.inner.gone", "end",
                "all",
            ])
        #expect(plan.scenarios.map(\.name) == ["s", "middle"])
    }

    @Test("invalid uses, and cells that do not fit a use, are reported with their place")
    func mistakes() {
        let (_, problems) = plan(
            """
            scenario,step,call,set,expect,opts
            s,a,use shared.csv#shelf,,,
            ,b,use nothing.csv#shelve,,,
            ,c,use shared.csv,,,
            ,d,use ../../x.csv#shelve,,,
            ,e,use data.csv#x,,,
            ,f,use #s,,,
            ,g,use shared.csv#many,,,
            ,h,use shared.csv#shelve,title=x,200,invalid retry=1/1s
            ,i,use loop.csv#loop,,,
            ,j,getBook,book_id={{a.x.y}},,
            """)
        let t = "scenarios/t.csv "
        #expect(
            problems == [
                "scenarios/loop.csv 2:3 the scenario uses itself: scenarios/t.csv#s → scenarios/loop.csv#loop → "
                    + "scenarios/t.csv#s | move the shared steps into a scenario of their own",
                t + "2:20 'scenarios/shared.csv' has no scenario 'shelf' | did you mean `shelve`?",
                t
                    + "3:8 the table 'scenarios/nothing.csv' cannot be read: there is no such file | name the table relative to the table that uses it",
                t + "4:4 'use shared.csv' does not name a scenario of a table | write use other.csv#scenario, or use "
                    + "#scenario for a scenario of this table",
                t + "5:8 the table '../../x.csv' is outside the project | name a file relative to the table, inside "
                    + "the project",
                t + "6:8 'scenarios/data.csv' is not a scenario table | a scenario table has a column `call`",
                t
                    + "7:4 the scenario uses itself: scenarios/t.csv#s → scenarios/t.csv#s | move the shared steps into a "
                    + "scenario of their own",
                t
                    + "8:4 'many' runs once per data row, so a step cannot use it | use a scenario without `rows=`; the scenario that uses it may have data rows",
                t
                    + "9:26 a row that uses a scenario has no `set` | leave the cell empty; the steps of that scenario define what is sent and "
                    + "checked",
                t
                    + "9:34 a row that uses a scenario has no `expect` | leave the cell empty; the steps of that scenario define what is sent and "
                    + "checked",
                t + "9:38 `invalid` has no effect in a row that uses a scenario | move it to the rows of that "
                    + "scenario",
                t + "9:46 `retry` has no effect in a row that uses a scenario | move it to the rows of that "
                    + "scenario",
            ])
    }

    @Test("an unknown step of the used scenario, and a mistake inside it, are reported once")
    func inside() {
        let (_, problems) = plan(
            """
            scenario,step,call,set
            s,u,use shared.csv#shelve,
            ,j,getBook,book_id={{u.ad.book_id}}
            ,k,getBook,book_id={{u.add.book}}
            """)
        #expect(
            problems == [
                "scenarios/t.csv 3:20 'u' uses a scenario, and the reference names no step of it | write {{u.STEP.path}}; its "
                    + "steps are add, again, open, gone",
                "scenarios/t.csv 4:20 the contract declares no member 'book' at 'book' of step 'u.add' | write body.book for an undeclared member",
            ])
        let (_, wrong) = plan(
            "step,call,set\nu,use shared.csv#x,\nv,use shared.csv#x,\nw,getBook,book_id={{u.a.b}}\n",
            shared: "scenario,step,call,set\nx,a,listBooks,genre=nowel\n")
        #expect(
            wrong == [
                "scenarios/shared.csv 2:21 'genre': \"nowel\" is not one of the 3 allowed values \"novel\", \"poem\", "
                    + "\"essay\" | did you mean `novel`?"
            ])
    }
}
