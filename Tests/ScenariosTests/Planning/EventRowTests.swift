import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

@Suite("Rows that trigger events") struct EventRowTests {
    private static let inputs = [
        DeclaredEvent.Input(name: "id", kind: nil, isRequired: true),
        DeclaredEvent.Input(name: "price", kind: .number, isRequired: false),
        DeclaredEvent.Input(name: "late", kind: .boolean, isRequired: false),
        DeclaredEvent.Input(name: "note", kind: .string, isRequired: false),
    ]
    private static let declared = ["1": [DeclaredEvent(name: "lend", inputs: inputs)]]
    private static let location = SourceLocation(file: "assay.yaml", line: 7, column: 9)

    private static func mapping(
        _ name: String, _ call: String, body: String? = nil, set: [(String, String)] = []
    ) throws -> EventMapping {
        EventMapping(
            name, call: call, at: location,
            body: try body.map {
                EventMapping.Body(try JSONTemplate(try JSONDocument(parsing: Array($0.utf8)).root), at: location)
            },
            set: try set.map {
                EventMapping.Assignment(try ItemPath.parse($0.0), .text(try Template.parse($0.1)), at: location)
            }, written: .string(name))
    }

    private func plan(_ rows: String, _ events: TargetEvents?) -> (steps: [Step], problems: [String]) {
        var settings = Library.settings()
        settings.events = events
        let table = TableSource(path: "scenarios/t.csv", bytes: Array(("scenario,step,call\n" + rows).utf8))
        let (plan, diagnostics) = Planner.plan(tables: [table], contracts: Library.contracts, settings: settings)
        return (plan.scenarios.flatMap(\.steps), diagnostics.map(Library.text))
    }

    private func request(_ step: Step?) throws -> RequestMessage {
        let scope = ValueScope(
            seed: "s", table: "t", scenario: "s", now: Instant(secondsSinceEpoch: 1_700_000_000))
        return try RequestBuilder.build(
            try #require(step), scope: scope, credentials: Credentials(), baseURL: "http://x.example"
        ).message
    }

    private static let mock = TargetEvents(target: "mock", isMock: true, declared: declared)

    @Test("the mock receives the items as inputs, typed by the behaviour file")
    func onMock() throws {
        let (steps, problems) = plan(
            "s,list,GET /books\n,lend,event lend id=b-1; price=2.50; late=true; note=7\n,again,event lend id:=7\n",
            Self.mock)
        #expect(problems.filter { !$0.contains("genre") } == [])
        let lend = steps.first { $0.name == "lend" }
        #expect(lend?.callText == "event lend id=b-1; price=2.50; late=true; note=7")
        let message = try request(lend)
        #expect(message.method == "POST" && message.url == "http://x.example/_mock/events/lend")
        #expect(
            String(decoding: message.body ?? [], as: UTF8.self)
                == #"{"id":"b-1","price":2.50,"late":true,"note":"7"}"#)
        let again = try request(steps.first { $0.name == "again" })
        #expect(String(decoding: again.body ?? [], as: UTF8.self) == #"{"id":7}"#)
    }

    @Test("a mapping sends an operation or a plain request, with the items in body and parameters")
    func mapped() throws {
        let events = TargetEvents(
            target: "box", isMock: false,
            mappings: [
                try Self.mapping(
                    "lend", "POST /simulate", body: #"{"book":"{{item.id}}","text":"b {{item.id}}","n":[1]}"#,
                    set: [("header.x-price", "{{item.price}}"), ("body.late", "{{item.late}}")]),
                try Self.mapping("move", "listBooks", set: [("genre", "{{item.genre}}"), ("limit", "{{item.limit}}")]),
            ], declared: Self.declared)
        let (steps, problems) = plan(
            "s,lend,event lend id:=7; price=2.50; late:=false\n,move,event move genre=novel; limit=5\n", events)
        #expect(problems == [])
        let message = try request(steps.first)
        #expect(message.method == "POST" && message.url == "http://x.example/simulate")
        #expect(message.header("x-price") == ["2.50"])
        #expect(
            String(decoding: message.body ?? [], as: UTF8.self) == #"{"book":7,"text":"b 7","n":[1],"late":false}"#)
        let move = try request(steps.last)
        #expect(move.url == "http://x.example/books?limit=5&genre=novel")
        #expect(move.body == nil)
        #expect(steps.last?.call.operation?.name == "listBooks")
        #expect(steps.last?.callText == "event move genre=novel; limit=5")
        #expect(steps.allSatisfy { $0.expected.status.accepts(204) && !$0.expected.status.accepts(400) })
    }

