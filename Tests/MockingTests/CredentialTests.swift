import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// The credentials that operations accept.
struct CredentialTests {
    private let accepted: [String: Set<String>] = ["key": ["k"], "secret": ["s"], "token": ["t"]]

    @Test(
        "one complete alternative is required, with known values",
        arguments: [
            ([], 401),
            ([("x-key", "k")], 401),
            ([("x-secret", "s")], 401),
            ([("x-key", "k"), ("x-secret", "wrong")], 401),
            ([("x-key", "k"), ("x-secret", "")], 401),
            ([("X-KEY", "k"), ("X-Secret", "s")], 200),
            ([("authorization", "Bearer t")], 200),
            ([("authorization", "bearer t")], 200),
            ([("authorization", "Bearer u")], 401),
            ([("authorization", "Basic t")], 401),
            ([("authorization", "t")], 401),
            ([("x-key", "k"), ("authorization", "Bearer t")], 200),
        ] as [([(String, String)], Int)])
    func alternatives(headers: [(String, String)], status: Int) throws {
        var mock = try TestMock(credentials: accepted, headers: headers)
        let response = mock.send("GET", "/api/v1/parcels")
        #expect(response.status == status)
        try expectContract(response, "listParcels", mock.versions[0].contract)
    }

    @Test("without known values any value is accepted, but one is required")
    func anyValue() throws {
        var mock = try TestMock(headers: [("x-key", "whatever"), ("x-secret", "else")])
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        #expect(mock.send("GET", "/api/v1/parcels", headers: [("x-key", "whatever")]).status == 401)
    }

    @Test("an operation without security requires no credentials")
    func open() throws {
        var mock = try TestMock(credentials: accepted, headers: [])
        #expect(mock.send("GET", "/api/v1/offices?limit=3").status == 200)
    }

    @Test("a file can turn credentials off")
    func notEnforced() throws {
        let behaviour = Parcels.behaviour + "\ncredentials: {enforced: false}\n"
        var mock = try TestMock(behaviour: behaviour, credentials: accepted, headers: [])
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
    }

    @Test("credentials are checked before the body, unless the file orders otherwise")
    func order() throws {
        var mock = try TestMock(credentials: accepted, headers: [])
        #expect(mock.send("POST", "/api/v1/parcels", "{").status == 401)
        let order = "\norder: [validation, version, rateLimit, credentials, idempotency, existence, state]\n"
        mock = try TestMock(behaviour: Parcels.behaviour + order, credentials: accepted, headers: [])
        #expect(mock.send("POST", "/api/v1/parcels", "{").status == 400)
    }

    @Test("user and password are accepted as HTTP Basic encodes them")
    func basic() throws {
        let contract = Parcels.contract.replacing("scheme: bearer", with: "scheme: basic")
        var mock = try TestMock(contract: contract, credentials: ["token": ["ann:pässword"]], headers: [])
        let right = [("Authorization", "Basic YW5uOnDDpHNzd29yZA==")]
        #expect(mock.send("GET", "/api/v1/parcels", headers: right).status == 200)
        let wrong = [("Authorization", "Basic YW5uOnDDpHNzd29yZB==")]
        #expect(mock.send("GET", "/api/v1/parcels", headers: wrong).status == 401)
    }

    // MARK: Any credentials

    private static func contract(_ scheme: String) -> String {
        """
        openapi: 3.1.0
        info: {title: T, version: '1'}
        servers: [{url: /}]
        security: [{s: []}]
        paths: {/x: {get: {operationId: x, responses: {'200': {description: ok}, '401': {description: no}}}}}
        components: {securitySchemes: {s: \(scheme)}}
        """
    }

