import Exchanges
import Primitives
package import Reporting

/// The input of `assay run`: the request for the plan, and how the run is sent, stored and split.
///
/// The members of the ``PlanRequest`` can be written like members of this type.
@dynamicMemberLookup
package struct RunRequest: Sendable {
    /// The request for the plan.
    package var planning = PlanRequest()
    /// The number of scenarios that run at a time; `nil` is 8 for the mock and 4 for live targets.
    package var jobs: Int?
    /// The maximum duration of one exchange; `nil` for the target's setting.
    package var timeout: Duration?
    /// Whether the run starts nothing new after the first failure.
    package var failFast = false
    /// The journal of the run.
    package var storage = JournalChoice()
    /// The part of the scenarios that is run; `nil` for all.
    package var shard: Shard?
    /// A journal with the durations of scenarios, which make shards even. All shards need the same one.
    package var durations: String?
    /// How the run was started.
    package var invocation = Invocation()
    /// Receives every step that was sent, when it ends, with unmasked exchanges; `nil` for none.
    package var observer: (@Sendable (ShownSteps.Step) -> Void)?
    /// How the run's traffic is recorded; `nil` without recording.
    package var recording: RecordingChoice?
    /// Where deliveries are received, if a step awaits one.
    package var receiver = ReceiverChoice()

    /// The path of the journal; `nil` for a new file under `reports/journals`.
    package var journal: String? {
        get { storage.path }
        set { storage.path = newValue }
    }

    /// Whether the run of ``journal``, or of the newest journal, is resumed.
    package var resumes: Bool {
        get { storage.isResumed }
        set { storage.isResumed = newValue }
    }

    /// Which journal a run writes.
    package struct JournalChoice: Sendable {
        /// The path; `nil` for a new file, or for the newest journal of a run that is resumed.
        package var path: String?
        /// Whether the run of the journal is resumed.
        package var isResumed = false

        /// A new journal.
        package init() {}
    }

    /// How a run was started: its command, and whether a person reads its reports.
    package struct Invocation: Sendable {
        /// The name of the command, for its report: `run` or `record`.
        package var command = "run"
        /// The command line, for the journal.
        package var arguments: [String] = []
        /// Whether the reports for people are written even if nothing was found.
        package var isWatched = false

        /// A run in CI or in a pipe.
        package init() {}
    }

    /// A request that runs everything against the default target.
    package init() {}

    /// A member of ``planning``.
    package subscript<Value>(dynamicMember member: WritableKeyPath<PlanRequest, Value>) -> Value {
        get { planning[keyPath: member] }
        set { planning[keyPath: member] = newValue }
    }

    /// A member of ``planning`` that is computed.
    package subscript<Value>(dynamicMember member: KeyPath<PlanRequest, Value>) -> Value {
        planning[keyPath: member]
    }

    /// How the run is judged, as its journal keeps it.
    var journalledJudging: RecordedJudging {
        var judging = RecordedJudging()
        judging.isStrict = planning.judging.isStrict
        judging.baseline = planning.judging.baseline
        judging.minCoverage = planning.judging.minCoverage
        judging.spec = planning.contracts.spec
        judging.version = planning.contracts.version
        judging.withoutOverlays = planning.contracts.withoutOverlays
        judging.isInsecure = planning.target.network.isInsecure
        for variable in planning.target.variables { judging.variables[variable.name] = variable.value }
        return judging
    }
}

extension PlanRequest {
    /// Takes over the settings of the earlier judging, except for those that this request sets.
    mutating func judge(as header: RecordedJudging) {
        judging.isStrict = judging.isStrict || header.isStrict
        judging.baseline = judging.baseline ?? header.baseline
        judging.minCoverage = judging.minCoverage ?? header.minCoverage
        if contracts.spec == nil, contracts.version == nil {
            contracts.spec = header.spec
            contracts.version = header.version
        }
        contracts.withoutOverlays = contracts.withoutOverlays || header.withoutOverlays
        target.network.isInsecure = target.network.isInsecure || header.isInsecure
        if target.variables.isEmpty { target.variables = header.variables.map { ($0.key, $0.value) } }
    }
}
