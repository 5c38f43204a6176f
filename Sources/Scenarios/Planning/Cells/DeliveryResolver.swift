import Diagnostics
import OpenAPI
import Primitives

/// Resolves the cells of a row that awaits a delivery: it sends nothing, and judges what it receives.
struct DeliveryResolver: PlanningStage {
    let row: CalledRow
    let awaited: AwaitedDelivery
    let lookups: ContractLookups
    var diagnostics: [Diagnostic] = []

    private static let rule = "table.await"

    mutating func run() -> ResolvedRow {
        checkCells()
        checkOptions()
        var awaited = awaited
        awaited.reply = reply ?? awaited.reply
        let row = CalledRow(row.draft, row.contract, .delivery(awaited))
        let expect = StatusExpectation([], text: "", location: row.draft.row.location, isDefault: true)
        let paths = ResponsePaths(row: row, expect: expect, lookups: lookups)
        let checks = run(CheckResolver(row: row, responses: paths))
        let saves = run(SaveResolver(row: row, responses: paths))
        return ResolvedRow(
            called: row, request: .init(auth: [AuthVariant(suffix: "", auth: .none)]),
            response: .init(expect: expect, checks: checks, saves: saves))
    }

    /// Reports cells about a request or about a response of the target.
    private mutating func checkCells() {
        for column in [ColumnName.auth, .body, .expect, .sameAs] {
            guard let cell = row.draft.row[column] else { continue }
            report(
                cell.diagnostic(
                    Self.rule, "a step that awaits a delivery has no `\(column.rawValue)`",
                    help: "leave the cell empty; `check` is about the delivery"))
        }
    }

    private mutating func checkOptions() {
        for option in ["repeat", "pages", "retry", "follow", "timeout", "burst", "race"] {
            guard
                let problem = row.draft.optionProblem(
                    Self.rule, "a step that awaits a delivery has no `\(option)`", option: option,
                    help: "remove the option; `poll=30s` sets the longest wait")
            else { continue }
            report(problem)
        }
        guard row.isInvalid else { return }
        report(
            row.draft.diagnostic(
                Self.rule, "a step that awaits a delivery sends no request that could be invalid", option: "invalid",
                help: "remove `invalid`"))
    }

    /// The status of our response, which `set` may replace.
    private var reply: Int? {
        mutating get {
            var reply: Int?
            for item in row.draft.set {
                guard item.path.isStatus, item.parsed.op == .equal, case .text(let template)? = item.parsed.value,
                    let status = template.constantText.flatMap(Int.init), (200...599).contains(status)
                else {
                    report(
                        item.diagnostic(
                            Self.rule,
                            "`set` of a step that awaits a delivery can only contain the status of our response",
                            help: "write status=500, with a status from 200 to 599"))
                    continue
                }
                reply = status
            }
            return reply
        }
    }
}
