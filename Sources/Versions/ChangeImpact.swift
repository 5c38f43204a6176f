public import Diagnostics

/// The effect of a change on a user of the contract.
public enum ImpactEffect: String, Sendable, Hashable {
    /// It no longer works with the new contract.
    case breaks
    /// It uses the changed place; only a run shows whether it still works.
    case touches
}

/// A row of a scenario table that uses a changed part.
public struct RowImpact: Sendable, Hashable {
    /// The row.
    public var location: SourceLocation
    /// The scenario.
    public var scenario: String
    /// The step.
    public var step: String
    /// Whether the row breaks.
    public var effect: ImpactEffect
    /// Why, as the end of a sentence about the row: "checks `id`, which was removed".
    public var reason: String
    /// The edit of the table that adapts it to the change; `nil` if there is none.
    public var edit: String?

    /// Creates an impact on a row.
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

/// An entry of a recording that uses a changed part.
public struct RecordingImpact: Sendable, Hashable {
    /// The recording.
    public var file: String
    /// The number of the entry, from 1.
    public var entry: Int
    /// Whether the entry breaks the new contract.
    public var effect: ImpactEffect
    /// Why, as the end of a sentence about the entry.
    public var reason: String

    /// Creates an impact on an entry.
    public init(file: String, entry: Int, effect: ImpactEffect, reason: String) {
        self.file = file
        self.entry = entry
        self.effect = effect
        self.reason = reason
    }
}

/// The impact of one change on rows and recordings.
public struct ChangeImpact: Sendable, Hashable {
    /// The rows, breaking ones first.
    public var rows: [RowImpact] = []
    /// The number of further rows.
    public var moreRows = 0
    /// The entries of recordings, breaking ones first.
    public var recordings: [RecordingImpact] = []
    /// The number of further entries.
    public var moreRecordings = 0

    /// Creates an empty impact.
    public init() {}
}

/// The impact of a comparison's changes on the rows and recordings of a project.
public struct ChangeImpacts: Sendable {
    /// The number of breaking rows, each counted once.
    public var breakingRows = 0
    /// The number of breaking entries of recordings, each counted once.
    public var breakingRecordings = 0
    /// The number of suggested edits of tables.
    public var edits = 0
    /// Whether tables or recordings were examined; otherwise the impact is unknown.
    public var isKnown = false
    private var impacts: [Change: ChangeImpact]

    /// Impacts by change.
    public init(_ impacts: [Change: ChangeImpact] = [:]) {
        self.impacts = impacts
    }

    /// The impact if nothing was examined.
    public static let unknown = ChangeImpacts()

    /// The impact of a change; empty if no row and no recording uses it.
    public subscript(_ change: Change) -> ChangeImpact { impacts[change] ?? ChangeImpact() }
}
