import Exchanges
import Primitives
import TestKit
import Testing
import Webhooks

@Suite("Properties of signatures") struct SchemePropertyTests {
    private static let now = seconds(1_700_000_000)

    private static func scheme(_ numbers: inout SplitMix) throws -> SignatureScheme {
        let contents = [
            "{body}", "{timestamp}.{body}", "{id}.{timestamp}.{body}", "{url}|{body}", "v0:{timestamp}:{body}:{id}",
            "{body}{body}",
        ]
        var scheme = SignatureScheme(
            content: try SignedContent.parse(numbers.pick(contents)),
            headers: SignatureHeaders(
                signature: numbers.pick(["x-sig", "Webhook-Signature"]), timestamp: "X-Time", id: "X-Id"))
        scheme.algorithm = numbers.pick(DigestAlgorithm.allCases)
        scheme.encoding = numbers.pick(SignatureEncoding.allCases)
        scheme.unit = numbers.pick(TimestampUnit.allCases)
        scheme.form = numbers.pick([
            .plain(prefix: ""), .plain(prefix: "sha="), .versionedList(version: "v1"), .timestampedList(version: "v9"),
        ])
        if case .timestampedList = scheme.form { scheme.headers.timestamp = nil }
        return scheme
    }

    private static func bytes(_ numbers: inout SplitMix, upTo count: Int) -> [UInt8] {
        (0..<numbers.number(below: count)).map { _ in UInt8(numbers.number(below: 256)) }
    }

