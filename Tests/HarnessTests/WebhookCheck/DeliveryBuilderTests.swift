import Conformance
import Exchanges
import Primitives
import Testing
import Webhooks

@testable import Harness

/// The deliveries of each case, verified as a correct receiver does.
@Suite("Building the deliveries of a check")
struct DeliveryBuilderTests {
    private static let now = Instant(secondsSinceEpoch: 1_700_000_000)
    private static let key: [UInt8] = [1, 2, 3]

    private static func builder(_ scheme: SignatureScheme, tolerance: Duration) -> DeliveryBuilder {
        var scheme = scheme
        scheme.tolerance = tolerance
        let body = #"{"type":"sent","weight":2.5,"count":7}"#
        return DeliveryBuilder(
            scheme: scheme, keys: [key],
            template: RequestMessage(method: "POST", url: "http://localhost/hooks", body: Array(body.utf8)),
            bodyID: nil, spelling: nil, salt: "salt", now: now)
    }

    /// The verdict on a delivery as a word.
    private static func verdict(_ delivery: RequestMessage, _ scheme: SignatureScheme) -> String {
        let verdict = scheme.verify(
            delivery.headers, body: delivery.body ?? [], url: delivery.url, keys: [key], now: now)
        return switch verdict {
        case .valid: "valid"
        case .old: "old"
        case .future: "future"
        case .wrong: "wrong"
        case .missing: "missing"
        case .malformedSignature, .unknownVersion: "malformed"
        case .repeated, .malformedTimestamp: "unusable"
        }
    }

    private static let verdicts: [ReceiverCase: String] = [
        .oldSignature: "old", .futureSignature: "future", .missingSignature: "missing",
        .malformedSignature: "malformed",
    ]

    @Test(
        "every delivery is what its case says, whatever the scheme and its tolerance",
        arguments: SignatureScheme.builtIn.map(\.name), [1, 300, 10_000])
    func cases(name: String, tolerance: Int) throws {
        let scheme = try #require(SignatureScheme.builtIn.first { $0.name == name }?.scheme)
        let builder = Self.builder(scheme, tolerance: .seconds(tolerance))
        for plan in builder.plans where plan.reason == nil {
            let expected =
                plan.kind.requirement == .accepted ? "valid" : Self.verdicts[plan.kind] ?? "wrong"
            #expect(!plan.deliveries.isEmpty)
            for delivery in plan.deliveries {
                #expect(Self.verdict(delivery, builder.scheme) == expected, "\(plan.kind)")
            }
        }
    }

    @Test("the second of two deliveries out of order was signed before the first one")
    func order() throws {
        for scheme in [SignatureScheme.standardWebhooks, .timestampBody, .timestampedList] {
            let plan = try #require(Self.builder(scheme, tolerance: .seconds(300)).plans.first { $0.kind == .order })
            let times = plan.deliveries.compactMap { scheme.deliveryTime($0.headers) }
            #expect(times.count == 2 && times[1] < times[0])
        }
    }

    @Test("in a list of signatures, only the last one is right")
    func list() throws {
        for (scheme, separator) in [(SignatureScheme.standardWebhooks, " "), (.timestampedList, ",v1=")] {
            let builder = Self.builder(scheme, tolerance: .seconds(300))
            let delivery = try #require(builder.plans.first { $0.kind == .signatureList }?.deliveries.first)
            let value = try #require(delivery.header("webhook-signature").first)
            let end = try #require(value.ranges(of: separator).last)
            var first = delivery
            for index in first.headers.indices where first.headers[index].isNamed("webhook-signature") {
                first.headers[index].value = String(value[..<end.lowerBound])
            }
            #expect(Self.verdict(delivery, builder.scheme) == "valid")
            #expect(Self.verdict(first, builder.scheme) == "wrong")
        }
    }
}
