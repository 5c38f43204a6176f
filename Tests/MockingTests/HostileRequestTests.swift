import Exchanges
import JSONDocument
import OpenAPI
import Testing

@testable import Mocking

/// Requests that only an attacker or a broken client sends.
struct HostileRequestTests {
    @Test(
        "an unusual target is not found",
        arguments: [
            "", "/", "//", "/api", "/api/v1", "/api/v1/", "/api/v1//parcels", "/api/v1/parcels/",
            "/api/v1/../v1/parcels",
            "/api/v1/%", "/api/v1/parcels/%zz/send/x", "*", "/api/v1/parcels%00", "/API/V1/parcels", "/api/v1x/parcels",
        ])
    func targets(target: String) throws {
        var mock = try TestMock()
        let response = mock.send("GET", target)
        #expect((400..<500).contains(response.status), "\(target): \(response.status)")
    }

    @Test(
        "an unusual id is unknown, and an id that cannot be decoded is invalid",
        arguments: [
            ("%00", 404), ("..", 404), ("%2E%2E", 404), ("%0D%0Ax-evil:1", 404), ("a+b", 404), ("%25", 404),
            (String(repeating: "a", count: 100_000), 404), ("%FF", 400), ("%zz", 400), ("%", 400),
        ]
    )
    func ids(id: String, status: Int) throws {
        var mock = try TestMock()
        let response = mock.send("GET", "/api/v1/parcels/\(id)")
        #expect(response.status == status, "\(response.text.prefix(200))")
        #expect(response.json?["code"] == (status == 404 ? "unknown" : "invalid"))
    }

    @Test("a header is always one line, also when it repeats text of the request")
    func headerInjection() throws {
        var mock = try TestMock()
        let value = "a\r\nx-evil: 1\u{0}b"
        let response = mock.send("GET", "/api/v1/parcels", adding: [("x-mock", value)])
        #expect(response.line("x-mock") == "ax-evil: 1b")
        for field in response.headers {
            #expect(!field.value.utf8.contains { $0 < 0x20 && $0 != 0x09 })
        }
    }

    @Test(
        "an unusual body is rejected, and the mock keeps working",
        arguments: [
            "null", "1", "\"\"", "{\"id\":\"p\",\"to\":null}", "\u{FEFF}{}",
            "{\"id\":\"\\ud800\",\"to\":{\"city\":\"Here\"}}",
            "{\"id\":\"p\",\"id\":7,\"to\":{\"city\":\"Here\"}}", String(repeating: "[", count: 100_000),
            "{\"id\":\"" + String(repeating: "x", count: 1_000_000) + "\",\"to\":{\"city\":\"Here\"}}",
        ])
    func bodies(body: String) throws {
        var mock = try TestMock()
        let response = mock.send("POST", "/api/v1/parcels", body)
        #expect(response.status == 400, "\(response.text.prefix(200))")
        #expect(response.body.count < 10_000)
        #expect(mock.send("POST", "/api/v1/parcels", Parcels.parcel).status == 200)
    }

    @Test("bytes that are not UTF-8 are rejected")
    func bytes() throws {
        let mock = try TestMock()
        var engine = mock.engine
        let fields = (mock.headers + [("content-type", "application/json")])
            .map { HeaderField(name: $0.0, value: $0.1) }
        let body: [UInt8] = [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]
        let request = RequestMessage(method: "POST", url: "http://x/api/v1/parcels", headers: fields, body: body)
        #expect(engine.respond(to: request, at: mock.now).status == 400)
    }

    @Test("templates in requests are plain text")
    func noExpansion() throws {
        var mock = try TestMock()
        let made = mock.send(
            "POST", "/api/v1/parcels", #"{"id":"{{now}}","to":{"city":"Here","street":"{{entity.id}}"}}"#)
        #expect(made.json?["id"] == "{{now}}")
        #expect(made.json?["to"]?["street"] == "{{entity.id}}")
    }

    @Test("a long stream of requests stays bounded")
    func bounded() throws {
        var mock = try TestMock(behaviour: Parcels.behaviour + "\nmemory: {entities: 10, replays: 10}\n")
        for index in 0..<500 {
            let body = #"{"id":"p\#(index)","to":{"city":"Here"}}"#
            _ = mock.send("POST", "/api/v1/parcels", body, adding: [("x-once", "k\(index)")])
        }
        #expect(mock.send("GET", "/api/v1/parcels").json?.elements?.count == 10)
    }
}
