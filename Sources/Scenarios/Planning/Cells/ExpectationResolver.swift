import Diagnostics
public import OpenAPI
import Primitives

/// Resolves the statuses that a row accepts; `nil` after a diagnostic.
struct ExpectationResolver: PlanningStage {
    let row: CalledRow
    var diagnostics: [Diagnostic] = []

    mutating func run() -> StatusExpectation? {
        guard let cell = row[.expect] else { return defaultExpectation() }
        var alternatives: [StatusExpectation.Alternative] = []
        var offset = 0
        for part in cell.text.split(separator: "|", omittingEmptySubsequences: false) {
            let length = part.unicodeScalars.count
            guard let alternative = alternative(trimmed(String(part)), cell, offset..<(offset + length)) else {
                return nil
            }
            alternatives.append(alternative)
            offset += length + 1
        }
        if row.draft.options.step.follow != nil, alternatives.allSatisfy(Self.isFollowed) {
            report(
                cell.diagnostic(
                    "table.expect", "a row that follows redirects never ends with '\(visibleText(trimmed(cell.text)))'",
                    help: "write the status of the last response, or remove `follow=`"))
            return nil
        }
        return StatusExpectation(alternatives, text: trimmed(cell.text), location: cell.location(cell.leadingBlanks))
    }

    private mutating func alternative(
        _ word: String, _ cell: CellPlace, _ range: Range<Int>
    ) -> StatusExpectation.Alternative? {
        guard let alternative = StatusExpectation.Alternative(word) else {
            report(
                cell.diagnostic(
                    "table.expect",
                    word.isEmpty ? "the status is missing" : "'\(visibleText(word))' is not a valid status",
                    offset: range.lowerBound, length: range.count, help: "write 200, 2xx or 400|409"))
            return nil
        }
        checkDocumented(alternative, word, cell, range)
        if alternative == .range(2), row.isInvalid {
            report(
                cell.diagnostic(
                    "table.expect", .warning,
                    "an accepted invalid request is a finding, unless the row names the exact status",
                    offset: range.lowerBound, length: range.count, help: "write the status: 200"))
        }
        return alternative
    }

    /// Whether a response with that status is always followed if a row follows redirects (RFC 9110, section 15.4).
    private static func isFollowed(_ alternative: StatusExpectation.Alternative) -> Bool {
        [301, 302, 303, 307, 308].contains { alternative == .exact($0) }
    }

    private mutating func defaultExpectation() -> StatusExpectation? {
        if row.isInvalid {
            report(
                row.draft.diagnostic(
                    "table.expect",
                    "the step '\(row.draft.name)' is marked `invalid`, but does not say which status rejects it",
                    column: .expect, help: "write the status of the rejection, such as 400 or 4xx"))
            return nil
        }
        let keys = row.operation?.documentedSuccess ?? []
        let documented = keys.compactMap(StatusExpectation.Alternative.init)
        return StatusExpectation(
            documented.isEmpty ? [.range(2)] : documented,
            text: documented.isEmpty ? "2xx" : keys.map(\.lowercasedASCII).joined(separator: "|"),
            location: row.draft.row.location,
            isDefault: true)
    }

    private mutating func checkDocumented(
        _ alternative: StatusExpectation.Alternative, _ word: String, _ cell: CellPlace, _ range: Range<Int>
    ) {
        guard let operation = row.operation, alternative.responses(of: operation).isEmpty else { return }
        let documented = operation.responses.map { $0.statusKey.lowercasedASCII }
        report(
            cell.diagnostic(
                "table.undocumented-status", .warning,
                "the contract documents no status \(word) for '\(operation.name)'", offset: range.lowerBound,
                length: range.count,
                help: "an undocumented status is a finding even if it is expected; the documented ones are "
                    + documented.joined(separator: ", ")))
    }
}

extension StatusExpectation.Alternative {
    /// The alternative written as `200` or `2xx`.
    init?(_ text: String) {
        let bytes = Array(text.lowercasedASCII.utf8)
        guard bytes.count == 3, (0x31...0x35).contains(bytes[0]) else { return nil }
        if bytes[1] == 0x78, bytes[2] == 0x78 {
            self = .range(Int(bytes[0] - 0x30))
            return
        }
        guard bytes.allSatisfy({ $0.isASCIIDigit }) else { return nil }
        self = .exact(bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    /// The documented responses of an operation that match it.
    public func responses(of operation: Operation) -> [Response] {
        switch self {
        case .exact(let status):
            return operation.response(status: status).map { [$0] } ?? []
        case .range(let hundred):
            let keyed = operation.responses.filter { $0.statusKey.utf8.first == UInt8(0x30 + hundred) }
            return keyed.isEmpty ? operation.responses.filter { $0.statusKey == "default" } : keyed
        }
    }
}

extension StatusExpectation {
    /// The documented responses of an operation that a row may receive.
    public func responses(of operation: Operation) -> [Response] {
        var result: [Response] = []
        for response in alternatives.flatMap({ $0.responses(of: operation) })
        where !result.contains(where: { $0.location == response.location && $0.statusKey == response.statusKey }) {
            result.append(response)
        }
        return result
    }
}