    private static let wellFormed: [(String, [(String, String)], Int)] = [
        ("{type: http, scheme: bearer}", [("authorization", "Bearer abc.def-1==")], 200),
        ("{type: http, scheme: bearer}", [("authorization", "Bearer a b")], 401),
        ("{type: http, scheme: bearer}", [("authorization", "Bearer =")], 401),
        ("{type: http, scheme: bearer}", [("authorization", "Bearer ")], 401),
        ("{type: http, scheme: bearer}", [], 401),
        ("{type: oauth2, flows: {}}", [("authorization", "Bearer t")], 200),
        ("{type: oauth2, flows: {}}", [("authorization", "Basic YTpi")], 401),
        ("{type: http, scheme: basic}", [("authorization", "Basic YTpi")], 200),
        ("{type: http, scheme: basic}", [("authorization", "Basic Og==")], 200),
        ("{type: http, scheme: basic}", [("authorization", "Basic YWI=")], 401),
        ("{type: http, scheme: basic}", [("authorization", "Basic a:b")], 401),
        ("{type: http, scheme: basic}", [("authorization", "Basic YTp")], 401),
        ("{type: apiKey, in: header, name: x-key}", [("x-key", "anything")], 200),
        ("{type: apiKey, in: header, name: x-key}", [("x-key", "")], 401),
        ("{type: apiKey, in: cookie, name: sid}", [("cookie", "sid=1")], 200),
    ]

    @Test("a file can accept any well-formed credentials, even when values are known", arguments: wellFormed)
    func anyCredentials(scheme: String, headers: [(String, String)], status: Int) throws {
        let known = ["s": Set(["known"])]
        let behaviour = "behaviour: 1\ncredentials: {accept: any}\n"
        var mock = try TestMock(
            contract: Self.contract(scheme), behaviour: behaviour, credentials: known, headers: headers)
        #expect(mock.send("GET", "/x").status == status)
        // The same by the setting, and for schemes without known values.
        var settings = MockSettings(credentials: known)
        settings.acceptsAnyCredentials = true
        mock.engine = MockEngine(versions: mock.versions, settings: settings)
        #expect(mock.send("GET", "/x").status == status)
        mock = try TestMock(contract: Self.contract(scheme), behaviour: nil, headers: headers)
        #expect(mock.send("GET", "/x").status == status)
        // Otherwise only known values are accepted.
        mock = try TestMock(contract: Self.contract(scheme), behaviour: nil, credentials: known, headers: headers)
        #expect(mock.send("GET", "/x").status == 401)
    }

    @Test(
        "schemes of one alternative that share a field require one value in total",
        arguments: [
            ("{type: oauth2, flows: {}}", "{type: oauth2, flows: {}}", "Bearer one", 200),
            ("{type: oauth2, flows: {}}", "{type: oauth2, flows: {}}", "Bearer two", 200),
            ("{type: oauth2, flows: {}}", "{type: oauth2, flows: {}}", "Bearer three", 401),
            ("{type: http, scheme: bearer}", "{type: apiKey, in: header, name: Authorization}", "two", 200),
            ("{type: http, scheme: bearer}", "{type: apiKey, in: header, name: X-Key}", "Bearer one", 401),
        ])
    func sharedField(first: String, second: String, value: String, status: Int) throws {
        let contract = Self.contract(first).replacing("[{s: []}]", with: "[{s: [], t: []}]")
            .replacing("securitySchemes: {", with: "securitySchemes: {t: \(second), ")
        let accepted: [String: Set<String>] = ["s": ["one"], "t": ["two"]]
        var mock = try TestMock(
            contract: contract, behaviour: nil, credentials: accepted, headers: [("authorization", value)])
        #expect(mock.send("GET", "/x").status == status)
    }

    @Test("the reason names the schemes and never a value")
    func reason() throws {
        let contract = Self.contract("{type: http, scheme: bearer}").replacing(
            "'401': {description: no}", with: "'402': {description: no}")
        var mock = try TestMock(
            contract: contract, behaviour: nil, credentials: ["s": ["hidden-1"]],
            headers: [("authorization", "Bearer hidden-2")])
        let detail = try #require(mock.send("GET", "/x").json?["detail"]?.string)
        #expect(detail.contains("s has a value that is not accepted"))
        #expect(!detail.contains("hidden"))
        let missing = mock.send("GET", "/x", headers: []).json?["detail"]?.string
        #expect(missing?.contains("s is missing") == true)
    }
}
