import JSONDocument
import Testing

@testable import Versions

/// Every kind of edit outside of schemas, both ways.
@Suite struct OperationCaseTests {
    @Test("an edit of an operation or document gives its rules, and the reverse edit their mirrors")
    func edits() throws {
        let rows = try CaseTable.rows("operations.yaml")
        #expect(rows.count >= 160)
        try ContractSource.with { source in
            for (line, row) in rows {
                guard let old = row["old"]?.value, let new = row["new"]?.value, let place = row["at"]?.string else {
                    Issue.record("line \(line) is incomplete")
                    continue
                }
                let before = try source.load(.document(with: old, at: place), "old")
                let after = try source.load(.document(with: new, at: place), "new")
                let options = ComparisonOptions(
                    comparesExtensions: row["extensions"]?.boolean ?? false, today: "2026-01-01",
                    noticeDays: row["notice"]?.number?.int ?? 0)
                let gives = CaseTable.texts(row["gives"]).sorted()
                for id in gives { #expect(ChangeRule.named(id) != nil, "\(id) is not a rule") }
                #expect(ids(ContractDiff.compare(before, after, options)) == gives, "line \(line)")
                let back = row["back"].map { CaseTable.texts($0).sorted() } ?? mirrors(gives)
                #expect(ids(ContractDiff.compare(after, before, options)) == back, "line \(line), backwards")
                #expect(ids(ContractDiff.compare(before, before, options)).isEmpty, "line \(line), old with itself")
                #expect(ids(ContractDiff.compare(after, after, options)).isEmpty, "line \(line), new with itself")
            }
        }
    }
}
