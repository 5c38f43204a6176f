public import Diagnostics

/// What would be run: scenarios and their steps.
public struct Listing: Sendable {
    /// The scenarios in the order of the tables.
    public var scenarios: [ListedScenario]
    /// The target that decides which steps are skipped.
    public var target: String
    /// Warnings and notes about the input.
    public var diagnostics: Diagnostics

    /// A listing by its parts.
    public init(scenarios: [ListedScenario], target: String, diagnostics: Diagnostics) {
        self.scenarios = scenarios
        self.target = target
        self.diagnostics = diagnostics
    }
}

/// A scenario of a listing.
public struct ListedScenario: Sendable {
    /// Its id: the name, or `name[case]`.
    public var id: String
    /// The row that it begins with.
    public var location: SourceLocation
    /// Its tags.
    public var tags: [String]
    /// Why all of it would be skipped; `nil` when some of it would run.
    public var skipped: String?
    /// Its steps in the order of running.
    public var steps: [ListedStep]

    /// A scenario by its parts.
    public init(id: String, location: SourceLocation, tags: [String], skipped: String?, steps: [ListedStep]) {
        self.id = id
        self.location = location
        self.tags = tags
        self.skipped = skipped
        self.steps = steps
    }
}

/// A step of a listing.
public struct ListedStep: Sendable {
    /// Its name, expanded.
    public var name: String
    /// The row.
    public var location: SourceLocation
    /// What it calls.
    public var call: String
    /// The status that is expected.
    public var expect: String
    /// The words of its `tags` cell.
    public var tags: [String]
    /// How it is run, in words: `setup`, `invalid`, `poll`, …
    public var options: [String]
    /// Why it would be skipped; `nil` when it would run.
    public var skipped: String?

    /// A step by its parts.
    public init(
        name: String, location: SourceLocation, call: String, expect: String, tags: [String], options: [String],
        skipped: String?
    ) {
        self.name = name
        self.location = location
        self.call = call
        self.expect = expect
        self.tags = tags
        self.options = options
        self.skipped = skipped
    }
}
