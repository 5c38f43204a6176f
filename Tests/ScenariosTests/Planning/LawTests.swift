import Diagnostics
import Scenarios
import Testing

@Suite("Laws") struct LawTests {
    @Test("a laws table gives laws")
    func laws() {
        let table = """
            law,when,check,note,check.header.x-b
            echo,req.header.x~present; status=2xx,header.x={{req.header.x}},the same id,
            left,operation=getBook; tag!=old,header.x-limit-left>=0,,~present
            always,,status<600,,
            """
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.map(Library.text) == [])
        #expect(plan.laws.map(\.name) == ["echo", "left", "always"])
        #expect(
            plan.laws.map { $0.when.map(\.text) } == [
                ["req.header.x~present", "status=2xx"], ["operation=getBook", "tag!=old"], [],
            ])
        #expect(plan.laws[1].checks.map(\.text) == ["header.x-limit-left>=0", "header.x-b~present"])
        #expect(plan.laws[0].note == "the same id")
        #expect(plan.laws[0].when[1].location.column == 28)
    }

    @Test("an invalid part of a law is reported with its place")
    func mistakes() {
        let table = """
            law,when,check,note
            a,status=2xx,header.x=1,fine
            a,status=2x,header.x=1,
            ,status=200,header.x=1,
            b,status=200,,
            c,operation=getBok,status=200,
            d,,header.x={{create.id}}; header.y={{uuid}}; header.z={{row.x}},
            e,req.headr.x=1,status=200,
            """
        #expect(
            Library.problems(table) == [
                "3:1 duplicate law 'a'",
                "3:10 '2x' is not a valid status | write status=200 or status=2xx",
                "4:1 the law has no name | name it: reports show the name",
                "5:14 the law 'b' has no checks | write what must be true whenever `when` is true",
                "6:13 no contract has an operation 'getBok' | did you mean `getBook`?",
                "7:13 a law cannot refer to steps, so 'create' has no value here | "
                    + "compare the response with its own request: {{req.header.x}}",
                "7:37 a law cannot generate values: 'uuid' would equal nothing | "
                    + "compare the response with its own request: {{req.header.x}}",
                "7:56 a law cannot refer to data rows | compare the response with its own request: {{req.header.x}}",
                "8:7 `req.` must be followed by a part of the request | did you mean `req.header`?",
            ])
    }
}
