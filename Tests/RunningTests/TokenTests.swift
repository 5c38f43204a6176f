import Exchanges
import Running
import Testing

/// Tokens over a transport that plays token endpoint and API.
@Suite("Tokens")
struct TokenTests {
    private static let request = TokenRequest(
        placeholder: "<token-of-clerk>", profile: "clerk",
        message: RequestMessage(method: "POST", url: "https://auth.test/token"),
        redactor: Redactor(secrets: [("CLIENT_SECRET", "secret-canary")]))
    private static let call = RequestMessage(
        method: "POST", url: "https://api.test/orders",
        headers: [HeaderField(name: "authorization", value: "Bearer <token-of-clerk>")])

    /// A server whose tokens are `token-canary-1`, `token-canary-2`, …
    private func server(
        _ members: String = "\"expires_in\": 3600", api: @escaping @Sendable (String) -> ExchangeOutcome
    ) -> ScriptedTransport {
        ScriptedTransport { request, count in
            guard request.path == "/token" else { return api(request.header("authorization")[0]) }
            return ScriptedTransport.answer(200, #"{"access_token": "token-canary-\#(count + 1)", \#(members)}"#)
        }
    }

    private func send(_ transport: ScriptedTransport, times: Int = 1) async -> [ExchangeOutcome] {
        let own = AuthorizingTransport(transport, TokenStore([Self.request]))
        var outcomes: [ExchangeOutcome] = []
        for _ in 0..<times { outcomes.append(await own.send(Self.call, deadline: .seconds(5))) }
        return outcomes
    }

    @Test("a token is fetched once for all requests")
    func once() async {
        let transport = server { _ in ScriptedTransport.answer(200) }
        let own = AuthorizingTransport(transport, TokenStore([Self.request]))
        await withTaskGroup { group in
            for _ in 0..<20 { group.addTask { _ = await own.send(Self.call, deadline: .seconds(5)) } }
        }
        #expect(transport.paths.count { $0 == "/token" } == 1)
        let sent = transport.requests.filter { $0.path == "/orders" }.map { $0.header("authorization") }
        #expect(sent.count == 20 && sent.allSatisfy { $0 == ["Bearer token-canary-1"] })
    }

    @Test("a request without the placeholder needs no token")
    func unauthorized() async {
        let transport = server { _ in ScriptedTransport.answer(200) }
        let own = AuthorizingTransport(transport, TokenStore([Self.request]))
        var call = Self.call
        call.headers = [HeaderField(name: "authorization", value: "Bearer wrong")]
        _ = await own.send(call, deadline: .seconds(5))
        #expect(transport.requests == [call])
    }

    @Test("a token is renewed before it expires")
    func renewal() async {
        let transport = server("\"expires_in\": 0") { _ in ScriptedTransport.answer(200) }
        _ = await send(transport, times: 2)
        #expect(transport.paths == ["/token", "/orders", "/token", "/orders"])
    }

    @Test("a rejected token is renewed once, and the request sent again")
    func rejected() async {
        let transport = server { header in
            ScriptedTransport.answer(header == "Bearer token-canary-1" ? 401 : 200)
        }
        let outcomes = await send(transport, times: 2)
        #expect(outcomes.map { $0.response?.status } == [200, 200])
        #expect(transport.paths == ["/token", "/orders", "/token", "/orders", "/orders"])
    }

    @Test("a renewed token that is rejected too is not renewed again")
    func rejectedAgain() async {
        let transport = server { _ in ScriptedTransport.answer(401) }
        let outcomes = await send(transport, times: 3)
        #expect(outcomes.map { $0.response?.status } == [401, 401, 401])
        #expect(transport.paths.count { $0 == "/token" } == 2)
    }

    @Test("a token that a response repeats is masked")
    func repeated() async throws {
        let transport = server { header in
            ScriptedTransport.answer(200, #"{"seen": "\#(header)"}"#, headers: [HeaderField(name: "x", value: header)])
        }
        let response = try #require(await send(transport)[0].response)
        #expect(!String(decoding: response.body, as: UTF8.self).contains("canary"))
        #expect(response.header("x").first?.contains("canary") == false)
    }

    @Test(
        "a token endpoint that returns no token is a failure with its reason",
        arguments: [
            (400, #"{"error": "invalid_client"}"#, "the response has the status 400 (invalid_client)"),
            (500, "secret-canary", "the response has the status 500"),
            (302, "", "the response has the status 302"),
            (200, "{}", "the response contains no `access_token`"),
            (200, "<html>", "the response contains no `access_token`"),
            (200, #"{"access_token": "a b"}"#, "`access_token` cannot be sent in a header"),
            (
                200, #"{"access_token": "a", "token_type": "mac"}"#,
                "the token has the type 'mac', and only bearer is supported"
            ),
            (200, String(repeating: " ", count: 70_000), "the response has more than 65536 bytes"),
        ])
    func failures(status: Int, body: String, reason: String) async {
        let transport = ScriptedTransport { _, _ in ScriptedTransport.answer(status, body) }
        let failure = await send(transport)[0].failure
        #expect(failure?.class == .token)
        #expect(failure?.message == "no token for the profile 'clerk' from https://auth.test/token: \(reason)")
        #expect(transport.paths == ["/token"])
    }
}
