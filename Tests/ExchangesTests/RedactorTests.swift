import Exchanges
import Foundation
import Primitives
import Testing

@Suite("Redactor")
struct RedactorTests {
    let redactor = Redactor(secrets: [("KEY", "s3cr/t+\"k\u{E9}y\\ 1"), ("ID", "client-id-42"), ("PIN", "1234")])

    @Test(
        "a secret is masked in every spelling",
        arguments: [
            "client-id-42", "cl%69ent%2Did-42", "%63%6c%69%65%6E%74%2d%69%64%2d%34%32", "client\\u002did-42",
            "\\u0063lient-id-4\\u0032",
        ]
    )
    func spellings(text: String) {
        #expect(redactor.redact("<\(text)>") == "<‹secret ID›>")
        #expect(redactor.redact(text) == "‹secret ID›")
    }

    @Test("a secret with punctuation is masked raw, in a query, in a form, and in JSON")
    func signs() throws {
        let secret = "s3cr/t+\"k\u{E9}y\\ 1"
        let percent = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let form = percent.replacing("%20", with: "+")
        let json = try String(decoding: JSONEncoder().encode([secret]), as: UTF8.self)
        let ascii = "s3cr\\/t+\\\"k\\u00e9y\\\\ 1"
        for text in [secret, percent, form, ascii] {
            #expect(redactor.redact("a\(text)b") == "a‹secret KEY›b")
        }
        #expect(redactor.redact(json) == "[\"‹secret KEY›\"]")
    }

    @Test(
        "a character that begins escapes is masked raw and escaped, anywhere in the secret",
        arguments: ["100%<b>x", "%25%%abc", #"a\\b\u0041"#, #"%\%\%\"#])
    func ambiguousSigns(secret: String) throws {
        let redactor = Redactor(secrets: [("KEY", secret)])
        let percent = secret.utf8.map { "%" + String($0, radix: 16) }.joined()
        let form = try #require(secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics))
        let json = secret.replacingOccurrences(of: "\\", with: "\\\\")
        for text in [secret, percent, percent.uppercased(), form, json] {
            #expect(redactor.redact("<\(text)>") == "<‹secret KEY›>", "\(text)")
        }
    }

    @Test("a secret outside the basic plane is masked as a surrogate pair")
    func surrogatePairs() {
        let redactor = Redactor(secrets: [("S", "ab😀cd!")])
        #expect(redactor.redact("\"ab\\ud83d\\uDE00cd!\"") == "\"‹secret S›\"")
        #expect(redactor.redact("ab😀\\u0063d!") == "‹secret S›")
        #expect(redactor.redact("ab\\ud83dcd!") == "ab\\ud83dcd!")
    }

    @Test("base64 that contains a secret at any position reveals nothing of it", arguments: 0..<9)
    func base64(lead: Int) {
        let secret = "client-id-42"
        for trail in 0..<6 {
            let plain = Data((String(repeating: "?", count: lead) + secret + String(repeating: "!", count: trail)).utf8)
            for encoded in [plain.base64EncodedString(), urlSafe(plain.base64EncodedString())] {
                let masked = redactor.redact("Basic \(encoded)")
                #expect(masked.contains("‹secret ID›"))
                let rest = masked.replacing("‹secret ID›", with: "").replacing("Basic ", with: "")
                // What is left are characters that depend on the bytes around the secret alone.
                let start = lead * 8 / 6
                let end = ((lead + secret.utf8.count) * 8 + 5) / 6
                #expect(rest == String(encoded.prefix(start) + encoded.dropFirst(end)))
            }
        }
    }

    @Test("overlapping secrets become one mask, named after the longest, and neither remains visible")
    func overlaps() {
        let redactor = Redactor(secrets: [("A", "abcdef"), ("B", "cdefghijklmn"), ("C", "abcdefghijklmnop")])
        #expect(redactor.redact("xabcdefghijklmny") == "x‹secret B›y")
        #expect(redactor.redact("xabcdefghijklmnopy") == "x‹secret C›y")
        #expect(redactor.redact("abcdefabcdef") == "‹secret A›‹secret A›")
    }

    @Test("redacting twice changes nothing, even if a secret is the word in the mask")
    func idempotence() {
        let redactor = Redactor(secrets: [("TOKEN", "secret"), ("secret", "TOKEN1")])
        let once = redactor.redact("a secret and TOKEN1")
        #expect(once == "a ‹secret TOKEN› and ‹secret secret›")
        #expect(redactor.redact(once) == once)
    }

    @Test("text without a secret keeps its bytes, even if it is not UTF-8")
    func untouched() {
        let bytes: [UInt8] = [0xFF, 0x00, 0x80, 0xE2, 0x80, 0x25, 0x5C]
        #expect(redactor.redact(bytes) == bytes)
        #expect(redactor.redact("client-id-4") == "client-id-4")
        #expect(Redactor.none.redact("client-id-42") == "client-id-42")
    }

    @Test("a name cannot break out of its mask")
    func names() {
        #expect(Redactor(secrets: [("a\"b\n\\'c", "secret!")]).redact("\"secret!\"") == "\"‹secret abc›\"")
    }

    @Test("a short secret is masked only where requests contain credentials")
    func shortSecrets() {
        #expect(redactor.shortSecrets == ["PIN"])
        let basic = Data("user:1234".utf8).base64EncodedString()
        let request = RequestMessage(
            method: "POST",
            url: "http://h/1234?pin=1234&x=%31234&y=12345",
            headers: [
                HeaderField(name: "x-pin", value: "1234"), HeaderField(name: "authorization", value: "Bearer 1234"),
                HeaderField(name: "authorization", value: "Basic \(basic)"),
                HeaderField(name: "cookie", value: "a=1234; b=5"), HeaderField(name: "x-amount", value: "12345"),
            ],
            body: Array("{\"amount\": 1234}".utf8)
        )
        let redacted = redactor.redact(request)
        #expect(redacted.url == "http://h/1234?pin=‹secret PIN›&x=‹secret PIN›&y=12345")
        #expect(
            redacted.headers.map(\.value) == [
                "‹secret PIN›", "Bearer ‹secret PIN›", "Basic ‹secret PIN›", "a=‹secret PIN›; b=5", "12345",
            ]
        )
        #expect(redacted.body == request.body)
    }

    @Test("an empty secret masks nothing")
    func emptySecret() {
        let redactor = Redactor(secrets: [("E", "")])
        #expect(redactor.redact("abc") == "abc")
        #expect(redactor.shortSecrets == [])
    }

    @Test("responses and failures are masked too")
    func exchanges() {
        var exchange = Exchange(
            sequence: 1,
            scenario: "s",
            step: "t",
            operation: nil,
            contract: "c",
            request: RequestMessage(method: "GET", url: "http://h/"),
            outcome: .response(
                ResponseMessage(
                    status: 200,
                    headers: [HeaderField(name: "x-echo", value: "client-id-42")],
                    body: Array("{\"id\":\"client\\u002did-42\"}".utf8)
                )
            ),
            startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .zero
        )
        let redacted = redactor.redact(exchange)
        #expect(redacted.response?.headers.first?.value == "‹secret ID›")
        #expect(redacted.response.map { String(decoding: $0.body, as: UTF8.self) } == "{\"id\":\"‹secret ID›\"}")
        exchange.outcome = .failure(TransportFailure(.other, "client-id-42 was refused."))
        #expect(redactor.redact(exchange).outcome.failure?.message == "‹secret ID› was refused.")
    }

    private func urlSafe(_ text: String) -> String {
        text.replacing("+", with: "-").replacing("/", with: "_")
    }
}
