import Diagnostics
import Exchanges
import Foundation
import OpenAPI
import Primitives
import Scenarios
import Synchronization
import TestKit
import Testing

@testable import Running

/// The inboxes of scenarios that await deliveries.
struct DeliveryInboxTests {
    private static let document = """
        openapi: 3.1.0
        info: {title: Parcels, version: '1'}
        paths: {/parcels: {get: {operationId: list, responses: {'200': {description: all}}}}}
        webhooks:
          sent: {post: {responses: {'200': {description: taken}}}}
          lost: {post: {responses: {'200': {description: taken}}}}
        """

    private static let table = """
        scenario,step,call,set
        one,first,await sent,status=500
        ,second,await sent,
        two,other,await lost,
        three,first,await sent,
        ,second,await sent,
        four,first,await sent,
        ,second,await sent,status=500

        """

    private func plan(_ table: String = table) throws -> Plan {
        let contract = try Contract.load(text: Self.document)
        let (plan, problems) = Planner.plan(
            tables: [TableSource(path: "t.csv", bytes: Array(table.utf8))], contracts: Contracts([contract]),
            settings: PlanSettings(readFile: { _ in [] }))
        try #require(!problems.contains { $0.severity == .error }, "\(problems)")
        return plan
    }

    private func inboxes() throws -> (DeliveryInboxes, Plan) {
        let plan = try plan()
        let reading = DeliveryReading(
            isNamed: { $0.header("x-event").first == $1.webhook.name },
            id: { request, _ in request.header("x-id").first })
        let inboxes = DeliveryInboxes(plan, ReceiverURLs(base: "http://r/x"), reading) {
            Instant(microsecondsSinceEpoch: 0)
        }
        return (inboxes, plan)
    }

    private func delivery(_ scenario: String, event: String, id: String) -> RequestMessage {
        RequestMessage(
            method: "POST", url: "http://mock/x/" + ReceiverURLs.token(of: scenario) + "?a=1",
            headers: [HeaderField(name: "x-event", value: event), HeaderField(name: "x-id", value: id)], body: [1])
    }

    @Test("the n-th delivery gets the status of the n-th step that awaits it, and later ones 200")
    func replies() throws {
        let (inboxes, plan) = try inboxes()
        let statuses = ["a", "a", "b"].map { inboxes.receive(delivery("one", event: "sent", id: $0)).status }
        #expect(statuses == [500, 200, 200])
        let steps = plan.scenarios[0].steps
        let taken = steps.compactMap { step in
            step.call.awaited.flatMap { inboxes.take(step, $0, in: plan.scenarios[0]) }
        }
        #expect(taken.map(\.reply.status) == [500, 200])
        #expect(taken.allSatisfy { $0.request.isReceived && $0.request.url.hasPrefix("http://r/x/") })
        #expect(taken[0].arrivedAt < taken[1].arrivedAt, "times show the order of arrival")
        #expect(inboxes.takeRest(of: plan.scenarios[0]).map { $0.request.header("x-id") } == [["b"]])
        // A repetition is acknowledged, whatever the next step says.
        let repeated = ["a", "a", "b", "b"].map { inboxes.receive(delivery("four", event: "sent", id: $0)).status }
        #expect(repeated == [200, 200, 500, 200])
    }

    /// Deliveries that never arrive.
    private struct Silence: DeliverySource {
        var isWorthWaiting: Bool

        func take(_ step: Step, _ awaited: AwaitedDelivery, in scenario: Scenario) -> ReceivedDelivery? { nil }
        func takeRest(of scenario: Scenario) -> [ReceivedDelivery] { [] }
    }

    @Test("a step waits until its limit, and not at all if nothing can arrive", arguments: [true, false])
    func limit(isWorthWaiting: Bool) async throws {
        let plan = try plan("scenario,step,call,opts\none,first,await sent,poll=3s\n")
        var settings = settings()
        settings.deliveries = RunDeliveries(Silence(isWorthWaiting: isWorthWaiting))
        let clock = TestClock()
        let journal = try await execute(
            plan.scenarios, settings: settings, transport: ScriptedTransport(), clock: clock)
        let waited = clock.sleeps.reduce(.zero, +)
        #expect(isWorthWaiting ? waited >= .seconds(3) && waited <= .milliseconds(3_100) : waited == .zero)
        #expect(journal.exchanges.map(\.outcome.failure?.class) == [.undelivered])
    }

    @Test("deliveries that no step awaits are numbered after that of the last step that awaits some")
    func unawaited() async throws {
        let (inboxes, plan) = try inboxes()
        for id in ["a", "b", "c", "d"] { _ = inboxes.receive(delivery("three", event: "sent", id: id)) }
        var settings = settings()
        settings.deliveries = RunDeliveries(inboxes)
        let journal = try await execute([plan.scenarios[2]], settings: settings, transport: ScriptedTransport())
        let attempts = journal.exchanges.map { "\($0.step) \($0.attempt)" }
        #expect(attempts == ["first 1", "second 1", "second 2", "second 3"])
    }

    @Test("a repetition of an acknowledged delivery is not the next one")
    func repetition() throws {
        let (inboxes, plan) = try inboxes()
        for id in ["a", "a", "b"] { _ = inboxes.receive(delivery("three", event: "sent", id: id)) }
        let scenario = plan.scenarios[2]
        let ids = scenario.steps.map { step in
            step.call.awaited.flatMap { inboxes.take(step, $0, in: scenario) }?.request.header("x-id").first
        }
        #expect(ids == ["a", "b"])
        #expect(inboxes.takeRest(of: scenario).count == 1)
    }

    @Test("scenarios do not see each other's deliveries, and other names are not taken")
    func separate() throws {
        let (inboxes, plan) = try inboxes()
        _ = inboxes.receive(delivery("one", event: "lost", id: "a"))
        let two = plan.scenarios[1]
        let awaited = try #require(two.steps[0].call.awaited)
        #expect(inboxes.take(two.steps[0], awaited, in: two) == nil)
        let one = plan.scenarios[0]
        #expect(inboxes.take(one.steps[0], try #require(one.steps[0].call.awaited), in: one) == nil)
        #expect(inboxes.takeRest(of: one).count == 1)
    }

    @Test("unknown paths get 404, and so does a scenario that has ended")
    func strays() throws {
        let (inboxes, plan) = try inboxes()
        #expect(inboxes.receive(RequestMessage(method: "POST", url: "http://mock/x/other")).status == 404)
        #expect(inboxes.receive(delivery("unknown", event: "sent", id: "a")).status == 404)
        _ = inboxes.takeRest(of: plan.scenarios[0])
        #expect(inboxes.receive(delivery("one", event: "sent", id: "a")).status == 404)
        #expect(inboxes.strays == 3)
    }

    @Test("an inbox is bounded")
    func bounded() throws {
        let (inboxes, _) = try inboxes()
        for number in 0..<DeliveryInboxes.mostDeliveries {
            _ = inboxes.receive(delivery("one", event: "sent", id: String(number)))
        }
        #expect(inboxes.receive(delivery("one", event: "sent", id: "more")).status == 503)
    }
}
