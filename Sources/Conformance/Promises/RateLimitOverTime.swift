import Exchanges
import OpenAPI
import Scenarios

/// Judges the rate limit headers over all requests of a run.
///
/// Runs are long: only the few responses that a finding would be about are kept, and remaining counts only until one
/// goes down.
struct RateLimitOverTime {
    private let promise: RateLimitPromise
    private var groups: [Group: LimitReadings] = [:]

    init(_ promise: RateLimitPromise) {
        self.promise = promise
    }

    /// The requests that are counted together.
    private struct Group: Hashable {
        let contract: String
        let operation: String
        let auth: AuthCase
    }

    /// Adds the responses of one scenario, which has a `place` in the plan.
    mutating func add(_ subjects: [StepSubject], of place: Int) {
        // In a scenario that moves the clock, windows are shorter than the times of its requests show.
        guard subjects.first?.scenario.options.usesClock != true else { return }
        // The order of requests that were sent at once is unknown, and so is that of their counts.
        for (index, subject) in subjects.enumerated()
        where subject.exchange.hop == 0 && !subject.exchange.position.isConcurrent {
            guard let operation = subject.operation else { continue }
            let limit = RateLimitRules.number(promise.limit, subject.message)
            let remaining = RateLimitRules.number(promise.remaining, subject.message)
            guard limit != nil || remaining != nil else { continue }
            let group = Group(
                contract: subject.step.contract, operation: operation.name, auth: subject.step.request.auth)
            let reading = LimitReading(
                order: LimitReading.Order(place: place, index: index), scenario: subject.scenario.id,
                step: subject.step, declared: subject.response.declared, exchange: subject.exchange.sequence,
                startedAt: subject.exchange.startedAt, limit: limit, remaining: remaining)
            groups[group, default: LimitReadings(window: promise.window)].add(
                reading, isRefusal: subject.message.status == 429)
        }
    }

    /// The findings about all responses of the same operation with the same credentials.
    var findings: [Finding] {
        // The findings must not depend on the order in which scenarios end.
        let ordered = groups.sorted { $0.value.firstOrder < $1.value.firstOrder }
        var reported: Set<String> = []
        return ordered.flatMap { group, readings -> [Finding] in
            let findings = [changed(readings, group), uncounted(readings, group)].compactMap { $0 }
            return findings.filter { reported.insert("\($0.rule) \(group.operation)").inserted }
        }
    }

    private func changed(_ readings: LimitReadings, _ group: Group) -> Finding? {
        guard let header = promise.limit, let first = readings.firstLimit, let other = readings.otherLimit else {
            return nil
        }
        return finding(
            .rateLimitChanged, "the limit differs from that of step '\(first.step.name)'", about: other, group, header,
            expected: first.limit.map { "\($0)" }, actual: other.limit.map { "\($0)" })
    }

    private func uncounted(_ readings: LimitReadings, _ group: Group) -> Finding? {
        guard let header = promise.remaining, let (first, last, count) = readings.uncounted else { return nil }
        // The count cannot go below none left: then the next request should have been rejected.
        if first.remaining == 0 {
            return finding(
                .rateLimitUncounted, "the limit is not enforced: \(count) requests were accepted with none left",
                about: last, group, header, expected: "status 429 (RFC 6585, section 4), or requests left",
                actual: last.remaining.map { "\($0) left, and accepted" })
        }
        return finding(
            .rateLimitUncounted, "the remaining count does not go down over \(count) requests", about: last, group,
            header,
            expected: first.remaining.map { "less than \($0)" }, actual: last.remaining.map { "\($0)" })
    }

    private func finding(
        _ rule: Rule, _ message: String, about reading: LimitReading, _ group: Group, _ header: String,
        expected: String?, actual: String?
    ) -> Finding {
        Finding(
            rule,
            message,
            blame: .server,
            operation: group.operation,
            contract: group.contract,
            answer: reading.declared?.statusKey,
            scenario: reading.scenario,
            step: reading.step.name,
            exchange: reading.exchange,
            at: .header(header),
            contract: reading.declared?.header(header)?.location,
            table: reading.step.location,
            expected: expected,
            actual: actual
        )
    }
}
