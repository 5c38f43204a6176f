import Diagnostics
import JSONSchema
import OpenAPI
import Primitives

/// Resolves the items of a row's `set` with their places, defaults first; invalid ones are reported and skipped.
struct SetResolver: PlanningStage {
    let row: CalledRow
    let lookups: ContractLookups
    let files: BodyFiles
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [ResolvedItem] {
        let own = row.draft.set.compactMap { resolve($0, isDefault: false) }
        checkRepeated(own)
        let defaults = row.draft.defaultSet.compactMap { resolve($0, isDefault: true) }
        guard !defaults.isEmpty else { return own }
        return defaults.filter { item in !own.contains { $0.path == item.path } } + own
    }

    private mutating func checkRepeated(_ items: [ResolvedItem]) {
        guard items.count > 1 else { return }
        for (index, item) in items.enumerated() {
            guard let first = items[..<index].first(where: { $0.path == item.path }) else { continue }
            report(
                item.placed.diagnostic(
                    "table.set-twice", "'\(item.placed.path)' is set twice in this row",
                    related: [
                        .init(
                            "the first one is here",
                            at: first.placed.cell.location(first.placed.parsed.range.lowerBound))
                    ]))
        }
    }

    private mutating func resolve(_ item: PlacedItem, isDefault: Bool) -> ResolvedItem? {
        let key = ResolvedItems.Key(item, row, isDefault: isDefault)
        let resolved: ResolvedItem
        if let known = key.flatMap({ lookups.items.resolved($0) }) {
            resolved = known.moved(to: item.cell)
        } else {
            let start = diagnostics.count
            guard var own = resolve(item) else { return nil }
            own.isDefault = isDefault
            if let key, diagnostics.count == start, own.file == nil {
                own = lookups.items.remember(own.shareable, as: key, item)
            }
            resolved = own
        }
        if let warning = ItemWarnings.credential(resolved, row) { report(warning) }
        return resolved
    }

    private mutating func resolve(_ item: PlacedItem) -> ResolvedItem? {
        switch item.parsed.op {
        case .equal, .literal, .absent: break
        default:
            report(
                item.diagnostic(
                    "table.set-operator", "`\(item.parsed.op.rawValue)` is a check, but `set` defines what to send",
                    help: "write \(item.path)=value here, or move the item to `check`"))
            return nil
        }
        if item.path.hasWildcard {
            report(
                item.diagnostic(
                    "table.set-path", "`set` requires one place, but '\(item.path)' can match several", part: .path,
                    help: "use an index: [0]"))
            return nil
        }
        guard var resolved = run(SetPlaceResolver(item: item, row: row, lookups: lookups)) else { return nil }
        if let name = item.parsed.value?.plainTemplate?.fileName, case .body = resolved.path.root {
            let range = item.templatePlaces.first ?? item.parsed.valueRange
            guard let file = files.projectFile(named: name, item.cell, range, &diagnostics) else { return nil }
            resolved.file = file
        }
        if let body = lookups.facts(of: row)?.body, let warning = ItemWarnings.shadowedMember(item, [body]) {
            report(warning)
        }
        guard run(SetValueCheck(item: resolved, row: row)) else { return nil }
        if let warning = SpreadsheetWarnings.warning(item, resolved.view.map { [$0] } ?? []) { report(warning) }
        return resolved
    }
}
