import Exchanges
import Primitives
import Testing
import Webhooks

@Suite("Signing a delivery")
struct SigningTests {
    private static let time = seconds(1_700_000_000)

    private func signed(
        _ scheme: SignatureScheme, _ body: String, id: String = "msg_1", secrets: [String], at time: Instant = time
    ) -> [String] {
        let delivery = SignedDelivery(id: id, url: receiver, body: Array(body.utf8))
        return scheme.sign(delivery, keys: secrets.map(scheme.key), at: time).map { "\($0.name): \($0.value)" }
    }

    @Test("the public vector of Standard Webhooks")
    func standardVector() {
        let lines = signed(
            .standardWebhooks, StandardVector.body, id: StandardVector.id, secrets: [StandardVector.secret],
            at: seconds(StandardVector.timestamp))
        #expect(
            lines == [
                "webhook-id: \(StandardVector.id)", "webhook-timestamp: \(StandardVector.timestamp)",
                "webhook-signature: v1,\(StandardVector.signature)",
            ])
    }

    /// The values are computed with Python's `hmac` and `base64`.
    @Test("each built-in scheme signs its content in its form")
    func builtIn() {
        let body = #"{"a": 1.0}"#
        #expect(
            signed(.timestampBody, body, secrets: ["key"]) == [
                "x-webhook-timestamp: 1700000000000",
                "x-webhook-signature: gjIpAsOn49xzZ0ZvxgrT5u9qF3Rug/IViGUhmcsNHyE=",
            ])
        #expect(
            signed(.timestampedList, body, secrets: ["key"]) == [
                "webhook-signature: t=1700000000,v1=7eb7945b4c067e415bebb9724fc72105abcc0a8e60210e4a8813aab13b450760"
            ])
        #expect(
            signed(.plain, body, secrets: ["key"]) == [
                "x-signature: 111c4d2327a6dddf95673f0538f552d1b69e87eea3e8b0de68ebccfd8bfbca12"
            ])
    }

    @Test("a scheme of its own: content with the URL, algorithm, encoding and prefix")
    func ownScheme() throws {
        var scheme = SignatureScheme.plain
        scheme.content = try SignedContent.parse("v0:{timestamp}:{url}:{body}")
        scheme.algorithm = .sha512
        scheme.encoding = .base64
        scheme.form = .plain(prefix: "v0=")
        scheme.headers = SignatureHeaders(signature: "X-Sig", timestamp: "X-Time", id: "X-Id")
        scheme.unit = .milliseconds
        #expect(
            signed(scheme, "{}", secrets: ["key"]) == [
                "X-Id: msg_1", "X-Time: 1700000000000",
                "X-Sig: v0=ZqvVehM/DkQyA4ljtrjmMfWy/I7SAUu0C0v+9DvVE+9YEWbARHO8IbvTv6M+jbV7ka2yNb8qqpoTGeMn4d6nYA==",
            ])
        scheme.algorithm = .sha1
        #expect(signed(scheme, "{}", secrets: ["key"]).last == "X-Sig: v0=EorkIPA5D7b55EkVbB1dlAkH9vQ=")
    }

    @Test("a list has one signature for each secret of a rotation, a plain header that of the first")
    func rotation() throws {
        for scheme in [SignatureScheme.standardWebhooks, .timestampedList] {
            let (old, new) = (StandardVector.secret, "whsec_YmJiYmJiYmI=")
            let apart = [new, old].map { signed(scheme, "{}", secrets: [$0]).last ?? "" }
            let together = try #require(signed(scheme, "{}", secrets: [new, old]).last)
            #expect(apart[0] != apart[1])
            for text in apart {
                let signature = try #require(text.split(separator: " ").last?.split(separator: ",v1=").last)
                #expect(together.contains(signature), "\(together)")
            }
        }
        #expect(signed(.plain, "{}", secrets: ["a", "b"]) == signed(.plain, "{}", secrets: ["a"]))
    }

    @Test("the headers without which a delivery is not signed contain its id only if it is signed")
    func required() {
        #expect(
            SignatureScheme.standardWebhooks.requiredHeaders == [
                "webhook-id", "webhook-timestamp", "webhook-signature",
            ])
        #expect(SignatureScheme.timestampedList.requiredHeaders == ["webhook-signature"])
        var scheme = SignatureScheme.plain
        scheme.headers.id = "x-id"
        #expect(scheme.requiredHeaders == ["x-signature"])
    }

    @Test(
        "a secret in Base64 may have a prefix, and needs no padding",
        arguments: [
            ("whsec_YWJjZA==", "abcd"), ("YWJjZA==", "abcd"), ("YWJjZA", "abcd"), ("whsec_YWI", "ab"),
            ("whsec_", nil), ("", nil), ("a b!", nil), ("whsec_a", nil), ("YWJjZB==", nil),
        ] as [(String, String?)])
    func secrets(_ secret: String, _ key: String?) {
        #expect(SecretEncoding.base64.key(secret) == key.map { Array($0.utf8) })
        #expect(SecretEncoding.text.key(secret) == (secret.isEmpty ? nil : Array(secret.utf8)))
    }
}

@Suite("The content of a signature")
struct SignedContentTests {
    @Test(
        "a template is read and written again",
        arguments: ["{body}", "{id}.{timestamp}.{body}", "v0:{timestamp}:{body}", "{url}{body}\n", "{body}{body}"])
    func roundTrip(_ text: String) throws {
        #expect(try SignedContent.parse(text).text == text)
    }

    @Test(
        "mistakes of templates",
        arguments: [
            ("", SignedContent.Mistake.noBody), ("{timestamp}", .noBody), ("body", .noBody),
            ("{body}.{time}", .unknownPart("time")), ("{}{body}", .unknownPart("")), ("{ body}", .unknownPart(" body")),
            ("{body", .unpairedBrace), ("body}", .unpairedBrace), ("{body}}", .unpairedBrace),
            ("{{body}}", .unknownPart("{body")),
        ])
    func mistakes(_ text: String, _ mistake: SignedContent.Mistake) {
        #expect(throws: mistake) { try SignedContent.parse(text) }
    }
}
