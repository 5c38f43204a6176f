import Conformance
import Diagnostics
import Exchanges
import JSONDocument

/// Findings and diagnostics in the JSON report.
extension VerdictJSON {
    func finding(_ finding: Finding, _ exchanges: [Exchange], _ lines: ReproductionLine) -> JSONValue {
        let exchange = exchanges.first { $0.sequence == finding.exchange }
        return .members([
            ("rule", .string(finding.rule)),
            ("severity", .string(finding.severity.rawValue)),
            ("message", string(finding.message)),
            ("blame", .string(finding.blame.rawValue)),
            // Inside of a step these are the step's own.
            ("scenario", exchanges.isEmpty && !finding.scenario.isEmpty ? string(finding.scenario) : nil),
            ("step", exchanges.isEmpty && !finding.step.isEmpty ? string(finding.step) : nil),
            ("at", finding.response.map(place)),
            ("response", finding.response.flatMap(position)),
            ("contract", finding.contractLocation.map(location)),
            ("table", finding.table.map(location)),
            ("clause", finding.clause.map(string)),
            ("expected", finding.expected.map(string)),
            ("actual", finding.actual.map(string)),
            ("differences", finding.differences.isEmpty ? nil : .array(finding.differences.map(difference))),
            ("details", finding.details.isEmpty ? nil : .array(finding.details.map(string))),
            (
                "accepted",
                finding.accepted.map {
                    .members([("reason", string($0.reason)), ("until", string($0.until))])
                }
            ),
            ("curl", exchange.map { .string(lines.text($0.request)) }),
            ("fingerprint", .string(finding.fingerprint)),
        ])
    }

    private func place(_ place: ResponsePlace) -> JSONValue {
        string(place.reported)
    }

    private func position(_ place: ResponsePlace) -> JSONValue? {
        guard case .body(_, let position?) = place else { return nil }
        return .members([("line", .integer(position.line)), ("column", .integer(position.column))])
    }

    private func difference(_ difference: JSONDifference) -> JSONValue {
        .members([
            ("at", string(difference.pointer.description)),
            ("expected", difference.expected.map(masked)),
            ("actual", difference.actual.map(masked)),
        ])
    }

    /// The value with secrets masked; as text, where the mask cannot stand in the value.
    private func masked(_ value: JSONValue) -> JSONValue {
        let text = value.text
        let masked = redactor.redact(text)
        guard !masked.utf8.elementsEqual(text.utf8) else { return value }
        return (try? JSONDocument(parsing: masked).root.value) ?? .string(masked)
    }

    func location(_ location: SourceLocation) -> JSONValue {
        .members([
            ("file", string(location.file)), ("line", .integer(location.line)), ("column", .integer(location.column)),
        ])
    }

    func diagnostic(_ diagnostic: Diagnostic) -> JSONValue {
        .members([
            ("severity", .string(diagnostic.severity.rawValue)),
            ("code", .string(diagnostic.rule)),
            ("message", string(diagnostic.message)),
            ("file", diagnostic.location.map { string($0.file) }),
            ("line", diagnostic.location.map { .integer($0.line) }),
            ("column", diagnostic.location.map { .integer($0.column) }),
            ("pointer", diagnostic.place.map { string(Self.pointer($0)) }),
            ("excerpt", diagnostic.excerpt.map { string($0.meant) }),
            ("hint", diagnostic.help.map(string)),
            ("related", diagnostic.related.isEmpty ? nil : .array(diagnostic.related.map(related))),
        ])
    }

    /// A place in words of the format; a pointer into a document without the `#` that people expect in front of it.
    private static func pointer(_ place: String) -> String {
        place.utf8.starts(with: "#/".utf8) ? String(place.dropFirst()) : place
    }

    private func related(_ related: Diagnostic.Related) -> JSONValue {
        .members([
            ("message", string(related.message)),
            ("file", string(related.location.file)),
            ("line", .integer(related.location.line)),
            ("column", .integer(related.location.column)),
        ])
    }
}
