import Conformance
import Diagnostics
import Exchanges
import OpenAPI
import Primitives
import Scenarios
import TestKit
import Testing
import Webhooks

@Suite("Judging one delivery of a webhook")
struct DeliveryJudgeTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths: {}
        webhooks:
          parcelSent:
            post:
              parameters:
                - {name: x-shop, in: header, required: true, schema: {type: integer}}
              requestBody:
                required: true
                content:
                  application/json:
                    schema:
                      type: object
                      required: [type, id, weight]
                      properties:
                        type: {type: string}
                        id: {type: string}
                        weight: {type: number}
                        secret: {type: string, writeOnly: true}
                        created: {type: string, readOnly: true}
              responses: {'204': {description: Done.}}
          parcelLost:
            post: {responses: {'204': {description: Done.}}}
        """
    private static let key: [UInt8] = [1, 2, 3]
    private static let now = Instant(microsecondsSinceEpoch: 1_700_000_000_000_000)
    private static let body = #"{"type": "sent", "id": "e1", "weight": 2.5, "secret": "s", "created": "c"}"#

    private static func rules(_ change: (inout DeliveryRules) -> Void = { _ in }) throws -> DeliveryRules {
        var rules = DeliveryRules()
        rules.scheme = .standardWebhooks
        rules.keys = [key]
        rules.event = try ItemPath.parse("body.type")
        rules.webhooks = ["sent": "parcelSent"]
        change(&rules)
        return rules
    }

    /// A signed delivery, changed after it was signed.
    private static func delivery(
        _ body: String = body, at time: Instant = now, key: [UInt8] = key,
        _ change: (inout RequestMessage) -> Void = { _ in }
    ) -> RequestMessage {
        let url = "http://127.0.0.1:1/hooks"
        let signed = SignatureScheme.standardWebhooks.sign(
            SignedDelivery(id: "msg_1", url: url, body: Array(body.utf8)), keys: [key], at: time)
        let headers = [
            HeaderField(name: "content-type", value: "application/json"), HeaderField(name: "x-shop", value: "7"),
        ]
        var message = RequestMessage(method: "POST", url: url, headers: headers + signed, body: Array(body.utf8))
        change(&message)
        return message
    }

    private static func found(
        _ delivery: RequestMessage, _ rules: DeliveryRules? = nil, as name: String? = nil,
        in document: String = document
    ) throws -> [String] {
        let contract = try Contract.load(text: document, name: "1")
        let rules = try rules ?? Self.rules()
        return DeliveryJudge(contract, rules).findings(delivery, at: now, as: name).map { finding in
            finding.rule + (finding.clause.map { " \($0)" } ?? "")
        }
    }

    @Test("a correct delivery has no finding, and its body is that of a request")
    func correct() throws {
        #expect(try Self.found(Self.delivery()) == [])
        #expect(try Self.found(Self.delivery(), as: "parcelSent") == [])
    }

    @Test("each kind of bad delivery has a finding of its own, and only that")
    func kinds() throws {
        let hour = Duration.seconds(3_600)
        let cases: [(String, RequestMessage)] = [
            ("webhook.signature header.webhook-signature", Self.delivery(key: [9])),
            (
                "webhook.signature header.webhook-signature",
                Self.delivery { $0.body = Array(Self.body.replacing("2.5", with: "2.50").utf8) }
            ),
            (
                "webhook.signature-missing header.webhook-signature",
                Self.delivery { $0.headers.removeAll { $0.isNamed("webhook-signature") } }
            ),
            (
                "webhook.signature-missing header.webhook-id",
                Self.delivery { $0.headers.removeAll { $0.isNamed("webhook-id") } }
            ),
            (
                "webhook.signature-malformed header.webhook-signature",
                Self.delivery { $0.headers.append(HeaderField(name: "webhook-signature", value: "v1,x")) }
            ),
            (
                "webhook.signature-malformed header.webhook-timestamp",
                Self.delivery { message in
                    for index in message.headers.indices where message.headers[index].isNamed("webhook-timestamp") {
                        message.headers[index].value = "today"
                    }
                }
            ),
            ("webhook.old header.webhook-signature", Self.delivery(at: Self.now.advanced(by: .zero - hour))),
            ("webhook.future header.webhook-signature", Self.delivery(at: Self.now.advanced(by: hour))),
            ("webhook.unknown body.type", Self.delivery(#"{"type": "mislaid"}"#)),
            ("webhook.type body/weight", Self.delivery(Self.body.replacing("2.5", with: #""2.5""#))),
            ("webhook.required body/id", Self.delivery(#"{"type": "sent", "weight": 1}"#)),
            (
                "webhook.required header.x-shop",
                Self.delivery { $0.headers.removeAll { $0.isNamed("x-shop") } }
            ),
            ("webhook.method method", Self.delivery { $0.method = "PUT" }),
            (
                "webhook.mediaType header.content-type",
                Self.delivery { $0.headers[0].value = "text/plain" }
            ),
        ]
        for (expected, delivery) in cases {
            let found = try Self.found(delivery)
            #expect(found.count == 1 && found[0].hasPrefix(expected.prefix { $0 != " " }), "\(expected): \(found)")
            #expect(found.first.map { $0.contains(expected.split(separator: " ")[1].split(separator: "/")[0]) } == true)
        }
    }

    @Test("a body that is not JSON names no event, so the expected webhook says what it must be")
    func notJSON() throws {
        let delivery = Self.delivery(#"{"type": "sent","#)
        #expect(try Self.found(delivery) == [])
        #expect(try Self.found(delivery, as: "parcelSent").first?.hasPrefix("webhook.json body") == true)
    }

    @Test("an event that is a webhook's name needs no entry, and a mistyped one names the nearest")
    func names() throws {
        let contract = try Contract.load(text: Self.document, name: "1")
        let judge = DeliveryJudge(contract, try Self.rules())
        #expect(judge.webhook(of: Self.delivery(#"{"type": "parcelLost"}"#)) == "parcelLost")
        #expect(judge.webhook(of: Self.delivery()) == "parcelSent" && judge.id(of: Self.delivery()) == "msg_1")
        let finding = try #require(judge.findings(Self.delivery(#"{"type": "parcelLots"}"#), at: Self.now).first)
        #expect(finding.evidence.details == ["did you mean `parcelLost`?"])
        #expect(finding.evidence.expected == "parcelSent, parcelLost" && finding.evidence.actual == "parcelLots")
    }

    @Test("the id of a delivery can be a member, and its absence is a finding")
    func bodyID() throws {
        let rules = try Self.rules { rules in
            rules.bodyID = try? ItemPath.parse("body.id")
            rules.scheme = nil
        }
        #expect(try Self.found(Self.delivery(), rules) == [])
        let contract = try Contract.load(text: Self.document, name: "1")
        #expect(DeliveryJudge(contract, rules).id(of: Self.delivery()) == "e1")
        #expect(
            try Self.found(Self.delivery(#"{"type": "parcelLost"}"#), rules) == ["webhook.id-missing body.id"])
    }

    @Test("a header with an id that is not signed is required too")
    func unsignedID() throws {
        let rules = try Self.rules { rules in
            rules.scheme = .plain
            rules.scheme?.headers.id = "x-id"
            rules.keys = [Self.key]
        }
        let body = Array(Self.body.utf8)
        let signed = SignatureScheme.plain.sign(
            SignedDelivery(id: "", url: "", body: body), keys: [Self.key], at: Self.now)
        let delivery = Self.delivery { $0.headers += signed }
        #expect(try Self.found(delivery, rules) == ["webhook.id-missing header.x-id"])
    }

    @Test("a body that was not stored completely is not judged, and that is said")
    func cut() throws {
        let delivery = Self.delivery { message in
            message.body = Array(message.body?.prefix(5) ?? [])
            message.cut = BodyCut(of: Array(Self.body.utf8))
        }
        #expect(try Self.found(delivery, as: "parcelSent") == ["webhook.unjudged header.webhook-signature"])
    }

    @Test("of several methods of a webhook, a delivery is judged by its own")
    func methods() throws {
        let document = Self.document.replacing(
            "  parcelLost:\n",
            with: """
                    put:
                      requestBody: {content: {application/json: {schema: {required: [note]}}}}
                      responses: {'204': {description: Done.}}
                  parcelLost:

                """)
        #expect(try Self.found(Self.delivery(), in: document) == [])
        let put = Self.delivery { $0.method = "PUT" }
        #expect(try Self.found(put, in: document).map { $0.prefix(21) } == ["webhook.required body"])
    }

    @Test("without the place of events, a delivery belongs to the webhook that it satisfies, or else to any")
    func unnamed() throws {
        let text = """
            openapi: 3.1.0
            info: {title: Parcels, version: '1'}
            paths: {/parcels: {get: {operationId: list, responses: &ok {'200': {description: all}}}}}
            webhooks:
              sent: {post: {requestBody: {content: {application/json: {schema: {required: [a]}}}}, responses: *ok}}
              lost: {post: {requestBody: {content: {application/json: {schema: {required: [b]}}}}, responses: *ok}}
            """
        let contract = try Contract.load(text: text, name: "1")
        let awaited = try ["sent", "lost"].map { name in
            AwaitedDelivery(try #require(contract.outgoing.first { $0.name == name }), contract: "1")
        }
        func names(_ body: String, _ policy: DeliveryPolicy = DeliveryPolicy()) -> [Bool] {
            let request = RequestMessage(
                method: "POST", url: "http://r/x",
                headers: [HeaderField(name: "content-type", value: "application/json")],
                body: Array(body.utf8))
            return awaited.map { policy.isNamed(request, $0, contract) }
        }
        #expect(names(#"{"a":1}"#) == [true, false])
        #expect(names(#"{"b":1}"#) == [false, true])
        #expect(names(#"{"a":1,"b":1}"#) == [true, true])
        #expect(names("{}") == [true, true])
        var rules = DeliveryRules()
        rules.event = try ItemPath.parse("body.type")
        let policy = DeliveryPolicy(["sent": rules, "lost": rules])
        #expect(names(#"{"a":1,"type":"lost"}"#, policy) == [false, true])
        #expect(names(#"{"a":1}"#, policy) == [true, true])
    }

    @Test("callbacks of OpenAPI 3.0 are judged like webhooks")
    func callbacks() throws {
        let document = """
            openapi: 3.0.3
            info: {title: Parcels, version: '1'}
            paths:
              /parcels:
                post:
                  operationId: sendParcel
                  responses: {'201': {description: Sent.}}
                  callbacks:
                    parcelSent:
                      '{$request.body#/url}':
                        post:
                          requestBody:
                            content:
                              application/json:
                                schema: {type: object, properties: {weight: {type: integer}}}
                          responses: {'204': {description: Done.}}
            """
        // The only callback is that of every delivery without an event.
        let rules = try Self.rules { $0.event = nil }
        #expect(try Self.found(Self.delivery(#"{"weight": 2}"#), rules, in: document) == [])
        #expect(
            try Self.found(Self.delivery(#"{"weight": 2.5}"#), rules, in: document) == ["webhook.type body/weight"])
    }
}
