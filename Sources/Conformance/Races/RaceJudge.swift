import Diagnostics
import Exchanges
import OpenAPI
import Scenarios

/// Judges two steps that were sent at once: their responses must agree with one order of the two requests.
///
/// In `expect` of each row, the first status is that of the step that comes first. The others are those of the step that
/// comes second; a single status is the same in both orders.
struct RaceJudge {
    private let first: StepSubject
    private let second: StepSubject

    /// - Parameters:
    ///   - first: The response to the first of the two rows.
    ///   - second: The response to the second one.
    init(_ first: StepSubject, _ second: StepSubject) {
        self.first = first
        self.second = second
    }

    /// Whether a response is that of a step that came second. Checks describe the step that comes first.
    static func cameSecond(_ step: Step, _ exchange: Exchange) -> Bool {
        guard step.options.race != nil, let status = exchange.response?.status else { return false }
        return !comesFirst(step, status) && comesSecond(step, status)
    }

    private static func comesFirst(_ step: Step, _ status: Int) -> Bool {
        // Without a cell, all documented successes are expected in both orders.
        guard !step.expected.status.isDefault else { return step.expected.status.accepts(status) }
        return step.expected.status.alternatives.first?.accepts(status) ?? false
    }

    private static func comesSecond(_ step: Step, _ status: Int) -> Bool {
        let alternatives = step.expected.status.alternatives
        guard alternatives.count > 1, !step.expected.status.isDefault else {
            return step.expected.status.accepts(status)
        }
        return alternatives.dropFirst().contains { $0.accepts(status) }
    }

    private var keepsOrder: Bool {
        Self.comesFirst(first.step, first.message.status) && Self.comesSecond(second.step, second.message.status)
    }

    private var reversesOrder: Bool {
        Self.comesFirst(second.step, second.message.status) && Self.comesSecond(first.step, first.message.status)
    }

    /// Whether both requests were accepted.
    var areBothAccepted: Bool { Self.isAccepted(first) && Self.isAccepted(second) }

    private static func isAccepted(_ subject: StepSubject) -> Bool { (200...299).contains(subject.message.status) }

    /// The names of the steps whose response may be the state after the race: in each possible order, the last one that
    /// was accepted.
    var finals: [String] {
        var finals: [String] = []
        if keepsOrder { finals.append((Self.isAccepted(second) ? second : first).step.name) }
        if reversesOrder { finals.append((Self.isAccepted(first) ? first : second).step.name) }
        return finals.count == 2 && finals[0] == finals[1] ? [finals[0]] : finals
    }

    /// The finding about the two responses; `nil` if they agree with an order, or if one of them has a finding of its
    /// own.
    var finding: Finding? {
        guard !keepsOrder, !reversesOrder, StatusRules.accepts(first), StatusRules.accepts(second) else { return nil }
        let what =
            areBothAccepted
            ? "both were accepted"
            : !Self.isAccepted(first) && !Self.isAccepted(second) ? "both were rejected" : "neither order gives them"
        func received(_ subject: StepSubject) -> String { "\(subject.message.status) for '\(subject.step.name)'" }
        return second.finding(
            .raceSerial,
            "the responses agree with no order of '\(first.step.name)' (exchange \(first.exchange.sequence)) and "
                + "'\(second.step.name)' (exchange \(second.exchange.sequence)): \(what)",
            at: .status, contract: second.operation?.location, table: second.step.expected.status.location,
            expected: "the first status of `expect` for one of them, and another status for the other one",
            actual: "\(received(first)), \(received(second))")
    }
}
