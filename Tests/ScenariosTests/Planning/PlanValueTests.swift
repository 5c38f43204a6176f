import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios
import TestKit
import Testing

@Suite("Plans and their parts") struct PlanValueTests {
    private static let location = SourceLocation(file: "t.csv", line: 2, column: 1)

    private static func step(_ name: String, _ change: (inout StepOptions) -> Void = { _ in }, line: Int = 2) -> Step {
        var options = StepOptions()
        change(&options)
        return Step(
            name: name, location: SourceLocation(file: "t.csv", line: line, column: 1), call: .wait(.zero),
            contract: "1",
            expected: StepExpectation(StatusExpectation([.range(2)], text: "2xx", location: location)), options: options
        )
    }

    @Test(
        "a status is accepted by a number or a class, and named by a number only",
        arguments: [
            ("200", 200, true, true), ("200", 201, false, false), ("2xx", 204, true, false), ("2xx", 300, false, false),
            ("400|5xx", 503, true, false), ("400|5xx", 400, true, true), ("1xx", 199, true, false),
            ("5xx", 600, false, false),
        ])
    func statuses(text: String, status: Int, accepts: Bool, names: Bool) throws {
        let (plan, problems) = Library.plan("step,call,set,expect\na,listBooks,genre=novel,\(text)\n")
        #expect(!problems.map(\.severity).contains(.error))
        let expected = try #require(plan.scenarios.first?.steps.first?.expected.status)
        #expect(expected.text == text && !expected.isDefault)
        #expect(expected.accepts(status) == accepts)
        #expect(expected.names(status) == names)
    }

    @Test(
        "a number is judged by the most specific documented response, a class by all of its own, or by `default` without any"
    )
    func responses() throws {
        let contract = try Contract.load(
            text: """
                openapi: 3.1.0
                info: {title: R, version: '1'}
                paths:
                  /a:
                    get:
                      operationId: read
                      responses:
                        '200': {description: ok}
                        '201': {description: made}
                        4XX: {description: wrong}
                        '404': {description: gone}
                        default: {description: other}
                """)
        let operation = try #require(contract.operation("read"))
        func keys(_ alternatives: StatusExpectation.Alternative...) -> [String] {
            StatusExpectation(alternatives, text: "", location: Self.location).responses(of: operation).map(\.statusKey)
        }
        #expect(keys(.exact(200)) == ["200"])
        #expect(keys(.exact(404)) == ["404"])
        #expect(keys(.exact(409)) == ["4XX"])
        #expect(keys(.exact(500)) == ["default"])
        #expect(keys(.range(2)) == ["200", "201"])
        #expect(keys(.range(4)) == ["4XX", "404"])
        #expect(keys(.range(5)) == ["default"])
        #expect(keys(.exact(200), .range(2), .exact(200)) == ["200", "201"])
        #expect(keys() == [])
    }

    @Test("setup runs first and teardown last, in reverse order; repetitions of a teardown row keep their order")
    func order() {
        let scenario = Scenario(
            id: "s", name: "s", file: "t.csv", line: 2,
            steps: [
                Self.step("t1") { $0.isTeardown = true }, Self.step("a"), Self.step("s1") { $0.isSetup = true },
                Self.step("t2[1]", { ($0.isTeardown, $0.repetitions) = (true, 2) }, line: 5),
                Self.step("t2[2]", { ($0.isTeardown, $0.repetitions) = (true, 2) }, line: 5),
                Self.step("b"), Self.step("s2") { $0.isSetup = true },
            ])
        #expect(scenario.stepsInRunningOrder.map(\.name) == ["s1", "s2", "a", "b", "t2[1]", "t2[2]", "t1"])
        #expect(scenario.teardownSteps.map(\.name) == ["t2[1]", "t2[2]", "t1"])
    }

    @Test(
        "the identity without the version has the data case, and nothing of the version",
        arguments: [
            ("pay@v2", "v2", nil, "pay"), ("pay@v2", "v2", "eu", "pay[eu]"), ("pay", nil, nil, "pay"),
            ("pay", nil, "eu", "pay[eu]"), ("v2", "v2", nil, "v2"),
        ] as [(String, String?, String?, String)])
    func tableIds(name: String, version: String?, dataCase: String?, expected: String) {
        var scenario = Scenario(
            id: dataCase.map { "\(name)[\($0)]" } ?? name, name: name, file: "t.csv", line: 2, steps: [],
            dataCase: dataCase)
        scenario.options.version = version
        #expect(scenario.tableId == expected)
    }

    @Test("a selection keeps the session scenarios that it needs, and theirs, also if they need each other")
    func selection() {
        func scenario(_ id: String, _ sessions: [String] = []) -> Scenario {
            var scenario = Scenario(id: id, name: id, file: "t.csv", line: 2, steps: [])
            scenario.sessions = sessions.map { SessionUse(name: $0, id: $0) }
            return scenario
        }
        let plan = Plan(
            scenarios: [
                scenario("a", ["login"]), scenario("b"), scenario("login", ["key"]), scenario("key", ["login"]),
                scenario("c", ["none"]),
            ],
            laws: [], fingerprint: "")
        #expect(plan.withSessions(of: ["a"]).scenarios.map(\.id) == ["a", "login", "key"])
        #expect(plan.withSessions(of: ["a"]).isPartial)
        #expect(plan.withSessions(of: ["b"]).scenarios.map(\.id) == ["b"])
        #expect(plan.withSessions(of: ["c"]).scenarios.map(\.id) == ["c"])
        #expect(!plan.withSessions(of: ["a", "b", "c"]).isPartial)
        #expect(plan.withSessions(of: []).scenarios.isEmpty)
    }

