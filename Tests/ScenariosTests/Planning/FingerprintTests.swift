import Diagnostics
import OpenAPI
import Scenarios
import TestKit
import Testing

@Suite("Plans of the same bytes") struct FingerprintTests {
    private static let files = [
        "scenarios/d.csv": "case,title\n1,Emma\n2,Sanditon\n", "scenarios/b.json": #"{"title":"x"}"#,
    ]

    private static let tables = [
        "scenarios/a.csv": "scenario,step,call,set,opts\na,one,addBook,title={{row.title}},rows=d.csv\n",
        "scenarios/b.csv": "scenario,step,call,body\nb,one,addBook,b.json\n,two,use a2.csv#x,\n",
        "scenarios/c.csv": "law,check\nl,status<600\n",
    ]

    private static func plan(
        _ order: [String], _ change: (inout [String: String], inout [String: String]) -> Void = { _, _ in }
    ) -> (Plan, [String]) {
        var (tables, files) = (Self.tables, Self.files)
        files["scenarios/a2.csv"] = "scenario,step,call,set\nx,y,addBook,title=x\n"
        change(&tables, &files)
        let sources = order.map { TableSource(path: $0, bytes: Array((tables[$0] ?? "").utf8)) }
        let (plan, problems) = Planner.plan(
            tables: sources, contracts: Library.contracts, settings: Library.settings(files: files))
        return (plan, problems.map(Library.text))
    }

    private static let order = ["scenarios/a.csv", "scenarios/b.csv", "scenarios/c.csv"]

    @Test("the order of the tables is that of the scenarios, and changes nothing else")
    func order() {
        let (first, problems) = Self.plan(Self.order)
        #expect(problems == [])
        #expect(first.scenarios.map(\.id) == ["a[1]", "a[2]", "b"])
        for order in [Self.order.reversed().map { $0 }, [Self.order[1], Self.order[2], Self.order[0]]] {
            let (plan, problems) = Self.plan(order)
            #expect(problems == [])
            #expect(plan.fingerprint == first.fingerprint)
            let texts = plan.scenarios.map { planText(Plan(scenarios: [$0], laws: [], fingerprint: "")) }
            #expect(
                Set(texts) == Set(first.scenarios.map { planText(Plan(scenarios: [$0], laws: [], fingerprint: "")) }))
        }
    }

    @Test(
        "each file that a plan reads is a part of its fingerprint",
        arguments: [
            "scenarios/a.csv", "scenarios/b.csv", "scenarios/c.csv", "scenarios/a2.csv", "scenarios/d.csv",
            "scenarios/b.json",
        ])
    func everyFile(path: String) {
        let before = Self.plan(Self.order).0.fingerprint
        let after = Self.plan(Self.order) { tables, files in
            if tables[path] != nil { tables[path]? += "\n" } else { files[path]? += "\n" }
        }.0.fingerprint
        #expect(before != after)
    }

    @Test("files that no table names are not read")
    func otherFiles() {
        let before = Self.plan(Self.order).0.fingerprint
        #expect(Self.plan(Self.order) { _, files in files["scenarios/other.json"] = "{}" }.0.fingerprint == before)
    }

    @Test("two files whose contents are exchanged give another fingerprint")
    func exchanged() {
        let (left, right) = (
            "scenario,step,call,set\nx,a,addBook,title=x\n", "scenario,step,call,set\ny,a,addBook,title=x\n"
        )
        func print(_ first: String, _ second: String) -> String {
            Library.plan(tables: ["scenarios/1.csv": first, "scenarios/2.csv": second]).0.fingerprint
        }
        #expect(print(left, right) != print(right, left))
        #expect(print(left, right) == print(left, right))
    }

    @Test("a byte that moves from one file to the next gives another fingerprint")
    func moved() {
        let table = "scenario,step,call,body\nx,a,addBook,1.json\n,b,addBook,2.json\n"
        func print(_ first: String, _ second: String) -> String {
            Library.plan(table, files: ["scenarios/1.json": first, "scenarios/2.json": second]).0.fingerprint
        }
        let body = #"{"title":"x"}"#
        #expect(print(body + " ", body) != print(body, " " + body))
    }

    @Test("planning twice gives the same plan and the same diagnostics, in the same order")
    func repeatable() {
        var numbers = SplitMix(seed: 61)
        for _ in 0..<15 {
            guard let contract = try? RandomContract(&numbers) else { continue }
            let bytes = RandomTable(for: contract, &numbers).written
            let plans = (0..<3).map { _ in
                Planner.plan(
                    tables: [TableSource(path: "t.csv", bytes: bytes)], contracts: contract.contracts,
                    settings: Library.settings())
            }
            #expect(Set(plans.map { planText($0.0) + $0.0.fingerprint }).count == 1)
            #expect(Set(plans.map { $0.1.map { "\($0)" } }).count == 1)
        }
    }
}
