public import Testing

/// One scenario of a table: an argument of a parameterised test, named after the scenario.
public struct Scenario: Sendable, Identifiable {
    /// The name, with `[case]` for a row of its data and `@version` for a second version; unique in the project.
    public let name: String
    /// The tags of its first row.
    public let tags: [String]
    /// The table, as an absolute path.
    public let file: String
    /// The line of its first row.
    public let line: Int

    let suite: ScenarioSuite

    /// The name.
    public var id: String { name }
}

extension Scenario: CustomTestStringConvertible, CustomStringConvertible {
    /// The name.
    public var description: String { name }
    /// The name.
    public var testDescription: String { name }
}

extension Scenario: CustomTestArgumentEncodable {
    /// Encodes the name, by which a test runner can select one argument to run again.
    public func encodeTestArgument(to encoder: some Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(name)
    }
}
