import Foundation
import Testing

@testable import Drafting

/// The configuration that is drafted for a document, and the names in it.
struct ConfigurationDraftTests {
    @Test("servers become targets, production by default, and schemes become credentials")
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
        #expect(CredentialDraft.all(of: contract).flatMap(\.secrets) == ["API_KEY"])
    }

    @Test(
        "schemes that share a field have one secret, and Basic has a user and a password",
        arguments: [
            (
                "[{A: [], B: []}]", "{A: {type: oauth2, flows: {}}, B: {type: openIdConnect}}",
                ["A={{secret.A}}", "B={{secret.A}}"]
            ),
            (
                "[{K: [], T: []}]",
                "{K: {type: apiKey, in: header, name: authorization}, T: {type: http, scheme: bearer}}",
                ["K=Bearer {{secret.T}}", "T={{secret.T}}"]
            ),
            (
                "[{X: [], Y: []}]",
                "{X: {type: apiKey, in: header, name: X-Key}, Y: {type: apiKey, in: header, name: x-key}}",
                ["X={{secret.X}}", "Y={{secret.X}}"]
            ),
            (
                "[{A: []}, {T: []}]", "{A: {type: oauth2, flows: {}}, T: {type: http, scheme: bearer}}",
                ["A={{secret.A}}", "T={{secret.T}}"]
            ),
            (
                "[{Login: []}]", "{Login: {type: http, scheme: basic}}",
                ["Login={{secret.LOGIN_USER}}:{{secret.LOGIN_PASSWORD}}"]
            ),
            (
                "[{api_key: []}]",
                "{api_key: {type: apiKey, in: header, name: a}, ApiKey: {type: apiKey, in: query, name: b}}",
                ["api_key={{secret.API_KEY}}", "ApiKey={{secret.API_KEY_2}}"]
            ),
        ])
    func credentials(security: String, schemes: String, expected: [String]) throws {
        let contract = try Drafts.contract(
            Drafts.document(
                "get: {operationId: read, security: \(security), responses: {'200': {description: ok}}}",
                components: "{securitySchemes: \(schemes)}"))
        let lines = ConfigurationDraft.text(contract, spec: "a.yaml").split(separator: "\n")
        let start = try #require(lines.firstIndex(of: "  main:"))
        let found = lines[(start + 1)...].map {
            $0.trimmingCharacters(in: .whitespaces).replacing("'", with: "").replacing(": ", with: "=")
        }
        #expect(found == expected)
    }

    @Test(
        "a token is obtained by the run if the document declares how",
        arguments: [
            (
                "clientCredentials: {tokenUrl: 'https://t.example/token', scopes: {}}",
                "{grant: client-credentials, client-id: '{{secret.LOGIN_CLIENT_ID}}', "
                    + "client-secret: '{{secret.LOGIN_CLIENT_SECRET}}'}",
                ["LOGIN_CLIENT_ID", "LOGIN_CLIENT_SECRET"]
            ),
            (
                "password: {tokenUrl: 'https://t.example/token', scopes: {}}",
                "{grant: password, username: '{{secret.LOGIN_USER}}', password: '{{secret.LOGIN_PASSWORD}}'}",
                ["LOGIN_USER", "LOGIN_PASSWORD"]
            ),
            (
                "authorizationCode: {authorizationUrl: 'https://t.example/a', tokenUrl: 'https://t.example/token', "
                    + "scopes: {}}",
                "'{{secret.LOGIN}}'", ["LOGIN"]
            ),
            ("clientCredentials: {tokenUrl: /token, scopes: {}}", "'{{secret.LOGIN}}'", ["LOGIN"]),
        ])
    func grants(flow: String, value: String, secrets: [String]) throws {
        let contract = try Drafts.contract(
            Drafts.document(
                "get: {operationId: read, security: [{Login: []}], responses: {'200': {description: ok}}}",
                components: "{securitySchemes: {Login: {type: oauth2, flows: {\(flow)}}}}"))
        let drafts = CredentialDraft.all(of: contract)
        #expect(drafts.map(\.value) == [value])
        #expect(drafts.map(\.secrets) == [secrets])
        let text = ConfigurationDraft.text(contract, spec: "a.yaml")
        #expect(text.hasSuffix("auth:\n  main:\n    'Login': \(value)\n"))
    }

    @Test("a token that two schemes share is one text")
    func sharedToken() throws {
        let flow = "flows: {clientCredentials: {tokenUrl: 'https://t.example/token', scopes: {}}}"
        let contract = try Drafts.contract(
            Drafts.document(
                "get: {operationId: read, security: [{A: [], B: []}], responses: {'200': {description: ok}}}",
                components: "{securitySchemes: {A: {type: oauth2, \(flow)}, B: {type: oauth2, \(flow)}}}"))
        let drafts = CredentialDraft.all(of: contract)
        #expect(drafts.map(\.value) == ["'{{secret.A}}'", "'{{secret.A}}'"])
        #expect(drafts.flatMap(\.secrets) == ["A"])
    }

    @Test("variables are listed once, each with a value")
    func variables() throws {
        let contract = try Drafts.contract(Drafts.document("get: {responses: {'200': {description: ok}}}"))
        let text = ConfigurationDraft.text(contract, spec: "a.yaml", variables: [("owner", "it's"), ("repo", "r")])
        #expect(text.hasSuffix("vars:\n  owner: 'it''s'\n  repo: 'r'\n"))
    }

    @Test(
        "names are split into words",
        arguments: [
            ("createPet", "create-pet"), ("PGFetchLink", "pg-fetch-link"), ("GET /a/{b_c}", "get-a-b-c"),
            ("Zoë & Co", "zo-co"), ("v2ListAPIs", "v2-list-ap-is"), ("", ""),
        ])
    func slugs(text: String, slug: String) { #expect(Names.slug(text) == slug) }

    @Test(
        "step names start with a letter and are not reserved words",
        arguments: [
            ("now", "a-now"), ("2fa", "a-2fa"), ("", "step"), ("fine", "fine"),
        ])
    func steps(text: String, step: String) { #expect(Names.step(text) == step) }

    @Test(
        "names have a singular form",
        arguments: [
            ("orders", "order"), ("categories", "category"), ("boxes", "box"), ("status", "status"),
            ("address", "address"),
        ])
    func singular(many: String, one: String) { #expect(Names.singular(many) == one) }
}
