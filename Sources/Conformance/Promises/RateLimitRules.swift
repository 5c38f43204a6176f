import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// The rate limit headers of one response against each other.
enum RateLimitRules {
    /// Whether a response has one of the headers, or must have it.
    static func applies(_ promise: RateLimitPromise, _ subject: StepSubject) -> Bool {
        guard subject.operation != nil else { return false }
        if subject.message.status == 429 { return true }
        let isSuccess = (200...299).contains(subject.message.status)
        return [promise.limit, promise.remaining, promise.retry].compactMap { $0 }.contains { header in
            !subject.message.header(header).isEmpty
                || isSuccess && subject.response.declared?.header(header) != nil
        }
    }

    static func findings(_ promise: RateLimitPromise, _ subject: StepSubject) -> [Finding] {
        guard subject.operation != nil else { return [] }
        let limit = number(promise.limit, subject.message)
        let remaining = number(promise.remaining, subject.message)
        let retry = number(promise.retry, subject.message)
        let status = subject.message.status
        var findings: [Finding] = []
        func add(_ rule: Rule, _ header: String?, _ message: String, _ expected: String, _ actual: String) {
            let contract = header.flatMap { subject.response.declared?.header($0)?.location }
            findings.append(
                subject.finding(
                    rule, message, at: header.map { .header($0) } ?? .status, contract: contract, expected: expected,
                    actual: actual))
        }
        for header in [promise.limit, promise.remaining, promise.retry].compactMap({ $0 })
        where (200...299).contains(status) && subject.message.header(header).isEmpty {
            // Only where the contract declares it: not every operation is limited.
            guard subject.response.declared?.header(header) != nil else { continue }
            add(.rateLimitMissing, header, "the rate limit header is missing", "present", "absent")
        }
        if let remaining, remaining < 0 {
            add(.rateLimitRemaining, promise.remaining, "the remaining count is negative", "0 or more", "\(remaining)")
        } else if let remaining, let limit, remaining > limit {
            add(
                .rateLimitRemaining, promise.remaining, "the remaining count is above the limit",
                "at most \(limit)", "\(remaining)")
        }
        guard status == 429 else {
            if let retry, retry != 0, remaining != 0 {
                add(.rateLimitRetry, promise.retry, "a wait is required although requests are left", "0", "\(retry)")
            }
            return findings
        }
        if let remaining, remaining > 0 {
            add(
                .rateLimitRefused, promise.remaining, "a request was rejected although requests are left", "0",
                "\(remaining)")
        }
        let after = subject.message.header("retry-after")
        let window = Int(promise.window.components.seconds)
        if let retry, retry < 1 || retry > window {
            add(
                .rateLimitWait, promise.retry, "the wait after a rejection is out of range", "1 to \(window) seconds",
                "\(retry)")
        } else if retry == nil, after.isEmpty {
            add(
                .rateLimitWait, nil, "a rejection does not say how long to wait", promise.retry ?? "retry-after",
                "absent")
        }
        return findings
    }

    static func number(_ header: String?, _ message: ResponseMessage) -> Int? {
        guard let header else { return nil }
        let lines = message.header(header)
        return lines.count == 1 ? JSONNumber(lines[0])?.int : nil
    }
}
