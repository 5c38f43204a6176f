import Exchanges
import OpenAPI
import Testing

@testable import Scenarios

@Suite("Sent requests are seen as the contract sees them")
struct WireRequestTests {
    @Test(
        "the path of the base URL is taken off, and nothing else",
        arguments: [
            ("https://a.example/v1/parcels/1?x=2", "https://a.example/v1", "/parcels/1"),
            ("https://a.example/v1/parcels", "https://a.example/v1/", "/parcels"),
            ("https://a.example/parcels", "https://a.example", "/parcels"),
            ("https://a.example/v1", "https://a.example/v1", "/"),
            ("https://a.example/v10/parcels", "https://a.example/v1", "/v10/parcels"),
            ("https://b.example/other/parcels", "https://a.example/v1", "/other/parcels"),
        ])
    func basePath(_ url: String, _ base: String, _ path: String) {
        let message = RequestMessage(
            method: "GET",
            url: url,
            headers: [HeaderField(name: "X-A", value: "1")],
            body: [1]
        )
        let wire = WireRequest(message, baseURL: base)
        #expect(wire.path == path)
        #expect(wire.query == message.query)
        #expect(wire.header("x-a") == ["1"])
        #expect(wire.body == [1])
    }
}
