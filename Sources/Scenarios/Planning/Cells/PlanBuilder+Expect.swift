import Diagnostics
public import OpenAPI
import Primitives

extension PlanBuilder {
    /// The statuses that a row accepts; `nil` after a diagnostic.
    mutating func expectation(of draft: RowDraft, _ call: Call) -> StatusExpectation? {
        guard let cell = draft[.expect] else { return defaultExpectation(of: draft, call) }
        var alternatives: [StatusExpectation.Alternative] = []
        var offset = 0
        for part in cell.text.split(separator: "|", omittingEmptySubsequences: false) {
            let length = part.unicodeScalars.count
            let word = trimmed(String(part))
            guard let alternative = PlanBuilder.status(word) else {
                report(
                    cell.diagnostic(
                        "table.expect",
                        word.isEmpty ? "the status is missing" : "'\(visibleText(word))' is not a valid status",
                        offset: offset,
                        length: length, help: "write 200, 2xx or 400|409"))
                return nil
            }
            checkDocumented(alternative, word, cell, offset: offset, length: length, draft, call)
            if alternative == .range(2), draft.options.step.isInvalid {
                report(
                    cell.diagnostic(
                        "table.expect", .warning,
                        "an accepted invalid request is a finding, unless the row names the exact status",
                        offset: offset, length: length, help: "write the status: 200"))
            }
            alternatives.append(alternative)
            offset += length + 1
        }
        if draft.options.step.follow != nil, alternatives.allSatisfy(PlanBuilder.isFollowed) {
            report(
                cell.diagnostic(
                    "table.expect", "a row that follows redirects never ends with '\(visibleText(trimmed(cell.text)))'",
                    help: "write the status of the last response, or remove `follow=`"))
            return nil
        }
        return StatusExpectation(alternatives, text: trimmed(cell.text), location: cell.location(cell.leadingBlanks))
    }

    /// Whether a response with that status is always followed if a row follows redirects (RFC 9110, section 15.4).
    private static func isFollowed(_ alternative: StatusExpectation.Alternative) -> Bool {
        [301, 302, 303, 307, 308].contains { alternative == .exact($0) }
    }

    /// `200` or `2xx`.
    static func status(_ text: String) -> StatusExpectation.Alternative? {
        let bytes = Array(text.lowercasedASCII.utf8)
        guard bytes.count == 3, (0x31...0x35).contains(bytes[0]) else { return nil }
        if bytes[1] == 0x78, bytes[2] == 0x78 { return .range(Int(bytes[0] - 0x30)) }
        guard bytes.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return .exact(bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }

    private mutating func defaultExpectation(of draft: RowDraft, _ call: Call) -> StatusExpectation? {
        if draft.options.step.isInvalid {
            report(
                draft.diagnostic(
                    "table.expect",
                    "the step '\(draft.name)' is marked `invalid`, but does not say which status rejects it",
                    column: .expect, help: "write the status of the rejection, such as 400 or 4xx"))
            return nil
        }
        let keys = call.operation?.documentedSuccess ?? []
        let documented = keys.compactMap(PlanBuilder.status)
        return StatusExpectation(
            documented.isEmpty ? [.range(2)] : documented,
            text: documented.isEmpty ? "2xx" : keys.map(\.lowercasedASCII).joined(separator: "|"),
            location: draft.row.location,
            isDefault: true)
    }

    private mutating func checkDocumented(
        _ alternative: StatusExpectation.Alternative, _ word: String, _ cell: CellPlace, offset: Int, length: Int,
        _ draft: RowDraft, _ call: Call
    ) {
        guard let operation = call.operation, responses(operation, alternative).isEmpty else { return }
        let documented = operation.responses.map { $0.statusKey.lowercasedASCII }
        report(
            cell.diagnostic(
                "table.undocumented-status", .warning,
                "the contract documents no status \(word) for '\(operation.name)'", offset: offset, length: length,
                help: "an undocumented status is a finding even if it is expected; the documented ones are "
                    + documented.joined(separator: ", ")))
    }

    /// The documented responses that match an alternative.
    func responses(_ operation: Operation, _ alternative: StatusExpectation.Alternative) -> [Response] {
        alternative.responses(of: operation)
    }

    /// The documented responses that a row may receive.
    func responses(_ operation: Operation, _ expect: StatusExpectation) -> [Response] {
        expect.responses(of: operation)
    }
}

extension StatusExpectation.Alternative {
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
