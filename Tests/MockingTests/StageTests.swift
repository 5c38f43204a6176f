import Exchanges
import OpenAPI
import Primitives
import Testing

@testable import Mocking

/// The stages of the mock, each by itself: route, check, act, respond.
struct StageTests {
    private let now = Instant(secondsSinceEpoch: 1_700_000_000)

    private func contract(_ behaviour: String = Parcels.behaviour) throws -> ServedContract {
        let version = try Fixture.version(contract: Parcels.contract, behaviour: behaviour)
        return ServedContract(version, MockSettings(seed: "seed"))
    }

    private func message(
        _ method: String, _ path: String, _ body: String? = nil, isKnown: Bool = true
    ) -> RequestMessage {
        var fields = isKnown ? [("x-key", "k"), ("x-secret", "s")] : []
        if body != nil { fields.append(("Content-Type", "application/json")) }
        return RequestMessage(
            method: method, url: "http://127.0.0.1\(path)",
            headers: fields.map { HeaderField(name: $0.0, value: $0.1) }, body: body.map { Array($0.utf8) })
    }

    private func request(_ message: RequestMessage, of contract: ServedContract) throws -> IncomingRequest {
        guard case .served(let request) = RequestRouter([contract]).route(message) else {
            throw StageError.notRouted
        }
        return request
    }

    private enum StageError: Error { case notRouted, notPassed, notFailed }

    @Test("routing finds the operation with the deviations from the contract, or the mock itself, or nothing")
    func route() throws {
        let contract = try contract()
        let found = try request(message("POST", "/api/v1/parcels", "{}"), of: contract)
        #expect(found.operation?.name == "createParcel")
        #expect(found.issues.map(\.keyword) == ["required", "required"])
        #expect(try request(message("HEAD", "/api/v1/parcels/p1"), of: contract).method == "GET")
        guard case .control(_, "/state") = RequestRouter([contract]).route(message("GET", "/_mock/state")) else {
            throw StageError.notRouted
        }
        guard case .unserved = RequestRouter([]).route(message("GET", "/")) else { throw StageError.notRouted }
    }

    @Test(
        "the checks stop at the first that fails, in the order of the file",
        arguments: [
            ("", Situation.credentials),
            ("order: [version, validation, rateLimit, credentials, idempotency, existence, state]\n", .missing),
        ])
    func check(order: String, situation: Situation) throws {
        let contract = try contract(Parcels.behaviour + "\n" + order)
        let request = try request(message("POST", "/api/v1/parcels", "{}", isKnown: false), of: contract)
        var state = MockState(contract.behaviour)
        let result = RequestChecks(request: request, now: now).result(&state)
        guard case .failed(let failure) = result.decision else { throw StageError.notFailed }
        #expect(failure.situation == situation)
        #expect(state.collections["parcels"]?.count == 0)
    }

    @Test("the action changes the state, and the response is written from its outcome")
    func act() throws {
        let contract = try contract()
        let request = try request(message("POST", "/api/v1/parcels", Parcels.parcel), of: contract)
        var state = MockState(contract.behaviour)
        guard case .passed(let operation) = RequestChecks(request: request, now: now).result(&state).decision else {
            throw StageError.notPassed
        }
        let action = OperationAction(request: request, operation: operation, now: now)
        guard case .done = action.outcome(&state) else { throw StageError.notPassed }
        #expect(state.collections["parcels"]?.count == 1)
        let second = action.outcome(&state)
        guard case .failed(let failure) = second else { throw StageError.notFailed }
        #expect(failure.situation == .duplicate)
        #expect(state.collections["parcels"]?.count == 1)
        let answer = AnswerWriter(request: request, now: now, counters: state.counters).answer(to: second)
        #expect(answer.status == 409)
        #expect(String(decoding: answer.body.bytes, as: UTF8.self).contains("parcel p1 is WAITING already"))
    }

    @Test("every rejection has a reason for the log, also when a transition defines the response")
    func reasons() throws {
        let closed = "{from: WAITING, error: {status: 409, body: {message: closed, code: c}}}"
        let behaviour = Parcels.behaviour.replacing("{from: WAITING, to: SENT}", with: closed)
        let version = try Fixture.version(contract: Parcels.contract, behaviour: behaviour)
        var engine = MockEngine(versions: [version], settings: MockSettings(seed: "seed"))
        let router = engine.router
        _ = engine.respond(to: message("POST", "/api/v1/parcels", Parcels.parcel), at: now)
        let reply = engine.respond(to: router.route(message("POST", "/api/v1/parcels/p1/send")), at: now)
        #expect(reply.response.status == 409)
        #expect(reply.response.text.contains("closed"))
        #expect(reply.reason == "'p1' is WAITING, which does not allow this.")
        #expect(reply.operation == "sendParcel")
    }
}
