import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// The keys that the requests of one scenario used, and the responses to them.
struct IdempotencyWatch {
    private struct Use {
        var step: String
        var operation: String
        var method: String
        var path: String
        var query: String?
        var sent: JSONDocument?
        var bytes: [UInt8]
        var status: Int
        /// The number of the exchange.
        var sequence: Int
        var body: JSONDocument?
        var broken: BrokenPlaces
    }

    private let promise: IdempotencyPromise
    /// The first use of each key whose response must be repeated.
    private var kept: [String: Use] = [:]
    /// Keys of requests that may or may not have been processed.
    private var unsure: Set<String> = []
    /// Whether a response was compared with the one to an earlier request with the same key.
    private(set) var hasCompared = false

    init(_ promise: IdempotencyPromise) {
        self.promise = promise
    }

    /// Whether an earlier response is kept for the key of a request.
    func isKnown(_ exchange: Exchange) -> Bool {
        guard let key = key(of: exchange.request), let operation = exchange.operation else { return false }
        return kept[scoped(key, operation)] != nil
    }

    mutating func failed(_ exchange: Exchange) {
        if let key = key(of: exchange.request), let operation = exchange.operation {
            unsure.insert(scoped(key, operation))
        }
    }

    /// Forgets the responses so far: the promise does not say how long a key is known.
    mutating func clockMoved() {
        unsure.formUnion(kept.keys)
        kept = [:]
    }

    /// The findings about a response, and whether it should repeat an earlier one.
    mutating func findings(
        at subject: StepSubject, volatile: [ItemPath], broken: BrokenPlaces
    ) -> (isReplay: Bool, findings: [Finding]) {
        guard let operation = subject.operation else { return (false, []) }
        guard let key = key(of: subject.exchange.request) else {
            return (false, flag(subject, isReplay: false, "although the request has no key"))
        }
        let name = scoped(key, operation.name)
        guard let first = kept[name] else {
            return (false, firstUse(subject, operation, key, name, broken))
        }
        // Credentials and rate limits may be checked before keys.
        guard ![401, 403, 429].contains(subject.message.status), subject.message.status < 500,
            !subject.lacksCredentials
        else { return (false, []) }
        guard isSame(first, subject) else {
            if !promise.conflicts.isEmpty { hasCompared = true }
            return (false, reuse(subject, first))
        }
        // Whether the query belongs to the request depends on the server: either response is correct.
        guard (first.query ?? "").isSame(as: (subject.exchange.request.query ?? "")) else {
            return (false, [])
        }
        hasCompared = true
        return (true, replay(subject, first, volatile, broken))
    }

    private mutating func firstUse(
        _ subject: StepSubject, _ operation: OpenAPI.Operation, _ key: String, _ name: String, _ broken: BrokenPlaces
    ) -> [Finding] {
        let status = subject.message.status
        let isUnsure = unsure.contains(name)
        guard ![401, 403, 429].contains(status), status < 500 else {
            if status >= 500 { unsure.insert(name) }
            return []
        }
        let request = subject.exchange.request
        let elsewhere = kept.filter { $0.key.isSame(as: scoped(key, $0.value.operation)) }.map(\.value)
            .sorted { $0.sequence < $1.sequence }
        kept[name] = Use(
            step: subject.step.name, operation: operation.name, method: request.method, path: request.path,
            query: request.query, sent: subject.view.requestBody, bytes: request.body ?? [], status: status,
            sequence: subject.exchange.sequence, body: subject.view.body, broken: broken)
        guard !isUnsure else { return [] }
        let uses = elsewhere.map { "\($0.operation), by step '\($0.step)'" }
        let why =
            uses.isEmpty
            ? "although its key is new" : "although its key was used only for \(uses.joined(separator: ", and "))"
        return flag(subject, isReplay: false, why)
    }

