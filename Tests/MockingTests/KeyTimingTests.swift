import Exchanges
import JSONDocument
import Primitives
import Synchronization
import Testing

@testable import Mocking

/// How long idempotency keys are under way and kept, and the gap of a broken check.
struct KeyTimingTests {
    private static func behaviour(_ lines: String, id: String = "'{{request.body.id}}'") -> String {
        Parcels.behaviour.replacing("  header: x-once\n", with: "  header: x-once\n\(lines)")
            .replacing("      id: '{{request.body.id}}'", with: "      id: \(id)")
    }

    private static func mock(
        _ lines: String = "", breaking: Bool = false, id: String = "'{{request.body.id}}'"
    ) throws
        -> TestMock
    {
        var mock = try TestMock(behaviour: behaviour(lines, id: id))
        if breaking {
            var settings = MockSettings(seed: "seed")
            settings.contractFaults = FaultCatalogue.faults(of: mock.versions[0]).filter {
                $0.isSelected(by: "idempotency.race")
            }
            mock.engine = MockEngine(versions: mock.versions, settings: settings)
        }
        return mock
    }

    private static func reply(
        _ mock: inout TestMock, key: String = "k1", _ body: String = Parcels.parcel
    )
        -> MockEngine.Reply
    {
        let fields = (mock.headers + [("x-once", key), ("content-type", "application/json")]).map {
            HeaderField(name: $0.0, value: $0.1)
        }
        let message = RequestMessage(
            method: "POST", url: "http://127.0.0.1:1/api/v1/parcels", headers: fields, body: Array(body.utf8))
        return mock.engine.respond(to: mock.engine.router.route(message), at: mock.now)
    }

    @Test("a key is new again after its lifetime", arguments: [(59, "yes"), (60, "no"), (3_600, "no")])
    func lifetime(seconds: Int, again: String) throws {
        var mock = try Self.mock("  lifetime: 60s\n")
        _ = Self.reply(&mock)
        mock.now = mock.now.advanced(by: .seconds(seconds))
        #expect(Self.reply(&mock).response.line("x-again") == again)
    }

    @Test("a request whose key is under way waits for the first response")
    func waits() throws {
        var mock = try Self.mock("  processing: 20ms\n")
        let first = Self.reply(&mock)
        #expect(first.delay == .milliseconds(20))
        mock.now = mock.now.advanced(by: .milliseconds(5))
        let second = Self.reply(&mock)
        #expect(second.delay == .milliseconds(15))
        #expect(second.response.body == first.response.body)
        #expect(second.response.line("x-again") == "yes")
        mock.now = mock.now.advanced(by: .milliseconds(15))
        #expect(Self.reply(&mock).delay == .zero)
    }

    @Test("or it is rejected, unless it is another request")
    func rejects() throws {
        var mock = try Self.mock("  processing: 20ms\n  underWay: reject\n")
        _ = Self.reply(&mock)
        let second = Self.reply(&mock)
        #expect(second.response.status == 409)
        #expect(second.delay == .zero)
        try expectContract(second.response, "createParcel", mock.versions[0].contract)
        #expect(Self.reply(&mock, #"{"id":"p2","to":{"city":"Here"}}"#).response.status == 422)
        mock.now = mock.now.advanced(by: .milliseconds(20))
        #expect(Self.reply(&mock).response.line("x-again") == "yes")
    }

    @Test(
        "wrong settings are reported",
        arguments: [
            ("processing: 20s", "`processing` must be between 1ms and 10000ms"),
            ("processing: 0ms", "between 1ms and 10000ms"), ("lifetime: soon", "`lifetime` must be a duration"),
            ("underWay: maybe", "underWay"),
        ])
    func mistakes(line: String, message: String) throws {
        let problems = try Fixture.problems(Self.behaviour("  \(line)\n"))
        #expect(problems.contains { $0.contains(message) }, "\(problems)")
    }

    @Test("requests in the gap have an effect of their own, and later ones do not", arguments: [false, true])
    func gap(givesID: Bool) throws {
        let id = givesID ? "'{{request.body.id}}'" : "'p-{{token:6}}'"
        var mock = try Self.mock(breaking: true, id: id)
        let first = Self.reply(&mock)
        #expect(first.delay == KeyGap.duration)
        mock.now = mock.now.advanced(by: .milliseconds(4))
        let inside = Self.reply(&mock)
        #expect(inside.response.status == 200)
        #expect(inside.response.line("x-again") == "no")
        #expect(inside.response.body != first.response.body)
        #expect(inside.delay == .milliseconds(1))
        #expect(mock.engine.brokenAnswers == 1)
        #expect(mock.send("GET", "/api/v1/parcels").json?.elements?.count == (givesID ? 1 : 2))
        // On a busy machine, the first response is sent later, and the gap lasts until then.
        mock.now = mock.now.advanced(by: .seconds(1))
        let late = Self.reply(&mock)
        #expect(late.response.line("x-again") == "no" && late.delay == .zero && late.gap == nil)
        mock.engine.close(try #require(first.gap))
        #expect(Self.reply(&mock).response.line("x-again") == "yes")
        #expect(mock.engine.brokenAnswers == 2)
    }

    @Test("a gap concerns one key, and no mock has it unless it is selected")
    func scope() throws {
        var broken = try Self.mock(breaking: true)
        _ = Self.reply(&broken)
        #expect(Self.reply(&broken, key: "k2").response.status == 409)
        var correct = try Self.mock()
        _ = Self.reply(&correct)
        #expect(Self.reply(&correct).response.line("x-again") == "yes")
        #expect(Self.reply(&correct).delay == .zero)
    }

    @Test("requests at once reach a mock without a socket at the same time, in their order")
    func together() async throws {
        let mock = try Self.mock(breaking: true)
        var settings = MockSettings(seed: "seed", now: { Instant(secondsSinceEpoch: 1_700_000_000) })
        settings.contractFaults = FaultCatalogue.faults(of: mock.versions[0]).filter {
            $0.isSelected(by: "idempotency.race")
        }
        let transport = MockTransport(versions: mock.versions, settings: settings)
        let fields = (mock.headers + [("x-once", "k1"), ("content-type", "application/json")]).map {
            HeaderField(name: $0.0, value: $0.1)
        }
        let request = RequestMessage(
            method: "POST", url: transport.baseURL + "/parcels", headers: fields, body: Array(Parcels.parcel.utf8))
        let pending = (1...3).map { number in
            PendingExchange(
                sequence: number, scenario: "s", step: "a", attempt: number, isConcurrent: true, operation: nil,
                contract: "1", request: request, startedAt: Instant(secondsSinceEpoch: 1_700_000_000))
        }
        let flags = Flags()
        await transport.send(together: pending, deadline: .seconds(1)) { flags.add($0, $1) }
        #expect(flags.all == ["0 no", "1 no", "2 no"])
        // The gap is over once all of them have their responses.
        let after = await transport.send(request, deadline: .seconds(1))
        #expect(after.response?.line("x-again") == "yes")
    }
}

/// The mark of each response, in the order in which they were received.
private final class Flags: Sendable {
    private let lines = Mutex<[String]>([])
    var all: [String] { lines.withLock { $0 } }

    func add(_ index: Int, _ outcome: ExchangeOutcome) {
        lines.withLock { $0.append("\(index) \(outcome.response?.line("x-again") ?? "-")") }
    }
}
