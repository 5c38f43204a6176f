import Diagnostics
public import Exchanges
public import Scenarios
import Synchronization

/// Judges a run while it is made: every answer is read and judged once, and let go of when its scenario is over.
///
/// What was seen of a scenario is kept from step to step, so that a long scenario costs no more a step than a short
/// one. Of a scenario that is over there remain findings, counts, and of each exchange what reports show.
public final class RunJudging: Sendable {
    private let judge: Judge
    private let run: JournalHeader
    private let keepsMessages: Bool
    private let places: [String: Int]
    private let scenarios = Mutex<[String: ScenarioJudging]>([:])
    private let assembly: Mutex<VerdictAssembly>

    /// Judges by `judge` for the run with the header `run`.
    ///
    /// - Parameter keepsMessages: Whether the verdict's exchanges keep what no report shows: header lines, bodies, and
    ///   requests to which nothing is to be said.
    public init(_ judge: Judge, run: JournalHeader, keepsMessages: Bool = false) {
        self.judge = judge
        self.run = run
        self.keepsMessages = keepsMessages
        places = judge.places
        assembly = Mutex(VerdictAssembly(judge))
    }

    /// How the last of `views` leaves its step: the exchanges of one scenario that were not given before, in order.
    public func state(of step: Step, in scenario: Scenario, _ views: [ExchangeView]) -> Judge.StepFinding {
        // Steps of one scenario come one after the other, so that nobody else asks for it meanwhile.
        var judging =
            scenarios.withLock { $0.removeValue(forKey: scenario.id) }
            ?? ScenarioJudging(judge: judge, scenario: scenario, run: run)
        let (findings, neverReceived) = judging.findings(forLastOf: views, step: step)
        let kept = judging
        scenarios.withLock { $0[scenario.id] = kept }
        let errors = findings.filter { $0.severity == .error }
        if errors.isEmpty { return neverReceived == nil ? .held : .failed }
        return errors.allSatisfy(\.isExpectation) ? .notYet : .failed
    }

    /// Judges a scenario that is over, and lets go of what was read of it.
    public func end(_ scenario: Scenario, _ views: [ExchangeView], notRun: [NotRun]) {
        let seen = scenarios.withLock { $0.removeValue(forKey: scenario.id) }
        guard let place = places[scenario.id] else { return }
        var judging =
            seen.map { ScenarioJudging(judge: judge, scenario: scenario, run: run, after: $0) }
            ?? ScenarioJudging(judge: judge, scenario: scenario, run: run)
        let whole = judging.verdict(views, notRun: notRun)
        let verdict = keepsMessages ? whole : whole.withoutMessages
        assembly.withLock { $0.add(verdict, judging, at: place) }
    }

    /// Judges a scenario, by its identity, of which the steps were not judged on the way.
    public func end(_ scenario: String, _ exchanges: [Exchange], notRun: [NotRun]) {
        guard let place = places[scenario] else { return }
        let planned = judge.plan.scenarios[place]
        end(planned, planned.views(of: exchanges), notRun: notRun)
    }

    /// The verdict on the run that `journal` was made of.
    ///
    /// - Parameter journal: The exchanges of the scenarios of which ``end(_:_:notRun:)`` was not told, such as those of
    ///   a run that was cut off and is gone on with; what was left out of them; and what was never answered.
    public func verdict(_ journal: Journal) -> Verdict {
        assembly.withLock { assembly in
            assembly.add(rest: journal)
            return assembly.verdict(journal)
        }
    }
}

extension ScenarioVerdict {
    /// The verdict without what no report shows.
    fileprivate var withoutMessages: ScenarioVerdict {
        var verdict = self
        for step in verdict.steps.indices {
            let isQuiet = verdict.steps[step].findings.isEmpty
            verdict.steps[step].exchanges = verdict.steps[step].exchanges.map { $0.withoutAnswer(orRequest: isQuiet) }
        }
        return verdict
    }
}

extension Exchange {
    /// The exchange with nothing of the answer but its status; `isQuiet` leaves out what was sent, too.
    fileprivate func withoutAnswer(orRequest isQuiet: Bool) -> Exchange {
        var exchange = self
        if case .response(let response) = outcome {
            exchange.outcome = .response(ResponseMessage(status: response.status, version: response.version))
        }
        if isQuiet { exchange.request = RequestMessage(method: request.method, url: "") }
        return exchange
    }
}
