import Exchanges
import OpenAPI
import Scenarios

/// What the headers of a rate limit say over the calls of a run.
struct RateLimitOverTime {
    /// How many answers it takes to say that nobody counts.
    private static let leastAnswers = 5

    private let promise: RateLimitPromise
    private var order: [String] = []
    private var groups: [String: [Reading]] = [:]

    init(_ promise: RateLimitPromise) {
        self.promise = promise
    }

    /// What one answer says. The body that was read for judging is not kept: runs are long.
    private struct Reading {
        let scenario: Scenario
        let step: Step
        let exchange: Exchange
        let message: ResponseMessage
        let contract: Contract?
        let limit: Int?
        let remaining: Int?

        var subject: Subject {
            Subject(scenario: scenario, step: step, exchange: exchange, message: message, contract: contract)
        }
    }

    /// Takes in answers, in any order.
    mutating func add(_ subjects: [Subject]) {
        for subject in subjects {
            guard let operation = subject.operation else { continue }
            let reading = Reading(
                scenario: subject.scenario, step: subject.step, exchange: subject.exchange, message: subject.message,
                contract: subject.contract, limit: RateLimitRules.number(promise.limit, subject.message),
                remaining: RateLimitRules.number(promise.remaining, subject.message))
            guard reading.limit != nil || reading.remaining != nil else { continue }
            let name = "\(subject.step.contract)\n\(operation.name)\n\(subject.step.auth)"
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(reading)
        }
    }

    /// What all answers to the same operation with the same credentials say together.
    var findings: [Finding] {
        var told: Set<String> = []
        return order.compactMap { groups[$0] }.flatMap { group -> [Finding] in
            let name = group.first?.step.call.operation?.name ?? ""
            let findings = [changed(group), uncounted(group)].compactMap { $0 }
            return findings.filter { told.insert("\($0.rule) \(name)").inserted }
        }
    }

    private func changed(_ group: [Reading]) -> Finding? {
        let limits = group.compactMap { reading in reading.limit.map { (reading, $0) } }
        guard let first = limits.first, let other = limits.first(where: { $0.1 != first.1 }), let header = promise.limit
        else { return nil }
        let subject = other.0.subject
        return subject.finding(
            .rateLimitChanged, "the limit was another one for \(first.0.step.name)", at: .header(header),
            contract: subject.declared?.header(header)?.location, expected: "\(first.1)", actual: "\(other.1)")
    }

    /// Calls that follow one another inside a window, and never are fewer left.
    private func uncounted(_ group: [Reading]) -> Finding? {
        guard let header = promise.remaining else { return nil }
        let counted = group.filter { $0.message.status != 429 }
            .compactMap { reading in reading.remaining.map { (reading, $0) } }
            .filter { $0.1 >= 0 && $0.1 <= $0.0.limit ?? .max }
            .sorted { $0.0.exchange.startedAt < $1.0.exchange.startedAt }
        guard counted.count >= Self.leastAnswers, let first = counted.first, let last = counted.last,
            last.0.exchange.startedAt.since(first.0.exchange.startedAt) < promise.window
        else { return nil }
        let isCounted = zip(counted, counted.dropFirst()).contains { $1.1 < $0.1 }
        guard !isCounted else { return nil }
        let subject = last.0.subject
        return subject.finding(
            .rateLimitUncounted, "\(counted.count) calls did not make fewer calls left", at: .header(header),
            contract: subject.declared?.header(header)?.location, expected: "less than \(first.1)",
            actual: "\(last.1)")
    }
}
