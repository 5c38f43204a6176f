import AssayTesting
import Testing

/// The shipped scenarios of both versions, run with the library as its users run theirs.
@Suite("Shipped scenarios")
struct ShippedScenarioTests {
    @Test("the shipped scenarios pass on the mock", arguments: try Scenarios(in: "."))
    func mock(_ scenario: Scenario) async throws { try await verify(scenario) }

    @Test("the shipped scenarios pass on the committed recordings", arguments: try Scenarios(in: ".", on: .fixtures))
    func fixtures(_ scenario: Scenario) async throws { try await verify(scenario) }
}
