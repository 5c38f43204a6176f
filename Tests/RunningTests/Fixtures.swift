import Diagnostics
import Exchanges
import Primitives
import Running
import Scenarios
import Synchronization

/// Answers requests from a function of the request and of how often its path was asked for before.
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

/// A clock whose time passes only when somebody sleeps.
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

/// What tests choose of a step.
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
        expect: StatusExpectation([.exact(200)], text: "200", location: anywhere),
        referenceName: parts.referenceName,
        auth: parts.auth,
        body: parts.body,
        set: parts.set,
        options: parts.options
    )
}

func scenario(_ id: String, _ steps: [Step], lock: String? = nil) -> Scenario {
    Scenario(id: id, name: id, file: "scenarios/parcels.csv", line: 2, steps: steps, lock: lock)
}

func settings(jobs: Int = 1) -> RunSettings {
    RunSettings(
        seed: "seed",
        startedAt: Instant(microsecondsSinceEpoch: 1_700_000_000_000_000),
        targetName: "fake",
        baseURL: "http://parcels.test",
        isMock: true,
        jobs: jobs,
        credentials: CredentialSet(profiles: ["merchant": ["key": "k"]], targetProfile: "merchant")
    )
}

/// 200 holds, 202 does not hold yet, everything else fails.
let byStatus: StepJudge = { _, _, exchanges in
    switch exchanges.last?.exchange.response?.status {
    case 200: .held
    case 202: .notYet
    default: .failed
    }
}

func execute(
    _ scenarios: [Scenario],
    settings: RunSettings = settings(),
    transport: ScriptedTransport,
    journal: JournalWriter? = nil,
    clock: TestClock = TestClock(),
    judge: @escaping StepJudge = byStatus,
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