    @Test(
        "whatever its parts, a scheme accepts what it signs, in any order and case of the headers, and no other bytes")
    func roundTrip() throws {
        var numbers = SplitMix(seed: 41)
        for round in 0..<150 {
            let scheme = try Self.scheme(&numbers)
            let delivery = SignedDelivery(id: "evt-\(round)", url: receiver, body: Self.bytes(&numbers, upTo: 60))
            let keys = (0..<(1 + numbers.number(below: 3))).map { [UInt8($0)] + Self.bytes(&numbers, upTo: 20) }
            let signed = scheme.sign(delivery, keys: keys, at: Self.now)
            func verdict(_ fields: [HeaderField], _ body: [UInt8]? = nil, _ used: [[UInt8]]? = nil) -> SignatureVerdict
            {
                scheme.verify(fields, body: body ?? delivery.body, url: receiver, keys: used ?? keys, now: Self.now)
            }
            let mixed = signed.shuffled(using: &numbers).map {
                HeaderField(name: $0.name.uppercased(), value: $0.value)
            }
            #expect(verdict(mixed) == .valid(key: 0), "\(scheme)")
            #expect(verdict(mixed + [HeaderField(name: "x-other", value: "1")]).isValid)
            #expect(verdict(mixed, delivery.body + [0]) == .wrong)
            #expect(verdict(mixed, nil, [[255]]) == .wrong && verdict(mixed, nil, []) == .wrong)
            // The receiver may know the keys in another order, or only the first one of a rotation.
            #expect(verdict(mixed, nil, [[254], keys[0]]) == .valid(key: 1))
            if case .plain = scheme.form { continue }
            for key in keys { #expect(verdict(mixed, nil, [key]) == .valid(key: 0)) }
        }
    }

    @Test("the timestamp is signed as it was sent, so another spelling of the same time is another text")
    func timestampText() throws {
        let scheme = SignatureScheme.timestampBody
        let delivery = SignedDelivery(id: "", url: "", body: [1, 2])
        var signed = scheme.sign(delivery, keys: [[7]], at: Self.now)
        let index = try #require(signed.firstIndex { $0.isNamed("x-webhook-timestamp") })
        signed[index].value = "0" + signed[index].value
        #expect(scheme.verify(signed, body: delivery.body, keys: [[7]], now: Self.now) == .wrong)
        let own = scheme.signature(of: delivery, timestamp: signed[index].value, key: [7])
        signed[signed.count - 1].value = own
        #expect(scheme.verify(signed, body: delivery.body, keys: [[7]], now: Self.now).isValid)
    }

    @Test(
        "the headers without which a delivery is not signed",
        arguments: [
            (SignatureScheme.standardWebhooks, ["webhook-id", "webhook-timestamp", "webhook-signature"], true),
            (.timestampBody, ["x-webhook-timestamp", "x-webhook-signature"], true),
            (.timestampedList, ["webhook-signature"], true),
            (.plain, ["x-signature"], false),
        ])
    func required(scheme: SignatureScheme, headers: [String], hasTimestamp: Bool) {
        #expect(scheme.requiredHeaders == headers && scheme.hasTimestamp == hasTimestamp)
        let delivery = SignedDelivery(id: "m1", url: receiver, body: [1])
        let signed = scheme.sign(delivery, keys: [[7]], at: Self.now)
        #expect(signed.map(\.name) == headers)
        for (index, name) in headers.enumerated() {
            var fields = signed
            fields[index].value = ""
            #expect(
                scheme.verify(fields, body: [1], url: receiver, keys: [[7]], now: Self.now) == .missing(header: name))
            fields[index] = signed[index]
            fields.append(HeaderField(name: name.uppercased(), value: signed[index].value))
            #expect(
                scheme.verify(fields, body: [1], url: receiver, keys: [[7]], now: Self.now) == .repeated(header: name))
        }
    }

    @Test("an id that is not signed is not required, and is still that of the delivery")
    func deliveryIDs() {
        var scheme = SignatureScheme.plain
        #expect(scheme.deliveryID([HeaderField(name: "x-id", value: "1")]) == nil)
        scheme.headers.id = "X-Id"
        #expect(scheme.requiredHeaders == ["x-signature"])
        #expect(
            scheme.deliveryID([HeaderField(name: "x-id", value: "1"), HeaderField(name: "X-ID", value: "2")]) == "1")
        #expect(scheme.deliveryID([]) == nil)
        let signed = scheme.sign(SignedDelivery(id: "m1", url: "", body: []), keys: [[7]], at: Self.now)
        #expect(signed.map(\.value).first == "m1")
        #expect(scheme.verify(signed.filter { !$0.isNamed("x-id") }, body: [], keys: [[7]], now: Self.now).isValid)
    }

    @Test(
        "a time is a decimal number in the unit of the scheme",
        arguments: [
            ("0", 0), ("1700000000", 1_700_000_000), ("0001700000000", 1_700_000_000),
            ("9223372036854", 9_223_372_036_854),
        ])
    func times(text: String, expected: Int) {
        #expect(TimestampUnit.seconds.instant(text) == seconds(expected))
        #expect(TimestampUnit.milliseconds.instant(text + "000") == seconds(expected))
    }

    @Test(
        "any other text, and a time that no instant has, is malformed",
        arguments: ["", "-1", "+1", "1e9", " 1", "1 ", "1.0", "0x1", "12345678901234567", "9999999999999999"])
    func notTimes(text: String) {
        #expect(TimestampUnit.seconds.instant(text) == nil && TimestampUnit.milliseconds.instant(text) == nil)
    }

    @Test("the time of a delivery is known without a valid signature, but not from malformed headers")
    func deliveryTimes() {
        let scheme = SignatureScheme.timestampedList
        let signature = String(repeating: "ab", count: 32)
        func time(_ value: String) -> Instant? {
            scheme.deliveryTime([HeaderField(name: "webhook-signature", value: value)])
        }
        #expect(time("t=5,v1=\(signature)") == seconds(5))
        #expect(time("v1=\(signature),t=5") == seconds(5))
        for value in [
            "t=5", "t=x,v1=\(signature)", "t=5,t=6,v1=\(signature)", "v1=\(signature)", "t=5,v2=\(signature)", "",
        ] {
            #expect(time(value) == nil, "\(value)")
        }
    }

    @Test("only 32 signatures of a list are compared, and blanks between them do not count")
    func lists() {
        let scheme = SignatureScheme.standardWebhooks
        let delivery = SignedDelivery(id: "m1", url: "", body: [1])
        let signed = scheme.sign(delivery, keys: [[7]], at: Self.now)
        let own = signed[2].value
        func verdict(_ value: String) -> SignatureVerdict {
            var fields = signed
            fields[2].value = value
            return scheme.verify(fields, body: [1], keys: [[7]], now: Self.now)
        }
        #expect(verdict("  \(own)  ").isValid && verdict("v0,x   \(own) ").isValid)
        #expect(verdict(String(repeating: "v2,x ", count: 31) + own).isValid)
        #expect(
            verdict(String(repeating: "v2,x ", count: 32) + own)
                == .malformedSignature(problem: "has more than 32 signatures"))
        #expect(verdict("   ") == .malformedSignature(problem: "has no signature"))
        #expect(verdict("v3,a v2") == .unknownVersion(found: ["v3", "v2"]))
        #expect(verdict(own + "," + own) != .valid(key: 0))
    }
}
