import Diagnostics
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Scenarios

/// The values of a row in the request that a configuration maps an event to.
@Suite("Items in mapped events") struct EventFillTests {
    private static let location = SourceLocation(file: "assay.yaml", line: 9, column: 7)

    private static func items(_ text: String) -> [String: ItemValue] {
        var parser = ItemParser(text)
        return Dictionary(
            uniqueKeysWithValues: parser.items().compactMap { item in item.value.map { (item.path.text, $0) } })
    }

    private static func filled(_ body: String, _ row: String) throws -> JSONTemplate {
        try JSONTemplate(JSONDocument(parsing: body).root).filled(items(row))
    }

    @Test(
        "a member that is one item has the item's type, and text around it makes it text",
        arguments: [
            (#"{"a":"{{item.x}}"}"#, "x=7", #"{"a":"7"}"#), (#"{"a":"{{item.x}}"}"#, "x:=7", #"{"a":7}"#),
            (#"{"a":"{{item.x}}"}"#, "x:=[1,{\"b\":null}]", #"{"a":[1,{"b":null}]}"#),
            (#"{"a":"n {{item.x}}!"}"#, "x:=7.50", #"{"a":"n 7.50!"}"#),
            (#"{"a":"n {{item.x}}"}"#, "x:=\"t\"", #"{"a":"n t"}"#),
            (#"{"a":"{{item.x}}"}"#, "x:=\"t\"", #"{"a":"t"}"#),
            (#"["{{item.x}}{{item.y}}"]"#, "x=1; y='2'", #"["12"]"#),
            (#"{"a":"{{item.x}}"}"#, "x='{{'", #"{"a":"{{"}"#),
            (#"{"a":"plain"}"#, "x=1", #"{"a":"plain"}"#),
        ])
    func bodies(body: String, row: String, expected: String) throws {
        let row = row == "x='{{'" ? "x='{{''{{''}}'" : row
        let template = try Self.filled(body, row)
        #expect(template.constantValue?.text == expected || template.isConstant == false)
        let scope = ValueScope(seed: "s", table: "t", scenario: "s", now: Instant(microsecondsSinceEpoch: 0))
        #expect(try template.expand(scope, at: ValueSite(step: "a", column: "body", place: 0)).text == expected)
    }

    @Test("references of the row's values stay references of the step")
    func references() throws {
        let template = try Self.filled(
            #"{"a":"x {{item.x}} {{uuid}}","b":"{{item.y}}","c":"{{item.none}}"}"#,
            "x={{list.id}} {{env.A}}; y={{list.n}}")
        #expect(
            template.references == [
                .step("list", try ItemPath.parse("id")), .environment("A"), .uuid(name: nil),
                .step("list", try ItemPath.parse("n")),
                .step("item", try ItemPath.parse("none")),
            ])
        #expect(
            template.templates.map(\.template.text) == [
                "x {{list.id}} {{env.A}} {{uuid}}", "{{list.n}}", "{{item.none}}",
            ])
        #expect(template.templates.map(\.pointer.description) == ["/a", "/b", "/c"])
    }

    @Test("only `item.NAME` is an item")
    func names() throws {
        func name(_ text: String) throws -> String? { try Template.parse(text).expressions.first?.eventItem }
        #expect(try name("{{item.x}}") == "x")
        #expect(try name("{{item.x|upper}}") == "x")
        for text in [
            "{{item.x.y}}", "{{item.x[0]}}", "{{item.body.x}}", "{{item.$}}", "{{items.x}}", "{{row.item}}",
            "{{item.header.x}}",
        ] {
            #expect(try name(text) == nil, "\(text)")
        }
    }

    @Test("mappings are equal if they are written alike, whatever line they are on")
    func equality() {
        func mapping(_ name: String, _ written: String, line: Int) -> EventMapping {
            EventMapping(
                name, call: "x", at: SourceLocation(file: "assay.yaml", line: line, column: 1), body: nil, set: [],
                written: .string(written))
        }
        #expect(mapping("a", "x", line: 1) == mapping("a", "x", line: 9))
        #expect(mapping("a", "x", line: 1) != mapping("b", "x", line: 1))
        #expect(mapping("a", "x", line: 1) != mapping("a", "y", line: 1))
    }

    private static func events() -> TargetEvents {
        func declared(_ name: String, _ inputs: [String]) -> DeclaredEvent {
            DeclaredEvent(name: name, inputs: inputs.map { .init(name: $0, kind: nil, isRequired: false) })
        }
        let mapping = EventMapping(
            "sink", call: "POST /sink", at: location, body: nil,
            set: [.init(ItemPath(.header("x")), .text(Template(constant: "1")), at: location)], written: "sink")
        return TargetEvents(
            target: "box", isMock: true, mappings: [mapping], others: [mapping],
            declared: ["2": [declared("lend", ["b"])], "1": [declared("lend", ["a"]), declared("lose", [])]])
    }

    @Test("the declaration of the row's contract takes precedence, then that of another one in a fixed order")
    func declarations() {
        let events = Self.events()
        #expect(events.declaration("lend", in: "2")?.inputs.map(\.name) == ["b"])
        #expect(events.declaration("lend", in: "1")?.inputs.map(\.name) == ["a"])
        #expect(events.declaration("lend", in: "3")?.inputs.map(\.name) == ["a"])
        #expect(events.declaration("lose", in: "2")?.name == "lose")
        #expect(events.declaration("sink", in: "1") == nil)
        #expect(events.names == ["lend", "lose", "sink"])
        #expect(events.items(of: "lend") == ["a", "b"])
        #expect(events.items(of: "sink") == [])
    }

    @Test(
        "mistakes that need several names have them in order",
        arguments: [
            (
                "event lend",
                "2:11 the event 'lend' requires the items 'a' and 'b' at the target 'mock' | write event lend a=value; b=value"
            ),
            ("event lend a=1; b=2; zzzzzz=3", "2:26 the event 'lend' has no item 'zzzzzz' | its items are a, b"),
            ("event lose x=1", "2:16 the event 'lose' has no item 'x' | remove it"),
            ("event zzzzzz", "2:11 unknown event 'zzzzzz' | the events are lend, lose"),
        ])
    func mistakes(call: String, message: String) {
        var settings = Library.settings()
        let inputs = ["a", "b"].map { DeclaredEvent.Input(name: $0, kind: nil, isRequired: true) }
        settings.events = TargetEvents(
            target: "mock", isMock: true,
            declared: ["1": [DeclaredEvent(name: "lend", inputs: inputs), DeclaredEvent(name: "lose", inputs: [])]])
        let table = TableSource(path: "scenarios/t.csv", bytes: Array("scenario,step,call\ns,a,\(call)\n".utf8))
        let found = Planner.plan(tables: [table], contracts: Library.contracts, settings: settings).1
        #expect(found.first.map(Library.text) == message)
    }

    @Test("without any event, the help says where to declare one")
    func none() {
        var settings = Library.settings()
        settings.events = TargetEvents(target: "mock", isMock: true)
        let table = TableSource(path: "scenarios/t.csv", bytes: Array("scenario,step,call\ns,a,event lend\n".utf8))
        let found = Planner.plan(tables: [table], contracts: Library.contracts, settings: settings).1
        #expect(
            found.first.map(Library.text)
                == "2:11 unknown event 'lend' | declare it in a behaviour file, or map it under `events` of a target")
    }

    @Test("an operation whose name begins with the word is not an event")
    func operation() {
        let found = Library.problems("step,call\na,eventually\nb,events x\n")
        #expect(found.count == 2 && found.allSatisfy { $0.contains("has no operation") }, "\(found)")
    }
}
