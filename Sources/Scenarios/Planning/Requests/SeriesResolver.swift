import Diagnostics
import Exchanges
import Primitives

/// Resolves which rows are sent several times at once, and which rows race, by the names of the rows.
struct SeriesResolver: PlanningStage {
    /// The rows of a scenario.
    let rows: [ResolvedRow]
    /// How the API recognises repeated requests; `nil` if nothing is promised.
    let idempotency: IdempotencyPromise?
    var diagnostics: [Diagnostic] = []

    mutating func run() -> [String: RequestSeries] {
        var series: [String: RequestSeries] = [:]
        for row in rows where row.called.event != nil || row.called.hasValues && row.called.sendsRequest {
            if let burst = row.options.burst { series[row.name] = .burst(resolved(burst, row)) }
            if let option = row.called.draft.options.race, let other = partner(of: row, option) {
                series[row.name] = .race(Race(with: other.name, isSecond: true))
                series[other.name] = .race(Race(with: row.name, isSecond: false))
            }
        }
        return series
    }

    private mutating func resolved(_ burst: Burst, _ row: ResolvedRow) -> Burst {
        var burst = burst
        burst.replayed = idempotency?.replayed
        guard burst.hasKeys else { return burst }
        guard let idempotency else {
            report(
                row.called.draft.diagnostic(
                    "table.option", "`burst=N/keys` requires the name of the header with the key", column: .opts,
                    help: "declare it in assay.yaml: promises: {idempotency: {header: idempotency-key}}"))
            return burst
        }
        burst.keyHeader = idempotency.header
        let isSet = row.request.set.contains { item in
            if case .header(let name) = item.path.root {
                HeaderField(name: name, value: "").isNamed(idempotency.header)
            } else {
                false
            }
        }
        if !isSet {
            report(
                row.called.draft.diagnostic(
                    "table.option",
                    "`burst=N/keys` gives each request a key, but the row sets no `\(idempotency.header)`",
                    column: .opts, help: "add \(idempotency.header)={{uuid:key}} to `set`"))
        }
        return burst
    }

    // MARK: Races

    /// The row that a row races against; `nil` after a diagnostic.
    private mutating func partner(of row: ResolvedRow, _ option: OptionValue) -> ResolvedRow? {
        func problem(_ message: String, _ help: String?) {
            report(
                option.cell.diagnostic(
                    "table.option", message, offset: option.offset, length: option.text.unicodeScalars.count,
                    help: help))
        }
        let before = rows.first { $0.position == row.position - 1 }
        guard let before, !before.called.isWait, Self.isNamed(before, option.text) else {
            problem(
                "`race=\(visibleText(option.text))` is not the step directly before '\(row.name)'",
                before.map { "write race=\(Self.ownName($0)), or move the row below '\(visibleText(option.text))'" }
                    ?? "write the option in the second of the two rows")
            return nil
        }
        let reasons = [(before, obstacle(before)), (row, obstacle(row))]
        if let (wrong, reason) = reasons.first(where: { $0.1 != nil }), let reason {
            problem("the step '\(wrong.name)' cannot race: it \(reason)", nil)
            return nil
        }
        guard before.options.isSetup == row.options.isSetup, !row.options.isTeardown, !before.options.isTeardown else {
            problem("both steps of a race must be ordinary steps, or both `setup`", nil)
            return nil
        }
        guard !uses(row, before) else {
            problem(
                "'\(row.name)' uses a value of '\(before.name)', which is sent at the same time",
                "use values of steps before both")
            return nil
        }
        return before
    }

    /// Why a row cannot be sent at once with another one.
    private func obstacle(_ row: ResolvedRow) -> String? {
        let options = row.options
        if case .clock = row.called.call { return "changes the clock" }
        if !row.called.sendsRequest, row.called.event == nil { return "sends no request" }
        if row.repetitions > 1 { return "has `repeat`" }
        if options.poll != nil { return "has `poll`" }
        if options.retry != nil { return "has `retry`" }
        if options.follow != nil { return "has `follow`" }
        if row.response.paging != nil { return "has `pages`" }
        if options.burst != nil { return "has `burst`" }
        if row.request.auth.count > 1 { return "is sent once for each of several credentials" }
        let other = rows.first { $0.position == row.position - 1 }
        if row.called.draft.options.race != nil, other?.called.draft.options.race != nil {
            return "follows another race without a step in between"
        }
        return nil
    }

    private func uses(_ row: ResolvedRow, _ other: ResolvedRow) -> Bool {
        func isOther(_ name: String) -> Bool { name.isSame(as: other.name) }
        if case .asStep(let name) = row.request.body, isOther(name) { return true }
        if let sameAs = row.response.sameAs, isOther(sameAs.step) { return true }
        return row.references.contains { reference in
            if case .step(let name, _) = reference { isOther(name) } else { false }
        }
    }

    /// Whether the table calls the row `name`. A row of a used scenario has the name of that use before its own.
    private static func isNamed(_ row: ResolvedRow, _ name: String) -> Bool {
        row.name.isSame(as: name) || ownName(row).isSame(as: name)
    }

    private static func ownName(_ row: ResolvedRow) -> String {
        row.name.utf8.split(separator: UInt8(ascii: ".")).last.map { String(Substring($0)) } ?? row.name
    }
}
