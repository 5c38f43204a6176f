package import Primitives

/// The periods in which the target was ill, and how much of the run was not judged because of them.
package struct TargetIllness: Sendable, Equatable {
    /// The periods, in order of time; at least one.
    package var periods: [Period]
    /// The steps that were not judged: those in a period, and those that depend on them.
    package var unjudgedSteps: Set<FindingGroup.StepPlace>
    /// The steps of the run without those that were skipped on purpose; at least 1.
    package var steps: Int

    /// A time in which every request failed.
    package struct Period: Sendable, Equatable {
        /// The beginning of the first failed request.
        package var first: Instant
        /// The end of the last failed request.
        package var last: Instant
        /// The requests of the period that are not judged.
        package var exchanges: Int
        /// The names of their operations, in the order of their first requests.
        package var operations: [String]
        /// The failures of the requests, the most frequent one first: `status 503`, `connectionRefused`.
        package var symptoms: [Symptom]
    }

    /// A status or a class of transport failures, and its number.
    package struct Symptom: Sendable, Equatable {
        /// Its name: `status 503`, `connectionRefused`.
        package var name: String
        /// How many requests received it.
        package var count: Int
    }

    /// The illness of `periods`.
    package init(periods: [Period], unjudgedSteps: Set<FindingGroup.StepPlace>, steps: Int) {
        self.periods = periods
        self.unjudgedSteps = unjudgedSteps
        self.steps = steps
    }

    /// The number of steps that were not judged.
    package var unjudged: Int { unjudgedSteps.count }

    /// The share of steps that were not judged, in percent, 0 to 100.
    package var share: Double { Double(unjudged) / Double(max(1, steps)) * 100 }
}

extension TargetIllness.Period {
    /// The finding about the period: it is reported once, whatever the number of its requests.
    ///
    /// - Parameter unjudged: The steps that were not judged in the whole run.
    func finding(unjudged: Int) -> Finding {
        let listed = symptoms.map { "\($0.name): \($0.count)" }.joined(separator: ", ")
        return Finding(
            .targetIll,
            "the target was ill from \(first) to \(last): \(plural(exchanges, "request")) of "
                + "\(plural(operations.count, "operation")) failed (\(listed)); "
                + "\(plural(unjudged, "step")) of the run \(unjudged == 1 ? "was" : "were") not judged",
            blame: .transport,
            clause: first.description,
            details: [
                "operations: " + operations.prefix(6).joined(separator: ", ") + (operations.count > 6 ? ", …" : "")
            ]
        )
    }
}

extension Verdict {
    /// Whether every step that was not run is one that the illness of the target left unjudged, in the scenario at
    /// `index`.
    package func isLeftByIllness(_ index: Int) -> Bool {
        guard let illness else { return false }
        let scenario = scenarios[index]
        return scenario.outcome == .notRun
            && scenario.steps.indices.allSatisfy { step in
                scenario.steps[step].outcome != .notRun
                    || illness.unjudgedSteps.contains(FindingGroup.StepPlace(scenario: index, step: step))
            }
    }
}
