public import Diagnostics

/// A law: checks that apply to every exchange that meets its conditions.
public struct Law: Sendable {
    /// Its name, unique among all laws.
    public var name: String
    /// The row that defines it.
    public var location: SourceLocation
    /// The conditions, all of which must be met; an absent path does not meet them. Without conditions, the law always
    /// applies.
    public var when: [Item]
    /// The checks.
    public var checks: [Item]
    /// Free text, shown in reports.
    public var note: String

    /// Creates a law from its parts.
    public init(name: String, location: SourceLocation, when: [Item], checks: [Item], note: String = "") {
        self.name = name
        self.location = location
        self.when = when
        self.checks = checks
        self.note = note
    }
}
