import Exchanges
import Foundation
import Synchronization
import TestKit
import Testing

/// Runs against an API and a token server that expires and rejects tokens.
@Suite(.inTurn, .timeLimit(.minutes(20))) struct TokenCommandTests {
    private static func files(_ port: Int, _ grant: String, tokenURL: String = "/token") -> [String: String] {
        [
            "assay.yaml": """
            versions: {'1': {spec: s.yaml}}
            targets:
              live: {base-url: 'http://127.0.0.1:\(port)/v1', auth: clerk}
            auth:
              clerk:
                OAuth: \(grant)
            """,
            "s.yaml": """
            openapi: 3.1.0
            info: {title: Shop, version: '1'}
            servers: [{url: https://sandbox.shop.example}]
            security: [{OAuth: []}]
            paths:
              /look:
                get:
                  operationId: look
                  responses:
                    '200': {description: There., content: {application/json: {schema: {type: object}}}}
                    '401': {description: Unauthorised., content: {application/json: {schema: {type: object}}}}
            components:
              securitySchemes:
                OAuth:
                  type: oauth2
                  flows:
                    clientCredentials: {tokenUrl: '\(tokenURL)', scopes: {}}
            """,
            "scenarios/s.csv":
                "scenario,step,call,auth,expect\none,first,look,,200\n,second,look,,200\ntwo,first,look,,200\n"
                + ",wrong,look,wrong,401\n,none,look,none,401\n",
        ]
    }

    private static let clientGrant =
        "{grant: client-credentials, client-id: '{{secret.ID}}', client-secret: '{{secret.SECRET}}', scope: read}"
    private static let environment = ["ID": "id-canary-1", "SECRET": "secret:canary-2"]

    /// Tokens are `token-canary-N`; each is accepted for two requests.
    private static func server() throws -> RawServer {
        let state = TokenServerState()
        return try RawServer { connection in
            while let request = connection.readRequest() {
                let (status, body) = state.answer(request)
                connection.write(
                    "HTTP/1.1 \(status) X\r\nContent-Type: application/json\r\n"
                        + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
            }
        }
    }

    @Test("a token of the document's endpoint is shared, renewed after a 401, and stored nowhere")
    func clientCredentials() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            try TemporaryProject.with(Self.files(server.port, Self.clientGrant)) { project in
                let run = try project.run(
                    ["run", "--target", "live", "--jobs", "1"], environment: Self.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let tokens = server.requests.filter { $0.hasPrefix("POST /token ") }
                #expect(tokens.count == 2)
                let request = try #require(tokens.first)
                #expect(request.hasSuffix("\r\n\r\ngrant_type=client_credentials&scope=read"))
                // RFC 6749, section 2.3.1: `id-canary-1:secret%3Acanary-2`.
                #expect(request.contains("authorization: Basic aWQtY2FuYXJ5LTE6c2VjcmV0JTNBY2FuYXJ5LTI=\r\n"))
                for path in ["reports/latest/report.txt", "reports/latest/report.json"] + project.journals {
                    let text = try project.read(path)
                    #expect(!text.contains("canary"), "\(path)")
                }
                #expect(try project.read(project.journals[0]).contains("Bearer <token-of-clerk.OAuth>"))
            }
        }
    }

    @Test("a password grant sends user and password, and client credentials in the body where the profile says so")
    func password() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            let grant = """
                {grant: password, username: anna, password: '{{secret.SECRET}}', client-id: shop, client-auth: body,
                      token-url: 'http://127.0.0.1:\(server.port)/token?tenant=1'}
                """
            try TemporaryProject.with(Self.files(server.port, grant)) { project in
                let run = try project.run(
                    ["run", "--target", "live", "--grep", "one"], environment: Self.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                let request = try #require(server.requests.first)
                #expect(request.hasPrefix("POST /token?tenant=1 HTTP/1.1\r\n"))
                #expect(
                    request.hasSuffix(
                        "\r\n\r\ngrant_type=password&username=anna&password=secret%3Acanary-2&client_id=shop"))
            }
        }
    }

    @Test("a token is renewed before it expires, without a request that is rejected")
    func renewal() async throws {
        try await onOwnThread {
            let server = try RawServer { connection in
                while let request = connection.readRequest() {
                    let body =
                        request.hasPrefix("POST /token")
                        ? #"{"access_token": "token-canary-\#(UUID().uuidString)", "expires_in": 2}"# : "{}"
                    connection.write(
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                            + "Content-Length: \(body.utf8.count)\r\n\r\n\(body)")
                }
            }
            defer { server.stop() }
            try TemporaryProject.with(Self.files(server.port, Self.clientGrant)) { project in
                try project.write(
                    "scenario,step,call,expect\none,first,look,200\n,again,look,200\n,pause,wait 2s,\n,late,look,200\n",
                    to: "scenarios/s.csv")
                let run = try project.run(["run", "--target", "live"], environment: Self.environment)
                #expect(run.status == 0, "\(run.error)\(run.output)")
                // The fourth step is sent after nine tenths of two seconds.
                let order = server.requests.map { $0.hasPrefix("POST /token") ? "token" : "look" }
                #expect(order == ["token", "look", "look", "token", "look"])
                let tokens = server.requests.compactMap { request in
                    request.split(separator: "\r\n").first { $0.contains("Bearer ") }
                }
                #expect(tokens.count == 3 && tokens[0] == tokens[1] && tokens[1] != tokens[2])
            }
        }
    }

    @Test("a token endpoint on a production target receives a request only if that is allowed")
    func production() async throws {
        try await onOwnThread {
            let server = try Self.server()
            defer { server.stop() }
            let api = try Self.server()
            defer { api.stop() }
            let grant = Self.clientGrant.replacing(
                "{grant", with: "{token-url: 'http://127.0.0.1:\(server.port)/token', grant")
            let files = Self.files(api.port, grant)
            let yaml = files["assay.yaml", default: ""].replacing(
                "targets:", with: "targets:\n  prod: {base-url: 'http://127.0.0.1:\(server.port)/v1', production: true}"
            )
            // The API itself is not a production target, although it has the same host.
            .replacing("auth: clerk}", with: "auth: clerk, production: false}")
            try TemporaryProject.with(files.merging(["assay.yaml": yaml]) { $1 }) { project in
                let arguments = ["run", "--target", "live", "--grep", "one"]
                let run = try project.run(arguments, environment: Self.environment)
                #expect(run.status == 2)
                #expect(
                    run.error.contains("the token endpoint of the profile 'clerk' is a production target"),
                    "\(run.error)")
                #expect(server.requests.isEmpty && api.requests.isEmpty)
                _ = try project.run(arguments + ["--allow-production"], environment: Self.environment)
                #expect(!server.requests.isEmpty && server.requests.allSatisfy { $0.hasPrefix("POST /token ") })
            }
        }
    }

    @Test("a missing token URL, a production endpoint and a failing endpoint say what to do")
    func mistakes() async throws {
        try await onOwnThread {
            let port = try RawServer.unusedPort()
            let arguments = ["run", "--target", "live"]
            let grant = "{grant: password, username: anna, password: '{{secret.SECRET}}'}"
            try TemporaryProject.with(Self.files(port, grant)) { project in
                let run = try project.run(arguments, environment: Self.environment)
                #expect(run.status == 2)
                #expect(run.error.contains("the profile 'clerk' has no token URL"), "\(run.error)")
                #expect(run.error.contains("assay.yaml:6:"), "\(run.error)")
            }
            let production = Self.files(port, Self.clientGrant, tokenURL: "https://api.shop.example/token")
                .merging(["unused": ""]) { $1 }
            try TemporaryProject.with(production) { project in
                try project.write(
                    try project.read("s.yaml").replacingOccurrences(
                        of: "sandbox.shop.example", with: "api.shop.example"), to: "s.yaml")
                let run = try project.run(arguments, environment: Self.environment)
                #expect(run.status == 2)
                #expect(
                    run.error.contains("the token endpoint of the profile 'clerk' is the production server"),
                    "\(run.error)")
            }
            try TemporaryProject.with(Self.files(port, Self.clientGrant)) { project in
                let run = try project.run(arguments + ["--grep", "one"], environment: Self.environment)
                #expect(run.status == 3)
                #expect(
                    run.error.contains("no token for the profile 'clerk' from http://127.0.0.1:\(port)/token"),
                    "\(run.error)")
                #expect(!run.error.contains("canary"))
                let missing = try project.run(arguments, environment: ["ID": "id-canary-1"])
                #expect(missing.status == 2 && missing.error.contains("set the environment variable SECRET"))
            }
        }
    }

    @Test(
        "a value that was copied with more than the credential is rejected with the name of the secret",
        arguments: [
            (
                "Bearer abc-canary",
                "the value of ID begins with 'Bearer ', which the security scheme 'OAuth' adds itself"
            ),
            ("\"abc-canary\"", "the value of ID is in quotation marks, which would be sent with it"),
            ("abc\ncanary", "the value of ID contains a line break or another control character"),
        ])
    func copied(value: String, message: String) async throws {
        try await onOwnThread {
            try TemporaryProject.with(Self.files(1, "'{{secret.ID}}'")) { project in
                let run = try project.run(["run", "--target", "live"], environment: ["ID": value])
                #expect(run.status == 2)
                #expect(run.error.contains(message), "\(run.error)")
                #expect(!run.error.contains("canary"))
            }
        }
    }
}

/// What a token server and its API remember.
private final class TokenServerState: Sendable {
    private let state = Mutex((issued: 0, uses: 0))

    /// The status and body for a request.
    func answer(_ request: String) -> (Int, String) {
        state.withLock { state in
            if request.hasPrefix("POST /token") {
                state = (state.issued + 1, 0)
                return (200, #"{"access_token": "token-canary-\#(state.issued)", "token_type": "Bearer"}"#)
            }
            guard state.issued > 0, state.uses < 2, request.contains(": Bearer token-canary-\(state.issued)\r\n") else {
                return (401, "{}")
            }
            state.uses += 1
            return (200, "{}")
        }
    }
}
