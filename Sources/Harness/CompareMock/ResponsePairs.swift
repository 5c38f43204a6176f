import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Reporting
import Scenarios

/// The responses of a server and of the mock to the same rows.
struct ResponsePairs {
    private let plan: Plan
    private let received: [StepName: Exchange]
    private let mocked: [StepName: MockedStep]
    private let states: Set<String>

    init(_ plan: Plan, _ journal: Journal, _ mocked: [StepName: MockedStep], _ session: PlannedSession) {
        self.plan = plan
        self.mocked = mocked
        states = session.stateNames
        // The last attempt of a step is that of its row.
        received = Dictionary(
            journal.exchanges.sorted { $0.sequence < $1.sequence }.map {
                (StepName(scenario: $0.scenario, step: $0.step), $0)
            }, uniquingKeysWith: { $1 })
    }

    /// The differences in the order of the plan; counts what was compared in `comparison`.
    func observed(_ comparison: inout MockComparison) -> [ObservedDifference] {
        var found = DifferenceList()
        var left: [(reason: String, count: Int, first: StepName)] = []
        for scenario in plan.scenarios {
            var isAfterRace = false
            for step in scenario.steps {
                let name = StepName(scenario: scenario.id, step: step.name)
                guard let exchange = received[name] else { continue }
                let mocked = mocked[name]
                isAfterRace = isAfterRace || step.options.race != nil
                if let reason = chance(step, isAfterRace) ?? reason(exchange, mocked) {
                    if let index = left.firstIndex(where: { $0.reason == reason }) {
                        left[index].count += 1
                    } else {
                        left.append((reason, 1, name))
                    }
                } else if let sandbox = exchange.response, let mock = mocked?.exchange?.response {
                    var comparer = ResponseComparer(step, states: states)
                    comparer.compare(sandbox, mock)
                    comparison.compared += 1
                    if comparer.found.isEmpty { comparison.equal += 1 }
                    for one in comparer.found {
                        let sample = ObservedDifference.Sample(
                            step: name, request: exchange.request, sandbox: one.sandbox, mock: one.mock,
                            body: ResponseComparer.json(sandbox), situation: mocked?.situation, mockStatus: mock.status)
                        found.add(one, sample, of: step, status: sandbox.status)
                    }
                }
            }
        }
        comparison.notCompared = left.map {
            MockComparison.NotCompared(reason: $0.reason, count: $0.count, first: $0.first.shown)
        }
        return found.differences
    }

    /// Why chance decides the response to a step, so that two correct servers may differ; `nil` if it does not.
    private func chance(_ step: Step, _ isAfterRace: Bool) -> String? {
        if step.options.burst != nil { return "its requests are sent at once, and chance decides which is the effect" }
        if step.options.race != nil { return "two rows are sent at once, and chance decides which is first" }
        return isAfterRace ? "two rows before it were sent at once, and chance decided which was first" : nil
    }

    /// Why one of the two responses is missing; `nil` if both are there.
    private func reason(_ exchange: Exchange, _ mocked: MockedStep?) -> String? {
        if let failure = exchange.outcome.failure { return "the run has no response: \(failure.message)" }
        guard exchange.response == nil || mocked?.exchange?.response == nil else { return nil }
        return mocked?.reason.map { "the mock received no request: \($0)" } ?? "the mock received no request"
    }
}

/// Differences, those of one place together.
private struct DifferenceList {
    private(set) var differences: [ObservedDifference] = []
    private var places: [ObservedDifference.Key: Int] = [:]

    mutating func add(
        _ one: ResponseComparer.Found, _ sample: ObservedDifference.Sample, of step: Step, status: Int
    ) {
        let key = ObservedDifference.Key(
            contract: step.contract, operation: step.call.text, status: status, place: one.place)
        if let place = places[key] {
            differences[place].samples.append(sample)
        } else {
            places[key] = differences.count
            differences.append(
                ObservedDifference(
                    key: key, kind: one.kind, document: one.document, operation: step.call.operation,
                    samples: [sample]))
        }
    }
}

extension StepName {
    /// The name as reports print it.
    var shown: String { "\(scenario) › \(step)" }
}

extension ObservedDifference {
    /// The difference as reports show it: at most two values of each side.
    var reported: MockComparison.Difference {
        MockComparison.Difference(
            contract: key.contract, operation: key.operation, status: key.status, place: key.place.text,
            document: document, sandbox: text(samples.map(\.sandbox)), mock: text(samples.map(\.mock)),
            count: samples.count, first: samples[0].step.shown)
    }

    /// The values of one side. Where only their kind counts, one example of each kind.
    private func text(_ values: [JSONValue?]) -> String {
        var texts: [String] = []
        for value in values {
            let text: String
            switch (value, kind) {
            case (nil, _): text = "absent"
            case (let value?, .kind): text = "\(value.kind.name) \(short(value))"
            case (let value?, _): text = short(value)
            }
            if !texts.contains(where: { $0.isSame(as: text) }) { texts.append(text) }
        }
        return texts.prefix(2).joined(separator: " or ") + (texts.count > 2 ? " or …" : "")
    }

    private func short(_ value: JSONValue) -> String {
        switch key.place {
        case .status: value.text
        case .header, .mediaType: value.string ?? value.text
        case .body: value.kind == .object || value.kind == .array ? (value.kind == .object ? "{…}" : "[…]") : value.text
        }
    }
}
