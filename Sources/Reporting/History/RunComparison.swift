/// The differences between two reports of runs.
package struct RunComparison: Sendable, Equatable {
    /// The first report.
    package let before: ComparedReport
    /// The second report.
    package let after: ComparedReport
    /// Steps that fail in the second report, and not in the first one.
    package private(set) var newlyFailing: [ComparedReport.Step] = []
    /// Steps that fail in the first report, and pass in the second one.
    package private(set) var newlyFixed: [ComparedReport.Step] = []
    /// Steps that fail in both.
    package private(set) var stillFailing: [ComparedReport.Step] = []
    /// Steps that the first report judged, and the second one did not: skipped there, or missing.
    package private(set) var lost: [ComparedReport.Step] = []
    /// Steps of the second report that the first one did not judge.
    package private(set) var added: [ComparedReport.Step] = []
    /// Causes of failures that only the second report has.
    package private(set) var newCauses: [ComparedReport.Cause] = []
    /// Causes of failures that only the first report has.
    package private(set) var goneCauses: [ComparedReport.Cause] = []

    /// Compares two reports step by step, by the names of scenarios and steps.
    package init(_ before: ComparedReport, _ after: ComparedReport) {
        self.before = before
        self.after = after
        let old = Dictionary(before.steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let new = Dictionary(after.steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        for step in after.steps where step.isJudged {
            let earlier = old[step.name]
            if earlier?.isJudged != true { added.append(step) }
            switch (earlier?.outcome, step.outcome) {
            case ("failed", "failed"): stillFailing.append(step)
            case (_, "failed"): newlyFailing.append(step)
            case ("failed", "passed"): newlyFixed.append(step)
            default: break
            }
        }
        lost = before.steps.filter { $0.isJudged && new[$0.name]?.isJudged != true }
        let oldCauses = Set(before.causes.map(\.fingerprint))
        let newFingerprints = Set(after.causes.map(\.fingerprint))
        newCauses = after.causes.filter { !oldCauses.contains($0.fingerprint) }
        goneCauses = before.causes.filter { !newFingerprints.contains($0.fingerprint) }
    }

    /// Whether the second report has a failure that the first one does not have, or lacks a judged step.
    package var isWorse: Bool { !newlyFailing.isEmpty || !newCauses.isEmpty || !lost.isEmpty }
}

/// A JSON report of a run, as far as it is compared.
package struct ComparedReport: Sendable, Equatable {
    /// The path of the report.
    package var path: String
    /// When the run began; empty for a report of a command that judged nothing.
    package var startedAt: String
    /// The name of the target.
    package var target: String
    /// The steps, in the order of the report.
    package var steps: [Step]
    /// The causes of failures.
    package var causes: [Cause]

    /// A step of a report.
    package struct Step: Sendable, Equatable {
        /// The scenario and the step.
        package var name: RunTrend.StepName
        /// `passed`, `failed`, `notRun` or `skipped`.
        package var outcome: String
        /// The rules and places of its errors: `body.type /items/0`.
        package var errors: [String]

        /// Whether the report contains a judgement of the step.
        package var isJudged: Bool { outcome == "passed" || outcome == "failed" }
    }

    /// A cause of failures.
    package struct Cause: Sendable, Equatable {
        /// The stable name of rule and place.
        package var fingerprint: String
        /// The rule.
        package var rule: String
        /// The operation and the place, as far as there are any.
        package var place: String
        /// The message of the first case.
        package var message: String
    }
}
