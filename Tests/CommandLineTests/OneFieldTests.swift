import Foundation
import TestKit
import Testing

/// Profiles for operations that require several schemes in one header.
@Suite(.inTurn, .timeLimit(.minutes(10))) struct OneFieldTests {
    /// A project against a server on `port`, whose operations require `security`, with the credentials `auth`.
    private static func files(_ port: Int, _ auth: String, _ security: String) -> [String: String] {
        [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            default-auth: clerk
            targets: {live: {base-url: 'http://127.0.0.1:\(port)'}}
            auth:
              clerk:
                \(auth.replacing("\n", with: "\n    "))
            """,
            "s.yaml": """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            servers: [{url: https://sandbox.shop.example}]
            paths:
              /look:
                get:
                  operationId: look
                  security: \(security)
                  responses:
                    '200': {description: There., content: {application/json: {schema: {type: object}}}}
            components:
              securitySchemes:
                Token: {type: http, scheme: bearer}
                OAuth: {type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {}}}}
                Basic: {type: http, scheme: basic}
                Key: {type: apiKey, in: header, name: X-Key}
            """,
            "scenarios/s.csv": "scenario,step,call,expect\none,first,look,200\n",
        ]
    }

    private static let environment = ["A": "value-canary-a", "B": "value-canary-b", "USER": "me:canary-pass"]

    private static func run(
        _ auth: String, _ security: String, _ body: @escaping @Sendable (Executable.Output, RawServer) -> Void
    ) async throws {
        try await onOwnThread {
            let server = try RawServer(
                answering: "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}")
            defer { server.stop() }
            try TemporaryProject.with(files(server.port, auth, security)) { project in
                body(try project.run(["run", "--target", "live"], environment: environment), server)
            }
        }
    }

    private static func lines(_ server: RawServer) -> [String] {
        (server.requests.first ?? "").components(separatedBy: "\r\n").filter {
            $0.lowercased().hasPrefix("authorization:")
        }
    }

    @Test("two values for one header are an error at the second credential, and nothing is sent")
    func different() async throws {
        try await Self.run("Token: '{{secret.A}}'\nOAuth: '{{secret.B}}'", "[{Token: [], OAuth: []}]") { run, server in
            #expect(run.status == 2)
            #expect(
                run.error.contains(
                    "the profile 'clerk' sets Token and OAuth to different values, but 'look' requires both in the header"
                ),
                "\(run.error)")
            #expect(run.error.contains("assay.yaml:7:12"), "\(run.error)")
            #expect(run.error.contains("remove OAuth: it then has the value of Token"))
            #expect(!run.error.contains("canary") && server.requests.isEmpty)
        }
    }

    @Test(
        "one value for both, from one credential or two, is one header line",
        arguments: [
            ("Token: '{{secret.A}}'", "[{Token: [], OAuth: []}]"),
            ("Token: '{{secret.A}}'\nOAuth: '{{secret.A}}'", "[{Token: [], OAuth: []}]"),
        ])
    func common(auth: String, security: String) async throws {
        try await Self.run(auth, security) { run, server in
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(Self.lines(server) == ["Authorization: Bearer value-canary-a"])
        }
    }

    @Test("alternatives in one header do not conflict: the first one is sent")
    func alternatives() async throws {
        try await Self.run("Token: '{{secret.A}}'\nOAuth: '{{secret.B}}'", "[{OAuth: []}, {Token: []}]") {
            run, server in
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(Self.lines(server) == ["Authorization: Bearer value-canary-b"])
            #expect(!run.error.contains("auth.one-field"))
        }
    }

    @Test("schemes that no value satisfies are a warning at the credential, and the steps are skipped")
    func impossible() async throws {
        try await Self.run("Basic: '{{secret.USER}}'\nToken: '{{secret.A}}'", "[{Basic: [], Token: []}]") {
            run, server in
            #expect(run.status == 2)
            #expect(
                run.error.contains(
                    "the profile 'clerk' sets Basic and Token, but no request can contain both in the header"),
                "\(run.error)")
            #expect(run.error.contains("assay.yaml:7:12: warning"), "\(run.error)")
            #expect(server.requests.isEmpty)
        }
    }

    @Test("an alternative that one header can contain is sent instead, without a warning")
    func otherAlternative() async throws {
        try await Self.run(
            "Basic: '{{secret.USER}}'\nToken: '{{secret.A}}'\nKey: '{{secret.B}}'",
            "[{Basic: [], Token: []}, {Key: [], Token: []}]"
        ) { run, server in
            #expect(run.status == 0, "\(run.error)\(run.output)")
            #expect(Self.lines(server) == ["Authorization: Bearer value-canary-a"])
            #expect(!run.error.contains("auth.one-field"), "\(run.error)")
        }
    }
}
