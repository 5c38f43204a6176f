import JSONDocument
import Testing

@testable import Versions

/// Every kind of edit of a schema, in every place, both ways.
@Suite struct SchemaCaseTests {
    @Test(
        "an edit of a schema gives its rules in every area, and the reverse edit gives their mirrors"
    )
    func edits() throws {
        let rows = try CaseTable.rows("schemas.yaml")
        #expect(rows.count >= 190)
        try ContractSource.with { source in
            for (line, row) in rows {
                guard let old = row["old"]?.value, let new = row["new"]?.value else { continue }
                let version = row["v"]?.string ?? "3.1"
                let before = try source.load(
                    .document(of: old, version: row["from"]?.string ?? version, schemas: row["schemas"]?.value), "old")
                let after = try source.load(
                    .document(of: new, version: version, schemas: row["schemas"]?.value), "new")
                let gives = CaseTable.texts(row["gives"])
                let forwards = try placed(gives)
                #expect(ids(ContractDiff.compare(before, after)) == forwards, "line \(line)")
                let backwards = try row["back"] == nil ? mirrors(forwards) : placed(CaseTable.texts(row["back"]))
                #expect(ids(ContractDiff.compare(after, before)) == backwards, "line \(line), backwards")
            }
        }
    }

    @Test("a schema and an equivalent spelling have no changes")
    func controls() throws {
        try ContractSource.with { source in
            for (line, row) in try CaseTable.rows("schemas.yaml") {
                for (side, version) in [("old", row["from"] ?? row["v"]), ("new", row["v"])] {
                    guard let fragment = row[side]?.value else { continue }
                    let edition = version?.string ?? "3.1"
                    let schemas = row["schemas"]?.value
                    let one = try source.load(.document(of: fragment, version: edition, schemas: schemas), "one")
                    let other = try source.load(.rewritten(of: fragment, version: edition, schemas: schemas), "other")
                    #expect(ids(ContractDiff.compare(one, other)) == [], "line \(line), \(side)")
                    #expect(ids(ContractDiff.compare(other, one)) == [], "line \(line), \(side), backwards")
                }
            }
        }
    }

    @Test("equivalent schemas have no changes")
    func sameInOtherWords() throws {
        let rows = try CaseTable.rows("same.yaml")
        #expect(rows.count >= 65)
        try ContractSource.with { source in
            for (line, row) in rows {
                guard let old = row["old"]?.value, let new = row["new"]?.value else { continue }
                let schemas = row["schemas"]?.value
                let one = try source.load(
                    .document(of: old, version: row["from"]?.string ?? "3.1", schemas: schemas), "one")
                let other = try source.load(
                    .document(of: new, version: row["to"]?.string ?? "3.1", schemas: schemas), "other")
                let name = row["name"]?.string ?? ""
                #expect(ids(ContractDiff.compare(one, other)) == [], "line \(line): \(name)")
                #expect(ids(ContractDiff.compare(other, one)) == [], "line \(line), backwards: \(name)")
            }
        }
    }

    private func placed(_ names: [String]) throws -> [String] {
        let ids = CaseTable.placed(names)
        for id in ids { #expect(ChangeRule.named(id) != nil, "\(id) is not a rule") }
        return ids
    }
}

extension CaseTable {
    /// The ids of an edit in every place; `+` means inside of the fragment.
    static func placed(_ names: [String]) -> [String] {
        var ids: Set<String> = []
        for name in names {
            let isInner = name.hasPrefix("+")
            let end = isInner ? String(name.dropFirst()) : name
            for (direction, outer) in [("request", ["body", "parameter"]), ("response", ["body", "header"])] {
                for area in outer {
                    ids.insert("\(direction).\(area == "body" ? "property" : "\(area)-property").\(end)")
                    if !isInner { ids.insert("\(direction).\(area).\(end)") }
                }
            }
        }
        return ids.sorted()
    }
}

/// The ids of changes, sorted, each once.
func ids(_ comparison: Comparison) -> [String] {
    Set(comparison.changes.map(\.rule.id)).sorted()
}

/// What the rules are backwards.
func mirrors(_ ids: [String]) -> [String] {
    Set(ids.compactMap { ChangeRule.named($0)?.mirror }).sorted()
}
