import Diagnostics
import OpenAPI
import Primitives
import TestKit
import Testing

@testable import Scenarios

/// Rows with equal cells are resolved once. A row must have the same plan and diagnostics as if it were alone.
@Suite("Rows with equal cells") struct SharedItemTests {
    /// Rows whose cells mean different things with other calls, options and defaults.
    private static let rows: [String] = {
        let calls = ["addBook", "getBook", "listBooks", "GET /nowhere", "wait 1s"]
        let sets = [
            "", "title=x", "book_id=1", "genre=novel", "title=x; pages=0", "nobody=1", "body.extra=1", "!title",
            "header.x-a=b", "pages=many", "query.limit=5",
        ]
        let checks = ["", "title=x", "pages>3", "status=200", "nobody=1", "title~nonempty", "status=9"]
        var rows: [String] = []
        for call in calls {
            for (index, set) in sets.enumerated() {
                for options in ["", "invalid", "skip"] {
                    let expect = ["", "2xx", "404", "400|404", "201"][(index + rows.count) % 5]
                    rows.append("\(call),\(set),\(expect),\(checks[(index + rows.count) % 7]),\(options)")
                }
            }
        }
        return rows
    }()

    private static func plan(_ rows: [(name: String, row: String)]) -> (scenarios: [String], problems: [String]) {
        var table = "scenario,step,call,set,expect,check,opts\n"
        for (name, row) in rows { table += "\(name),*,,title=x,,,\n,a,\(row)\n" }
        let (plan, problems) = Library.plan(table)
        let texts = plan.scenarios.map { scenario in
            planText(Plan(scenarios: [scenario], laws: [], fingerprint: ""))
                + scenario.steps.flatMap { $0.request.set + $0.expected.checks }.map { item in
                    "\(item.column) \(item.text) \(item.place) \(item.isDefault) \(item.location.column)"
                }.joined(separator: "\n")
        }
        return (
            texts,
            problems.map { "\($0.rule) \($0.location?.column ?? 0) \($0.severity) \($0.message) \($0.help ?? "")" }
        )
    }

    @Test("a row has the same plan and the same diagnostics next to equal rows as alone")
    func alone() {
        func named(_ letter: String) -> [(name: String, row: String)] {
            Self.rows.enumerated().map { (name: "\(letter)\($0.offset + 100)", row: $0.element) }
        }
        // Each row twice, so that the second one is always resolved from what the first one left.
        let together = Self.plan(named("s") + named("t"))
        let alone = named("s").map { Self.plan([$0]) }
        #expect(alone.contains { $0.problems.isEmpty } && alone.contains { !$0.problems.isEmpty })
        let count = alone.reduce(0) { $0 + $1.scenarios.count }
        #expect(together.scenarios.count == 2 * count)
        #expect(Array(together.scenarios.prefix(count)) == alone.flatMap(\.scenarios))
        for (text, own) in zip(together.scenarios.suffix(count), alone.flatMap(\.scenarios)) {
            #expect(text.split(separator: "\n").dropFirst() == own.split(separator: "\n").dropFirst())
        }
        // Names occur in no message, so each diagnostic occurs twice.
        func twice(_ texts: [String]) -> [String] { (texts + texts).sorted() }
        #expect(together.problems.sorted() == twice(alone.flatMap(\.problems)))
    }

    @Test("steps of rows with equal cells share the content of their items, and steps without options share those")
    func shared() throws {
        let rows = (0..<50).map { "s\($0),a,addBook,title=x; pages=7,200,title=x\n" }.joined()
        let (plan, problems) = Library.plan("scenario,step,call,set,expect,check\n" + rows)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios.flatMap(\.steps)
        #expect(steps.count == 50)
        #expect(Set(steps.flatMap { ($0.request.set + $0.expected.checks).map(\.contentIdentity) }).count == 3)
        #expect(Set(steps.flatMap { $0.request.set.map(\.location.line) }) == Set(2...51))
        #expect(Set(steps.flatMap { [$0.sharedRow.identity, $0.sharedOptions.identity] }).count == 2)
    }

    @Test("a change of an item changes no other item")
    func values() throws {
        let (plan, _) = Library.plan(
            "scenario,step,call,set\na,a,addBook,title=x\nb,a,addBook,title=x\n")
        let items = plan.scenarios.map { $0.steps[0].request.set[0] }
        var changed = items[0]
        changed.op = .absent
        changed.text = "!title"
        changed.isDefault = true
        #expect(items.map(\.op) == [.equal, .equal] && items.map(\.text) == ["title=x", "title=x"])
        #expect(changed.op == .absent && changed.text == "!title" && changed.isDefault)
        #expect(changed.location == items[0].location && changed.path.text == items[0].path.text)
    }
}
