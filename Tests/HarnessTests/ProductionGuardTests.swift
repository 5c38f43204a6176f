import Diagnostics
import Foundation
import OpenAPI
import Project
import Scenarios
import TestKit
import Testing

@testable import Harness

@Suite("Production", .inTurn)
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
            let addresses = [
                "api.acme.io": "198.51.100.7", "alias.example.net": "198.51.100.7", "cdn.acme.io": "198.51.100.9",
            ]
            guarding.addresses = { name in addresses[name.text].flatMap { HostName($0) }.map { [$0] } ?? [] }
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
        "a server for trying things out is not production",
        arguments: [
            ("  - {url: 'https://sandbox.acme.io'}", "https://sandbox.acme.io"),
            ("  - {url: 'https://api.test.acme.co.uk'}", "https://api.test.acme.co.uk"),
            ("  - {url: 'https://a.acme.io/sandbox/v1'}", "https://a.acme.io/sandbox/v1"),
            ("  - {url: 'https://a.acme.io', description: Sandbox}", "https://a.acme.io"),
            ("  - {url: 'https://a.acme.io', description: Non-production use}", "https://a.acme.io"),
            ("  - {url: 'https://a.acme.io', description: 'Sandbox, not production'}", "https://a.acme.io"),
            ("  - {url: 'http://localhost:80'}", "http://localhost:8080"),
            ("  - {url: 'http://127.0.0.1'}", "http://127.0.0.1:8080"),
            ("  - {url: '/v1'}", "https://api.acme.io"),
            ("  - {url: 'https://api.acme.io'}", "https://other.acme.io"),
        ])
    func trials(servers: String, url: String) async throws {
        #expect(try await reason(servers, live(url)) == nil)
    }

    @Test(
        "a trial word counts only as a whole label below the registrable name",
        arguments: [
            "contest.acme.io", "latest.acme.io", "api-test.acme.io", "api.test.com", "test.com", "dev.to",
            "api.demo.co.uk",
        ])
    func labels(host: String) async throws {
        #expect(try await reason("  - {url: 'https://\(host)'}", live("https://\(host)/v1")) != nil)
    }

    @Test(
        "a description that says production decides, whatever else it or the host says",
        arguments: [
            ("a.acme.io", "Production, not for testing"), ("beta.acme.io", "Production"),
            ("a.acme.io", "Sandbox and production"), ("sandbox.acme.io", "Live"),
            ("a.acme.io", "Not production in the EU, production elsewhere"),
        ])
    func described(host: String, description: String) async throws {
        let servers = "  - {url: 'https://\(host)', description: '\(description)'}"
        #expect(try await reason(servers, live("https://\(host)")) != nil)
    }

    @Test(
        "every value of a server variable counts",
        arguments: [
            ("https://{env}.acme.io/v1", "https://api.acme.io", true),
            ("https://{env}.acme.io/v1", "https://eu.acme.io/other", true),
            ("https://{env}.acme.io/v1", "https://sandbox.acme.io/v1", false),
            ("https://{env}.acme.io/v1", "https://us.acme.io/v1", false),
            ("https://{tenant}.acme.io/{env}", "https://big-shop.acme.io", true),
            ("https://{tenant}.acme.io/{env}", "https://test.acme.io", false),
            ("https://{tenant}.acme.io/{env}", "https://acme.io", false),
            ("https://{tenant}", "https://anything.example.com", false),
            ("{scheme}://{env}.acme.io", "http://api.acme.io", true),
            ("https://acme.io/{env}", "https://acme.io/api", true),
            ("https://acme.io/{env}", "https://acme.io/sandbox", false),
        ])
    func variables(url: String, target: String, isProduction: Bool) async throws {
        let servers = """
              - url: '\(url)'
                variables:
                  env: {default: sandbox, enum: [sandbox, api, eu]}
                  tenant: {default: demo}
                  scheme: {default: https, enum: [https, http]}
            """
        #expect((try await reason(servers, live(target)) != nil) == isProduction)
    }

    @Test("a variable with more values than are tried one by one counts as open")
    func manyValues() async throws {
        let values = (0..<1_500).map { "v\($0)" }.joined(separator: ", ")
        let servers = "  - {url: 'https://{v}.acme.io', variables: {v: {default: v0, enum: [\(values)]}}}"
        #expect(try await reason(servers, live("https://v1499.acme.io")) != nil)
        #expect(try await reason(servers, live("https://v1.other.io")) == nil)
    }

    @Test(
        "another name of a production server's address is guarded",
        arguments: [
            ("https://alias.example.net", true), ("https://cdn.acme.io", false),
            // The document declares this one, or a label says what it is: both know more than an address.
            ("https://api.sandbox.acme.io", false),
        ])
    func aliases(url: String, isProduction: Bool) async throws {
        let servers = "  - {url: 'https://api.acme.io'}\n  - {url: 'https://api.sandbox.acme.io'}"
        #expect((try await reason(servers, live(url)) != nil) == isProduction)
    }

    @Test("the configuration takes precedence")
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
