import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Testing

@testable import Mocking

/// Requests counted against a limit.
struct RateLimitTests {
    private func mock(limit: Int, _ more: String = "") throws -> TestMock {
        try TestMock(
            behaviour: Parcels.behaviour.replacing("  limit: 1000", with: "  limit: \(limit)\n  window: 10s\n\(more)"))
    }

    @Test("the remaining requests go down to zero, then a 429 has a wait after which requests succeed")
    func window() throws {
        var mock = try mock(limit: 2)
        let first = mock.send("GET", "/api/v1/parcels")
        #expect(first.line("x-limit") == "2")
        #expect(first.line("x-left") == "1")
        #expect(first.line("x-wait") == "0")
        #expect(mock.send("GET", "/api/v1/parcels").line("x-left") == "0")
        mock.now = mock.now.advanced(by: .milliseconds(3_500))
        let refused = mock.send("GET", "/api/v1/parcels")
        #expect(refused.status == 429)
        #expect(refused.line("x-left") == "0")
        #expect(refused.line("x-wait") == "7")
        #expect(refused.json?["code"] == "slow")
        mock.now = mock.now.advanced(by: .seconds(7))
        let later = mock.send("GET", "/api/v1/parcels")
        #expect(later.status == 200)
        #expect(later.line("x-left") == "1")
    }

    @Test("a wait is at least a second and less than the window, and requests succeed after it")
    func wait() throws {
        var mock = try mock(limit: 0)
        #expect(mock.send("GET", "/api/v1/parcels").line("x-wait") == "9")
        mock = try self.mock(limit: 1)
        _ = mock.send("GET", "/api/v1/parcels")
        #expect(mock.send("GET", "/api/v1/parcels").line("x-wait") == "9")
        mock.now = mock.now.advanced(by: .seconds(9))
        #expect(mock.send("GET", "/api/v1/parcels").status == 200)
    }

    @Test("a client that prefers 429 receives a wait, although the limit is not reached")
    func askedFor() throws {
        var mock = try mock(limit: 5)
        let refused = mock.send("GET", "/api/v1/parcels/p1", adding: [("Prefer", "code=429")])
        #expect(refused.status == 429)
        #expect(refused.line("x-left") == "0")
        #expect(refused.line("x-wait") == "1")
        #expect(mock.send("GET", "/api/v1/parcels/p1").line("x-left") == "3")
    }

    @Test("each operation is counted separately, or all together")
    func scope() throws {
        var each = try mock(limit: 1)
        _ = each.send("GET", "/api/v1/parcels")
        #expect(each.send("GET", "/api/v1/parcels/p1").status == 404)
        var all = try mock(limit: 1, "  per: server\n")
        _ = all.send("GET", "/api/v1/parcels")
        #expect(all.send("GET", "/api/v1/parcels/p1").status == 429)
    }

    @Test("the type header shows whether the operation requires credentials")
    func type() throws {
        var mock = try mock(limit: 5)
        #expect(mock.send("GET", "/api/v1/parcels").line("x-by") == "account")
        #expect(mock.send("GET", "/api/v1/offices?limit=1").line("x-by") == "address")
    }

    @Test("a request that exceeds the rate has no effect")
    func noEffect() throws {
        var mock = try mock(limit: 1)
        _ = mock.send("POST", "/api/v1/parcels", Parcels.parcel)
        #expect(mock.send("POST", "/api/v1/parcels", #"{"id":"p2","to":{"city":"Here"}}"#).status == 429)
        #expect(mock.send("GET", "/api/v1/parcels").json?.elements?.count == 1)
    }
}
