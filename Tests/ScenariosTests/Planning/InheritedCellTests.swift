import Diagnostics
import Scenarios
import TestKit
import Testing

/// A `*` row means the same as its cells in every row below it.
@Suite("Cells of `*` rows") struct InheritedCellTests {
    /// The plan of a table as text, without the positions from which unnamed values derive.
    private static func plan(_ table: String) -> (plan: String, problems: [String]) {
        let (plan, problems) = Library.plan(table, files: Library.bodies)
        let lines = planText(plan).split(separator: "\n").map { line in
            line.split(separator: " @").first.map(String.init) ?? String(line)
        }
        return (lines.joined(separator: "\n"), problems.map { "\($0.severity) \($0.message)" }.sorted())
    }

    private static let columns = [
        "call", "auth", "version", "body", "expect", "same_as", "save", "opts", "tags", "note", "ref",
    ]

    private static let values: [String: [String]] = [
        "call": ["addBook", "POST /books"], "auth": ["", "guest", "none"], "version": ["", "v2024-05-01"],
        "body": ["bodies/ok.json", "example", "example novel"],
        "expect": ["", "200", "2xx|409"], "same_as": ["", "a except tags"], "save": ["", "id=book_id"],
        "opts": ["", "timeout=5s retry=1/1s", "mock"],
        "ref": ["", "R-1"],
    ]

    @Test("a cell that is left empty has the value of the `*` row, column by column and in any combination")
    func equivalence() {
        var numbers = SplitMix(seed: 51)
        for round in 0..<120 {
            let defaults = Self.columns.map { Self.values[$0].map { numbers.pick($0) } ?? "" }
            // Each row keeps the default or has a value of its own.
            let rows = (0..<3).map { _ in
                Self.columns.enumerated().map { index, name in
                    guard name != "opts", numbers.once(in: 3), let values = Self.values[name] else { return "" }
                    return numbers.pick(values)
                }
            }
            func line(_ step: String, _ cells: [String]) -> String {
                "\(step == "a" ? "s" : ""),\(step),\(cells.joined(separator: ","))\n"
            }
            let header = "scenario,step,\(Self.columns.joined(separator: ","))\n"
            let first = line("a", ["addBook", "", "", "bodies/ok.json", "", "", "", "", "", "", ""])
            let inherited = header + first + line("*", defaults) + rows.enumerated().map { line("r\($0)", $1) }.joined()
            let written =
                header + first
                + rows.enumerated().map { index, row in
                    line("r\(index)", zip(row, defaults).map { $0.isEmpty ? $1 : $0 })
                }.joined()
            let (left, right) = (Self.plan(inherited), Self.plan(written))
            #expect(left.plan == right.plan, "round \(round): \(inherited)")
            #expect(Set(left.problems) == Set(right.problems), "round \(round): \(inherited)")
        }
    }

    @Test("notes and tags belong to their own row")
    func ownCells() {
        let (plan, problems) = Library.plan(
            "scenario,step,call,set,tags,note\ns,*,listBooks,genre=novel,slow,about the rows\n,a,,,,\n,b,,,fast,own\n")
        #expect(problems.map(Library.text) == [])
        #expect(plan.scenarios[0].steps.map(\.row.tags) == [[], ["fast"]])
        #expect(plan.scenarios[0].steps.map(\.row.note) == ["", "own"])
        // The tags of the first row are those of the scenario.
        #expect(plan.scenarios[0].tags == ["slow"])
    }

    @Test("a `*` row applies until the end of its scenario, together with the ones above it")
    func scope() {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,expect
            s,*,addBook,title=x; isbn=1,
            ,a,,,
            ,*,,isbn=2; price=3,200
            ,b,,!price; pages=4,
            t,a,addBook,title=y,
            """)
        #expect(problems.map(Library.text) == [])
        let sets = plan.scenarios.flatMap(\.steps).map { $0.request.set.map(\.text).joined(separator: " ") }
        #expect(sets == ["title=x isbn=1", "title=x isbn=2 !price pages=4", "title=y"])
        #expect(plan.scenarios.flatMap(\.steps).map(\.expected.status.isDefault) == [true, false, true])
        #expect(plan.scenarios[0].steps[1].request.set.map(\.isDefault) == [true, true, false, false])
    }

    @Test("an item replaces the default of the same place, however each of them is spelt")
    func spellings() {
        let (plan, problems) = Library.plan(
            """
            scenario,step,call,set,set.isbn
            s,*,addBook,title=x; body.pages=1; header.X-Request-Key=abc,9
            ,a,,body.title=y; pages=2; x-request-key=def,
            ,b,,isbn=8,
            ,c,,,7
            """)
        #expect(problems.map(Library.text) == [])
        let steps = plan.scenarios[0].steps.map { $0.request.set.map(\.text).joined(separator: " ") }
        #expect(
            steps == [
                "isbn=9 body.title=y pages=2 x-request-key=def", "title=x body.pages=1 header.X-Request-Key=abc isbn=8",
                "title=x body.pages=1 header.X-Request-Key=abc isbn=7",
            ])
    }
}
