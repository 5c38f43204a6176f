import Exchanges
import Primitives

/// Everything that a user may ask of `assay run`: what is planned, and how it is sent, stored and split.
///
/// The members of the ``PlanRequest`` can be written as if they were its own.
@dynamicMemberLookup
package struct RunRequest: Sendable {
    /// What is run.
    package var planning = PlanRequest()
    /// How many scenarios run at a time; `nil` is 8 for the mock and 4 for live targets.
    package var jobs: Int?
    /// The longest that one exchange may take; `nil` is the target's.
    package var timeout: Duration?
    /// Whether nothing new is started after the first failure.
    package var failFast = false
    /// Where the journal is kept; `nil` is a new file under `reports/journals`.
    package var journal: String?
    /// Whether the run of `journal`, or of the newest journal, is resumed.
    package var resumes = false
    /// Which part of the scenarios is run; `nil` for all.
    package var shard: Shard?
    /// A journal with the durations of scenarios, so that shards are even; the same for all of them.
    package var durations: String?
    /// The name of the command, for its report: `run` or `record`.
    package var commandName = "run"
    /// The command line, for the journal.
    package var command: [String] = []
    /// How the run's traffic is recorded; `nil` where it is not.
    package var recording: RecordingChoice?

    /// Runs everything against the default target.
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
    var journalledJudging: JournalJudging {
        var judging = JournalJudging()
        judging.isStrict = planning.judging.isStrict
        judging.baseline = planning.judging.baseline
        judging.minCoverage = planning.judging.minCoverage
        judging.spec = planning.contracts.spec
        judging.version = planning.contracts.version
        judging.withoutOverlays = planning.contracts.withoutOverlays
        return judging
    }
}

extension PlanRequest {
    /// Takes over how a run was judged, except for what was said anew.
    mutating func judge(as header: JournalJudging) {
        judging.isStrict = judging.isStrict || header.isStrict
        judging.baseline = judging.baseline ?? header.baseline
        judging.minCoverage = judging.minCoverage ?? header.minCoverage
        if contracts.spec == nil, contracts.version == nil {
            contracts.spec = header.spec
            contracts.version = header.version
        }
        contracts.withoutOverlays = contracts.withoutOverlays || header.withoutOverlays
    }
}