    @Test("an operation that a mapping calls is checked against the contract before anything is sent")
    func mappedMistake() throws {
        let events = TargetEvents(
            target: "box", isMock: false,
            mappings: [
                try Self.mapping("move", "listBooks", set: [("genre", "{{item.genre}}")]),
                try Self.mapping("bare", "listBooks"), try Self.mapping("gone", "listBoks"),
            ])
        let (_, problems) = plan(
            "s,a,event move genre=cars\n,b,event bare\n,c,event gone\n", events)
        #expect(problems.contains { $0.contains("genre") && $0.hasPrefix("7:9 ") }, "\(problems)")
        #expect(problems.contains { $0.contains("'listBooks' requires the query parameter 'genre'") }, "\(problems)")
        #expect(
            problems.contains {
                $0.contains("the event 'gone' calls 'listBoks', which the contract '1' does not declare")
                    && $0.contains("did you mean `listBooks`?")
            }, "\(problems)")
    }

    @Test("an event that only other targets have is not sent; one that no target has is a mistake")
    func unmapped() throws {
        let box = TargetEvents(target: "box", isMock: false, declared: Self.declared)
        let (steps, problems) = plan("s,a,event lend id=7\n", box)
        #expect(problems == [])
        guard case .unmapped(event: "lend")? = steps.first?.call else {
            Issue.record("\(steps)")
            return
        }
        let others = TargetEvents(
            target: "mock", isMock: true,
            others: [try Self.mapping("sink", "POST /simulate", body: #"["{{item.x}}"]"#)])
        #expect(plan("s,a,event sink x=1\n", others).problems == [])
        #expect(
            plan("s,a,event snk x=1\n", others).problems.first
                == "2:11 unknown event 'snk' | did you mean `sink`?")
        #expect(
            plan("s,a,event sink y=1\n", others).problems.first
                == "2:16 the event 'sink' has no item 'y' | did you mean `x`?")
    }

    @Test(
        "mistakes in names and items",
        arguments: [
            ("event", "2:5 the event has no name | write event NAME, or event NAME item=value; item=value"),
            ("event id=7", "2:5 the event has no name | write event NAME, or event NAME item=value; item=value"),
            ("event lnd id=7", "2:11 unknown event 'lnd' | did you mean `lend`?"),
            (
                "event lend",
                "2:11 the event 'lend' requires the item 'id' at the target 'mock' | write event lend id=value"
            ),
            ("event lend id=7; prise=2", "2:22 the event 'lend' has no item 'prise' | did you mean `price`?"),
            ("event lend id=7; price=two", #"2:28 the item 'price' must be a number, found "two""#),
            ("event lend id=7; note:=3", "2:28 the item 'note' must be a string, found 3"),
            ("event lend id=7; id=8", "2:22 duplicate item 'id'"),
            ("event lend id!=7", "2:16 `!=` cannot set an item of an event | write id=value"),
            (
                "event lend header.id=7",
                "2:16 'header.id' is not the name of an item | "
                    + "write the items of the event: event NAME item=value; item=value"
            ),
            (
                "event lend id=7 price=2",
                "2:19 the value of 'id' contains another item | separate items with ';', or quote the value"
            ),
            (
                "event lend id={{lst.id}}",
                "2:19 unknown step 'lst' | values come from earlier steps of the scenario, and this row has none"
            ),
        ])
    func mistakes(call: String, problem: String) {
        #expect(plan("s,a,\(call)\n", Self.mock).problems.first == problem)
    }

    @Test("an event has no other cells, and no values for later rows")
    func cells() {
        var settings = Library.settings()
        settings.events = Self.mock
        let table = """
            scenario,step,call,set,expect,check,save,opts
            s,a,event lend id=7,genre=novel,200,id=7,x=id,poll=2s/1s invalid
            ,b,listBooks,genre={{a.id}},,,,
            """
        let (_, diagnostics) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))], contracts: Library.contracts,
            settings: settings)
        #expect(
            diagnostics.map(Library.text) == [
                "2:21 an event has no `set` | leave the cell empty",
                "2:33 an event has no `expect` | leave the cell empty",
                "2:37 an event has no `check` | leave the cell empty",
                "2:42 an event has no `save` | leave the cell empty",
                "2:47 an event has no `poll` | remove the option",
                "2:58 an event cannot be `invalid` | remove the option",
                "3:20 'a' is an event and has no values",
            ])
    }

    @Test("the items of a row keep their references where a scenario uses another one")
    func used() throws {
        var settings = Library.settings()
        settings.events = TargetEvents(
            target: "box", isMock: false,
            mappings: [try Self.mapping("lend", "POST /simulate", body: #"{"book":"{{item.id}}"}"#)])
        let table = """
            scenario,step,call,set
            inner,list,listBooks,genre=novel
            ,lend,event lend id={{list.status}},
            outer,it,use #inner,
            """
        let (plan, diagnostics) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: Array(table.utf8))], contracts: Library.contracts,
            settings: settings)
        #expect(diagnostics.map(Library.text) == [])
        let step = try #require(plan.scenarios.last?.steps.last)
        #expect(step.name == "it.lend")
        #expect(step.request.templates.flatMap(\.expressions).map(\.text) == ["it.list.status"])
    }

    @Test("without knowledge of the target, the call is the mock's route and nothing is checked")
    func unknown() {
        let (steps, problems) = plan("s,a,event anything x=7\n", nil)
        #expect(problems == [])
        #expect(steps.first?.call.text == "POST /_mock/events/anything")
    }
}
