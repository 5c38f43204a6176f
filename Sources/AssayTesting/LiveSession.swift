import Harness
import Running
import Scenarios
import Synchronization

/// The state shared by scenarios that run against one live target: the session, the client and the turns.
actor LiveSession {
    typealias Ready = (session: RunSession, runs: LiveRuns?, turns: LiveTurns)

    private let target: LiveTarget
    private let planned: RunSession
    private let plan: @Sendable (_ baseURL: String) throws(ScenariosError) -> RunSession
    private var starting: Task<Ready, any Error>?

    /// - Parameter plan: Creates the plan for a server whose URL is known only after it has started.
    init(
        _ target: LiveTarget, _ planned: RunSession,
        _ plan: @escaping @Sendable (_ baseURL: String) throws(ScenariosError) -> RunSession
    ) {
        self.target = target
        self.planned = planned
        self.plan = plan
    }

    /// Returns the session; starts the server on the first call.
    func ready() async throws -> Ready {
        if let starting { return try await starting.value }
        let (target, planned, plan) = (target, planned, plan)
        let task = Task { () async throws -> Ready in
            let session =
                if case .started(let start) = target.address { try plan(try await start.start()) } else { planned }
            let turns = LiveTurns(count: session.scenariosAtATime)
            return (session, try session.liveRuns(over: target.network), turns)
        }
        starting = task
        return try await task.value
    }
}

/// Limits the number of scenarios that run at once, and runs those with the same lock one after the other.
final class LiveTurns: Sendable {
    private let all: Turns
    private let locks = Mutex<[String: Turns]>([:])

    init(count: Int) {
        all = Turns(count: count)
    }

    /// Runs `body` when it is its turn.
    func perform<Result: Sendable>(lock: String?, _ body: () async -> Result) async -> Result {
        // The lock comes first, so that a scenario waiting for a lock does not occupy a turn.
        let own = lock.map { lock in
            locks.withLock { locks in
                let turns = locks[lock] ?? Turns(count: 1)
                locks[lock] = turns
                return turns
            }
        }
        await own?.take()
        await all.take()
        let result = await body()
        all.giveBack()
        own?.giveBack()
        return result
    }
}
