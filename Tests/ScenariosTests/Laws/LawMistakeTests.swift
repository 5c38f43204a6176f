import Diagnostics
import Scenarios
import Testing

@Suite("Mistakes in laws") struct LawMistakeTests {
    private func problem(_ when: String, _ check: String) -> [String] {
        Library.problems("law,when,check\na,\(when),\(check)\n")
    }

    @Test(
        "a law compares a response with its own request, and with values that exist before the run",
        arguments: [
            ("", "header.x={{req.header.x}}"), ("", "header.x={{env.HOME_SHELF}}"), ("", "header.x={{var.shelf}}"),
            ("", "header.x={{secret.TOKEN}}"), ("", "added_at~near:{{now}}:1h"), ("operation=addBook", "time<1"),
            ("operation~/get.*/", "!header.x"),
            ("operation={{req.header.op}}", "status=200"), ("tag=slow", "status<500"),
            ("req.method=POST; req.path~starts:/books", "status!=404"),
            ("req.query.limit>5", "$~len:5.."), ("cookie.sid~present", "header.set-cookie~present"),
            ("", "header.x={{'text'}}"),
        ])
    func valid(when: String, check: String) {
        #expect(problem(when, check) == [])
    }

    @Test(
        "everything else has no value in a law",
        arguments: [
            ("", "header.x={{a.id}}", "2:13 a law cannot refer to steps, so 'a' has no value here"),
            ("header.x={{row.x}}", "status=200", "2:12 a law cannot refer to data rows"),
            ("", "header.x={{session.a.b}}", "2:13 a law cannot refer to session scenarios"),
            ("", "header.x~oneof:A|{{uuid}}", "2:21 a law cannot generate values: 'uuid' would equal nothing"),
            ("", "header.x~/{{random:4}}/", "2:14 a law cannot generate values: 'random:4' would equal nothing"),
        ])
    func references(when: String, check: String, message: String) {
        #expect(problem(when, check) == ["\(message) | compare the response with its own request: {{req.header.x}}"])
    }

    @Test(
        "an operation must be one of a contract, in either column",
        arguments: [
            ("operation=adBook", "status=200", "2:13 no contract has an operation 'adBook' | did you mean `addBook`?"),
            ("operation!=adBook", "status=200", "2:14 no contract has an operation 'adBook' | did you mean `addBook`?"),
            (
                "", "operation=zzzzzz",
                "2:14 no contract has an operation 'zzzzzz' | the operations are addBook, listBooks, getBook, moveBook, addBook, listBooks, getBook, moveBook"
            ),
        ])
    func operations(when: String, check: String, message: String) {
        #expect(problem(when, check) == [message])
    }

    @Test("a promoted column has one check for each law, and a law without any is a mistake")
    func promoted() {
        let table = "law,when,check.header.x,note\na,,~present,n\nb,status=2xx,,\nc,,~uid,\n"
        #expect(
            Library.problems(table) == [
                "3:1 the law 'b' has no checks | write what must be true whenever `when` is true",
                "4:5 unknown matcher 'uid' | did you mean `~uuid`?",
            ])
        let (plan, _) = Library.plan(table)
        #expect(plan.laws.map(\.name) == ["a"] && plan.laws[0].note == "n")
        #expect(plan.laws[0].checks.map(\.text) == ["header.x~present"])
    }

    @Test("columns of scenarios are unknown in a laws table, with the nearest of its own")
    func columns() {
        #expect(
            Library.problems("law,whn,check,set.a\nx,,status=200,\n") == [
                "1:5 unknown column 'whn' in a laws table | did you mean `when`?",
                "1:15 unknown column 'set.a' in a laws table | the columns are law, when, check, note; start the name of a private column with '#'",
            ])
    }

    @Test("names of laws are unique over all tables, and a law with a mistake is not judged")
    func tables() {
        let (plan, diagnostics) = Library.plan(
            tables: [
                "scenarios/a.csv": "law,check\nx,status=200\ny,status=2x\n",
                "scenarios/b.csv": "law,check\n x ,status=200\nz,status=200\n",
            ])
        #expect(diagnostics.map(\.rule) == ["table.value", "table.duplicate-law"])
        #expect(
            diagnostics.last?.related.map { "\($0.message) \($0.location)" } == [
                "the first one is here scenarios/a.csv:2:1"
            ])
        #expect(plan.laws.map(\.name) == ["x", "z"])
    }
}
