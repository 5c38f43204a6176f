import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI

/// Bodies that are sequences: each item by `itemSchema`, all of them as one list by `schema` (OpenAPI 3.2.0, section
/// 4.14.1).
enum SequenceRules {
    static func findings(_ sequence: SequenceBody, _ subject: ResponseSubject) -> [Finding] {
        guard let mediaType = subject.mediaType else { return [] }
        var findings: [Finding] = []
        for (index, item) in sequence.items.enumerated() {
            var found = BodyRules.duplicateNames(item.document, subject)
            found += BodyRules.schemaFindings(item.document, mediaType.itemSchema, subject)
            findings += found.map { moved($0, index: index, line: item.line) }
        }
        guard let schema = mediaType.schema else { return findings }
        guard schema.view?.kinds?.contains(.array) ?? true else {
            guard !sequence.items.isEmpty else { return findings }
            return findings + [
                subject.finding(
                    .bodyUnjudged,
                    "the body is not validated against its schema: the schema of a sequence must describe a list",
                    blame: .document,
                    at: .body(.root, nil),
                    contract: mediaType.location,
                    details: ["OpenAPI 3.2 describes the items of a sequence under itemSchema"]
                )
            ]
        }
        let list = JSONDocument(.array(sequence.items.map(\.document.root.value)))
        return findings
            + BodyRules.schemaFindings(list, schema, subject).map { finding in
                // Positions in the joined list do not exist in the body; the line of the item does.
                guard case .body(let pointer, _)? = finding.response else { return finding }
                var finding = finding
                let item = pointer.tokens.first.flatMap { Int($0) }.flatMap { index in
                    sequence.items.indices.contains(index) ? sequence.items[index] : nil
                }
                finding.response = .body(pointer, item.map { TextPosition(line: $0.line, column: 1) })
                return finding
            }
    }

    private static func moved(_ finding: Finding, index: Int, line: Int) -> Finding {
        guard case .body(let pointer, let position)? = finding.response else { return finding }
        var finding = finding
        finding.response = .body(
            JSONPointer([String(index)] + pointer.tokens),
            position.map { TextPosition(line: $0.line + line - 1, column: $0.column) }
        )
        return finding
    }
}
