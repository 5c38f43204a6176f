import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// Who may ask.
struct CredentialTests {
    private let accepted: [String: Set<String>] = ["key": ["k"], "secret": ["s"], "token": ["t"]]

    @Test(
        "one alternative in full is needed, with values that are known",
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

    @Test("without known values any value will do, but one must be there")
    func anyValue() throws {
        var mock = try TestMock(headers: [("x-key", "whatever"), ("x-secret", "else")])
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        #expect(mock.send("GET", "/api/v1/parcels", headers: [("x-key", "whatever")]).status == 401)
    }

    @Test("an operation without security needs nothing")
    func open() throws {
        var mock = try TestMock(credentials: accepted, headers: [])
        #expect(mock.send("GET", "/api/v1/offices?limit=3").status == 200)
    }

    @Test("a file may let everybody in")
    func notEnforced() throws {
        let behaviour = Parcels.behaviour + "\ncredentials: {enforced: false}\n"
        var mock = try TestMock(behaviour: behaviour, credentials: accepted, headers: [])
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
    }

    @Test("credentials go before the body, unless the file says otherwise")
    func order() throws {
        var mock = try TestMock(credentials: accepted, headers: [])
        #expect(mock.send("POST", "/api/v1/parcels", "{").status == 401)
        let order = "\norder: [validation, version, rateLimit, credentials, idempotency, existence, state]\n"
        mock = try TestMock(behaviour: Parcels.behaviour + order, credentials: accepted, headers: [])
        #expect(mock.send("POST", "/api/v1/parcels", "{").status == 400)
    }

    @Test("user and password are accepted in the form of Basic")
    func basic() throws {
        let contract = Parcels.contract.replacing("scheme: bearer", with: "scheme: basic")
        var mock = try TestMock(contract: contract, credentials: ["token": ["ann:pässword"]], headers: [])
        let right = [("Authorization", "Basic YW5uOnDDpHNzd29yZA==")]
        #expect(mock.send("GET", "/api/v1/parcels", headers: right).status == 200)
        let wrong = [("Authorization", "Basic YW5uOnDDpHNzd29yZB==")]
        #expect(mock.send("GET", "/api/v1/parcels", headers: wrong).status == 401)
    }
}
