import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// What the headers of a rate limit say over the calls of a run.
struct RateLimitOverTime {
    /// How many answers it takes to say that nobody counts.
    private static let leastAnswers = 5

    private let promise: RateLimitPromise
    private var readings: [Reading] = []

    init(_ promise: RateLimitPromise) {
        self.promise = promise
    }

    /// Whose calls are counted together.
    private struct Group: Hashable {
        let contract: String
        let operation: String
        let auth: AuthCase
    }

    /// What one answer says. Nothing else of it is kept: runs are long.
    private struct Reading {
        let group: Group
        /// The scenario's place in the plan.
        let place: Int
        let scenario: String
        let step: String
        let row: SourceLocation
        let declared: Response?
        let exchange: Int
        let startedAt: Instant
        let isRefusal: Bool
        let limit: Int?
        let remaining: Int?
    }

    /// Takes in the answers of one scenario, which has a `place` in the plan.
    mutating func add(_ subjects: [Subject], of place: Int) {
        for subject in subjects where subject.exchange.hop == 0 {
            guard let operation = subject.operation else { continue }
            let limit = RateLimitRules.number(promise.limit, subject.message)
            let remaining = RateLimitRules.number(promise.remaining, subject.message)
            guard limit != nil || remaining != nil else { continue }
            let group = Group(contract: subject.step.contract, operation: operation.name, auth: subject.step.auth)
            readings.append(
                Reading(
                    group: group, place: place, scenario: subject.scenario.id, step: subject.step.name,
                    row: subject.step.location, declared: subject.declared, exchange: subject.exchange.sequence,
                    startedAt: subject.exchange.startedAt, isRefusal: subject.message.status == 429, limit: limit,
                    remaining: remaining))
        }
    }

    /// What all answers to the same operation with the same credentials say together.
    var findings: [Finding] {
        var order: [Group] = []
        var groups: [Group: [Reading]] = [:]
        // Scenarios end in any order; what is said of them does not depend on it.
        for (_, reading) in readings.enumerated().sorted(by: {
            ($0.element.place, $0.offset) < ($1.element.place, $1.offset)
        }) {
            if groups[reading.group] == nil { order.append(reading.group) }
            groups[reading.group, default: []].append(reading)
        }
        var told: Set<String> = []
        return order.flatMap { group -> [Finding] in
            let readings = groups[group] ?? []
            let findings = [changed(readings), uncounted(readings)].compactMap { $0 }
            return findings.filter { told.insert("\($0.rule) \(group.operation)").inserted }
        }
    }

    private func changed(_ group: [Reading]) -> Finding? {
        let limits = group.compactMap { reading in reading.limit.map { (reading, $0) } }
        guard let first = limits.first, let other = limits.first(where: { $0.1 != first.1 }), let header = promise.limit
        else { return nil }
        return finding(
            .rateLimitChanged, "the limit was another one for \(first.0.step)", about: other.0, header,
            expected: "\(first.1)", actual: "\(other.1)")
    }

    /// Calls that follow one another inside a window, and never are fewer left.
    private func uncounted(_ group: [Reading]) -> Finding? {
        guard let header = promise.remaining else { return nil }
        let counted = group.filter { !$0.isRefusal }
            .compactMap { reading in reading.remaining.map { (reading, $0) } }
            .filter { $0.1 >= 0 && $0.1 <= $0.0.limit ?? .max }
            .sorted { $0.0.startedAt < $1.0.startedAt }
        guard counted.count >= Self.leastAnswers, let first = counted.first, let last = counted.last,
            last.0.startedAt.since(first.0.startedAt) < promise.window
        else { return nil }
        let isCounted = zip(counted, counted.dropFirst()).contains { $1.1 < $0.1 }
        guard !isCounted else { return nil }
        return finding(
            .rateLimitUncounted, "\(counted.count) calls did not make fewer calls left", about: last.0, header,
            expected: "less than \(first.1)", actual: "\(last.1)")
    }

    private func finding(
        _ rule: Rule, _ message: String, about reading: Reading, _ header: String, expected: String, actual: String
    ) -> Finding {
        Finding(
            rule,
            message,
            blame: .server,
            operation: reading.group.operation,
            contract: reading.group.contract,
            answer: reading.declared?.statusKey,
            scenario: reading.scenario,
            step: reading.step,
            exchange: reading.exchange,
            at: .header(header),
            contract: reading.declared?.header(header)?.location,
            table: reading.row,
            expected: expected,
            actual: actual
        )
    }
}
