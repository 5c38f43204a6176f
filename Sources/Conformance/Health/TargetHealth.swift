import Exchanges
import Primitives
import Scenarios

/// Decides from the exchanges of a whole run in which periods its target was ill.
///
/// The decision is conservative: a period is one unbroken series of failures of several operations in several
/// scenarios. One operation that always fails, or one request that makes a server fail, is a broken contract.
/// `docs/judging.md` contains the rule.
struct TargetHealth {
    /// The most time between two failures of one period.
    private static let longestPause = Duration.seconds(60)
    /// Fewer failures are never a period.
    static let fewest = 3

    /// A series of failures without a healthy response between them.
    typealias Streak = [Suspect]

    private var healthy = 0
    /// The operations of which a row that expects success was met.
    private var working: Set<String> = []
    /// The failures, in the order of their ends.
    private var suspects: [Suspect] = []
    /// For each failure: when the last of the healthy responses was requested that ended after the failure before it.
    private var requests: [Instant?] = []

    /// The health of the target by the exchanges of `scenarios`, the verdicts on the scenarios of `plan` in its order.
    ///
    /// Scenarios that were run again fail closely after each other even if each of them has a cause of its own. So only
    /// their first runs are evidence.
    ///
    /// - Parameters:
    ///   - superseded: The exchanges of earlier runs of the same scenarios.
    ///   - explained: The numbers of the 429 responses that the promise `rate-limit` explains.
    init(_ scenarios: ScenarioVerdicts, superseded: [Exchange], plan: Plan, explained: Set<Int>) {
        let repeated = Dictionary(grouping: superseded, by: \.scenario)
        func forEach(_ body: (Exchange, Step, HealthSign) -> Void) {
            for (number, (planned, scenario)) in zip(plan.scenarios, scenarios).enumerated() {
                let steps = planned.steps
                guard planned.id.isSame(as: scenario.name), steps.count == scenario.steps.count else {
                    continue
                }
                let first = repeated[scenario.name] ?? []
                for (index, step) in steps.enumerated() {
                    let place = FindingGroup.StepPlace(scenario: number, step: index)
                    for exchange in scenario.steps[index].exchanges {
                        let sign = HealthSign(exchange, of: step, at: place, explained: explained)
                        body(exchange, step, first.isEmpty ? sign : sign.withoutEvidence)
                    }
                    for exchange in first where exchange.step.isSame(as: step.name) {
                        body(exchange, step, HealthSign(exchange, of: step, at: place, explained: explained))
                    }
                }
            }
        }
        forEach { add($0, of: $1, $2) }
        suspects.sort { ($0.end, $0.sequence) < ($1.end, $1.sequence) }
        requests = Array(repeating: nil, count: suspects.count)
        // A run has many more healthy responses than failures, so they are not kept.
        if suspects.count >= Self.fewest { forEach { exchange, _, sign in addRequest(exchange, sign) } }
    }

    private mutating func add(_ exchange: Exchange, of step: Step, _ sign: HealthSign) {
        switch sign {
        case .neutral: break
        case .suspect(let suspect): suspects.append(suspect)
        case .healthy:
            healthy += 1
            if step.expectsSuccess, let status = exchange.response?.status, step.expected.status.accepts(status) {
                working.insert(step.callText)
            }
        }
    }

    /// Notes when a healthy response was requested, at the first failure that ended after it.
    private mutating func addRequest(_ exchange: Exchange, _ sign: HealthSign) {
        guard case .healthy = sign else { return }
        let end = exchange.startedAt.advanced(by: exchange.duration)
        var (low, high) = (0, suspects.count)
        while low < high {
            let middle = (low + high) / 2
            if (suspects[middle].end, suspects[middle].sequence) < (end, exchange.sequence) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        guard low < requests.count else { return }
        requests[low] = max(requests[low] ?? exchange.startedAt, exchange.startedAt)
    }

    /// The periods in which the target was ill, each with the failures that are not judged because of it.
    var illStreaks: [Streak] {
        streaks.filter(isIll).map { streak in streak.filter(isHit) }
    }

    /// The series of failures. A healthy response ends one if it was requested after the first failure: a response that
    /// was requested before does not show that the target still works.
    private var streaks: [Streak] {
        var streaks: [Streak] = []
        var current: Streak = []
        func close() {
            if current.count >= Self.fewest { streaks.append(current) }
            current = []
        }
        for (suspect, request) in zip(suspects, requests) {
            if let first = current.first, let request, request >= first.end { close() }
            if let last = current.last, suspect.start.since(last.end) > Self.longestPause { close() }
            current.append(suspect)
        }
        close()
        return streaks
    }

    private func isIll(_ streak: Streak) -> Bool {
        if streak.count(where: { $0.cause == .noConnection && !$0.isRepeated }) >= Self.fewest { return true }
        if healthy == 0 {
            // The target was never healthy. A server that runs and always fails is broken; a gateway in front of
            // nothing is not.
            let infrastructure = streak.filter { $0.cause != .unclear && !$0.isRepeated }
            return Self.spread(infrastructure, count: 3, operations: 2, scenarios: 2)
        }
        let known = streak.filter { $0.isEvidence && working.contains($0.operation) }
        return Self.spread(
            known.filter { $0.cause == .unavailable || $0.cause == .noConnection }, count: 3, operations: 2,
            scenarios: 2)
            || Self.spread(known, count: 4, operations: 3, scenarios: 3)
    }

    /// Whether there are enough failures, of enough operations and scenarios: the steps of one scenario share values,
    /// and one value can make all of them fail.
    private static func spread(_ suspects: Streak, count: Int, operations: Int, scenarios: Int) -> Bool {
        suspects.count >= count && Set(suspects.map(\.operation)).count >= operations
            && Set(suspects.map(\.place.scenario)).count >= scenarios
    }

    /// Whether a failure in a period is not judged. A status such as 500 stays a finding unless its operation works at
    /// other times.
    private func isHit(_ suspect: Suspect) -> Bool {
        suspect.cause != .unclear || working.contains(suspect.operation)
    }
}
