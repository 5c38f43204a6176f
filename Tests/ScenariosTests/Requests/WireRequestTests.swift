import Exchanges
import OpenAPI
import Testing

@testable import Scenarios

@Suite("Sent requests in the form used by contracts")
struct WireRequestTests {
    @Test(
        "only the path of the base URL is removed",
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
