import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// Several contracts at one address.
struct VersionTests {
    private func mock() throws -> TestMock {
        let rule = { (name: String) in
            """

            version: {header: x-version, values: ['\(name)']}
            """
        }
        let second = Parcels.behaviour.replacing(
            "weight: {$value: '{{request.body.weight}}', $else: 1.50}", with: "weight: 2"
        )
        .replacing(
            "errors:",
            with: """
                errors:
                  versionMissing: {status: 400, body: {message: '{{field}} is missing', code: version}}
                """)
        return TestMock(
            versions: [
                try Fixture.version(contract: Parcels.contract, behaviour: Parcels.behaviour + rule("1"), name: "1"),
                try Fixture.version(contract: Parcels.contract, behaviour: second + rule("2"), name: "2"),
            ], headers: [("x-key", "k"), ("x-secret", "s")])
    }

    @Test("the version header chooses the contract")
    func choice() throws {
        var mock = try mock()
        let first = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: [("X-Version", "1")])
        let second = mock.send("POST", "/api/v1/parcels", Parcels.parcel, adding: [("x-version", "2")])
        #expect(first.json?["weight"]?.text == "1.50")
        #expect(second.json?["weight"] == 2)
    }

    @Test("a missing or unknown version is rejected before credentials are checked")
    func refused() throws {
        var mock = try mock()
        let missing = mock.send("GET", "/api/v1/parcels", headers: [])
        #expect(missing.status == 400)
        #expect(missing.json?["detail"] == "The header x-version is missing.")
        let unknown = mock.send("GET", "/api/v1/parcels", headers: [("x-version", "9")])
        #expect(unknown.status == 400)
        #expect(unknown.json?["detail"] == "Unknown version 9.")
    }

    @Test("the values are the contract's name unless the file gives others")
    func name() throws {
        let version = try Fixture.version(
            contract: Parcels.contract, behaviour: "behaviour: 1\nversion: {header: x-version}\n", name: "n")
        var mock = TestMock(versions: [version], headers: [("x-key", "k"), ("x-secret", "s"), ("x-version", "n")])
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
        #expect(mock.send("GET", "/api/v1/parcels", headers: [("x-version", "1")]).status == 400)
    }

    @Test("an error of the file takes precedence over the document's")
    func own() throws {
        let version = try Fixture.version(
            contract: Parcels.contract,
            behaviour: """
                behaviour: 1
                version: {header: x-version}
                errors:
                  versionMissing: {status: 400, body: {message: '{{field}} is missing', code: version}}
                  versionUnknown: {status: 400, body: {message: 'not {{received}}', code: version}}
                """, name: "n")
        var mock = TestMock(versions: [version])
        #expect(mock.send("GET", "/api/v1/parcels").json?["message"] == "x-version is missing")
        #expect(mock.send("GET", "/api/v1/parcels", headers: [("x-version", "m")]).json?["message"] == "not m")
    }
}
