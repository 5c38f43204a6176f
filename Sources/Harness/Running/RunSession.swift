import Conformance
import Diagnostics
import Exchanges
import Mocking
import OpenAPI
import Primitives
import Project
import Running
import Scenarios

/// A run that is ready to start: a planned session, and the settings for sending its requests.
///
/// The members of the ``PlannedSession`` can be read like members of this type.
@dynamicMemberLookup
package struct RunSession: Sendable {
    /// The planned session.
    package let planned: PlannedSession
    var request: RunRequest
    /// The run that is resumed; `nil` for a new one.
    let earlier: EarlierRun?

    /// Loads contracts, tables and configuration, and checks all of it before anything is sent.
    ///
    /// - Throws: `HarnessError` (exit 2) with every mistake in the input.
    package init(_ workspace: Workspace, _ request: RunRequest) throws(HarnessError) {
        var earlier = try workspace.earlierRun(request)
        let durations = try request.durations.map { path throws(HarnessError) in
            try workspace.durations(inJournal: path)
        }
        var request = request
        if let earlier, request.tables.tables.isEmpty { request.tables.tables = earlier.header.tables }
        var planner = try SessionPlanner(workspace, request.planning, isRecorded: request.recording != nil)
        var plan = try planner.selected(shard: request.shard, durations: durations ?? [:])
        if let earlier { plan = earlier.narrowed(plan, &planner) }
        // From here on, the plan has the names.
        earlier?.header.scenarios = []
        if let choice = request.recording { plan = try planner.recordable(plan, choice) }
        let isRecordedMock = planner.input.target.kind == .mock && request.recording != nil
        let seed = earlier?.header.seed ?? request.seed ?? (isRecordedMock ? Seed.recording : nil)
        if isRecordedMock { plan = plan.startingTogether(seed: seed ?? Seed.recording) }
        planned = try planner.session(plan, seed: seed)
        request.planning = planned.request
        self.request = request
        self.earlier = earlier
    }

    /// A member of ``planned``.
    package subscript<Value>(dynamicMember member: KeyPath<PlannedSession, Value>) -> Value {
        planned[keyPath: member]
    }

    /// Whether the run covers every scenario of the project.
    var isWhole: Bool { !planned.plan.isPartial && request.shard == nil }

    /// The number of scenarios that run at a time.
    var wantedJobs: Int { recordsMock ? 1 : request.jobs ?? planned.usualJobs }

    /// Whether the mock is recorded. Scenarios then run one after the other, so the files are the same every time:
    /// the mock assigns ids and counts requests in the order of arrival.
    var recordsMock: Bool { planned.target.kind == .mock && request.recording != nil }

    /// The settings for sending requests.
    func settings(_ baseURL: String, _ startedAt: Instant) -> RunSettings {
        var settings = planned.settings(baseURL, startedAt)
        settings.pace.jobs = wantedJobs
        settings.pace.timeout = request.timeout ?? settings.pace.timeout
        settings.failFast = request.failFast
        settings.record.command = request.invocation.arguments
        settings.record.shard = request.shard?.journalled
        settings.record.judging = request.journalledJudging
        return settings
    }
}

extension EarlierRun {
    /// The scenarios of `plan` that this run did not complete. A change since then is a mistake.
    fileprivate func narrowed(_ plan: Plan, _ planner: inout SessionPlanner) -> Plan {
        planner.problems.add(changes(plan: plan, contracts: planner.input.loaded.contracts))
        planner.problems.add(changes(target: planner.input.target))
        return narrowed(plan)
    }
}

extension SessionPlanner {
    /// The scenarios of `plan` that can be recorded.
    fileprivate mutating func recordable(_ plan: Plan, _ choice: RecordingChoice) throws(HarnessError) -> Plan {
        guard input.target.kind != .fixtures else {
            throw .wrongInput(
                "usage.record-fixtures", "recordings cannot be made from recordings",
                help: "name a server with --target or --base-url, or remove both for the mock")
        }
        let recordable = problems.gather { () throws(HarnessError) in
            try workspace.recordable(plan, choice, target: input.target)
        }
        guard let recordable else { throw problems.error }
        return recordable
    }
}

extension Plan {
    /// The plan whose scenarios all have the time of the earliest recorded one, at which the mock's clock starts.
    ///
    /// Otherwise, `{{now}}` in a scenario that is recorded for the first time would be later than the time of the mock,
    /// and a link that expires in a day would have weeks to live.
    fileprivate func startingTogether(seed: String) -> Plan {
        guard let start = scenarios.compactMap(\.origin?.startedAt).min() else { return self }
        var plan = self
        for index in plan.scenarios.indices {
            let seed = plan.scenarios[index].origin?.seed ?? seed
            plan.scenarios[index].origin = JournalOrigin(seed: seed, startedAt: start)
        }
        return plan
    }
}

/// Makes the seeds of generated values.
enum Seed {
    /// The seed of recordings of the mock, so that a second recording sends the same requests.
    static let recording = "recording"

    /// A fresh seed of 16 letters and digits, so that ids of two live runs do not collide.
    static func fresh() -> String {
        let alphabet = Array("abcdefghijkmnpqrstuvwxyz23456789".utf8)
        var generator = SystemRandomNumberGenerator()
        let bytes = (0..<16).map { _ in alphabet[Int(generator.next() % UInt64(alphabet.count))] }
        return String(decoding: bytes, as: UTF8.self)
    }
}
