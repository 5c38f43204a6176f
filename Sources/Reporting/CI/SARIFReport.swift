import Conformance
import Diagnostics
import Exchanges
import JSONDocument
import Primitives

/// A run in SARIF 2.1.0: a result for each group of findings, with its places in the table and in the contract, and the
/// explanation of each rule.
package struct SARIFReport: Sendable {
    private static let schema =
        "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
    /// The most steps of a group whose rows are listed.
    private static let mostRows = 100

    private let report: RunReport
    private let version: String
    private let text: VerdictText

    /// The report of a run.
    ///
    /// - Parameter version: The version of the product.
    package init(_ report: RunReport, version: String) {
        self.report = report
        self.version = version
        text = report.plain
    }

    /// The document.
    package func render() -> String {
        let ids = report.groups.map(\.first.rule)
        let rules = ids.enumerated().filter { index, id in ids.firstIndex(of: id) == index }.map(\.element)
        let run = report.verdict.run
        let end = Instant(
            microsecondsSinceEpoch: run.startedAt.microsecondsSinceEpoch
                + Int64(report.elapsed / .microseconds(1)))
        let invocation = JSONValue.members([
            ("executionSuccessful", .boolean(true)),
            ("startTimeUtc", .string(run.startedAt.description)),
            ("endTimeUtc", .string(end.description)),
            (
                "toolExecutionNotifications",
                report.verdict.hints.isEmpty
                    ? nil : .array(report.verdict.hints.map { Self.notification(report.redactor.redact($0)) })
            ),
        ])
        return Self.document(
            version: version, rules: rules.map(rule), invocation: invocation,
            results: report.groups.map { result($0, rules) },
            properties: .members([
                ("target", string(run.target)), ("seed", string(run.seed)),
                ("contracts", .array(run.contracts.map { string($0.name) })),
            ]))
    }

    private static func document(
        version: String?, rules: [JSONValue], invocation: JSONValue, results: [JSONValue],
        properties: JSONValue?
    ) -> String {
        let driver = JSONValue.members([
            ("name", "assay"), ("semanticVersion", version.map { .string($0) }), ("rules", .array(rules)),
        ])
        let root = "The folder of assay.yaml."
        let run = JSONValue.members([
            ("tool", .members([("driver", driver)])),
            ("invocations", .array([invocation])),
            (
                "originalUriBaseIds",
                .members([("%SRCROOT%", .members([("description", .members([("text", .string(root))]))]))])
            ),
            // Columns count Unicode scalars.
            ("columnKind", "unicodeCodePoints"),
            ("results", .array(results)),
            ("properties", properties),
        ])
        let document = JSONValue.members([
            ("$schema", .string(schema)), ("version", "2.1.0"),
            ("runs", .array([run])),
        ])
        return document.text(.pretty) + "\n"
    }

    // MARK: Rules

    private func rule(_ id: String) -> JSONValue {
        let rule = Rule.named(id)
        let explanation = RuleExplanation.of(id)
        let help = explanation.map { explanation in
            JSONValue.members([
                ("text", .string(RuleExplanationText(style: .plain).render(explanation))),
                ("markdown", .string(RuleExplanationText.markdown(explanation))),
            ])
        }
        return .members([
            ("id", string(id)),
            ("shortDescription", Self.message(rule?.summary ?? id)),
            ("fullDescription", explanation.map { Self.message($0.meaning) }),
            ("help", help),
            ("defaultConfiguration", .members([("level", .string((rule?.severity ?? .error).rawValue))])),
            ("properties", .members([("source", .string(rule?.source ?? ""))])),
        ])
    }

    // MARK: Results

    private func result(_ group: ReportedGroup, _ rules: [String]) -> JSONValue {
        let first = group.first
        let contract = first.contractLocation.map { location($0, "the contract") }
        let row = group.row.map { location($0, nil, name: group.title) }
        let isOfDocument = first.blame == .document && contract != nil
        let others = group.steps.dropFirst().prefix(Self.mostRows).map { step in
            location(step.verdict.location, "also in \(step.title)")
        }
        let related = (isOfDocument ? [row] : [contract]).compactMap { $0 } + others
        return .members([
            ("ruleId", string(first.rule)),
            ("ruleIndex", rules.firstIndex(of: first.rule).map { .integer($0) }),
            // The severities have the names of SARIF's levels.
            ("level", .string(first.severity.rawValue)),
            ("message", Self.message(message(of: group))),
            ("locations", .array([isOfDocument ? contract : row].compactMap { $0 })),
            ("relatedLocations", related.isEmpty ? nil : .array(related.enumerated().map(Self.numbered))),
            ("occurrenceCount", .integer(group.count)),
            ("partialFingerprints", .members([("assay/v1", .string(first.fingerprint))])),
            ("suppressions", first.accepted.map { .array([suppression($0)]) }),
            (
                "properties",
                .members([
                    ("operation", first.operation.map(string)),
                    ("place", first.response.map { string($0.description) }),
                    ("expected", first.expected.map(string)), ("received", first.actual.map(string)),
                    ("curl", group.exchange.map { .string(visibleText(report.curl($0))) }),
                ])
            ),
        ])
    }

    private func message(of group: ReportedGroup) -> String {
        let subject = group.subject.isEmpty ? "" : text.shown(group.subject) + ": "
        return "\(subject)\(text.shown(group.first.message)). Help: \(text.shown(group.first.remedy)). "
            + "Explanation: \(text.shown(group.first.explainCommand))"
    }

    private func suppression(_ acceptance: Acceptance) -> JSONValue {
        let reason = text.shown("\(acceptance.reason) (until \(acceptance.until))")
        return .members([("kind", "external"), ("justification", .string(reason))])
    }

    private func location(_ location: SourceLocation, _ message: String?, name: String? = nil) -> JSONValue {
        let logical = name.map { name in
            JSONValue.array([.members([("fullyQualifiedName", string(name)), ("kind", "function")])])
        }
        return .members([
            ("physicalLocation", Self.physical(location, file: text.shown(location.file))),
            ("logicalLocations", logical), ("message", message.map { Self.message(text.shown($0)) }),
        ])
    }

    private static func physical(_ location: SourceLocation, file: String) -> JSONValue {
        // An absolute path has no base.
        let isAbsolute = file.utf8.first == UInt8(ascii: "/")
        let path = PercentEncoding.encoded(file, keeping: "/")
        let artifact = JSONValue.members([
            ("uri", .string(isAbsolute ? "file://" + path : path)),
            ("uriBaseId", isAbsolute ? nil : "%SRCROOT%"),
        ])
        return .members([
            ("artifactLocation", artifact),
            (
                "region",
                .members([
                    ("startLine", .integer(location.line)), ("startColumn", .integer(location.column)),
                ])
            ),
        ])
    }

    private static func numbered(_ number: Int, _ location: JSONValue) -> JSONValue {
        guard case .object(let object) = location else { return location }
        return .members([("id", .integer(number + 1))] + object.members.map { ($0.name, $0.value) })
    }

    private static func message(_ text: String) -> JSONValue { .members([("text", .string(text))]) }

    private func string(_ text: String) -> JSONValue { .string(self.text.shown(text)) }

    // MARK: Failures

    /// The document of a command that failed because of `diagnostics`.
    static func failure(_ diagnostics: Diagnostics) -> String {
        let invocation = JSONValue.members([
            ("executionSuccessful", .boolean(false)),
            ("toolConfigurationNotifications", .array(diagnostics.sorted.map(notification))),
        ])
        return document(version: nil, rules: [], invocation: invocation, results: [], properties: nil)
    }

    private static func notification(_ diagnostic: Diagnostic) -> JSONValue {
        let help = diagnostic.help.map { "; help: " + visibleText($0) } ?? ""
        let location = diagnostic.location.map { location in
            JSONValue.array([
                .members([("physicalLocation", physical(location, file: visibleText(location.file)))])
            ])
        }
        return .members([
            ("descriptor", .members([("id", .string(diagnostic.rule))])),
            ("level", .string(diagnostic.severity.rawValue)),
            ("message", message(visibleText(diagnostic.message) + help)),
            ("locations", location),
        ])
    }
}
