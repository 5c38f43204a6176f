import Diagnostics
import Foundation
import Harness
import Primitives
import Running
import Scenarios
import Synchronization

/// The scenarios of one collection, planned for one target, and the state that their runs share.
final class ScenarioSuite: Sendable {
    /// The seed of the mock, so that a test sends the same requests each time.
    private static let seed = "swift test"
    /// The assumed address of a server that has not started yet.
    private static let loopback = "http://127.0.0.1"

    private let root: String
    private let request: RunRequest
    private let target: Target
    private let session: RunSession
    private let live: LiveSession?
    /// Warnings about the input, reported by the first scenario that runs.
    private let warnings: Mutex<[ScenarioIssue]>
    /// The suites for other targets, by the target's identity.
    private let others = Mutex<[String: ScenarioSuite]>([:])

    /// Loads and checks everything.
    ///
    /// - Parameter given: A request with tables and contract.
    init(
        _ root: String, _ given: RunRequest, environment: [String: String], on target: Target
    ) throws(ScenariosError) {
        var request = given
        request.keepsMessages = true
        if request.environment.isEmpty {
            request.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        }
        self.root = root
        self.target = target
        self.request = request
        let planned = request
        let session = try Self.session(root, request, target)
        self.session = session
        live =
            if case .live(let target) = target.kind {
                LiveSession(target, session) { url throws(ScenariosError) in
                    var request = planned
                    request.target.baseURL = url
                    return try Self.session(root, request)
                }
            } else { nil }
        warnings = Mutex(
            session.diagnostics.entries.filter { $0.severity == .warning }.map { ScenarioIssue($0, root: root) })
    }

    /// The plan.
    var plan: Plan { session.plan }

    /// The suite for another target.
    func planned(for target: Target) throws -> ScenarioSuite {
        try others.withLock { others in
            if let suite = others[target.identity] { return suite }
            let suite = try ScenarioSuite(root, request, environment: [:], on: target)
            others[target.identity] = suite
            return suite
        }
    }

    /// The absolute path of a file of the project.
    func path(of file: String) -> String { ScenarioIssue.path(of: file, root: root) }

    /// Runs and judges one scenario.
    func outcome(of id: String) async throws -> ScenarioOutcome {
        guard let scenario = plan.scenarios.first(where: { $0.id.isSame(as: id) }) else {
            return ScenarioOutcome(missing: id, root: root)
        }
        let warnings = warnings.withLock { warnings in
            defer { warnings = [] }
            return warnings
        }
        guard let live else {
            let verdict = await session.verdict(onScenario: scenario.id)
            return ScenarioOutcome(verdict, session.redactor, root: root, besides: warnings)
        }
        let (session, runs, turns) = try await live.ready()
        let verdict = await turns.perform(lock: scenario.options.lock) {
            await session.verdict(onScenario: scenario.id, live: runs)
        }
        return ScenarioOutcome(verdict, session.redactor, root: root, besides: warnings)
    }

    private static func session(
        _ root: String, _ given: RunRequest, _ target: Target
    ) throws(ScenariosError) -> RunSession {
        var request = given
        request.target = TargetChoice()
        var fixtures: String?
        switch target.kind {
        case .mock(let behaviour):
            request.target.name = "mock"
            request.contracts.behaviour = behaviour
            request.seed = Self.seed
        case .fixtures(let folder):
            request.target.name = "fixtures"
            fixtures = folder
        case .live(let target):
            switch target.address {
            case .name(let name): request.target.name = name
            case .url(let url): request.target.baseURL = url
            case .started: request.target.baseURL = Self.loopback
            }
        }
        return try session(root, request, fixtures: fixtures)
    }

    private static func session(
        _ root: String, _ request: RunRequest, fixtures: String? = nil
    ) throws(ScenariosError) -> RunSession {
        do {
            var workspace = try Workspace.openWithProblems(root)
            if let fixtures { workspace = workspace.withFixtures(in: fixtures) }
            return try RunSession(workspace, request)
        } catch {
            throw ScenariosError(error, in: root)
        }
    }
}
