import Diagnostics
import Project
import Scenarios
import Testing

@Suite("Events of targets in the configuration")
struct EventReaderTests {
    private func text(_ events: String) -> String {
        let lines = events.split(separator: "\n", omittingEmptySubsequences: false).map { "      \($0)" }
        return "targets:\n  box:\n    base-url: https://box.example\n    events:\n" + lines.joined(separator: "\n")
    }

    @Test("a mapping has a call, and may have a body and values; equal mappings are written in the same way")
    func mapping() throws {
        let read = try project(
            text(
                """
                pay:
                  call: POST /simulate
                  set: {header.x-trace: '{{uuid}}', count: 3}
                  body: {id: '{{item.id}}', key: '{{secret.KEY}}', fixed: [1, true]}
                drop: {call: cancelOrder}
                """))
        let events = try #require(read.target("box")).events
        #expect(events.map(\.name) == ["pay", "drop"])
        #expect(events.map(\.call) == ["POST /simulate", "cancelOrder"])
        #expect(events[0].set.map(\.path.text) == ["header.x-trace", "count"])
        #expect(events[0].body?.template.templates.count == 2)
        #expect(events[0].location.line == 6)
        #expect(events[1].body == nil)
        #expect(events[0] == events[0])
        #expect(events[0] != events[1])
    }

    @Test(
        "each mistake is reported at its place",
        arguments: [
            ("pay: {body: {}}", "missing-key"), ("pay: 7", "wrong-type"), ("pay: {call: 7}", "wrong-type"),
            ("pay: {call: x, bdy: {}}", "unknown-key"), ("'a b': {call: x}", "wrong-event"),
            ("pay: {call: x, body: {a: '{{item.id'}}", "wrong-template"),
            ("pay: {call: x, body: {a: '{{item.id|upper}}'}}", "wrong-template"),
            ("pay: {call: x, body: {a: '{{create.id}}'}}", "wrong-template"),
            ("pay: {call: x, body: {a: '{{item.id.b}}'}}", "wrong-template"),
            ("pay: {call: x, body: {a: '{{row.id}}'}}", "wrong-template"),
            ("pay: {call: x, set: {a: '{{file:b.txt}}'}}", "wrong-template"),
            ("pay: {call: x, set: {'a[': 1}}", "wrong-event"), ("pay: {call: x, set: 7}", "wrong-type"),
        ])
    func mistakes(events: String, rule: String) throws {
        let found = problems(text(events))
        #expect(found.count == 1)
        #expect(found.first?.contains(" configuration.\(rule): ") == true, "\(found)")
        #expect(found.first?.hasPrefix("5:") == true, "\(found)")
    }
}
