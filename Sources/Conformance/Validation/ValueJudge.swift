import Diagnostics
import JSONDocument
public import JSONSchema
public import OpenAPI

/// Judges JSON values by one schema, without an operation around it.
public struct ValueJudge: Sendable {
    private let schema: CompiledSchema
    private let place: Schema?
    private let options: ValidationOptions
    private let isStrict: Bool

    /// Judges by `schema`; `isStrict` makes members that it does not declare errors.
    ///
    /// - Parameter place: The same schema in its document, where it stands in one.
    public init(
        _ schema: CompiledSchema, at place: Schema? = nil, _ options: ValidationOptions = ValidationOptions(),
        isStrict: Bool = false
    ) {
        self.schema = schema
        self.place = place
        self.options = options
        self.isStrict = isStrict
    }

    /// What is wrong with the value that `bytes` hold.
    ///
    /// - Parameter line: The line of the input at which `bytes` start, from 1.
    public func findings(_ bytes: [UInt8], line: Int = 1) -> [Finding] {
        let document: JSONDocument
        switch ReceivedBody.json(bytes) {
        case .json(let read): document = read
        case .broken(let rule, let message, let position):
            return [Finding(rule, message, blame: .server, at: .body(.root, position.map { moved($0, line) }))]
        default: return []
        }
        var findings = document.duplicateNames.prefix(20).map { duplicate in
            Finding(
                .bodyDuplicateName,
                "duplicate member \"\(shown(duplicate.name))\"",
                blame: .server,
                contract: "",
                at: .body(duplicate.pointer, moved(duplicate.second, line))
            )
        }
        let report = schema.validate(document.root, options)
        let breaches = BodyBreaches(report, of: document.root, by: schema, place, options).told
        func finding(_ told: BodyBreaches.Told) -> Finding {
            Finding(
                told.rule,
                id: told.id,
                told.message,
                blame: .server,
                contract: "",
                at: .body(told.pointer, moved(document.root.nearestPosition(to: told.pointer), line)),
                contract: told.location ?? schema.location,
                expected: told.expected,
                actual: told.actual,
                details: told.details
            )
        }
        findings += schema.unusable.map { diagnostic in
            Finding(
                DocumentRules.rule(unusable: diagnostic), DocumentRules.message(unusable: diagnostic), blame: .document,
                contract: "",
                contract: diagnostic.location, clause: diagnostic.rule + (diagnostic.place.map { " " + $0 } ?? ""),
                details: diagnostic.help.map { [$0] } ?? [])
        }
        let isJudged = breaches.contains { $0.rule != .bodyUndeclared }
        findings += breaches.filter { $0.rule != .bodyUndeclared }.map(finding)
        // A verdict must not hang on a message being there.
        if !isJudged, report.outcome != .valid {
            let rule: Rule = report.outcome == .invalid ? .bodyKeyword : .bodyUndecided
            let id = report.outcome == .invalid ? "body.false" : nil
            findings.append(
                Finding(
                    rule, id: id, "does not satisfy the schema", blame: .server, contract: "", contract: schema.location
                ))
        }
        findings += breaches.filter { $0.rule == .bodyUndeclared }.map { told in
            var finding = finding(told)
            if isStrict { finding.severity = .error }
            return finding
        }
        return Repeats.merged(findings)
    }

    private func moved(_ position: TextPosition, _ line: Int) -> TextPosition {
        TextPosition(line: position.line + line - 1, column: position.column, offset: position.offset)
    }
}
