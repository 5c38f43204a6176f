import Exchanges
import Primitives
import Testing
import Webhooks

@Suite("Verifying a delivery")
struct VerifyingTests {
    private static let time = seconds(StandardVector.timestamp)
    private static let other = "v1,Ceo5qEr07ixe2NLpvHk3FH9bwy/WavXrAFQ/9tdO6mc="

    /// The headers of the public vector with another signature.
    private func headers(_ signature: String = "v1,\(StandardVector.signature)") -> [HeaderField] {
        fields([
            ("Webhook-Id", StandardVector.id), ("webhook-timestamp", "\(StandardVector.timestamp)"),
            ("WEBHOOK-SIGNATURE", signature),
        ])
    }

    private func verdict(_ headers: [HeaderField], _ body: String = StandardVector.body) -> SignatureVerdict {
        SignatureScheme.standardWebhooks.verdict(headers, body, secrets: [StandardVector.secret], at: Self.time)
    }

    @Test("the public cases of Standard Webhooks")
    func publicCases() {
        let valid = "v1,\(StandardVector.signature)"
        #expect(verdict(headers()) == .valid(key: 0))
        #expect(verdict(headers("\(Self.other) v2,\(Self.other.dropFirst(3)) \(valid) v2,x")) == .valid(key: 0))
        #expect(verdict(headers(Self.other)) == .wrong)
        #expect(verdict(headers("v1,")) == .malformedSignature(problem: "has no signature of 32 bytes in base64"))
        #expect(verdict(headers("v2,\(StandardVector.signature)")) == .unknownVersion(found: ["v2"]))
        for name in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            #expect(verdict(headers().filter { !$0.isNamed(name) }) == .missing(header: name))
        }
    }

    @Test("every built-in scheme accepts what it signs, and no other body, id, time, URL or secret")
    func roundTrip() throws {
        var withURL = SignatureScheme.timestampBody
        withURL.content = try SignedContent.parse("{url}|{timestamp}|{body}")
        for scheme in SignatureScheme.builtIn.map(\.scheme) + [withURL] {
            let body = Array(#"{"amount": 1.0, "é": "ü"}"#.utf8)
            let keys = [StandardVector.secret, "YmJiYmJiYmI="].map(scheme.key)
            let delivery = SignedDelivery(id: "evt_1", url: receiver, body: body)
            let signed = scheme.sign(delivery, keys: [keys[1]], at: Self.time)
            func verdict(
                _ headers: [HeaderField]? = nil, _ received: [UInt8]? = nil, url: String = receiver,
                keys used: [[UInt8]]? = nil, now: Instant = Self.time
            ) -> SignatureVerdict {
                scheme.verify(headers ?? signed, body: received ?? body, url: url, keys: used ?? keys, now: now)
            }
            #expect(verdict() == .valid(key: 1))
            for index in body.indices {
                var changed = body
                changed[index] ^= 1
                #expect(verdict(nil, changed) == .wrong)
            }
            #expect(verdict(nil, []) == .wrong)
            #expect(verdict(keys: [keys[0]]) == .wrong)
            #expect(verdict(keys: []) == .wrong)
            #expect(verdict(url: "https://other.example") == (scheme.content.uses(.url) ? .wrong : .valid(key: 1)))
            for (index, field) in signed.enumerated() {
                var moved = signed
                let digit = field.value.last { $0.isNumber && $0 != "0" } ?? "0"
                guard let at = field.value.lastIndex(of: digit) else { continue }
                moved[index].value.replaceSubrange(at...at, with: "0")
                #expect(!verdict(moved).isValid, "\(field.name)")
            }
        }
    }

    @Test("of several secrets, the first one that matches is named")
    func severalKeys() {
        let delivery = SignedDelivery(id: "evt_1", url: receiver, body: [0x7B, 0x7D])
        for scheme in [SignatureScheme.standardWebhooks, .timestampedList] {
            let signed = scheme.sign(delivery, keys: [[1], [2]], at: Self.time)
            func verdict(_ keys: [[UInt8]]) -> SignatureVerdict {
                scheme.verify(signed, body: delivery.body, keys: keys, now: Self.time)
            }
            #expect(verdict([[1], [2]]) == .valid(key: 0))
            #expect(verdict([[9], [2], [1]]) == .valid(key: 1))
            #expect(verdict([[9]]) == .wrong)
        }
    }

    @Test("the age is judged at both ends of the tolerance, after the signature")
    func age() {
        for scheme in SignatureScheme.builtIn.map(\.scheme) where scheme.hasTimestamp {
            let delivery = SignedDelivery(id: "evt_1", url: receiver, body: [0x7B, 0x7D])
            let signed = scheme.sign(delivery, keys: [[1]], at: Self.time)
            func verdict(after count: Int, key: [UInt8] = [1]) -> SignatureVerdict {
                scheme.verify(
                    signed, body: delivery.body, keys: [key], now: seconds(StandardVector.timestamp + count))
            }
            #expect(verdict(after: 300) == .valid(key: 0))
            #expect(verdict(after: 301) == .old(age: .seconds(301)))
            #expect(verdict(after: -300) == .valid(key: 0))
            #expect(verdict(after: -301) == .future(by: .seconds(301)))
            #expect(verdict(after: 301, key: [2]) == .wrong)
            #expect(scheme.deliveryTime(signed) == Self.time)
        }
        #expect(SignatureScheme.plain.deliveryTime([]) == nil)
    }

    @Test(
        "malformed headers have a verdict of their own",
        arguments: [
            ("", SignatureVerdict.missing(header: "webhook-signature")),
            ("v1=5257", .malformedSignature(problem: "has no timestamp t=…")),
            ("t=1,t=1,v1=52", .malformedSignature(problem: "has several timestamps t=…")),
            ("t=1614265330", .malformedSignature(problem: "has no signature")),
            ("t=1614265330,v0=52", .unknownVersion(found: ["v0"])),
            ("t=1614265330,v1=52", .malformedSignature(problem: "has no signature of 32 bytes in hex")),
            ("t=,v1=\(String(repeating: "ab", count: 32))", .malformedTimestamp("")),
            ("t=-5,v1=\(String(repeating: "ab", count: 32))", .malformedTimestamp("-5")),
            ("t=1.5,v1=\(String(repeating: "ab", count: 32))", .malformedTimestamp("1.5")),
            (
                "t=99999999999999999999,v1=\(String(repeating: "ab", count: 32))",
                .malformedTimestamp("99999999999999999999")
            ),
            ("t=9999999999999999,v1=\(String(repeating: "ab", count: 32))", .malformedTimestamp("9999999999999999")),
            ("t=1614265330,v1=\(String(repeating: "ab", count: 32))", .wrong),
            (
                "t=1" + String(repeating: ",v1=ab", count: 33),
                .malformedSignature(problem: "has more than 32 signatures")
            ),
            (String(repeating: "a", count: 9_000), .malformedSignature(problem: "has more than 8192 bytes")),
        ])
    func malformed(_ header: String, _ expected: SignatureVerdict) {
        let headers = fields([("webhook-signature", header)])
        #expect(
            SignatureScheme.timestampedList.verdict(headers, "{}", secrets: ["key"], at: Self.time) == expected)
    }

    @Test("a plain signature has its prefix, and a header occurs once")
    func plain() {
        var scheme = SignatureScheme.plain
        scheme.form = .plain(prefix: "sha256=")
        let delivery = SignedDelivery(id: "", url: "", body: [0x7B, 0x7D])
        let signed = scheme.sign(delivery, keys: [[1]], at: Self.time)
        func verdict(_ fields: [HeaderField]) -> SignatureVerdict {
            scheme.verify(fields, body: delivery.body, keys: [[1]], now: Self.time)
        }
        #expect(verdict(signed) == .valid(key: 0))
        #expect(verdict(signed + signed) == .repeated(header: "x-signature"))
        #expect(
            verdict(fields([("x-signature", String(signed[0].value.dropFirst(7)))]))
                == .malformedSignature(problem: "does not begin with sha256="))
        // Digits in upper case denote the same bytes.
        #expect(verdict(fields([("x-signature", "sha256=" + signed[0].value.dropFirst(7).uppercased())])).isValid)
    }

    @Test("Base64 of another alphabet, without padding or with stray bits is malformed")
    func base64() {
        for text in [
            "g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE",
            "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=",
        ] {
            #expect(
                verdict(headers("v1,\(text)"))
                    == .malformedSignature(problem: "has no signature of 32 bytes in base64"))
        }
    }

    @Test("the unit of a timestamp is that of the scheme")
    func units() {
        #expect(TimestampUnit.seconds.text(seconds(5)) == "5" && TimestampUnit.milliseconds.text(seconds(5)) == "5000")
        #expect(TimestampUnit.milliseconds.instant("5000") == seconds(5))
        #expect(TimestampUnit.seconds.instant("+5") == nil && TimestampUnit.seconds.instant("٥") == nil)
    }
}