    @Test("the first contract is the default one, and a name can be replaced by another contract")
    func contracts() throws {
        let document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {}\n"
        let all = try ["1", "2", "2"].map { try Contract.load(text: document, name: $0) }
        #expect(Contracts(all).defaultName == "1")
        #expect(Contracts(all, default: "2").defaultContract === all[1])
        #expect(Contracts(all)["2"] === all[1])
        #expect(Contracts(all)["3"] == nil)
        #expect(Contracts(all, replacing: (name: "1", by: "2"))["1"] === all[1])
        #expect(Contracts(all, replacing: (name: "9", by: "2"))["9"] === all[1])
        #expect(Contracts(all, replacing: (name: "1", by: "9"))["1"] === all[0])
        #expect(Contracts([]).defaultContract == nil)
    }

    @Test("tables without a contract, or with an unknown default, give one diagnostic")
    func noContract() throws {
        let table = TableSource(path: "t.csv", bytes: Array("step,call\na,b\n".utf8))
        let (none, first) = Planner.plan(tables: [table], contracts: Contracts([]), settings: Library.settings())
        #expect(first.map(\.message) == ["no contract is loaded for the tables"] && none.scenarios.isEmpty)
        let other = Contracts(Library.contracts.all, default: "3")
        #expect(
            Planner.plan(tables: [table], contracts: other, settings: Library.settings()).1.map(\.message) == [
                "unknown contract '3'"
            ])
    }

    @Test(
        "a table contains a session if a row has the option, or if a profile uses its scenario as a login",
        arguments: [
            ("scenario,step,call,opts\ns,a,addBook,session\n", [], true),
            ("scenario,step,call,opts\ns,a,addBook,SESSION\n", [], true),
            ("scenario,step,call,opts\ns,a,addBook,mock  session\n", [], true),
            ("scenario,step,call,note\ns,a,addBook,session\n", [], false),
            ("scenario,step,call,opts\ns,a,addBook,\n", ["s"], true),
            ("scenario,step,call,opts\ns,a,addBook,\n", ["t"], false),
            ("step,call\na,addBook\n", ["t"], true), ("case,opts\n1,session\n", [], false),
        ])
    func sessions(text: String, logins: [String], contains: Bool) {
        #expect(TableSource(path: "t.csv", bytes: Array(text.utf8)).containsSession(logins) == contains)
    }

    @Test("a table of laws is recognised by its header alone")
    func laws() {
        #expect(TableSource(path: "l.csv", bytes: Array("LAW,check\n".utf8)).holdsLaws)
        #expect(!TableSource(path: "l.csv", bytes: Array("call,law2\n".utf8)).holdsLaws)
    }

    @Test("the attempts that end a page are its 2xx responses and the last attempt")
    func pages() {
        func exchange(_ status: Int, hop: Int = 0) -> Exchange {
            var exchange = Exchange(
                sequence: 1, scenario: "s", step: "a", operation: nil, contract: "1",
                request: RequestMessage(method: "GET", url: "https://x.example/"),
                outcome: .response(ResponseMessage(status: status, body: [])),
                startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
            exchange.hop = hop
            return exchange
        }
        let paged = Self.step("a") { $0.paging = Paging(.url(ItemPath(.header("link")))) }
        #expect(paged.pageEnds([]) == [])
        #expect(paged.pageEnds([exchange(200), exchange(503), exchange(200), exchange(200)]) == [0, 2, 3])
        #expect(paged.pageEnds([exchange(302), exchange(200, hop: 1), exchange(404)]) == [1, 2])
        #expect(paged.pageEnds([exchange(200), exchange(200, hop: 1)]) == [1])
        #expect(Self.step("a").pageEnds([exchange(200), exchange(503)]) == [1])
    }

    @Test("a paged step sends the next value in place of the item with the same path")
    func nextPage() throws {
        let items = try ParcelContract.items(["query.cursor=first", "query.limit=5"])
        let step = Self.step("a").with(request: StepRequest(auth: .wrong, body: .none, set: items))
        let next = step.setting("second", at: try ItemPath.parse("query.cursor"))
        #expect(next.request.set.map { "\($0.path.text)\($0.op.rawValue)" } == ["query.limit=", "query.cursor:="])
        #expect(next.request.auth == .wrong && next.name == "a" && next.location == step.location)
        guard case .json("second")? = next.request.set.last?.value else {
            Issue.record("\(next.request.set)")
            return
        }
    }

    @Test("a series is one of pages, a burst or a race")
    func series() {
        var options = StepOptions()
        #expect(options.paging == nil && options.burst == nil && options.race == nil)
        options.series = .burst(Burst(count: 3))
        #expect(options.burst?.count == 3 && options.paging == nil && options.race == nil)
        options.paging = Paging(.url(ItemPath(.header("link"))))
        #expect(options.paging?.limit == 100 && options.burst == nil)
        options.paging = nil
        #expect(options.series == nil)
    }
}
