import Scenarios
import Testing

@Suite("Limits of scenarios as steps") struct UseLimitTests {
    private func problems(_ table: String, _ files: [String: String] = [:]) -> [String] {
        Library.problems(table, files: files)
    }

    /// Scenarios of which each uses the next one `times` times; the last one calls an operation.
    private func chain(_ count: Int, times: Int = 1) -> String {
        var text = "scenario,step,call,set\n"
        for index in 0..<count {
            for use in 0..<times { text += "\(use == 0 ? "c\(index)" : ""),u\(use),use #c\(index + 1),\n" }
        }
        return text + "c\(count),a,addBook,title=x\n"
    }

    @Test("ten levels are permitted, and eleven are not", arguments: [(10, true), (11, false)])
    func depth(count: Int, isValid: Bool) {
        let found = problems(chain(count))
        #expect(found.isEmpty == isValid, "\(found)")
        if !isValid {
            #expect(
                found.contains {
                    $0.contains("scenarios are nested more than 10 levels deep | use the innermost one directly")
                })
        }
    }

    @Test("scenarios that multiply are bounded: the first row that makes a scenario too long is reported")
    func width() {
        // 8, 64, 512 and 4,096 steps; three of the longest ones are too many.
        #expect(
            problems(chain(5, times: 8)) == [
                "4:5 with this row, the scenario has more than 10000 steps | split the scenario, or use shorter ones"
            ])
        #expect(problems(chain(5, times: 6)) == [])
    }

    @Test("references to a row that did not fit are not reported again")
    func overflow() {
        let table = chain(5, times: 8).replacing(
            "c1,u0", with: ",e,getBook,book_id={{u7.u0.u0.u0.u0.u0.book_id}}\nc1,u0")
        #expect(problems(table).count == 1)
    }

    @Test(
        "the word is found in any case, with blanks around its parts",
        arguments: ["use #t", "USE  #t", " Use # t ", "use t.csv#t", "use ./t.csv # t", "use x/../t.csv#t"])
    func spellings(call: String) {
        let table = "scenario,step,call,set\ns,u,\(call),\nt,a,addBook,title=x\n"
        let (plan, problems) = Library.plan(table)
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios[0].steps.map(\.name) == ["u.a"])
    }

    @Test(
        "a use that names no scenario is reported",
        arguments: [
            ("use", "'use' does not name a scenario of a table"),
            ("use #", "'use #' does not name a scenario of a table"),
            ("use t", "'use t' does not name a scenario of a table"), ("use ##t", "has no scenario '#t'"),
            ("use #", "write use other.csv#scenario, or use #scenario for a scenario of this table"),
            ("use #zzzzzz", "'scenarios/t.csv' has no scenario 'zzzzzz' | it has s, t"),
            ("use /t.csv#t", "the table '/t.csv' is outside the project"),
        ])
    func unnamed(call: String, message: String) {
        let found = problems("scenario,step,call,set\ns,u,\(call),\nt,a,addBook,title=x\n")
        #expect(found.count == 1 && found[0].contains(message), "\(found)")
    }

    @Test("an operation whose name begins with the word is not a use")
    func operation() throws {
        let found = problems("step,call\na,useBook\nb,user\n")
        #expect(found.count == 2 && found.allSatisfy { $0.contains("has no operation") }, "\(found)")
    }

    @Test("options of the row apply to every step of the used scenario")
    func options() {
        let table = """
            scenario,step,call,set,opts
            s,u,use #t,,setup mock
            ,v,use #t,,skip live
            ,w,use #t,,teardown
            t,a,addBook,title=x,
            ,b,wait 1s,,
            ,c,addBook,title=x,teardown
            """
        let (plan, problems) = Library.plan(table)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        #expect(steps.map(\.name) == ["u.a", "u.b", "u.c", "v.a", "v.b", "v.c", "w.c", "w.b", "w.a"])
        #expect(
            steps.map(\.options.phase) == [
                .setup, .setup, .teardown, .main, .main, .teardown, .teardown, .teardown, .teardown,
            ])
        #expect(steps.map(\.options.mockOnly) == [true, true, true] + Array(repeating: false, count: 6))
        #expect(steps.map(\.options.liveOnly) == [false, false, false, true, true, true, false, false, false])
        #expect(steps.map(\.options.isSkipped) == [false, false, false, true, true, true, false, false, false])
        #expect(
            plan.scenarios[0].stepsInRunningOrder.map(\.name) == [
                "u.a", "u.b", "v.a", "v.b", "w.a", "w.b", "w.c", "v.c", "u.c",
            ])
    }

    @Test("steps, bodies, comparisons and generated values of a used scenario have its prefix; nested ones have both")
    func prefixes() throws {
        let table = """
            scenario,step,call,set,body,check,same_as
            s,u,use #t,,,,
            ,e,getBook,book_id={{u.v.b.title}},,,u.v.a
            t,v,use #i,,,,
            i,a,addBook,title={{random:4:x}}; isbn={{uuid}},,,
            ,b,addBook,price={{a.price}},as a,title={{a.title}}; isbn~oneof:{{a.isbn}}|x; isbn~/{{a.isbn}}/; isbn!~contains:{{a.isbn}},a except tags
            """
        let (plan, problems) = Library.plan(table)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios[0].steps
        try #require(steps.map(\.name) == ["u.v.a", "u.v.b", "e"])
        let checks = steps[1].expected.checks.compactMap(\.value).flatMap(\.templates).flatMap(\.references)
        #expect(Set(checks.map { if case .step(let name, _) = $0 { name } else { "-" } }) == ["u.v.a"])
        #expect(checks.count == 4)
        #expect(steps[1].expected.sameAs?.step == "u.v.a" && steps[2].expected.sameAs?.step == "u.v.a")
        let values = steps[0].request.set.compactMap(\.value).flatMap(\.templates).flatMap(\.references)
        #expect(values == [.random(length: 4, name: "u.v.x"), .uuid(name: nil)])
        guard case .asStep("u.v.a") = steps[1].request.body else {
            Issue.record("\(steps[1].request.body)")
            return
        }
    }

    @Test("body files of a used scenario belong to its table, and refer to its steps")
    func bodies() {
        let inner = "scenario,step,call,body,set\nt,a,addBook,b.json,\n,b,addBook,c.json,\n"
        let (plan, problems) = Library.plan(
            tables: ["scenarios/t.csv": "scenario,step,call,set\ns,u,use inner/t.csv#t,\n"],
            files: [
                "scenarios/inner/t.csv": inner, "scenarios/inner/b.json": #"{"title":"{{uuid:k}}"}"#,
                "scenarios/inner/c.json": #"{"title":"{{a.title}}","extra":{"x":"{{a.isbn}}"}}"#,
            ])
        #expect(problems.map(Library.text) == [])
        let references = plan.scenarios[0].steps.flatMap { $0.request.templates.flatMap(\.expressions).map(\.text) }
        #expect(references == ["uuid:k", "u.a.title", "u.a.isbn"])
    }

    @Test("a used scenario with a mistake is reported once, and its users are not")
    func broken() {
        let table = """
            scenario,step,call,set,same_as,body
            s,u,use #t,,,
            ,v,use #t,,,
            ,e,getBook,book_id={{u.a.book_id}},v.a,
            ,f,addBook,,,as u.b
            t,a,addBook,titel=x,,
            ,b,addBook,title=x,,
            """
        #expect(
            problems(table) == ["6:13 'addBook' has no parameter and no body member 'titel' | did you mean `title`?"])
    }
}
