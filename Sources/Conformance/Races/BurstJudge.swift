import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// Judges the responses of a burst together: one is the effect, and the others repeat it or are rejected.
struct BurstJudge {
    let expectation: BurstExpectation
    /// The index of the response that shows the effect, to which the row applies; `nil` if there is none.
    let effect: Int?
    /// The indices of the responses to which the row applies, and of failures, which the row never expects.
    let ends: Set<Int>
    private let burst: Burst
    private let step: Step
    private let exchanges: [Exchange]

    /// Judges a burst; `nil` for a step that is none.
    ///
    /// - Parameter isKnown: Whether an earlier step has used the key of a request.
    init?(_ step: Step, _ views: [ExchangeView], _ promises: Promises, isKnown: (Exchange) -> Bool) {
        guard let burst = step.options.burst, views.count > 1 else { return nil }
        self.burst = burst
        self.step = step
        exchanges = views.map(\.exchange)
        expectation = BurstExpectation(step, views, promises, isKnown: isKnown)
        effect = burst.effect(in: exchanges)
        ends = Self.ends(expectation, effect, step, exchanges)
    }

    private static func ends(
        _ expectation: BurstExpectation, _ effect: Int?, _ step: Step, _ exchanges: [Exchange]
    ) -> Set<Int> {
        let failures = exchanges.indices.filter { exchanges[$0].response == nil }
        let answered = exchanges.indices.filter { exchanges[$0].response != nil }
        // A server may limit the rate of requests that are sent at once.
        let limited = answered.filter { exchanges[$0].response?.status == 429 }
        guard limited.count < answered.count else { return Set(failures + limited.prefix(1)) }
        guard case .one = expectation, step.expected.status.includesSuccess else {
            return Set(exchanges.indices).subtracting(step.expected.status.accepts(429) ? [] : limited)
        }
        return Set(failures + [effect].compactMap { $0 })
    }

    /// Whether the promises about keys and states apply to the response with this index. Of a burst with one effect, they
    /// apply only to the response that shows it.
    func appliesPromises(at index: Int) -> Bool {
        if case .one = expectation { effect == index } else { true }
    }

    /// Whether later steps refer to the response with this index.
    func isShown(_ index: Int) -> Bool { (effect ?? exchanges.firstIndex { $0.response != nil }) == index }

    /// The findings about all responses together.
    ///
    /// - Parameters:
    ///   - attempts: The responses by index.
    ///   - volatile: Paths that differ between all responses.
    func findings(_ attempts: [Int: AttemptSubject], volatile: [ItemPath]) -> [Finding] {
        switch expectation {
        case .replays, .many(isPromised: true): return []
        case .many(isPromised: false):
            guard let subject = attempts.sorted(by: { $0.key < $1.key }).first?.value.subject,
                !MethodSemantics.isSafe(subject.exchange.request.method), step.call.operation != nil
            else { return [] }
            return [
                subject.finding(
                    .raceUnjudged,
                    "\(exchanges.count) requests were sent at once, and no promise says how many effects they may have",
                    blame: .table)
            ]
        case .one(let terms):
            guard step.expected.status.includesSuccess else { return [] }
            return noEffect(attempts) + failed(attempts) + refused(attempts, terms)
                + repeated(attempts, terms, volatile)
        }
    }

    // MARK: One effect

    private func status(_ index: Int) -> Int? { exchanges[index].response?.status }

    private func noEffect(_ attempts: [Int: AttemptSubject]) -> [Finding] {
        let statuses = exchanges.indices.compactMap { status($0) }
        // A request without a response may have had the effect, and so may one that received a 5xx status.
        guard effect == nil, statuses.count == exchanges.count, !statuses.contains(where: { $0 >= 500 }),
            statuses.contains(where: { $0 != 429 }), let subject = attempts[0]?.subject
        else { return [] }
        return [
            subject.finding(
                .raceNoEffect, "none of \(exchanges.count) equal requests at once was accepted", at: .status,
                contract: subject.operation?.location, table: step.expected.status.location,
                expected: "\(step.expected.status.text) once", actual: summary)
        ]
    }

    private func failed(_ attempts: [Int: AttemptSubject]) -> [Finding] {
        let failed = exchanges.indices.filter { (status($0) ?? 0) >= 500 }
        guard let first = failed.first, let subject = attempts[first]?.subject else { return [] }
        return [
            subject.finding(
                .raceFailed,
                "the server failed for \(failed.count) of \(exchanges.count) equal requests at once" + besideEffect,
                at: .status, contract: subject.response.declared?.location ?? subject.operation?.location,
                expected: expectedOfOthers([]), actual: summary)
        ]
    }

    private func refused(_ attempts: [Int: AttemptSubject], _ terms: BurstExpectation.Terms) -> [Finding] {
        let wrong = exchanges.indices.filter { index in
            guard let status = status(index), !(200...299).contains(status), status < 500 else { return false }
            return !terms.refusals.contains(status) && !step.expected.status.accepts(status)
        }
        guard let first = wrong.first, let subject = attempts[first]?.subject else { return [] }
        return [
            subject.finding(
                .raceRefused,
                "\(wrong.count) of \(exchanges.count) equal requests at once received an unexpected rejection"
                    + besideEffect, at: .status,
                contract: subject.response.declared?.location ?? subject.operation?.location,
                expected: expectedOfOthers(terms.refusals), actual: summary)
        ]
    }

