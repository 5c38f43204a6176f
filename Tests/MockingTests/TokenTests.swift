import JSONDocument
import Testing

@testable import Mocking

/// Values that look random and do not depend on other clients.
struct TokenTests {
    private func mock() throws -> TestMock {
        try TestMock(behaviour: Parcels.behaviour.replacing("id: '{{request.body.id}}'", with: "id: 'P{{digits:12}}'"))
    }

    private func made(_ mock: inout TestMock, weighing weight: Int) -> JSONValue? {
        mock.send("POST", "/api/v1/parcels", #"{"id": "x", "weight": \#(weight), "to": {"city": "Here"}}"#).json?["id"]
    }

    @Test("a number has the requested count of digits")
    func digits() {
        for count in 1...18 {
            for seed in 0..<20 {
                var source = TokenSource(["\(seed)"])
                #expect(String(source.number(digits: count)).count == count)
            }
        }
    }

    @Test("a generated id depends on the request, not on earlier ones")
    func independent() throws {
        var first = try mock()
        let ids = [1, 2, 3].map { made(&first, weighing: $0) }
        #expect(Set(ids).count == 3)
        var second = try mock()
        #expect([3, 1, 2].map { made(&second, weighing: $0) } == [ids[2], ids[0], ids[1]])
    }

    @Test("equal requests create entities with different ids")
    func equal() throws {
        var mock = try mock()
        let ids = (0..<20).map { _ in made(&mock, weighing: 1) }
        #expect(Set(ids).count == 20)
        #expect(!ids.contains(nil))
    }
}
