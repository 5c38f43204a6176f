import AssayTesting
import Testing

@Test(arguments: try Scenarios(in: "."))
func scenario(_ scenario: Scenario) async throws { try await verify(scenario) }
