import Diagnostics
import Scenarios
import Testing

@Suite("Status expectations") struct StatusExpectationTests {
    private let location = SourceLocation(file: "t.csv", line: 1, column: 1)

    @Test("an expectation accepts its statuses and ranges")
    func accepts() {
        let expectation = StatusExpectation([.exact(404), .range(2)], text: "404|2xx", location: location)
        #expect([200, 299, 404].allSatisfy(expectation.accepts))
        #expect(![199, 300, 400, 405].contains(where: expectation.accepts))
        #expect(expectation.names(404) && !expectation.names(200))
    }

    @Test("an empty cell expects the documented success statuses")
    func documented() {
        let table = "scenario,step,call,set\ns,a,moveBook,path.book_id=x; shelf=A\n"
        let (plan, diagnostics) = Library.plan(table)
        #expect(diagnostics.isEmpty)
        #expect(plan.scenarios[0].steps[0].expected.status.text == "204")
        #expect(plan.scenarios[0].steps[0].expected.status.isDefault)
    }
}
