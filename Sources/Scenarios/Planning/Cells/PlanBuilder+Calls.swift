import Diagnostics
import OpenAPI
import Primitives

extension PlanBuilder {
    /// The contract for a row's `version`; the default contract if the cell is empty.
    mutating func contract(for draft: RowDraft) -> Contract? {
        guard let cell = draft[.version] else { return contracts.defaultContract }
        let text = trimmed(cell.text)
        if let exact = contracts[text], text.utf8.first == 0x76 { return exact }
        if text.utf8.first == 0x76 || text.utf8.first == 0x56, let found = contracts[String(text.dropFirst())] {
            return found
        }
        let names = contracts.all.map { $0.name.utf8.first == 0x76 ? $0.name : "v\($0.name)" }
        let help: String
        if contracts[text] != nil {
            help = "write v\(text): a spreadsheet would turn it into a date or a number"
        } else if let near = nearestName(to: text, among: names) {
            help = "did you mean `\(near)`?"
        } else {
            help = "the contracts are \(names.joined(separator: ", "))"
        }
        report(cell.diagnostic("table.unknown-version", "unknown contract '\(visibleText(text))'", help: help))
        return nil
    }

    /// The call of a row; `nil` after a diagnostic.
    mutating func call(of draft: RowDraft, in contract: Contract) -> Call? {
        guard let cell = draft[.call] else {
            report(
                draft.diagnostic(
                    "table.no-call", "the step '\(draft.name)' has an empty `call`", column: .call,
                    help: "write an operationId, METHOD /path, wait 2s or use other.csv#scenario"))
            return nil
        }
        let text = trimmed(cell.text)
        let key = "\(contract.name)\n\(text)"
        if let known = calls[key] { return known }
        let parts = words(of: text)
        if parts.count == 2, parts[1].text.utf8.first == 0x2F {
            return routeCall(method: parts[0].text.uppercased(), path: parts[1].text, cell, draft, contract)
        }
        if parts.count == 2, parts[0].text.lowercasedASCII == "wait" {
            if let duration = DurationText.parse(parts[1].text) { return .wait(duration) }
            report(
                cell.diagnostic(
                    "table.wait", "'\(visibleText(parts[1].text))' is not a valid duration",
                    offset: cell.leadingBlanks + parts[1].offset, length: parts[1].text.unicodeScalars.count,
                    help: "write wait 2s, wait 500ms or wait 1m"))
            return nil
        }
        if let operation = contract.operation(text), operation.id != nil || parts.count == 1 {
            let call = Call.operation(operation, contract: contract.name)
            calls[key] = call
            return call
        }
        let near = nearestName(to: text, among: contract.operations.map(\.name))
        report(
            cell.diagnostic(
                "table.unknown-operation", "the contract '\(contract.name)' has no operation '\(visibleText(text))'",
                help: near.map { "did you mean `\($0)`?" }
                    ?? "write an operationId, METHOD /path, wait 2s or use other.csv#scenario; the operations are "
                    + shortList(contract.operations.map(\.name))))
        return nil
    }

    private mutating func routeCall(
        method: String, path: String, _ cell: CellPlace, _ draft: RowDraft, _ contract: Contract
    ) -> Call? {
        if path == "/_mock" || path.utf8.starts(with: "/_mock/".utf8) {
            guard draft.options.step.mockOnly else {
                report(
                    cell.diagnostic(
                        "table.mock-route", "'\(path)' is a route of the mock, which live targets do not have",
                        help: "add `mock` to `opts` to run the row on the mock only"))
                return nil
            }
            return .reserved(method: method, path: path)
        }
        if let operation = contract.operation("\(method) \(path)") {
            let call = Call.operation(operation, contract: contract.name)
            calls["\(contract.name)\n\(trimmed(cell.text))"] = call
            return call
        }
        if case .operation(let operation, let values) = contract.route(method: method, path: path) {
            let items = values.map { "path.\($0.name)=\($0.text)" }.joined(separator: "; ")
            report(
                cell.diagnostic(
                    "table.concrete-path",
                    "'\(method) \(path)' is the operation '\(operation.name)' with its path filled in",
                    help: "write \(operation.key), and \(items) in `set`"))
            return nil
        }
        guard draft.options.step.isInvalid else {
            let near = nearestName(to: "\(method) \(path)", among: contract.operations.map(\.key))
            report(
                cell.diagnostic(
                    "table.unknown-operation", "the contract '\(contract.name)' does not declare '\(method) \(path)'",
                    help: near.map { "did you mean `\($0)`?" }
                        ?? "only rows marked `invalid` can send undeclared requests"))
            return nil
        }
        let allowed = path.unicodeScalars.allSatisfy {
            $0.isASCII && $0.value > 0x20 && !"{}<>\"\\^`|#".unicodeScalars.contains($0)
        }
        guard allowed else {
            report(
                cell.diagnostic(
                    "table.undeclared-path",
                    "an undeclared path is sent unchanged, but '\(visibleText(path))' is not a valid path",
                    help: "remove templates and braces, and percent-encode other characters"))
            return nil
        }
        return .undeclared(method: method, path: path)
    }

    /// The first few of many names.
    func shortList(_ names: [String]) -> String {
        let shown = names.prefix(8).joined(separator: ", ")
        return names.count > 8 ? "\(shown) …" : shown
    }
}
