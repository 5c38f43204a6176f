/// Where a project keeps its recordings, and how old they may be.
public struct Fixtures: Sendable, Equatable {
    /// The folder, relative to the project.
    public var folder = "fixtures"
    /// The age from which a recording is reported as stale; `nil` for any age.
    public var maximumAge: Duration?

    /// `fixtures/`, of any age.
    public init() {}
}