    /// The 2xx responses besides the effect: replays, or further effects.
    private func repeated(
        _ attempts: [Int: AttemptSubject], _ terms: BurstExpectation.Terms, _ volatile: [ItemPath]
    ) -> [Finding] {
        guard let effect, let first = attempts[effect] else { return [] }
        let others = exchanges.indices.filter { index in
            index != effect && status(index).map { (200...299).contains($0) } == true
        }
        var found: [Finding] = []
        var effects: [(other: AttemptSubject, finding: Finding)] = []
        for index in others {
            guard let other = attempts[index] else { continue }
            switch compare(other, with: first, terms, volatile) {
            case .equal: continue
            case .effect(let finding): effects.append((other, finding))
            case .other(let finding): found.append(finding)
            }
        }
        if var finding = effects.first?.finding {
            finding.details.append(
                "\(effects.count + 1) of \(exchanges.count) requests had an effect: exchanges "
                    + ([first.subject] + effects.map(\.other.subject)).prefix(8)
                    .map { String($0.exchange.sequence) }.joined(separator: ", "))
            found.append(finding)
        }
        return found
    }

    private enum Comparison {
        case equal
        case effect(Finding)
        case other(Finding)
    }

    private func compare(
        _ other: AttemptSubject, with first: AttemptSubject, _ terms: BurstExpectation.Terms, _ volatile: [ItemPath]
    ) -> Comparison {
        let (subject, earlier) = (other.subject, first.subject)
        let name = "exchange \(earlier.exchange.sequence), which was sent at the same time"
        if terms.hasOneKey, let flag = burst.replayed, !burst.isReplay(subject.message) {
            guard let value = subject.message.header(flag.header).first else {
                return .other(
                    subject.finding(
                        .idempotencyFlag, "the response is not marked as a replay, although it repeats \(name)",
                        at: .header(flag.header),
                        contract: subject.response.declared?.header(flag.header)?.location, expected: flag.again,
                        actual: "absent"))
            }
            return .effect(
                subject.finding(
                    .raceEffects, "the response is marked as the first one for its key, and so is that to \(name)",
                    at: .header(flag.header), expected: flag.again, actual: shown(value)))
        }
        if let expected = earlier.view.body, let actual = subject.view.body {
            let ignored = volatile + terms.except
            let differences = JSONDifference.between(expected: expected.root.value, actual: actual.root.value) {
                pointer in
                first.broken.covers(pointer) || other.broken.covers(pointer)
                    || ignored.contains { $0.leads(to: pointer) }
            }
            .filter { !SameAsRules.isExplained($0, first.broken, other.broken) }
            guard let difference = differences.first else { return .equal }
            return .effect(
                subject.finding(
                    .raceEffects, "the request had an effect of its own: its response differs from that to \(name)",
                    at: .body(difference.pointer, actual.root.nearestPosition(to: difference.pointer)),
                    expected: difference.expected?.shown ?? "absent", actual: difference.actual?.shown ?? "absent",
                    differences: differences))
        }
        if first.broken.covers(.root) || other.broken.covers(.root) { return .equal }
        if earlier.message.cut != nil || subject.message.cut != nil {
            return .other(
                subject.finding(
                    .raceUnjudged, "the body was not stored completely, so it cannot be compared with that of \(name)"))
        }
        guard earlier.message.body != subject.message.body else { return .equal }
        return .effect(
            subject.finding(
                .raceEffects, "the request had an effect of its own: its body differs from that of \(name)",
                at: .body(.root, nil), expected: "\(earlier.message.body.count) bytes",
                actual: "\(subject.message.body.count) other bytes"))
    }

    // MARK: Texts

    private var besideEffect: String {
        effect.map { "; exchange \(exchanges[$0].sequence) had the effect" } ?? ""
    }

    private func expectedOfOthers(_ refusals: [Int]) -> String {
        let statuses = refusals.isEmpty ? "a documented rejection" : refusals.map(String.init).joined(separator: " or ")
        return "the response of the effect again, or \(statuses)"
    }

    /// How often each status was received: `200 once, 409 4 times`.
    private var summary: String {
        var counts: [Int: Int] = [:]
        for exchange in exchanges { counts[exchange.response?.status ?? 0, default: 0] += 1 }
        return counts.sorted { $0.key < $1.key }.map { status, count in
            (status == 0 ? "no response" : String(status)) + (count == 1 ? " once" : " \(count) times")
        }
        .joined(separator: ", ")
    }
}

extension StatusExpectation {
    /// Whether any 2xx status is accepted.
    var includesSuccess: Bool {
        alternatives.contains { alternative in
            switch alternative {
            case .exact(let status): (200...299).contains(status)
            case .range(let hundred): hundred == 2
            }
        }
    }
}
