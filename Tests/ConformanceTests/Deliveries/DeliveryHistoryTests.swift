import Conformance
import Diagnostics
import Exchanges
import Primitives
import Scenarios
import TestKit
import Testing
import Webhooks

/// The deliveries of one scenario: repetitions, the order of states, and signatures that cannot be verified.
@Suite("Ids and states of the deliveries of a scenario")
struct DeliveryHistoryTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths: {/parcels: {get: {operationId: list, responses: {'200': {description: all}}}}}
        webhooks:
          changed: &any {post: {requestBody: {content: {application/json: {}}}, responses: {'200': {description: ok}}}}
          moved: *any
        """
    private static let key: [UInt8] = [1, 2, 3]

    /// A delivery: `e1:SENT@3=500` has the id `e1` and the state `SENT`, arrives in second 3 and gets the status 500,
    /// otherwise 200. `e1/moved` is one of another webhook, and `~` behind the state is another spelling of its body.
    private struct Delivery {
        var id: Substring
        var webhook: Substring
        var state: Substring
        var second: Int
        var reply: Int
        var isRespelled: Bool

        init(_ text: Substring) throws {
            let parts = text.split(separator: ":", omittingEmptySubsequences: false)
            let name = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            id = name[0]
            webhook = name.count > 1 ? name[1] : "changed"
            let rest = parts[1].split(separator: "@")
            isRespelled = rest[0].hasSuffix("~")
            state = isRespelled ? rest[0].dropLast() : rest[0]
            let time = rest[1].split(separator: "=")
            second = try #require(Int(time[0]))
            reply = time.count > 1 ? try #require(Int(time[1])) : 200
        }

        func body(hasID: Bool) -> String {
            let data = #""data":{"id":"P-1","state":"\#(state)"}"#
            let event = id.isEmpty || !hasID ? [] : [#""event":"\#(id)""#]
            return "{" + (isRespelled ? [data] + event : event + [data]).joined(separator: ", ") + "}"
        }
    }

    /// The verdict on a scenario with one step for each delivery, in the order of the text.
    private static func verdict(
        _ deliveries: [Delivery], _ rules: DeliveryRules, headers: [HeaderField] = [], idHeader: String? = nil
    ) throws -> Verdict {
        let rows = deliveries.enumerated().map { "\($0 == 0 ? "s" : ""),w\($0),await \($1.webhook),status=\($1.reply)" }
        var bench = try Bench(
            spec: document, tables: [("t.csv", "scenario,step,call,set\n" + rows.joined(separator: "\n") + "\n")])
        bench.policy.deliveries = DeliveryPolicy(["changed": rules, "moved": rules])
        bench.policy.promises = Promises(
            resources: [
                ResourcePromise(
                    name: "parcel", id: "id", create: [], fetch: [],
                    final: [.init(member: "state", values: ["DONE", "LOST"])])
            ])
        var journal = Journal(header: Bench.header)
        for (index, delivery) in deliveries.enumerated() {
            var request = RequestMessage(
                method: "POST", url: "http://127.0.0.1:1/x",
                headers: [HeaderField(name: "content-type", value: "application/json")] + headers,
                body: Array(delivery.body(hasID: idHeader == nil).utf8), isReceived: true)
            if let idHeader { request.headers.append(HeaderField(name: idHeader, value: String(delivery.id))) }
            journal.exchanges.append(
                Exchange(
                    sequence: index + 1, scenario: "s", step: "w\(index)", operation: nil, contract: "v1",
                    request: request, outcome: .response(ResponseMessage(status: delivery.reply)),
                    startedAt: Bench.header.startedAt.advanced(by: .seconds(delivery.second)), duration: .zero))
        }
        return Judge(plan: bench.plan, contracts: bench.contracts, policy: bench.policy).verdict(journal)
    }

    /// The step and the rule of each finding.
    private static func found(
        _ story: String, _ rules: DeliveryRules, headers: [HeaderField] = [], idHeader: String? = nil
    ) throws -> [String] {
        try verdict(story.split(separator: " ").map(Delivery.init), rules, headers: headers, idHeader: idHeader)
            .allFindings.map { "\($0.step) \($0.rule)" }
    }

    @Test(
        "an id belongs to one delivery of one webhook, which is repeated only until it was acknowledged",
        arguments: [
            ("e1:SENT@1 e2:SENT@2", []),
            ("e1:SENT@1 e1:SENT@2", ["w1 webhook.repeated"]),
            ("e1:SENT@1=204 e1:SENT@2", ["w1 webhook.repeated"]),
            // The same JSON in another spelling is the same delivery.
            ("e1:SENT@1 e1:SENT~@2", ["w1 webhook.repeated"]),
            ("e1:SENT@1 e1:DONE@2", ["w1 webhook.id-reused"]),
            // A delivery that was rejected must arrive again, with the same content.
            ("e1:SENT@1=500 e1:SENT@2", []), ("e1:SENT@1=302 e1:SENT@2", []),
            ("e1:SENT@1=500 e1:DONE@2", ["w1 webhook.id-reused"]),
            // Each webhook has ids of its own.
            ("e1:SENT@1 e1/moved:SENT@2", []), ("e1:SENT@1 e1/moved:DONE@2", []),
        ])
    func ids(story: String, expected: [String]) throws {
        #expect(try Self.found(story, Self.identified()) == expected)
    }

    @Test(
        "no other state follows a final one, in the order of arrival",
        arguments: [
            ("e1:SENT@1 e2:DONE@2", []), ("e1:DONE@1 e2:DONE@2", []),
            ("e1:DONE@1 e2:SENT@2", ["w1 webhook.order"]),
            ("e1:DONE@1 e2:LOST@2", ["w1 webhook.order"]),
            // Steps may await deliveries in another order than that of their arrival.
            ("e2:DONE@2 e1:SENT@1", []), ("e2:SENT@2 e1:DONE@1", ["w1 webhook.order"]),
            ("e2:LOST@2 e1:DONE@1", ["w1 webhook.order"]),
            ("e3:SENT@3 e1:SENT@1 e2:DONE@2", ["w2 webhook.order"]),
            // The first final state is the one that stays.
            ("e1:DONE@1 e2:LOST@2 e3:DONE@3", ["w1 webhook.order"]),
            // A late repetition of a rejected delivery is not a new event.
            ("e1:SENT@1=500 e2:DONE@2 e1:SENT@3", []),
        ])
    func states(story: String, expected: [String]) throws {
        #expect(try Self.found(story, Self.identified()) == expected)
    }

    @Test(
        "without ids, a delivery that was rejected is recognised by its content",
        arguments: [
            (":SENT@1=500 :DONE@2 :SENT@3", []), (":SENT@1=302 :DONE@2 :SENT@3", []),
            (":SENT@1 :DONE@2 :SENT@3", ["w2 webhook.order"]),
            (":SENT@1=204 :DONE@2 :SENT@3", ["w2 webhook.order"]),
        ])
    func withoutIDs(story: String, expected: [String]) throws {
        #expect(try Self.found(story, DeliveryRules()) == expected)
    }

    @Test(
        "with ids, the same content under another id is another delivery",
        arguments: [
            ("e1:SENT@1=500 e2:DONE@2 e1:SENT@3", []), ("e1:SENT@1=500 e2:DONE@2 e3:SENT@3", ["w2 webhook.order"]),
        ])
    func idsInHeaders(story: String, expected: [String]) throws {
        var rules = DeliveryRules()
        rules.scheme = .plain
        rules.scheme?.headers.id = "x-id"
        let found = try Self.found(story, rules, idHeader: "x-id").filter { !$0.hasSuffix("webhook.unverified") }
        #expect(found == expected)
    }

    @Test("a signature is not verified without its secret, or if the journal masked a part of the delivery")
    func unverified() throws {
        var rules = DeliveryRules()
        rules.scheme = .plain
        let header = HeaderField(name: "x-signature", value: String(repeating: "0", count: 64))
        #expect(try Self.found(":SENT@1", rules, headers: [header]) == ["w0 webhook.unverified"])
        rules.keys = [Self.key]
        #expect(try Self.found(":SENT@1", rules, headers: [header]) == ["w0 webhook.signature"])
        #expect(try Self.found(":SENT@1", rules) == ["w0 webhook.signature-missing"])
        for mask in ["‹redacted token›", "‹secret HOOK›"] {
            let masked = HeaderField(name: "x-token", value: "a \(mask)")
            #expect(
                try Self.found(":SENT@1", rules, headers: [header, masked]) == ["w0 webhook.unverified"], "\(mask)")
        }
    }

    private static func identified() throws -> DeliveryRules {
        var rules = DeliveryRules()
        rules.bodyID = try ItemPath.parse("body.event")
        return rules
    }
}
