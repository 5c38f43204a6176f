import Diagnostics
import OpenAPI
import Project
import Scenarios

/// A production target is sent nothing that changes anything, unless that was allowed.
enum ProductionGuard {
    /// Methods that ask and change nothing (RFC 9110 §9.2.1).
    private static let safeMethods = ["GET", "HEAD", "OPTIONS", "TRACE"]

    /// Every row of `plan` that would send `target` something unsafe.
    static func problems(_ plan: Plan, _ target: Target) -> [Diagnostic] {
        guard target.isProduction else { return [] }
        var found: [Diagnostic] = []
        for scenario in plan.scenarios where !scenario.skip && scenario.mode != .mock {
            for step in scenario.steps where !step.options.isSkipped && !step.options.mockOnly {
                guard let method = step.call.method, !safeMethods.contains(method) else { continue }
                found.append(
                    Diagnostic(
                        "target.production", .error,
                        "\(target.name) is a production target, and \(scenario.id) › \(step.name) sends \(method)",
                        at: step.location,
                        help: "choose a sandbox, or say --allow-production if you mean it"))
            }
        }
        return found
    }
}

extension Call {
    /// The method that is sent; `nil` for a pause and for the mock's own routes, which no live target is sent.
    fileprivate var method: String? {
        switch self {
        case .operation(let operation, _): operation.method
        case .undeclared(let method, _): method
        case .reserved, .wait: nil
        }
    }
}
