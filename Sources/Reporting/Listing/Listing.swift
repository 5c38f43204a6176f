package import Diagnostics

/// The scenarios and steps that would be run.
package struct Listing: Sendable {
    /// The scenarios in the order of the tables.
    package var scenarios: ListedScenarios
    /// The target that decides which steps are skipped.
    package var target: String
    /// Warnings and notes about the input.
    package var diagnostics: Diagnostics

    /// A listing by its parts.
    package init(scenarios: ListedScenarios, target: String, diagnostics: Diagnostics) {
        self.scenarios = scenarios
        self.target = target
        self.diagnostics = diagnostics
    }
}

/// The scenarios of a listing in order. Each is made when it is read: the data rows of a plan can have very many.
package struct ListedScenarios: RandomAccessCollection, ExpressibleByArrayLiteral, Sendable {
    private let make: @Sendable (Int) -> ListedScenario
    /// The index of the first scenario.
    package let startIndex = 0
    /// The number of scenarios.
    package let endIndex: Int

    /// As many scenarios as `count`, each made from its index.
    package init(count: Int, _ make: @escaping @Sendable (Int) -> ListedScenario) {
        endIndex = count
        self.make = make
    }

    /// Creates a list of scenarios.
    package init(arrayLiteral scenarios: ListedScenario...) {
        self.init(count: scenarios.count) { scenarios[$0] }
    }

    /// The scenario at an index.
    package subscript(index: Int) -> ListedScenario { make(index) }
}

/// A scenario of a listing.
package struct ListedScenario: Sendable {
    /// Its id: the name, or `name[case]`.
    package var id: String
    /// The location of its first row.
    package var location: SourceLocation
    /// Its tags.
    package var tags: [String]
    /// Whether it is a session scenario, which runs once before those that use its values.
    package var isSession: Bool
    /// The identities of the session scenarios whose values it uses, in rows or as credentials.
    package var sessions: [String]
    /// The reason why all of it would be skipped; `nil` when some of it would run.
    package var skipped: String?
    /// Its steps in the order of execution.
    package var steps: [ListedStep]

    /// A scenario by its parts.
    package init(
        id: String, location: SourceLocation, tags: [String], isSession: Bool = false, sessions: [String] = [],
        skipped: String?, steps: [ListedStep]
    ) {
        self.id = id
        self.location = location
        self.tags = tags
        self.isSession = isSession
        self.sessions = sessions
        self.skipped = skipped
        self.steps = steps
    }
}

/// A step of a listing.
package struct ListedStep: Sendable {
    /// Its name, expanded.
    package var name: String
    /// The row.
    package var location: SourceLocation
    /// The operation that it calls.
    package var call: String
    /// The expected status.
    package var expect: String
    /// The words of its `tags` cell.
    package var tags: [String]
    /// The way in which it is run, in words: `setup`, `invalid`, `poll`, …
    package var options: [String]
    /// The requirements that it shows.
    package var refs: [String]
    /// The reason why it would be skipped; `nil` when it would run.
    package var skipped: String?

    /// A step by its parts.
    package init(
        name: String, location: SourceLocation, call: String, expect: String, tags: [String], options: [String],
        refs: [String] = [], skipped: String?
    ) {
        self.name = name
        self.location = location
        self.call = call
        self.expect = expect
        self.tags = tags
        self.options = options
        self.refs = refs
        self.skipped = skipped
    }
}
