import Testing

@testable import Versions

/// Every rule has a case with its message, its place, its severities and its locations.
@Suite struct EveryRuleTests {
    /// Rules that need more than two smallest documents; the suites in parentheses have their cases.
    private static let elsewhere: Set<String> = [
        // BoundTests.
        "comparison.undecided", "schema-undecided",
        // IgnoreListTests.
        "ignore.unmatched", "ignore.expired",
        // Alternatives of `anyOf` never become ambiguous, so nothing gives this.
        "any-of-undecided",
        // SchemaCases of `schemas.yaml`: lists of alternatives that overlap.
        "one-of-undecided",
    ]

    @Test("every rule for operations, messages and the contract has a case")
    func messages() {
        let cases =
            ParameterChangeTests.cases + MessageChangeTests.cases + OperationChangeTests.cases
            + SecurityChangeTests.cases + ContractChangeTests.cases + OutgoingChangeTests.cases
        let tested = Set(cases.flatMap(\.rules))
        let rules = ChangeRule.messageRules + ChangeRule.operationRules + ChangeRule.contractRules
        #expect(rules.count > 100)
        #expect(rules.map(\.id).filter { !tested.contains($0) && !Self.elsewhere.contains($0) } == [])
    }

    @Test("every edit of a schema has a case")
    func schemas() {
        let cases =
            TypeAndValueEditTests.cases + BoundEditTests.cases + ArrayAndLogicEditTests.cases + ObjectEditTests.cases
            + AnnotationEditTests.cases
        let tested = Set(cases.flatMap(\.rules))
        let edits = ChangeRule.schemaEdits(inProperties: true)
        #expect(edits.count > 150)
        #expect(edits.map(\.name).filter { !tested.contains($0) && !Self.elsewhere.contains($0) } == [])
    }
}
