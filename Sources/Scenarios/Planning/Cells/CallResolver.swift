import Diagnostics
import OpenAPI
import Primitives

/// Resolves the `version` and the `call` of a row; `nil` after a diagnostic.
struct CallResolver: PlanningStage {
    let draft: RowDraft
    let contracts: Contracts
    let lookups: ContractLookups
    /// The events of the target; `nil` if they are unknown.
    var events: TargetEvents?
    var diagnostics: [Diagnostic] = []

    /// The possible contents of a cell, for messages.
    private static let forms =
        "an operationId, METHOD /path, event NAME, await WEBHOOK, wait 2s, clock +3d or use other.csv#scenario"

    mutating func run() -> CalledRow? {
        guard let contract = contract() else { return nil }
        // Few calls begin with this letter, and dividing a cell into words costs more than the rest of the look-up.
        if let cell = draft[.call], let first = cell.text.utf8.first(where: { !isBlank($0) }), first | 0x20 == 0x65,
            words(of: cell.text).first?.text.lowercasedASCII == "event",
            contract.operation(trimmed(cell.text)) == nil
        {
            let resolver = EventResolver(cell: cell, contract: contract, lookups: lookups, events: events)
            guard let (call, event) = run(resolver) else { return nil }
            return CalledRow(draft, contract, call, event: event)
        }
        guard let call = call(in: contract) else { return nil }
        return CalledRow(draft, contract, call)
    }

    /// The contract for the row's `version`; the default contract if the cell is empty.
    private mutating func contract() -> Contract? {
        guard let cell = draft[.version] else { return contracts.defaultContract }
        let text = trimmed(cell.text)
        if let exact = contracts[text], text.utf8.first == 0x76 { return exact }
        if text.utf8.first == 0x76 || text.utf8.first == 0x56, let found = contracts[String(text.dropFirst())] {
            return found
        }
        report(
            cell.diagnostic(
                "table.unknown-version", "unknown contract '\(visibleText(text))'",
                help: VersionName.help(for: text, among: contracts.all.map(\.name))))
        return nil
    }

    private mutating func call(in contract: Contract) -> Call? {
        guard let cell = draft[.call] else {
            report(
                draft.diagnostic(
                    "table.no-call", "the step '\(draft.name)' has an empty `call`", column: .call,
                    help: "write \(Self.forms)"))
            return nil
        }
        let text = trimmed(cell.text)
        if let known = lookups.call(text, in: contract) { return known }
        let parts = words(of: text)
        if parts.count == 2, parts[1].text.utf8.first == 0x2F {
            return route(method: parts[0].text.uppercased(), path: parts[1].text, cell, contract)
        }
        if parts.count == 2, parts[0].text.lowercasedASCII == "wait" { return wait(parts[1], cell) }
        if parts.count == 2, parts[0].text.lowercasedASCII == "await" { return delivery(parts[1], cell, contract) }
        if parts.count == 2, parts[0].text.lowercasedASCII == "clock" { return clock(parts[1], cell) }
        if let operation = contract.operation(text), operation.id != nil || parts.count == 1 {
            return lookups.remember(operation, as: text, in: contract)
        }
        let near = nearestName(to: text, among: contract.operations.map(\.name))
        report(
            cell.diagnostic(
                "table.unknown-operation", "the contract '\(contract.name)' has no operation '\(visibleText(text))'",
                help: near.map { "did you mean `\($0)`?" }
                    ?? "write \(Self.forms); the operations are "
                    + shortList(contract.operations.map(\.name))))
        return nil
    }

    private mutating func wait(_ word: (text: String, offset: Int), _ cell: CellPlace) -> Call? {
        if let duration = DurationText.parse(word.text) { return .wait(duration) }
        report(
            cell.diagnostic(
                "table.wait", "'\(visibleText(word.text))' is not a valid duration",
                offset: cell.leadingBlanks + word.offset, length: word.text.unicodeScalars.count,
                help: "write wait 2s, wait 500ms or wait 1m"))
        return nil
    }

    private mutating func delivery(
        _ word: (text: String, offset: Int), _ cell: CellPlace, _ contract: Contract
    ) -> Call? {
        if let webhook = contract.outgoing.first(where: { $0.name.isSame(as: word.text) }) {
            return .delivery(AwaitedDelivery(webhook, contract: contract.name))
        }
        let names = contract.outgoing.map(\.name)
        report(
            cell.diagnostic(
                "table.await", "the contract '\(contract.name)' has no webhook '\(visibleText(word.text))'",
                offset: cell.leadingBlanks + word.offset, length: word.text.unicodeScalars.count,
                help: nearestName(to: word.text, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty
                        ? "declare it under `webhooks` of the document, or under `callbacks` of an operation"
                        : "its webhooks and callbacks are \(shortList(names))")))
        return nil
    }

    private mutating func clock(_ word: (text: String, offset: Int), _ cell: CellPlace) -> Call? {
        switch word.text.lowercasedASCII {
        case "freeze": return .clock(.freeze)
        case "reset": return .clock(.reset)
        case let text where text.utf8.first == UInt8(ascii: "+"):
            if let duration = MovableClock.Change.duration(String(text.dropFirst())) {
                return .clock(.advance(duration))
            }
        default:
            if let time = MovableClock.Change.time(word.text) { return .clock(.set(time)) }
        }
        report(
            cell.diagnostic(
                "table.clock", "'\(visibleText(word.text))' is not a valid change of the clock",
                offset: cell.leadingBlanks + word.offset, length: word.text.unicodeScalars.count,
                help: "write clock +3d (s, m, h or d), clock 2026-03-01T00:00:00Z, clock freeze or clock reset"))
        return nil
    }

    private mutating func route(method: String, path: String, _ cell: CellPlace, _ contract: Contract) -> Call? {
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
            return lookups.remember(operation, as: trimmed(cell.text), in: contract)
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
        return undeclared(method: method, path: path, cell, contract)
    }

    /// A request that the contract does not declare, for `invalid` rows only.
    private mutating func undeclared(
        method: String, path: String, _ cell: CellPlace, _ contract: Contract
    ) -> Call? {
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
}
