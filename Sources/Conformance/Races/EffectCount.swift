import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// The effects of a burst, which a list shows once it is requested.
struct EffectCount {
    /// The name of the step that sent the burst.
    let step: String
    private let promise: OneEffectPromise.Count
    private let burst: StepSubject
    private let requests: Int
    /// Whether a later request may have had another effect, so that the count is unknown.
    private var isLost = false

    /// Counts the effects of a burst; `nil` if the promise names no list for its operation.
    ///
    /// - Parameter subject: The response that shows the effect.
    init?(_ expectation: BurstExpectation, _ subject: StepSubject, requests: Int) {
        guard case .one(let terms) = expectation, let operation = subject.operation,
            let promise = terms.resource?.oneEffect?.counts.first(where: {
                $0.operation.isSame(as: operation.name)
            })
        else { return nil }
        self.promise = promise
        self.requests = requests
        burst = subject
        step = subject.step.name
    }

    /// The result of a later response.
    enum Reading {
        /// The response says nothing about the count.
        case none
        /// One effect was counted.
        case one
        /// Another number was counted.
        case other(Finding)
    }

    /// Counts in a later response of the scenario.
    mutating func reading(_ subject: StepSubject) -> Reading {
        guard !isLost, let operation = subject.operation, (200...299).contains(subject.message.status) else {
            return .none
        }
        guard operation.name.isSame(as: promise.call) else {
            if operation.name.isSame(as: promise.operation) { isLost = true }
            return .none
        }
        guard let elements = elements(of: subject) else { return .none }
        guard elements.count != 1 else { return .one }
        return .other(
            subject.finding(
                .raceCount,
                "the list shows \(elements.count) effects of the \(requests) requests that step '\(step)' sent at once",
                at: promise.items.plainPointer.map { .body($0, nil) }, clause: promise.items.text, expected: "1",
                actual: String(elements.count),
                details: ["exchange \(burst.exchange.sequence) had the effect"]))
    }

    private func elements(of subject: StepSubject) -> [JSONValue]? {
        let all: [JSONValue]
        switch promise.items.select(in: subject.view) {
        case .absent: return nil
        case .one(.array(let values), _): all = values
        case .one: return nil
        case .many(let selected, _): all = selected.compactMap(\.value)
        }
        guard let member = promise.member else { return all }
        guard let sent = sent(member) else { return nil }
        return all.filter { element in
            guard case .object(let object) = element, let value = object[member] else { return false }
            return value == sent || (value.string ?? value.text).isSame(as: (sent.string ?? sent.text))
        }
    }

    /// The value that the burst sent for a member, in its body or path.
    private func sent(_ member: String) -> JSONValue? {
        if let value = burst.view.requestBody?.root[member]?.value { return value }
        return burst.pathValues.first { $0.name.isSame(as: member) }.map { .string($0.text) }
    }

    /// The warning that no later response showed the list.
    var uncounted: Finding {
        burst.finding(
            .raceUncounted,
            "the effects were not counted: no later step received the list of \(promise.call)", blame: .table,
            clause: promise.call)
    }
}
