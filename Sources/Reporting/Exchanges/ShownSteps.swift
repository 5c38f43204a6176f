package import Exchanges

/// Steps of a journal with everything that was transmitted, as `assay show` prints them.
package struct ShownSteps: Sendable {
    /// The path of the journal.
    package var journal: String
    /// The header of the journal.
    package var run: JournalHeader
    /// The steps, in the order of the journal.
    package var steps: [Step]

    /// Steps of the journal at a path.
    package init(journal: String, run: JournalHeader, steps: [Step]) {
        self.journal = journal
        self.run = run
        self.steps = steps
    }

    /// One step.
    package struct Step: Sendable {
        /// The identity of the scenario.
        package var scenario: String
        /// The name of the step.
        package var name: String
        /// Every attempt, in the order of sending; empty if the step was skipped.
        package var exchanges: [Exchange]
        /// Why the step was skipped; `nil` if it was sent.
        package var reason: NotRun.Reason?

        /// A step of `scenario`.
        package init(scenario: String, name: String, exchanges: [Exchange], reason: NotRun.Reason? = nil) {
            self.scenario = scenario
            self.name = name
            self.exchanges = exchanges
            self.reason = reason
        }
    }
}
