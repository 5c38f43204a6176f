import Exchanges
import Testing

@Suite("Redacted places")
struct RedactedPlacesTests {
    /// A hash that shows which value was hashed, by its length and last byte.
    private let places = RedactedPlaces(
        [
            .header("authorization"), .query("sig"), .cookie("sid"), .body([.name("session")]),
            .body([.name("cards"), .every, .name("cvv")]), .body([.name("who")]),
        ],
        hash: { [0, 0, 0, 0, 0, 0, UInt8($0.count), $0.last ?? 0] })
    private var redactor: Redactor { Redactor(secrets: [("KEY", "client-key-1")], places: places) }

    @Test("a body value becomes a token, and every other byte is unchanged")
    func body() {
        let response = ResponseMessage(
            status: 200,
            body: Array(
                #"{ "session" : "s\u0065ssion-1", "cards":[{"cvv": 123},{"cvv":"9"}], "who": {"a":[1,"}"]} , "n": 1}"#
                    .utf8))
        let text = String(decoding: redactor.redact(response).body, as: UTF8.self)
        #expect(
            text
                == #"{ "session" : "‹redacted 0000000000000931›", "cards":[{"cvv": "‹redacted 0000000000000333›"},{"cvv":"‹redacted 0000000000000139›"}], "who": "‹redacted 0000000000000d7d›" , "n": 1}"#
        )
    }

    @Test("a secret that becomes known during a run is masked everywhere from then on, also in its encodings")
    func learnedSecrets() {
        let redactor = Redactor(secrets: [], places: RedactedPlaces([]) { $0 })
        let text = "a canary-12/3 b canary-12%2F3 Y2FuYXJ5LTEyLzM="
        #expect(redactor.redact(text) == text && !redactor.findsSecret(in: Array(text.utf8)))
        redactor.learn("TOKEN", "canary-12/3")
        redactor.learn("OTHER", "canary-12/3")
        // A copy made before or after knows the secret too.
        #expect(redactor.redact(text) == "a ‹secret TOKEN› b ‹secret TOKEN› ‹secret TOKEN›=")
        #expect(redactor.findsSecret(in: Array(text.utf8)))
        redactor.learn("MASK", "‹secret TOKEN›")
        redactor.learn("NONE", "")
        #expect(redactor.redact("‹secret TOKEN› x") == "‹secret TOKEN› x")
    }

    @Test("a short secret that becomes known is masked as a whole credential only")
    func learnedShortSecrets() {
        let redactor = Redactor(secrets: [], places: RedactedPlaces([]) { $0 })
        redactor.learn("PIN", "1234")
        let request = RequestMessage(
            method: "GET", url: "http://a.test/1234?pin=1234",
            headers: [
                HeaderField(name: "authorization", value: "Bearer 1234"), HeaderField(name: "x", value: "a 12345"),
            ])
        let redacted = redactor.redact(request)
        #expect(redacted.url == "http://a.test/1234?pin=‹secret PIN›")
        #expect(redacted.headers.map(\.value) == ["Bearer ‹secret PIN›", "a 12345"])
    }

    @Test("headers, cookies and query parameters are masked in both directions")
    func headers() {
        let request = RequestMessage(
            method: "GET", url: "http://a.test/x?a=1&sig=ab%20c&b=2",
            headers: [
                HeaderField(name: "Authorization", value: "Bearer abcdef"),
                HeaderField(name: "cookie", value: "a=1; sid=xyz"),
            ])
        let redacted = redactor.redact(request)
        #expect(redacted.url == "http://a.test/x?a=1&sig=‹redacted 0000000000000463›&b=2")
        #expect(redacted.header("authorization") == ["‹redacted 0000000000000d66›"])
        #expect(redacted.header("cookie") == ["a=1; sid=‹redacted 000000000000037a›"])
        let response = ResponseMessage(
            status: 200, headers: [HeaderField(name: "Set-Cookie", value: "sid=xyz; Path=/; sid=no")])
        #expect(redactor.redact(response).header("set-cookie") == ["sid=‹redacted 000000000000037a›; Path=/; sid=no"])
    }

    @Test("a value found once is masked everywhere afterwards, in every spelling")
    func learned() {
        let redactor = redactor
        #expect(redactor.redact("see session-1") == "see session-1")
        _ = redactor.redact(ResponseMessage(status: 200, body: Array(#"{"session": "session-1"}"#.utf8)))
        for text in ["see session-1", "see sess%69on-1", "see sess\\u0069on-1"] {
            #expect(redactor.redact(text) == "see ‹redacted 0000000000000931›")
        }
        #expect(!redactor.redact("c2Vzc2lvbi0x").contains("c2Vzc2lvbi0"))
        #expect(redactor.redact("client-key-1 session-1") == "‹secret KEY› ‹redacted 0000000000000931›")
    }

    @Test("short values are masked only in their place, and masking twice changes nothing")
    func short() {
        let redactor = redactor
        let response = ResponseMessage(
            status: 200, headers: [HeaderField(name: "authorization", value: "Bearer abcdef")],
            body: Array(#"{"cards": [{"cvv": "12"}], "n": "12"}"#.utf8))
        let once = redactor.redact(response)
        #expect(String(decoding: once.body, as: UTF8.self).hasSuffix(#""n": "12"}"#))
        #expect(redactor.redact(once) == once)
    }

    @Test("a mask sent by a server hides nothing")
    func forgedMasks() {
        let redactor = redactor
        #expect(redactor.redact("‹redacted client-key-1›") == "‹redacted ‹secret KEY››")
        #expect(redactor.redact("‹secret client-key-1›") == "‹secret ‹secret KEY››")
    }

    @Test("a body that is not JSON, or without the member, is unchanged", arguments: ["", "{", "[1]", "{\"s\": 1}"])
    func untouched(body: String) {
        let response = ResponseMessage(status: 200, body: Array(body.utf8))
        #expect(redactor.redact(response) == response)
    }
}
