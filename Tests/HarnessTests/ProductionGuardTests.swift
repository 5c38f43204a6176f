import Diagnostics
import Foundation
import OpenAPI
import Project
import Scenarios
import Testing

@testable import Harness

@Suite("Production")
struct ProductionGuardTests {
    private func reason(_ servers: String, _ target: Target) async throws -> String? {
        try await withShippedProject { project in
            try project.write(
                """
                openapi: 3.0.3
                info: {title: t, version: '1'}
                servers:
                \(servers)
                paths: {}
                """, to: "s.yaml")
            var choice = ContractChoice()
            choice.spec = "s.yaml"
            let loaded = try Workspace.open(project.root.path).contracts(choice)
            var guarding = ProductionGuard(loaded.contracts.all)
            guarding.addresses = { $0.text == "api.acme.io" ? [HostName("198.51.100.7")].compactMap { $0 } : [] }
            return guarding.reason(target)
        }
    }

    private func live(_ url: String, production: Bool? = nil) -> Target {
        Target(name: "t", kind: .live(baseURL: url), production: production)
    }

    @Test(
        "the contract's production server is known in any spelling",
        arguments: [
            "https://api.acme.io/v1", "https://API.ACME.IO/other", "http://api.acme.io.:8443", "https://198.51.100.7",
            "https://3325256711",
        ])
    func spellings(url: String) async throws {
        let servers = "  - {url: 'https://sandbox.acme.io'}\n  - {url: 'https://u@api.acme.io:443/v1'}"
            .replacingOccurrences(of: "u@", with: "")
        #expect(try await reason(servers, live(url))?.contains("s.yaml:5") == true)
    }

    @Test(
        "places for trying things out are not production",
        arguments: [
            ("  - {url: 'https://sandbox.acme.io'}", "https://sandbox.acme.io"),
            ("  - {url: 'https://api-test.acme.io'}", "https://api-test.acme.io"),
            ("  - {url: 'https://a.acme.io', description: Sandbox}", "https://a.acme.io"),
            ("  - {url: 'https://a.acme.io', description: Non-production use}", "https://a.acme.io"),
            ("  - {url: 'http://localhost:80'}", "http://localhost:8080"),
            ("  - {url: 'http://127.0.0.1'}", "http://127.0.0.1:8080"),
            ("  - {url: '/v1'}", "https://api.acme.io"),
            ("  - {url: 'https://api.acme.io'}", "https://other.acme.io"),
        ])
    func trials(servers: String, url: String) async throws {
        #expect(try await reason(servers, live(url)) == nil)
    }

    @Test("a description that says production is believed, whatever else it says")
    func described() async throws {
        let servers = "  - {url: 'https://a.acme.io', description: 'Production, not for testing'}"
        #expect(try await reason(servers, live("https://a.acme.io")) != nil)
    }

    @Test("what the configuration says wins")
    func configured() async throws {
        let servers = "  - {url: 'https://api.acme.io'}"
        #expect(try await reason(servers, live("https://api.acme.io", production: false)) == nil)
        #expect(try await reason(servers, live("https://b.acme.io", production: true)) == "a production target")
    }

    @Test("the shipped contract's production server is guarded without a word in the configuration")
    func shipped() async throws {
        try await withShippedProject { project in
            try project.replace("    production: true\n", with: "", in: "assay.yaml")
            let environment = ["CASHFREE_CLIENT_ID": "a-client", "CASHFREE_CLIENT_SECRET": "a-secret"]
            let error = await #expect(throws: HarnessError.self) {
                _ = try await project.run {
                    $0.target.name = "production"
                    $0.environment = environment
                }
            }
            #expect(error?.exit == .wrongInput)
            #expect(error?.diagnostics.entries.contains { $0.rule == "target.production" } == true)
        }
    }
}
