package import Diagnostics

/// The requests that a run would send, in order. A dry run sends nothing.
package struct DryRun: Sendable {
    /// The scenarios in the order of the plan.
    package var scenarios: [PreviewedScenario]
    /// The seed of generated values.
    package var seed: String
    /// The target's name.
    package var target: String
    /// The address below which requests would be sent.
    package var baseURL: String
    /// Warnings and notes about the input.
    package var diagnostics: Diagnostics

    /// A dry run by its parts.
    package init(
        scenarios: [PreviewedScenario], seed: String, target: String, baseURL: String, diagnostics: Diagnostics
    ) {
        self.scenarios = scenarios
        self.seed = seed
        self.target = target
        self.baseURL = baseURL
        self.diagnostics = diagnostics
    }

    /// How many requests would be sent, repetitions aside.
    package var requests: Int {
        scenarios.flatMap(\.steps).count { if case .send = $0.action { true } else { false } }
    }
}

/// A scenario of a dry run.
package struct PreviewedScenario: Sendable {
    /// Its id.
    package var id: String
    /// The location of its first row.
    package var location: SourceLocation
    /// Its steps in the order of execution.
    package var steps: [PreviewedStep]

    /// A scenario by its parts.
    package init(id: String, location: SourceLocation, steps: [PreviewedStep]) {
        self.id = id
        self.location = location
        self.steps = steps
    }
}

/// A step of a dry run.
package struct PreviewedStep: Sendable {
    /// The action of a step. Secrets are masked, values of earlier responses are written as ‹step.path›.
    package enum Action: Sendable {
        /// A request.
        case send(method: String, url: String, headers: [(name: String, value: String)], body: String?)
        /// A pause.
        case wait(Duration)
        /// A delivery with this name is awaited.
        case delivery(String)
        /// No action, with the reason.
        case skip(String)
    }

    /// Its name, expanded.
    package var name: String
    /// The row.
    package var location: SourceLocation
    /// The action of the step.
    package var action: Action

    /// A step by its parts.
    package init(name: String, location: SourceLocation, action: Action) {
        self.name = name
        self.location = location
        self.action = action
    }
}
