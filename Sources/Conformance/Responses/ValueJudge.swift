import Diagnostics
import JSONDocument
package import JSONSchema
package import OpenAPI

/// Judges JSON values by one schema, without an operation around it.
package struct ValueJudge: Sendable {
    private let schema: CompiledSchema
    private let place: Schema?
    private let options: ValidationOptions
    private let isStrict: Bool

    /// Judges by `schema`; `isStrict` makes undeclared members errors.
    ///
    /// - Parameter place: The same schema in its document, where it is in one.
    package init(
        _ schema: CompiledSchema, at place: Schema? = nil, _ options: ValidationOptions = ValidationOptions(),
        isStrict: Bool = false
    ) {
        self.schema = schema
        self.place = place
        self.options = options
        self.isStrict = isStrict
    }

    /// The findings about the value that `bytes` contain.
    ///
    /// - Parameter line: The line of the input at which `bytes` start, from 1.
    package func findings(_ bytes: [UInt8], line: Int = 1) -> [Finding] {
        switch ReceivedBody.json(bytes) {
        case .json(let document):
            let found = duplicateNames(document) + unusableKeywords() + deviations(document)
            return Repeats.merged(found.map { $0.moved(to: line) })
        case .broken(let rule, let message, let position):
            return [Finding(rule, message, blame: .server, at: .body(.root, position)).moved(to: line)]
        default: return []
        }
    }

    private func duplicateNames(_ document: JSONDocument) -> [Finding] {
        document.duplicateNames.prefix(20).map { duplicate in
            Finding(
                .bodyDuplicateName,
                "duplicate member \"\(shown(duplicate.name))\"",
                blame: .server,
                at: .body(duplicate.pointer, duplicate.second)
            )
        }
    }

    private func unusableKeywords() -> [Finding] {
        schema.unusable.map { diagnostic in
            Finding(
                DocumentRules.rule(unusable: diagnostic), DocumentRules.message(unusable: diagnostic), blame: .document,
                contract: "",
                contract: diagnostic.location,
                clause: diagnostic.rule + (diagnostic.place.map { " " + $0 } ?? ""),
                details: diagnostic.help.map { [$0] } ?? [])
        }
    }

    /// Deviations from keywords, then undeclared members.
    private func deviations(_ document: JSONDocument) -> [Finding] {
        let report = schema.validate(document.root, options)
        let entries = BodyDeviations(report, of: document.root, by: schema, place, options).entries
        func finding(_ entry: BodyDeviations.Entry) -> Finding {
            Finding(
                entry.rule,
                id: entry.id,
                entry.message,
                blame: .server,
                contract: "",
                at: .body(entry.pointer, document.root.nearestPosition(to: entry.pointer)),
                contract: entry.location ?? schema.location,
                expected: entry.expected,
                actual: entry.actual,
                details: entry.details
            )
        }
        var findings = entries.filter { $0.rule != .bodyUndeclared }.map(finding)
        // The verdict must not depend on a message.
        if findings.isEmpty, report.outcome != .valid {
            let isInvalid = report.outcome == .invalid
            findings.append(
                Finding(
                    isInvalid ? .bodyKeyword : .bodyUndecided, id: isInvalid ? "body.false" : nil,
                    "does not satisfy the schema", blame: .server, contract: "", contract: schema.location))
        }
        return findings
            + entries.filter { $0.rule == .bodyUndeclared }.map(finding).map { isStrict ? $0.strict : $0 }
    }
}

extension Finding {
    /// The finding about a value that starts at `line` of the input.
    fileprivate func moved(to line: Int) -> Finding {
        guard case .body(let pointer, let position?)? = response else { return self }
        var finding = self
        finding.response = .body(
            pointer, TextPosition(line: position.line + line - 1, column: position.column, offset: position.offset))
        return finding
    }
}
