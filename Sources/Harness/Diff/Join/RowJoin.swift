import Diagnostics
import JSONDocument
import JSONSchema
import OpenAPI
import Scenarios
import Versions

/// Joins one row with the changes of the operation that it calls.
struct RowJoin {
    let step: Step
    let scenario: Scenario
    /// The operation in the old contract.
    let old: Operation
    /// The operation in the new contract; `nil` when it was removed.
    let new: Operation?
    let changes: OperationChanges
    let oldContract: Contract
    let newContract: Contract
    /// The request of the row under the old contract; ``after`` is the one under the new contract.
    let before: ForecastRequest?
    let after: ForecastRequest?
    private(set) var found: [RowHit] = []

    init(
        step: Step, scenario: Scenario, old: Operation, new: Operation?, changes: OperationChanges,
        oldContract: Contract, newContract: Contract, before: ForecastRequest?, after: ForecastRequest?
    ) {
        self.step = step
        self.scenario = scenario
        self.old = old
        self.new = new
        self.changes = changes
        self.oldContract = oldContract
        self.newContract = newContract
        self.before = before
        self.after = after
    }

    mutating func run() {
        joinOperation()
        guard new != nil else { return }
        joinParameters()
        joinBody()
        joinResponses()
    }

    /// Adds a hit of this row.
    mutating func add(_ change: Change, _ effect: ImpactEffect, _ reason: String, _ edit: TableEdit? = nil) {
        found.append(hit(change, effect, reason, edit, step))
    }

    func hit(
        _ change: Change, _ effect: ImpactEffect, _ reason: String, _ edit: TableEdit?, _ step: Step
    ) -> RowHit {
        // A row that names its version remains under that version.
        let edit = step.row.namesVersion ? nil : edit
        return RowHit(
            change: change,
            impact: RowImpact(
                location: step.location, scenario: scenario.name, step: step.referenceName, effect: effect,
                reason: reason, edit: edit?.description),
            edits: edit.map { [$0] } ?? [])
    }

    // MARK: The operation

    private mutating func joinOperation() {
        for change in changes.own {
            switch change.rule.id {
            case let id where id.hasPrefix("operation.removed"):
                add(change, .breaks, "calls `\(old.name)`, which was removed")
            case "operation.id-changed", "operation.id-removed":
                guard let id = old.id else { continue }
                let name = new?.name ?? ""
                add(
                    change, .breaks, "calls `\(id)`, which is called `\(name)` now",
                    TableEdit(.call(from: id, to: name), row: step.location))
            case "security.protection-added":
                guard step.request.auth == .none else { continue }
                let isAccepted = step.expected.status.alternatives.contains { $0.isSuccess }
                add(
                    change, isAccepted ? .breaks : .touches,
                    "sends no credentials, which the operation requires now")
            case "security.protection-removed":
                guard step.request.auth != .profile(nil) else { continue }
                add(change, .touches, "tests credentials, which the operation no longer requires")
            case let id where id.hasPrefix("security."):
                switch step.request.auth {
                case .requirement, .incomplete: add(change, .touches, "tests the alternatives of the credentials")
                default: continue
                }
            default:
                guard change.rule.kind == .lifecycle else { continue }
                add(change, .touches, "calls `\(old.name)`: \(change.message)")
            }
        }
    }
}

extension StatusExpectation.Alternative {
    /// Whether the status is in the range 2xx.
    var isSuccess: Bool {
        switch self {
        case .exact(let status): status / 100 == 2
        case .range(let hundred): hundred == 2
        }
    }
}
