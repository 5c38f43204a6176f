import Diagnostics
import Foundation
import Scenarios
import SourceText
import TestKit
import Testing

@Suite("Properties of tables") struct FormatPropertyTests {
    private func planned(_ bytes: [UInt8], _ contracts: Contracts) -> (plan: String, problems: [String]) {
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "scenarios/t.csv", bytes: bytes)], contracts: contracts,
            settings: Library.settings())
        // What a spreadsheet would change is a matter of spelling, which is what formatting changes.
        let others = problems.filter { $0.rule != "table.spreadsheet" }
        return (planText(plan), others.map { "\($0.severity) \($0.message)" }.sorted())
    }

    private func formatted(_ bytes: [UInt8], _ form: TableForm = TableForm()) throws -> [UInt8] {
        let (bytes, problems) = TableFormatter.format(TableSource(path: "t.csv", bytes: bytes), as: form)
        #expect(problems.isEmpty)
        return try #require(bytes)
    }

    @Test("a table over a random contract gives the same plan as written, saved by a spreadsheet, and in either form")
    func randomTables() throws {
        var numbers = SplitMix(seed: 5)
        var understood = 0
        for round in 0..<100 {
            let contract = try RandomContract(&numbers)
            let table = RandomTable(for: contract, &numbers)
            let (plan, problems) = planned(table.written, contract.contracts)
            let text = String(decoding: table.written, as: UTF8.self)
            if !problems.contains(where: { $0.hasPrefix("error") }) { understood += 1 }
            for form in [TableForm(), TableForm(isForSpreadsheets: true)] {
                let once = try formatted(table.written, form)
                #expect(try formatted(once, form) == once, "round \(round): \(text)")
                #expect(planned(once, contract.contracts).plan == plan, "round \(round): \(text)")
                #expect(planned(once, contract.contracts).problems == problems, "round \(round): \(text)")
            }
            let saved = table.saved(&numbers)
            #expect(planned(saved, contract.contracts).plan == plan, "round \(round): \(text)")
            #expect(try formatted(saved) == formatted(table.written), "round \(round): \(text)")
        }
        // The test means little when most tables are wrong.
        #expect(understood > 60)
    }

    @Test("promoting an item and demoting it again changes no plan, except for values derived from its position")
    func promotion() throws {
        var numbers = SplitMix(seed: 9)
        for round in 0..<60 {
            let contract = try RandomContract(&numbers)
            guard let field = contract.operations.flatMap(\.body).first else { continue }
            let table = try formatted(RandomTable(for: contract, &numbers).written)
            let wide = TableFormatter.format(
                TableSource(path: "t.csv", bytes: table), as: TableForm(promoted: [field.path])
            ).bytes
            guard let wide else { continue }
            func placeless(_ bytes: [UInt8]) -> String {
                let lines = planned(bytes, contract.contracts).plan.split(separator: "\n")
                let cut = lines.map { $0.split(separator: " @")[0] }
                // Items of one step may come in another order: none of them is about a part of another.
                return cut.map(String.init).sorted().joined(separator: "\n")
            }
            #expect(placeless(wide) == placeless(table), "round \(round): \(String(decoding: wide, as: UTF8.self))")
            let back = try formatted(wide, TableForm(demoted: [field.path]))
            #expect(placeless(back) == placeless(table), "round \(round): \(String(decoding: back, as: UTF8.self))")
        }
    }

    @Test("formatting never changes the readable part of a damaged table")
    func damaged() {
        let text = """
            \u{FEFF}sep=;
            scenario;note;step;call;set;set.title;#x
            s;"a ""b""
            c";a;addBook;" pages = 7 ;!isbn";='x';1
            # "n;o"
            #s;x;"b";addBook;;;
            ;#;b;GET  /books/{book_id};book_id={{a.book_id}};;
            """
        let bytes = Array(text.utf8)
        for index in stride(from: 0, to: bytes.count, by: 2) {
            for byte: UInt8? in [nil, 0x22, 0x0A, 0x3B, 0x23, 0x27] {
                var damaged = bytes
                if let byte { damaged[index] = byte } else { damaged.remove(at: index) }
                let source = TableSource(path: "t.csv", bytes: damaged)
                guard let once = TableFormatter.format(source).bytes else { continue }
                let again = TableFormatter.format(TableSource(path: "t.csv", bytes: once)).bytes
                let shown = String(decoding: damaged, as: UTF8.self)
                #expect(again == once, "\(shown)")
                let before = planned(damaged, Library.contracts)
                let after = planned(once, Library.contracts)
                #expect(before.plan == after.plan, "\(shown)")
                #expect(before.problems.count == after.problems.count, "\(shown)")
            }
        }
    }

    @Test("the shipped tables have the same meaning in every form")
    func shipped() throws {
        let folder = Repository.root.appending(path: "scenarios")
        for name in try Repository.files(in: "scenarios", endingIn: ".csv") {
            let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
            let excel = try formatted(bytes, TableForm(isForSpreadsheets: true))
            #expect(try formatted(excel) == bytes, "\(name)")
        }
    }
}
