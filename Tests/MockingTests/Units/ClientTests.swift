import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import TestKit
import Testing

@testable import Mocking

/// What clients prefer: preferences among media types, other origins, and disturbances.
@Suite("Preferences and disturbances")
struct ClientTests {
    // MARK: Media types (RFC 9110, section 12.5.1)

    private static func best(_ accept: String, of names: [String]) throws -> String? {
        let types = try names.map { try #require(MediaTypeName($0)) }
        return Accept(accept).best(of: types).map { names[$0] }
    }

    @Test(
        "the greatest weight wins, then the order of the document",
        arguments: [
            ("text/plain;q=0.5, application/json", ["text/plain", "application/json"], "application/json"),
            ("text/plain, application/json", ["application/json", "text/plain"], "application/json"),
            ("text/*;q=0.3, text/plain;q=0.1, */*;q=0.2", ["text/plain", "text/html", "image/png"], "text/html"),
            ("*/*;q=0, text/plain", ["image/png", "text/plain"], "text/plain"),
            ("text/*;q=0, */*", ["text/plain", "image/png"], "image/png"),
            ("TEXT/Plain ; Q=1", ["text/plain"], "text/plain"), ("text/plain;q=0.0", ["text/plain"], nil),
            ("image/*", ["text/plain", "image/png"], "image/png"),
            ("application/json;q=0.2,application/json;q=0.9", ["application/json"], "application/json"),
            ("text/html", ["application/json"], nil), ("text/html, ", ["text/html"], "text/html"),
        ] as [(String, [String], String?)])
    func weights(accept: String, names: [String], expected: String?) throws {
        #expect(try Self.best(accept, of: names) == expected)
    }

    @Test("one more accepted range never takes every type away, and a range of weight 0 never adds one")
    func monotone() throws {
        var random = SplitMix(seed: 1)
        let names = ["text/plain", "text/html", "application/json", "image/png"]
        let ranges = ["*/*", "text/*", "application/*"] + names
        for _ in 0..<400 {
            let some = (0..<random.number(below: 3)).map { _ in
                random.pick(ranges) + random.pick(["", ";q=0.5", ";q=0.1"])
            }
            guard !some.isEmpty else { continue }
            let before = try Self.best(some.joined(separator: ","), of: names)
            let more = try Self.best((some + [random.pick(names)]).joined(separator: ", "), of: names)
            #expect(before == nil || more != nil, "\(some)")
            let refused = try Self.best((some + ["video/*;q=0"]).joined(separator: ","), of: names)
            #expect(refused == before)
        }
    }

    // MARK: Other origins (Fetch standard, sections 3.2 and 4.8)

    private static func request(_ method: String, _ headers: [(String, String)]) -> RequestMessage {
        RequestMessage(method: method, url: "http://h/x", headers: headers.map { HeaderField(name: $0.0, value: $0.1) })
    }

    @Test("only a request with an origin is one of another origin")
    func origins() {
        #expect(
            CrossOrigin(Self.request("GET", [])) == nil && CrossOrigin(Self.request("GET", [("origin", "")])) == nil)
        #expect(CrossOrigin(Self.request("GET", [("Origin", "null")])) != nil)
    }

    @Test("the response to a preflight has the methods of the path")
    func preflight() throws {
        let origin = ("origin", "https://a.example")
        let ask = ("access-control-request-method", "PUT")
        func reply(
            _ method: String, _ headers: [(String, String)], methods: [String] = ["GET", "PUT"]
        ) -> ResponseMessage? {
            CrossOrigin(Self.request(method, headers))?.preflight { methods }
        }
        #expect(
            reply("GET", [origin, ask]) == nil && reply("OPTIONS", [origin]) == nil
                && reply("OPTIONS", [origin, ask], methods: []) == nil)
        let response = try #require(reply("OPTIONS", [origin, ask, ("access-control-request-headers", "x-a, x-b")]))
        #expect(response.status == 204 && response.line("access-control-allow-methods") == "GET, PUT")
        #expect(response.line("access-control-allow-headers") == "x-a, x-b")
        let injected = try #require(reply("OPTIONS", [("origin", "https://a\r\nx-evil: 1"), ask]))
        #expect(injected.headers.allSatisfy { field in !field.value.utf8.contains { $0 < 0x20 } })
    }

    @Test("a page can read every header of a response, each named once")
    func opened() throws {
        let cross = try #require(CrossOrigin(Self.request("GET", [("origin", "https://a.example")])))
        let response = cross.opened(
            ResponseMessage(
                status: 200,
                headers: [("X-A", "1"), ("x-a", "2"), ("Access-Control-Allow-Origin", "*"), ("vary", "Accept")].map {
                    HeaderField(name: $0.0, value: $0.1)
                }))
        #expect(response.header("access-control-allow-origin") == ["https://a.example"])
        #expect(response.header("vary") == ["Accept", "Origin"])
        let exposed = try #require(response.line("access-control-expose-headers")).lowercased().split(separator: ", ")
        #expect(exposed.count { $0 == "x-a" } == 1)
    }

    // MARK: Disturbances

    private static func disturbances(
        _ faults: [FaultRule], latency: Latency? = nil, seed: String = "s"
    ) -> Disturbances {
        var settings = MockSettings(seed: seed)
        settings.disturbances.faults = faults
        settings.disturbances.latency = latency
        return Disturbances(settings)
    }

    @Test("the same requests are disturbed in every run with the same seed, and about the share that was selected")
    func shares() {
        func met(_ share: Double, seed: String) -> [Bool] {
            let disturbances = Self.disturbances([FaultRule(.reset, share: share)], seed: seed)
            return (0..<2_000).map { _ in disturbances.next("x").fault == .reset }
        }
        #expect(met(0.3, seed: "s") == met(0.3, seed: "s") && met(0.3, seed: "s") != met(0.3, seed: "t"))
        #expect((500...700).contains(met(0.3, seed: "s").count { $0 }))
        #expect(met(0, seed: "s").allSatisfy { !$0 } && met(1, seed: "s").allSatisfy { $0 })
        // A greater share disturbs the same requests and more.
        #expect(zip(met(0.1, seed: "s"), met(0.4, seed: "s")).allSatisfy { !$0 || $1 })
    }

    @Test("a fault concerns its operation only, and the first of several faults is taken")
    func operations() {
        let disturbances = Self.disturbances([
            FaultRule(.close, operation: "a"), FaultRule(.hang, operation: "b"), FaultRule(.drip),
        ])
        #expect(disturbances.next("a").fault == .close && disturbances.next("b").fault == .hang)
        #expect(disturbances.next("c").fault == .drip && disturbances.next(nil).fault == .drip)
        #expect(Self.disturbances([]).isNone && !disturbances.isNone)
    }

    @Test("a delay is between its bounds, whichever bound is written first")
    func delays() throws {
        for latency in [Latency(.milliseconds(20), .milliseconds(80)), Latency(.milliseconds(80), .milliseconds(20))] {
            let disturbances = Self.disturbances([], latency: latency)
            let delays = try (0..<500).map { _ in try #require(disturbances.next("x").delay) }
            #expect(delays.allSatisfy { $0 >= .milliseconds(20) && $0 <= .milliseconds(80) })
            #expect(try #require(delays.max()) - #require(delays.min()) > .milliseconds(40))
        }
        #expect(Self.disturbances([]).next("x").delay == nil)
    }
}
