import Diagnostics
import Exchanges
import Primitives
import Running
import Scenarios
import Synchronization

/// Responds with a function of the request and of the number of earlier requests to its path.
final class ScriptedTransport: Transport {
    typealias Script = @Sendable (RequestMessage, Int) async -> ExchangeOutcome

    private let script: Script
    private let state = Mutex<State>(State())

    private struct State {
        var requests: [RequestMessage] = []
        var deadlines: [Duration] = []
        var underWay = 0
        var mostUnderWay = 0
    }

    init(_ script: @escaping Script = { _, _ in ScriptedTransport.answer(200) }) {
        self.script = script
    }

    /// Paths in the order of sending.
    var paths: [String] { state.withLock { $0.requests.map(\.path) } }
    var requests: [RequestMessage] { state.withLock { $0.requests } }
    var deadlines: [Duration] { state.withLock { $0.deadlines } }
    var mostUnderWay: Int { state.withLock { $0.mostUnderWay } }

    func send(_ request: RequestMessage, deadline: Duration, meanwhile: () -> Void) async -> ExchangeOutcome {
        meanwhile()
        let before = state.withLock { state in
            state.underWay += 1
            state.mostUnderWay = max(state.mostUnderWay, state.underWay)
            defer { state.requests.append(request) }
            state.deadlines.append(deadline)
            return state.requests.count { $0.path == request.path }
        }
        let outcome = await script(request, before)
        state.withLock { $0.underWay -= 1 }
        return outcome
    }

    static func answer(_ status: Int, _ body: String = "", headers: [HeaderField] = []) -> ExchangeOutcome {
        .response(ResponseMessage(status: status, headers: headers, body: Array(body.utf8)))
    }

    static let reset = ExchangeOutcome.failure(
        TransportFailure(.reset, "the connection was closed before a response was received"))
}

/// A clock whose time passes only during sleeps.
final class TestClock: Sendable {
    private let state = Mutex<(time: Duration, sleeps: [Duration])>((.zero, []))

    var sleeps: [Duration] { state.withLock { $0.sleeps } }

    func advance(_ duration: Duration) {
        state.withLock { $0.time += duration }
    }

    var clock: RunClock {
        RunClock(
            now: {
                Instant(microsecondsSinceEpoch: 1_700_000_000_000_000).advanced(by: self.state.withLock { $0.time })
            },
            uptime: { self.state.withLock { $0.time } },
            sleep: { duration in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.time += duration
                    state.sleeps.append(duration)
                }
            }
        )
    }
}

/// A list that many tasks append to.
final class Notes<Element: Sendable>: Sendable {
    private let elements = Mutex<[Element]>([])
    var all: [Element] { elements.withLock { $0 } }
    func append(_ element: Element) { elements.withLock { $0.append(element) } }
}

let anywhere = SourceLocation(file: "scenarios/parcels.csv", line: 2, column: 1)

/// The parts of a step that tests choose.
struct StepParts {
    var name: String
    var call: Call
    var set: [Item]
    var referenceName: String?
    var auth = AuthCase.profile(nil)
    var body = BodySource.unset
    var options = StepOptions()
}

/// A step that gets `/name` and sets headers: `["x-id={{create.id}}"]`.
func step(_ name: String, set: [String] = [], _ change: (inout StepParts) -> Void = { _ in }) throws -> Step {
    let items = try set.enumerated().map { place, text in
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        return Item(
            path: try ItemPath.parse("header.\(parts[0])"),
            op: .equal,
            value: .text(try Template.parse(parts[1])),
            location: anywhere,
            column: "set",
            text: text,
            place: place
        )
    }
    var parts = StepParts(name: name, call: .undeclared(method: "GET", path: "/\(name)"), set: items)
    change(&parts)
    return Step(
        name: parts.name,
        location: anywhere,
        call: parts.call,
        contract: "v1",
        expected: StepExpectation(StatusExpectation([.exact(200)], text: "200", location: anywhere)),
        referenceName: parts.referenceName,
        request: StepRequest(auth: parts.auth, body: parts.body, set: parts.set),
        options: parts.options
    )
}

func scenario(_ id: String, _ steps: [Step], lock: String? = nil) -> Scenario {
    Scenario(
        id: id, name: id, file: "scenarios/parcels.csv", line: 2, steps: steps, options: ScenarioOptions(lock: lock))
}

func settings(jobs: Int = 1) -> RunSettings {
    RunSettings(
        seed: "seed",
        startedAt: Instant(microsecondsSinceEpoch: 1_700_000_000_000_000),
        target: RunTarget(name: "fake", baseURL: "http://parcels.test", isMock: true),
        pace: RunPace(jobs: jobs),
        credentials: CredentialSet(profiles: ["merchant": ["key": "k"]], targetProfile: "merchant")
    )
}

/// Judges by the status alone, and notes what it is given.
struct StatusJudge: StepJudge {
    /// `take a1 a2`, `peek a1`, `cut-off a1`, and at the end of a scenario `finish b` with the steps not run.
    let calls = Notes<(scenario: String, call: String)>()

    func peek(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView]) -> StepState {
        note("peek", scenario, attempts)
        return Self.state(attempts)
    }

    func take(_ scenario: Scenario, _ step: Step, _ attempts: [ExchangeView], isCutOff: Bool) -> StepState {
        note(isCutOff ? "cut-off" : "take", scenario, attempts)
        let state = Self.state(attempts)
        return state == .pending ? .failed : state
    }

    func finish(_ scenario: Scenario, notRun: [NotRun]) {
        calls.append((scenario.id, (["finish"] + notRun.map(\.step)).joined(separator: " ")))
    }

    private func note(_ name: String, _ scenario: Scenario, _ attempts: [ExchangeView]) {
        let exchanges = attempts.map { "\($0.exchange.step)\($0.exchange.attempt)" }
        calls.append((scenario.id, ([name] + exchanges).joined(separator: " ")))
    }

    /// 200 passes, 202 does not pass yet, everything else fails.
    private static func state(_ attempts: [ExchangeView]) -> StepState {
        switch attempts.last?.exchange.response?.status {
        case 200: .passed
        case 202: .pending
        default: .failed
        }
    }
}

func execute(
    _ scenarios: some Sequence<Scenario>,
    settings: RunSettings = settings(),
    transport: ScriptedTransport,
    journal: JournalWriter? = nil,
    clock: TestClock = TestClock(),
    judge: any StepJudge = StatusJudge(),
    progress: @escaping @Sendable (RunEvent) -> Void = { _ in }
) async throws -> Journal {
    try await Run.execute(
        plan: Plan(scenarios: scenarios, laws: [], fingerprint: "f1"),
        settings: settings,
        transport: transport,
        journal: journal,
        clock: clock.clock,
        judge: judge,
        progress: progress
    )
}
