import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives

/// The event that a row triggers, and the request that triggers it at the target.
struct RowEvent: Sendable {
    /// The call as written, without the word `event`.
    var text: String
    /// The items of the row.
    var items: [PlacedItem]
    /// The items that the request sets.
    var set: [PlacedItem] = []
    /// The body of the request, before `set` is applied.
    var body = BodySource.unset
}

/// Resolves `event NAME item=value; …` into the request of the target; `nil` after a diagnostic.
struct EventResolver: PlanningStage {
    let cell: CellPlace
    let contract: Contract
    let lookups: ContractLookups
    /// `nil` if the events of the target are unknown, so that names and items cannot be checked.
    let events: TargetEvents?
    var diagnostics: [Diagnostic] = []

    /// The event of a cell that begins with the word `event`.
    mutating func run() -> (call: Call, event: RowEvent)? {
        let words = words(of: cell.text)
        guard words.count > 1, !words[1].text.contains(where: { "=;{".contains($0) }) else {
            report(
                cell.diagnostic(
                    "table.event", "the event has no name",
                    help: "write event NAME, or event NAME item=value; item=value"))
            return nil
        }
        let start = diagnostics.count
        let items = items(from: words[1].offset + words[1].text.unicodeScalars.count)
        let name = (text: words[1].text, offset: words[1].offset)
        let text = trimmed(String(cell.text.unicodeScalars.dropFirst(words[0].offset + 5)))
        guard !hasErrors(since: start) else { return nil }
        let event = RowEvent(text: text, items: items)
        if let mapping = events?.mapping(name.text) { return mapped(mapping, event, name) }
        guard let events else { return toMock(event, name.text, nil) }
        if events.isMock, let declaration = events.declaration(name.text, in: contract.name) {
            let missing = declaration.inputs.filter { input in
                input.isRequired && !items.contains { $0.eventItem.isSame(as: input.name) }
            }
            guard check(items, of: name, missing: missing.map(\.name)) else { return nil }
            return toMock(event, name.text, declaration)
        }
        guard events.names.contains(where: { $0.isSame(as: name.text) }) else {
            reportUnknown(name, events)
            return nil
        }
        guard check(items, of: name, missing: []) else { return nil }
        return (.unmapped(event: name.text), event)
    }

    // MARK: Items

    private mutating func items(from offset: Int) -> [PlacedItem] {
        var parser = ItemParser(cell.text)
        parser.index = offset
        let parsed = parser.items()
        diagnostics += parser.problems.map(cell.diagnostic)
        var result: [PlacedItem] = []
        for item in parsed.map({ PlacedItem(parsed: $0, cell: cell, isPromoted: false) }) {
            if let problem = problem(item, after: result) { report(problem) } else { result.append(item) }
        }
        return result
    }

    private func problem(_ item: PlacedItem, after earlier: [PlacedItem]) -> Diagnostic? {
        guard item.path.isBare, item.path.segments.count == 1, case .name? = item.path.segments.first else {
            return item.diagnostic(
                "table.event", "'\(item.path)' is not the name of an item", part: .path,
                help: "write the items of the event: event NAME item=value; item=value")
        }
        guard item.parsed.op == .equal || item.parsed.op == .literal else {
            return item.diagnostic(
                "table.event", "`\(item.parsed.op.rawValue)` cannot set an item of an event",
                help: "write \(item.path)=value")
        }
        if earlier.contains(where: { $0.eventItem.isSame(as: item.eventItem) }) {
            return item.diagnostic("table.event", "duplicate item '\(item.path)'", part: .path)
        }
        if case .text(let template)? = item.parsed.value,
            words(of: template.text).dropFirst().contains(where: { !$0.text.hasPrefix("{{") && $0.text.contains("=") })
        {
            return item.diagnostic(
                "table.event", "the value of '\(item.path)' contains another item", part: .value,
                help: "separate items with ';', or quote the value")
        }
        return nil
    }

    /// Checks the names of the items, and that none is missing.
    private mutating func check(
        _ items: [PlacedItem], of name: (text: String, offset: Int), missing: [String]
    ) -> Bool {
        let start = diagnostics.count
        let known = events?.items(of: name.text) ?? []
        for item in items where !known.contains(where: { $0.isSame(as: item.eventItem) }) {
            report(
                item.diagnostic(
                    "table.event", "the event '\(name.text)' has no item '\(visibleText(item.eventItem))'",
                    part: .path,
                    help: nearestName(to: item.eventItem, among: known).map { "did you mean `\($0)`?" }
                        ?? (known.isEmpty ? "remove it" : "its items are \(shortList(known))")))
        }
        if !missing.isEmpty {
            report(
                cell.diagnostic(
                    "table.event",
                    "the event '\(name.text)' requires the item\(missing.count == 1 ? "" : "s") "
                        + missing.map { "'\($0)'" }.joined(separator: " and ")
                        + (events.map { " at the target '\($0.target)'" } ?? ""),
                    offset: name.offset, length: name.text.unicodeScalars.count,
                    help: "write event \(name.text) \(missing.map { "\($0)=value" }.joined(separator: "; "))"))
        }
        return !hasErrors(since: start)
    }

    private mutating func reportUnknown(_ name: (text: String, offset: Int), _ events: TargetEvents) {
        let names = events.names
        report(
            cell.diagnostic(
                "table.unknown-event", "unknown event '\(visibleText(name.text))'", offset: name.offset,
                length: name.text.unicodeScalars.count,
                help: nearestName(to: name.text, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty
                        ? "declare it in a behaviour file, or map it under `events` of a target"
                        : "the events are \(shortList(names))")))
    }

