import Exchanges
import Primitives
import Scenarios
import Testing

@testable import Conformance

/// What one exchange shows about the health of its target.
@Suite("Signs of health")
struct HealthSignTests {
    private static func sign(_ status: Int, expected: String, isReceived: Bool = false) throws -> String {
        let bench = try Bench(
            tables: [("t.csv", "scenario,step,call,set,expect\ns,a,fetchParcel,id=P-1,\(expected)\n")])
        let exchange = Exchange(
            sequence: 1, scenario: "s", step: "a", operation: nil, contract: "v1",
            request: RequestMessage(method: "POST", url: "http://127.0.0.1/x", isReceived: isReceived),
            outcome: .response(ResponseMessage(status: status)), startedAt: Bench.header.startedAt, duration: .zero)
        let place = FindingGroup.StepPlace(scenario: 0, step: 0)
        switch HealthSign(
            exchange, of: bench.plan.scenarios[0].steps[0], at: place, explained: status == 429 ? [1] : [])
        {
        case .healthy: return "healthy"
        case .neutral: return "neutral"
        case .suspect(let suspect): return suspect.symptom
        }
    }

    @Test(
        "a status of 500 or more is a sign unless the row expects it",
        arguments: [
            (499, "200", "healthy"), (500, "200", "status 500"), (503, "200", "status 503"), (503, "503", "neutral"),
            (429, "200", "neutral"),
        ])
    func statuses(status: Int, expected: String, sign: String) throws {
        #expect(try Self.sign(status, expected: expected) == sign)
    }

    @Test("the status of a delivery is our own, and says nothing about the target", arguments: [200, 429, 500, 503])
    func deliveries(status: Int) throws {
        #expect(try Self.sign(status, expected: "200", isReceived: true) == "neutral")
    }
}
