import Testing

@testable import Drafting

/// The configuration that is drafted for a document, and the names in it.
struct ConfigurationDraftTests {
    @Test("servers become targets, production where nothing says otherwise, and schemes become credentials")
    func whole() throws {
        let contract = try Drafts.contract(
            """
            openapi: 3.1.0
            info: {title: It's, version: '2024-01'}
            servers:
              - {url: 'https://api.example/v1'}
              - {url: 'https://api.example/{stage}', variables: {stage: {default: sandbox}}}
              - {url: 'http://localhost:8080'}
              - {url: /relative}
            paths: {}
            components: {securitySchemes: {ApiKey: {type: apiKey, in: header, name: x-key}, Tls: {type: mutualTLS}}}
            """)
        let text = ConfigurationDraft.text(contract, spec: "it's.yaml")
        #expect(text.contains("    spec: 'it''s.yaml'\n"))
        #expect(text.contains("  production:\n    base-url: 'https://api.example/v1'\n    production: true\n"))
        #expect(text.contains("  sandbox:\n    base-url: 'https://api.example/sandbox'\n  local:\n"))
        #expect(text.hasSuffix("auth:\n  main:\n    'ApiKey': '{{secret.API_KEY}}'\n"))
        #expect(ConfigurationDraft.variables(contract) == ["API_KEY"])
    }

    @Test(
        "names are split where people would split them",
        arguments: [
            ("createPet", "create-pet"), ("PGFetchLink", "pg-fetch-link"), ("GET /a/{b_c}", "get-a-b-c"),
            ("Zoë & Co", "zo-co"), ("v2ListAPIs", "v2-list-ap-is"), ("", ""),
        ])
    func slugs(text: String, slug: String) { #expect(Names.slug(text) == slug) }

    @Test(
        "step names start with a letter and are no reserved word",
        arguments: [
            ("now", "a-now"), ("2fa", "a-2fa"), ("", "step"), ("fine", "fine"),
        ])
    func steps(text: String, step: String) { #expect(Names.step(text) == step) }

    @Test(
        "one of many",
        arguments: [
            ("orders", "order"), ("categories", "category"), ("boxes", "box"), ("status", "status"),
            ("address", "address"),
        ])
    func singular(many: String, one: String) { #expect(Names.singular(many) == one) }
}
