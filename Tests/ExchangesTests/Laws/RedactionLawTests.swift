import Exchanges
import Primitives
import TestKit
import Testing

/// Laws of redaction over random secrets and messages: nothing of a secret remains, and nothing else changes.
@Suite("Laws of redaction")
struct RedactionLawTests {
    private static let letters = Array(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_+/=.~!$é😀 \"\\%&<>'")

    private static func secret(_ random: inout SplitMix) -> String {
        String((0..<Int.random(in: 8...24, using: &random)).map { _ in random.pick(letters) })
    }

    private static func percent(_ text: String) -> String {
        text.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
    }

    private static func json(_ text: String) -> String {
        text.unicodeScalars.map { scalar in
            scalar == "\"" || scalar == "\\" ? "\\\(scalar)" : String(scalar)
        }.joined()
    }

    private static func exchange(_ secret: String) -> Exchange {
        let basic = Base64.text(Array("user:\(secret)".utf8))
        return Exchange(
            sequence: 1, scenario: "s", step: "t", operation: nil, contract: "c",
            request: RequestMessage(
                method: "POST",
                url: "http://h/\(percent(secret))?k=\(percent(secret))&b=\(Base64.text(Array(secret.utf8)))",
                headers: [
                    HeaderField(name: "authorization", value: "Bearer \(secret)"),
                    HeaderField(name: "x-basic", value: "Basic \(basic)"), HeaderField(name: "x-other", value: "plain"),
                ],
                body: Array(#"{"a":"\#(json(secret))","n":[1,2.50]}"#.utf8)),
            outcome: .response(
                ResponseMessage(
                    status: 200, headers: [HeaderField(name: "x-echo", value: secret)],
                    body: Array("<\(secret)>".utf8))),
            startedAt: Instant(microsecondsSinceEpoch: 0), duration: .zero)
    }

    /// Everything that a journal writes of an exchange.
    private static func texts(_ exchange: Exchange) -> [String] {
        let request = exchange.request
        let response = exchange.response
        return [request.url] + request.headers.flatMap { [$0.name, $0.value] } + [
            String(decoding: request.body ?? [], as: UTF8.self)
        ]
            + (response?.headers ?? []).flatMap { [$0.name, $0.value] } + [
                String(decoding: response?.body ?? [], as: UTF8.self)
            ]
    }

    @Test("no part of an exchange contains a secret, in any of its encodings")
    func complete() {
        var random = SplitMix(seed: 1)
        for _ in 0..<40 {
            let secret = Self.secret(&random)
            let redactor = Redactor(secrets: [(name: "KEY", value: secret)])
            let redacted = redactor.redact(Self.exchange(secret))
            let text = Self.texts(redacted).joined(separator: "\n")
            for trace in [secret, Self.percent(secret), Self.json(secret), Base64.text(Array(secret.utf8))] {
                #expect(!text.contains(trace), "\(secret): \(text)")
            }
            #expect(!redactor.findsSecret(in: Array(text.utf8)))
            #expect(redacted.request.header("x-other") == ["plain"])
            #expect(
                String(decoding: redacted.request.body ?? [], as: UTF8.self) == #"{"a":"‹secret KEY›","n":[1,2.50]}"#)
        }
    }

    @Test(
        "a secret that ends in the beginning of an escape is masked with the rest of that escape",
        arguments: [
            (#"hush-hush\"#, #""a":"hush-hush\\""#, #""a":"‹secret KEY›""#),
            (#"hush-hush\"#, #"<hush-hush\>"#, "<‹secret KEY›>"),
            ("hush-hush%", "k=hush-hush%25&b", "k=‹secret KEY›&b"), ("hush-hush%", "<hush-hush%>", "<‹secret KEY›>"),
            ("hush-hush&", "<hush-hush&amp;>", "<‹secret KEY›>"), ("hush-hush&", "<hush-hush&>", "<‹secret KEY›>"),
        ])
    func ends(secret: String, text: String, expected: String) {
        #expect(Redactor(secrets: [(name: "KEY", value: secret)]).redact(text) == expected)
    }

    @Test("redacting twice is redacting once")
    func idempotent() {
        var random = SplitMix(seed: 2)
        for _ in 0..<20 {
            let secrets = (0..<3).map { (name: "K\($0)", value: Self.secret(&random)) }
            let redactor = Redactor(secrets: secrets)
            for secret in secrets {
                let once = redactor.redact(Self.exchange(secret.value))
                #expect(redactor.redact(once) == once)
            }
        }
    }

    @Test("a text without a secret is unchanged, byte for byte")
    func innocent() {
        var random = SplitMix(seed: 3)
        let redactor = Redactor(secrets: (0..<4).map { (name: "K\($0)", value: "zq-secret-number-\($0)") })
        for _ in 0..<400 {
            let bytes = (0..<random.number(below: 60)).map { _ in UInt8.random(in: .min ... .max, using: &random) }
            #expect(redactor.redact(bytes) == bytes)
            let text = String((0..<random.number(below: 40)).map { _ in random.pick(Self.letters) })
            #expect(redactor.redact(text) == text)
        }
    }

    @Test("text around a secret is kept")
    func around() {
        var random = SplitMix(seed: 4)
        let redactor = Redactor(secrets: [(name: "KEY", value: "Zq7-vKw3xRt9")])
        for _ in 0..<300 {
            // No letter of the surroundings can belong to the secret or to an encoding of it.
            let before = String((0..<random.number(below: 9)).map { _ in random.pick(Array("!,;:()[]{}|")) })
            let after = String((0..<random.number(below: 9)).map { _ in random.pick(Array("!,;:()[]{}|")) })
            for form in ["Zq7-vKw3xRt9", "zQ7-VKW3XRT9", Self.percent("Zq7-vKw3xRt9")] {
                #expect(redactor.redact(before + form + after) == before + "‹secret KEY›" + after)
            }
        }
    }

    // MARK: Places

    private static func places(_ places: [RedactedPlace]) -> Redactor {
        Redactor(
            secrets: [],
            places: RedactedPlaces(places) { value in
                var hash = StableHash()
                for byte in value { hash.add(byte) }
                return (0..<8).map { UInt8(truncatingIfNeeded: hash.value >> (8 * UInt64($0))) }
            })
    }

    @Test(
        "a query parameter is masked whatever the spelling of its name",
        arguments: [
            ("sig", "sig=abc", true), ("sig", "s%69g=abc", true), ("sig", "%73%69%67=abc", true),
            ("sig", "SIG=abc", false),
            ("sig", "sig2=abc", false), ("sig", "a=sig&b=abc", false), ("filter[key]", "filter%5Bkey%5D=abc", true),
            ("filter[key]", "filter[key]=abc", true), ("a b", "a%20b=abc", true), ("a b", "a+b=abc", true),
            ("ü", "%C3%BC=abc", true),
            ("sig", "sig=abc&sig=abc", true), ("sig", "sig=", false), ("sig", "sig", false),
        ])
    func queries(name: String, query: String, isMasked: Bool) {
        let redacted = Self.places([.query(name)]).redact(
            RequestMessage(method: "GET", url: "http://h/p?x=1&\(query)&y=2")
        ).url
        #expect(redacted.contains("abc") == (!isMasked && query.contains("abc")), "\(redacted)")
        #expect(redacted.hasPrefix("http://h/p?x=1&") && redacted.hasSuffix("&y=2"))
        #expect(redacted.contains("‹redacted ") == (isMasked || query == "sig="))
    }

    @Test("equal values have equal tokens in every place and spelling, others have others")
    func tokens() {
        let redactor = Self.places([.header("x-a"), .query("b"), .cookie("c"), .body([.name("d")])])
        func token(_ value: String) -> Set<String> {
            let request = redactor.redact(
                RequestMessage(
                    method: "POST", url: "http://h/?b=\(Self.percent(value))",
                    headers: [
                        HeaderField(name: "X-A", value: value),
                        HeaderField(name: "cookie", value: "c=\(Self.percent(value))"),
                    ],
                    body: Array(#"{"d":"\#(Self.json(value))"}"#.utf8)))
            let texts = [
                request.url, request.header("x-a")[0], request.header("cookie")[0],
                String(decoding: request.body ?? [], as: UTF8.self),
            ]
            return Set(
                texts.map { text in
                    text.split(separator: "‹redacted ").last?.split(separator: "›").first.map(String.init) ?? text
                })
        }
        let first = token("session-é-1")
        #expect(first.count == 1 && first.first?.utf8.count == 16)
        #expect(token("session-é-1") == first)
        #expect(token("session-é-2") != first && token("session-é-2").count == 1)
    }

    @Test("a body is masked at its path only, and stays JSON with the same members")
    func bodies() {
        let redactor = Self.places([.body([.name("cards"), .every, .name("cvv")]), .body([.name("list"), .index(1)])])
        func masked(_ body: String) -> String {
            String(decoding: redactor.redact(ResponseMessage(status: 200, body: Array(body.utf8))).body, as: UTF8.self)
        }
        func shape(_ body: String) -> String {
            var rest = masked(body)[...]
            var text = ""
            while let range = rest.firstRange(of: "‹redacted ") {
                text += rest[..<range.lowerBound] + "‹›"
                rest = rest[range.upperBound...].drop { $0 != "›" }.dropFirst()
            }
            return text + rest
        }
        #expect(
            shape(#"{"cards":[{"cvv":"1"},{"cvv":2},{"n":3}],"cvv":"4"}"#)
                == #"{"cards":[{"cvv":"‹›"},{"cvv":"‹›"},{"n":3}],"cvv":"4"}"#)
        #expect(shape(#"{"list":[1,{"a":[2,"}]"]},3]}"#) == #"{"list":[1,"‹›",3]}"#)
        #expect(shape(#"{"list":["a",null]}"#) == #"{"list":["a","‹›"]}"#)
        #expect(shape(#"{"cards":[{"cvv":"a","cvv":"b"}]}"#) == #"{"cards":[{"cvv":"‹›","cvv":"‹›"}]}"#)
        for body in [#"{"cards":{"cvv":"1"}}"#, #"{"cards":[["cvv"]]}"#, #"{"list":[1]}"#, "[1,2]", "null", "{", ""] {
            #expect(masked(body) == body)
        }
    }

    @Test("a cookie is masked by its own name, in requests and responses")
    func cookies() {
        let redactor = Self.places([.cookie("sid")])
        func sent(_ value: String) -> String {
            redactor.redact(
                RequestMessage(method: "GET", url: "http://h/", headers: [HeaderField(name: "Cookie", value: value)])
            )
            .headers[0].value
        }
        func set(_ value: String) -> String {
            redactor.redact(ResponseMessage(status: 200, headers: [HeaderField(name: "SET-COOKIE", value: value)]))
                .headers[0].value
        }
        #expect(
            sent("a=1; sid=xyz; b=2").hasPrefix("a=1; sid=‹redacted ") && sent("a=1; sid=xyz; b=2").hasSuffix("›; b=2"))
        #expect(sent("sid=xyz").hasPrefix("sid=‹redacted "))
        #expect(sent("asid=xyz; sid2=xyz") == "asid=xyz; sid2=xyz")
        #expect(set("sid=xyz; Path=/; Secure").hasSuffix("›; Path=/; Secure"))
        #expect(set("other=xyz; sid=no") == "other=xyz; sid=no")
    }
}
