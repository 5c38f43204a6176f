import Diagnostics
import JSONDocument
import Testing

@testable import Versions

/// What changes say to readers.
@Suite struct MessageTests {
    @Test("each change names the changed part, the old and the new value")
    func messages() throws {
        let rows = try CaseTable.rows("messages.yaml")
        #expect(rows.count >= 20)
        try ContractSource.with { source in
            for (line, row) in rows {
                guard let old = row["old"]?.value, let new = row["new"]?.value, let place = row["at"]?.string else {
                    Issue.record("line \(line) is incomplete")
                    continue
                }
                let before = try source.load(.document(with: old, at: place), "old")
                let after = try source.load(.document(with: new, at: place), "new")
                let changes = ContractDiff.compare(before, after, ComparisonOptions(today: "2026-01-01")).changes
                let said = changes.map { "\($0.message) | \($0.base.text ?? "-") | \($0.revision.text ?? "-")" }
                #expect(said == CaseTable.texts(row["says"]), "line \(line)")
            }
        }
    }

    @Test("each change points into both documents, at the changed line")
    func locations() throws {
        func document(_ type: String, _ more: String = "") -> String {
            """
            openapi: 3.1.0
            info: {title: t, version: '1'}
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      application/json:
                        schema:
                          type: object
                          properties:
                            a:
                              type: \(type)
            \(more)
                  responses: {'200': {description: ok}}
            """
        }
        try ContractSource.with { source in
            let old = try source.load(text: document("string"), "old.yaml")
            let new = try source.load(
                text: document("integer", "                b: {type: string}"), "new.yaml")
            let places = ContractDiff.compare(old, new).changes.map {
                "\($0.placeText) \($0.base.location?.description ?? "") \($0.revision.location?.description ?? "")"
            }
            #expect(
                places == [
                    "body/a old.yaml:13:19 new.yaml:13:19", "body/b old.yaml:10:15 new.yaml:14:17",
                ])
            let removed = ContractDiff.compare(new, old).changes.last
            #expect(removed?.base.location?.line == 14 && removed?.revision.location?.line == 10)
        }
    }
}