    // MARK: Requests

    /// The mock's own route, with the items as the body.
    private mutating func toMock(
        _ event: RowEvent, _ name: String, _ declaration: DeclaredEvent?
    ) -> (call: Call, event: RowEvent)? {
        var event = event
        let start = diagnostics.count
        for item in event.items {
            let kind = declaration?.inputs.first { $0.name.isSame(as: item.eventItem) }?.kind
            var set = item
            set.parsed.path = ItemPath(.body, [.name(item.eventItem)])
            if let value = typed(item, kind) {
                set.parsed.value = .json(value)
                set.parsed.op = .literal
            }
            event.set.append(set)
        }
        guard !hasErrors(since: start) else { return nil }
        if event.items.isEmpty { event.body = .none }
        return (.reserved(method: "POST", path: MockAddress.events + PercentEncoding.encoded(name)), event)
    }

    /// The value of an item, of the kind that the behaviour file declares; `nil` for values that are known only during
    /// the run.
    private mutating func typed(_ item: PlacedItem, _ kind: JSONKind?) -> JSONValue? {
        guard let value = item.parsed.value else { return nil }
        let found: JSONValue?
        switch value {
        case .json(let json): found = json
        case .quoted(let template): found = template.constantText.map { .string($0) }
        case .text(let template):
            guard let text = template.constantText else { return nil }
            switch kind {
            case .number: found = JSONNumber(text).map { .number($0) } ?? .string(text)
            case .boolean: found = text == "true" ? true : text == "false" ? false : .string(text)
            default: found = .string(text)
            }
        case .matcher, .pattern: found = nil
        }
        guard let found else { return nil }
        if let kind, found.kind != kind {
            report(
                item.diagnostic(
                    "table.event", "the item '\(item.path)' must be a \(kind.name), found \(found.text)", part: .value))
        }
        return found
    }

    /// The request that the configuration of the target maps the event to.
    private mutating func mapped(
        _ mapping: EventMapping, _ event: RowEvent, _ name: (text: String, offset: Int)
    ) -> (call: Call, event: RowEvent)? {
        let missing = Set(mapping.items).subtracting(event.items.map(\.eventItem)).sorted()
        guard check(event.items, of: name, missing: missing), let call = call(of: mapping) else { return nil }
        let values = Dictionary(
            event.items.compactMap { item in item.parsed.value.map { (item.eventItem, $0) } },
            uniquingKeysWith: { first, _ in first })
        var event = event
        event.set = mapping.set.enumerated().map { place, assignment in
            assignment.item(value: assignment.value.filled(values), place: place)
        }
        if let body = mapping.body {
            event.body = .template(body.template.filled(values), location: body.location)
        } else if event.set.allSatisfy({ if case .body = $0.path.root { false } else { true } }) {
            event.body = .none
        }
        return (call, event)
    }

    private mutating func call(of mapping: EventMapping) -> Call? {
        if let operation = contract.operation(mapping.call) {
            return lookups.remember(operation, as: mapping.call, in: contract)
        }
        let parts = words(of: mapping.call).map(\.text)
        if parts.count == 2, parts[1].hasPrefix("/"), parts[1].unicodeScalars.allSatisfy(Self.isPathScalar) {
            let method = parts[0].uppercased()
            if let operation = contract.operation("\(method) \(parts[1])") {
                return lookups.remember(operation, as: mapping.call, in: contract)
            }
            let isOfMock = parts[1].hasPrefix("/_mock/")
            return isOfMock && events?.isMock == true
                ? .reserved(method: method, path: parts[1]) : .undeclared(method: method, path: parts[1])
        }
        report(
            Diagnostic(
                "table.event", .error,
                "the event '\(mapping.name)' calls '\(visibleText(mapping.call))', which the contract "
                    + "'\(contract.name)' does not declare",
                at: mapping.location,
                help: nearestName(to: mapping.call, among: contract.operations.map(\.name))
                    .map { "did you mean `\($0)`?" } ?? "write an operationId, or METHOD /path without templates",
                related: [.init("the row triggers the event here", at: cell.location(cell.leadingBlanks))]))
        return nil
    }

    /// Whether a scalar can be part of a path that is sent as written.
    private static func isPathScalar(_ scalar: Unicode.Scalar) -> Bool {
        scalar.isASCII && scalar.value > 0x20 && !"{}<>\"\\^`|#".unicodeScalars.contains(scalar)
    }
}

extension PlacedItem {
    /// The name of the item of an event.
    fileprivate var eventItem: String {
        if case .name(let name)? = parsed.path.segments.first { name } else { "" }
    }
}

extension EventMapping.Assignment {
    /// The assignment as an item, whose diagnostics are at its location in the configuration.
    fileprivate func item(value: ItemValue, place: Int) -> PlacedItem {
        let text = path.text
        let range = 0..<text.unicodeScalars.count
        var op = ItemOperator.equal
        if case .json = value { op = .literal }
        return PlacedItem(
            parsed: ParsedItem(
                path: path, op: op, value: value, pathRange: range, valueRange: range, range: range, place: place,
                text: text),
            cell: CellPlace(
                file: location.file, column: "events",
                cell: CSVCell(text: text, line: location.line, column: location.column)),
            isPromoted: false)
    }
}