    /// The same key and the same request: the first response again.
    private func replay(
        _ subject: StepSubject, _ first: Use, _ volatile: [ItemPath], _ broken: BrokenPlaces
    ) -> [Finding] {
        guard subject.message.status == first.status else {
            return [
                subject.finding(
                    .idempotencyReplay,
                    "step '\(first.step)' received status \(first.status) for the same key and request",
                    at: .status,
                    contract: subject.response.declared?.location,
                    expected: String(first.status),
                    actual: String(subject.message.status)
                )
            ]
        }
        var findings = flag(subject, isReplay: true, "although it repeats step '\(first.step)'")
        if let expected = first.body, let actual = subject.view.body {
            let differences = JSONDifference.between(expected: expected.root.value, actual: actual.root.value) {
                pointer in
                broken.covers(pointer) || first.broken.covers(pointer) || volatile.contains { $0.leads(to: pointer) }
            }
            .filter { !SameAsRules.isExplained($0, broken, first.broken) }
            if let difference = differences.first {
                findings.append(
                    subject.finding(
                        .idempotencyReplay,
                        "the response differs from that of step '\(first.step)', which sent the same key and request",
                        at: .body(difference.pointer, actual.root.nearestPosition(to: difference.pointer)),
                        expected: difference.expected?.shown ?? "absent",
                        actual: difference.actual?.shown ?? "absent",
                        differences: differences
                    ))
            }
        }
        return findings
    }

    /// The same key and another request: rejected.
    private func reuse(_ subject: StepSubject, _ first: Use) -> [Finding] {
        let status = subject.message.status
        guard !promise.conflicts.isEmpty, !promise.conflicts.contains(status), !subject.step.options.isInvalid,
            !(StatusRules.accepts(subject) && status >= 400)
        else { return [] }
        let conflicts = promise.conflicts.map(String.init).joined(separator: " or ")
        let what = (200...299).contains(status) ? "was accepted" : "received status \(status)"
        return [
            subject.finding(
                .idempotencyConflict,
                "a different request with the key of step '\(first.step)' \(what)",
                at: .status,
                contract: subject.response.declared?.location ?? subject.operation?.location,
                expected: conflicts,
                actual: String(status)
            )
        ]
    }

    /// The replay header against the response.
    private func flag(_ subject: StepSubject, isReplay: Bool, _ why: String) -> [Finding] {
        guard let flag = promise.replayed, !(isReplay && (200...499).contains(subject.message.status) == false) else {
            return []
        }
        let lines = subject.message.header(flag.header)
        guard let value = lines.first else {
            guard isReplay else { return [] }
            return [wrong(subject, flag, "the response is not marked as a replay, \(why)", flag.again, "absent")]
        }
        if isReplay, !value.isSame(as: flag.again) {
            return [wrong(subject, flag, "the response is not marked as a replay, \(why)", flag.again, value)]
        }
        if !isReplay, value.isSame(as: flag.again) {
            return [wrong(subject, flag, "the response is marked as a replay, \(why)", flag.first, value)]
        }
        return []
    }

    private func wrong(
        _ subject: StepSubject, _ flag: IdempotencyPromise.Flag, _ message: String, _ expected: String, _ actual: String
    ) -> Finding {
        subject.finding(
            .idempotencyFlag,
            message,
            at: .header(flag.header),
            contract: subject.response.declared?.header(flag.header)?.location,
            expected: expected,
            actual: shown(actual)
        )
    }

    private func key(of request: RequestMessage) -> String? {
        guard promise.methods.contains(request.method) else { return nil }
        return request.header(promise.header).first.flatMap { $0.isEmpty ? nil : $0 }
    }

    private func scoped(_ key: String, _ operation: String) -> String {
        promise.isPerOperation ? "\(operation)\n\(key)" : key
    }

    private func isSame(_ first: Use, _ subject: StepSubject) -> Bool {
        let request = subject.exchange.request
        guard first.method.isSame(as: request.method), first.path.isSame(as: request.path)
        else { return false }
        if first.bytes == request.body ?? [] { return true }
        guard let one = first.sent, let other = subject.view.requestBody else { return false }
        return JSONDifference.between(expected: one.root.value, actual: other.root.value).isEmpty
    }
}
