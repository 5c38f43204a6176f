import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// What the headers of a rate limit say, with each other and over the calls of a run.
enum RateLimitRules {
    static func findings(_ promise: RateLimitPromise, _ subject: Subject) -> [Finding] {
        guard subject.operation != nil else { return [] }
        let limit = number(promise.limit, subject)
        let remaining = number(promise.remaining, subject)
        let retry = number(promise.retry, subject)
        let status = subject.message.status
        var findings: [Finding] = []
        func add(_ rule: Rule, _ header: String?, _ message: String, _ expected: String, _ actual: String) {
            let contract = header.flatMap { subject.declared?.header($0)?.location }
            findings.append(
                subject.finding(
                    rule, message, at: header.map { .header($0) } ?? .status, contract: contract, expected: expected,
                    actual: actual))
        }
        for header in [promise.limit, promise.remaining, promise.retry].compactMap({ $0 })
        where (200...299).contains(status) && subject.message.header(header).isEmpty {
            // Only where the contract knows of it: not every operation is limited.
            guard subject.declared?.header(header) != nil else { continue }
            add(.rateLimitMissing, header, "the header that tells of the limit is missing", "present", "absent")
        }
        if let remaining, remaining < 0 {
            add(.rateLimitRemaining, promise.remaining, "fewer calls than none are left", "0 or more", "\(remaining)")
        } else if let remaining, let limit, remaining > limit {
            add(
                .rateLimitRemaining, promise.remaining, "more calls are left than the limit allows",
                "\(limit) at most", "\(remaining)")
        }
        guard status == 429 else {
            if let retry, retry != 0, remaining != 0 {
                add(.rateLimitRetry, promise.retry, "a wait is asked for inside the limit", "0", "\(retry)")
            }
            return findings
        }
        if let remaining, remaining > 0 {
            add(
                .rateLimitRefused, promise.remaining, "a call was refused although calls are left", "0",
                "\(remaining)")
        }
        let after = subject.message.header("retry-after")
        let window = Int(promise.window.components.seconds)
        if let retry, retry < 1 || retry > window {
            add(
                .rateLimitWait, promise.retry, "the wait after a refusal is none", "1 to \(window) seconds",
                "\(retry)")
        } else if retry == nil, after.isEmpty {
            add(.rateLimitWait, nil, "a refusal carries no wait", promise.retry ?? "retry-after", "absent")
        }
        return findings
    }

    private static func number(_ header: String?, _ subject: Subject) -> Int? {
        guard let header else { return nil }
        let lines = subject.message.header(header)
        return lines.count == 1 ? JSONNumber(lines[0])?.int : nil
    }

    // MARK: Over time

    /// How many answers it takes to say that nobody counts.
    private static let leastAnswers = 5

    /// What all answers of a run, to the same operation with the same credentials, say together.
    static func findings(_ promise: RateLimitPromise, over subjects: [Subject]) -> [Finding] {
        var order: [String] = []
        var groups: [String: [Subject]] = [:]
        for subject in subjects {
            guard let operation = subject.operation else { continue }
            let name = "\(subject.step.contract)\n\(operation.name)\n\(subject.step.auth)"
            if groups[name] == nil { order.append(name) }
            groups[name, default: []].append(subject)
        }
        var told: Set<String> = []
        return order.compactMap { groups[$0] }.flatMap { group -> [Finding] in
            let name = group.first?.operation?.name ?? ""
            let findings = [changed(promise, group), uncounted(promise, group)].compactMap { $0 }
            return findings.filter { told.insert("\($0.rule) \(name)").inserted }
        }
    }

    private static func changed(_ promise: RateLimitPromise, _ group: [Subject]) -> Finding? {
        let limits = group.compactMap { subject in number(promise.limit, subject).map { (subject, $0) } }
        guard let first = limits.first, let other = limits.first(where: { $0.1 != first.1 }), let header = promise.limit
        else { return nil }
        return other.0.finding(
            .rateLimitChanged, "the limit was another one for \(first.0.step.name)", at: .header(header),
            contract: other.0.declared?.header(header)?.location, expected: "\(first.1)", actual: "\(other.1)")
    }

    /// Calls that follow one another inside a window, and never are fewer left.
    private static func uncounted(_ promise: RateLimitPromise, _ group: [Subject]) -> Finding? {
        guard let header = promise.remaining else { return nil }
        let counted = group.filter { $0.message.status != 429 }
            .compactMap { subject in number(header, subject).map { (subject, $0) } }
            .filter { $0.1 >= 0 && $0.1 <= number(promise.limit, $0.0) ?? .max }
            .sorted { $0.0.exchange.startedAt < $1.0.exchange.startedAt }
        guard counted.count >= leastAnswers, let first = counted.first, let last = counted.last,
            last.0.exchange.startedAt.since(first.0.exchange.startedAt) < promise.window
        else { return nil }
        let isCounted = zip(counted, counted.dropFirst()).contains { $1.1 < $0.1 }
        guard !isCounted else { return nil }
        return last.0.finding(
            .rateLimitUncounted, "\(counted.count) calls did not make fewer calls left", at: .header(header),
            contract: last.0.declared?.header(header)?.location, expected: "less than \(first.1)",
            actual: "\(last.1)")
    }
}
