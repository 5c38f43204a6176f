import Conformance
import Exchanges
import Mocking
import Primitives
import Reporting
import Running
import Scenarios
import Synchronization

/// The mock's response to a step, and why it rejected the request.
struct MockedStep {
    /// The last exchange of the step; `nil` if nothing was sent.
    var exchange: Exchange?
    /// The situation in which the mock rejected the request, as behaviour files name it; `nil` for accepted requests.
    var situation: String?
    /// Why nothing was sent; `nil` if something was.
    var reason: String?
}

/// Plays the scenarios of a journal against the mock, inside of the process.
struct MockPlay {
    let session: PlannedSession
    let versions: [MockVersion]
    let journal: Journal

    /// The steps of `plan`, by name. Each scenario has a mock of its own, as if it were alone: in the run, other
    /// scenarios could use up its limits. Its values have the seed and the time of the journal, and ids that a server
    /// makes are those of the mock, because rows refer to the response of the mock.
    func steps(of plan: Plan) async -> [StepName: MockedStep] {
        var steps: [StepName: MockedStep] = [:]
        for scenario in plan.scenarios {
            let part = plan.withSessions(of: [scenario.id])
            let origin = journal.header(for: scenario.id)
            let log = ReplyLog()
            let verdict = await play(part, origin, log)
            let situations = log.situations
            guard let own = verdict.scenarios.first(where: { $0.name.isSame(as: scenario.id) }) else {
                continue
            }
            for step in own.steps {
                let last = step.exchanges.last
                let index = (last?.sequence ?? 0) - 1
                steps[StepName(scenario: own.name, step: step.name)] = MockedStep(
                    exchange: last, situation: situations.indices.contains(index) ? situations[index] : nil,
                    reason: last == nil ? step.reason?.sentence ?? "nothing was sent" : nil)
            }
        }
        return steps
    }

    private func play(_ plan: Plan, _ origin: JournalHeader, _ log: ReplyLog) async -> Verdict {
        let waits = WaitClock(start: origin.startedAt)
        let settings = MockSettings(
            seed: session.seed, credentials: session.credentials.accepted, now: { waits.now })
        let mock = MockTransport(versions: versions, settings: settings, observer: log.add)
        var run = session.settings(mock.baseURL, origin.startedAt)
        run.seed = origin.seed
        run.pace.interval = nil
        return await session.verdict(plan, run, mock, waits.runClock, byPublished: false)
    }
}

/// The situations of the mock's replies, in the order of the requests.
private final class ReplyLog: Sendable {
    private let log = Mutex<[String?]>([])

    var situations: [String?] { log.withLock { $0 } }

    @Sendable func add(_ reply: MockEngine.Reply) { log.withLock { $0.append(reply.situation) } }
}
