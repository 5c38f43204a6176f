import Diagnostics
import JSONDocument
public import JSONSchema

/// Judges JSON values by one schema, without an operation around it.
public struct ValueJudge: Sendable {
    private let schema: CompiledSchema
    private let options: ValidationOptions
    private let isStrict: Bool

    /// Judges by `schema`; `isStrict` makes members that it does not declare errors.
    public init(_ schema: CompiledSchema, _ options: ValidationOptions = ValidationOptions(), isStrict: Bool = false) {
        self.schema = schema
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
                "the member \"\(shown(duplicate.name))\" stands twice in one object",
                blame: .server,
                contract: "",
                at: .body(duplicate.pointer, moved(duplicate.second, line))
            )
        }
        let report = schema.validate(document.root, options)
        findings += report.issues.map { issue in
            Finding(
                issue.kind == .undecided ? .bodyUndecided : .bodyKeyword,
                id: issue.kind == .undecided ? nil : "body.\(issue.keyword)",
                issue.message,
                blame: .server,
                contract: "",
                at: .body(issue.place, moved(document.root.nearestPosition(to: issue.place), line)),
                contract: issue.location,
                expected: issue.expected,
                actual: issue.actual,
                details: issue.branchDetails
            )
        }
        // A verdict must not hang on a message being there.
        if findings.isEmpty, report.outcome != .valid {
            let rule: Rule = report.outcome == .invalid ? .bodyKeyword : .bodyUndecided
            let id = report.outcome == .invalid ? "body.false" : nil
            findings.append(
                Finding(
                    rule, id: id, "does not satisfy the schema", blame: .server, contract: "", contract: schema.location
                ))
        }
        findings += report.undeclared.map { pointer in
            var finding = Finding(
                .bodyUndeclared,
                "the schema does not declare this member",
                blame: .server,
                contract: "",
                at: .body(pointer, document.root.node(at: pointer).map { moved($0.position, line) }),
                contract: schema.location
            )
            if isStrict { finding.severity = .error }
            return finding
        }
        return Repeats.merged(findings)
    }

    private func moved(_ position: TextPosition, _ line: Int) -> TextPosition {
        TextPosition(line: position.line + line - 1, column: position.column, offset: position.offset)
    }
}
