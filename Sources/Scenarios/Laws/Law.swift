public import Diagnostics

/// Something that holds for every exchange to which its conditions apply.
public struct Law: Sendable {
    /// Its name, unique among all laws.
    public var name: String
    /// The row that states it.
    public var location: SourceLocation
    /// The conditions, all of which must hold; an absent path is false. Empty: always.
    public var when: [Item]
    /// What must hold then.
    public var checks: [Item]
    /// Free text, shown in reports.
    public var note: String

    /// A law from its parts.
    public init(name: String, location: SourceLocation, when: [Item], checks: [Item], note: String = "") {
        self.name = name
        self.location = location
        self.when = when
        self.checks = checks
        self.note = note
    }
}
