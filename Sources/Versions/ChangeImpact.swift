public import Diagnostics

/// What a change does to something that uses the contract.
public enum ImpactEffect: String, Sendable, Hashable {
    /// It no longer works against the new contract.
    case breaks
    /// It uses the place that changed, and whether it still works is for the run to show.
    case touches
}

/// A row of a scenario table that uses what changed.
public struct RowImpact: Sendable, Hashable {
    /// The row.
    public var location: SourceLocation
    /// The scenario.
    public var scenario: String
    /// The step.
    public var step: String
    /// Whether the row breaks.
    public var effect: ImpactEffect
    /// Why, as the rest of a sentence about the row: "checks `id`, which was removed".
    public var reason: String
    /// The edit of the table that follows the change; `nil` where there is none.
    public var edit: String?

    /// A row and what the change does to it.
    public init(
        location: SourceLocation, scenario: String, step: String, effect: ImpactEffect, reason: String,
        edit: String? = nil
    ) {
        self.location = location
        self.scenario = scenario
        self.step = step
        self.effect = effect
        self.reason = reason
        self.edit = edit
    }
}

/// An entry of a recording that uses what changed.
public struct RecordingImpact: Sendable, Hashable {
    /// The recording.
    public var file: String
    /// The number of the entry, from 1.
    public var entry: Int
    /// Whether the entry breaks the new contract.
    public var effect: ImpactEffect
    /// Why, as the rest of a sentence about the entry.
    public var reason: String

    /// An entry and what the change does to it.
    public init(file: String, entry: Int, effect: ImpactEffect, reason: String) {
        self.file = file
        self.entry = entry
        self.effect = effect
        self.reason = reason
    }
}

/// What one change does to rows and recordings.
public struct ChangeImpact: Sendable, Hashable {
    /// The rows, those that break first.
    public var rows: [RowImpact] = []
    /// How many more rows there are.
    public var moreRows = 0
    /// The entries of recordings, those that break first.
    public var recordings: [RecordingImpact] = []
    /// How many more entries there are.
    public var moreRecordings = 0

    /// Nothing.
    public init() {}
}

/// What the changes of a comparison do to the rows and recordings of a project.
public struct ChangeImpacts: Sendable {
    /// How many rows break, each counted once.
    public var breakingRows = 0
    /// How many entries of recordings break, each counted once.
    public var breakingRecordings = 0
    /// How many edits of tables are suggested.
    public var edits = 0
    /// Whether tables or recordings were looked at; without them nothing is claimed.
    public var isKnown = false
    private var impacts: [Change: ChangeImpact]

    /// Impacts by change.
    public init(_ impacts: [Change: ChangeImpact] = [:]) {
        self.impacts = impacts
    }

    /// Nothing was looked at.
    public static let unknown = ChangeImpacts()

    /// What a change does; nothing for one that no row and no recording uses.
    public subscript(_ change: Change) -> ChangeImpact { impacts[change] ?? ChangeImpact() }
}
