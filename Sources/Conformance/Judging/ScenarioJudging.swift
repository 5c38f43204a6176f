import Diagnostics
import Exchanges
import JSONDocument
import OpenAPI
import Scenarios

/// One pass over the exchanges of one scenario.
struct ScenarioJudging {
    let judge: Judge
    let scenario: Scenario
    /// The laws, by index, that applied to some exchange.
    private(set) var appliedLaws: Set<Int> = []
    /// Every answered exchange, in order.
    private(set) var subjects: [Subject] = []
    private var scope: ValueScope
    /// The places of each step's last answer that have a finding.
    private var broken: [String: BrokenPlaces] = [:]
    /// What the exchanges so far say about the promises of the configuration.
    private var watch: PromiseWatch
    /// The answers that were read before, by the numbers of their exchanges.
    private var answers: [Int: JudgedAnswer] = [:]
    /// What came of answers when nothing was amiss with the scenario and no promise was looked at.
    private var outcomes: [Int: AnswerOutcome] = [:]
    /// What each step asked in its last try, for the answers that redirects led to.
    private var asked: [String: RequestMessage] = [:]
    /// Whether no answer so far has a place with a finding.
    private var isSpotless = true

    init(judge: Judge, scenario: Scenario, run: JournalHeader) {
        self.judge = judge
        self.scenario = scenario
        watch = PromiseWatch(judge.policy.promises, volatile: judge.policy.volatile)
        scope = ValueScope(
            seed: scenario.origin?.seed ?? run.seed,
            table: scenario.file,
            scenario: scenario.name,
            dataCase: scenario.dataCase,
            now: scenario.origin?.startedAt ?? run.startedAt,
            environment: judge.policy.environment,
            secrets: judge.policy.secrets,
            variables: judge.policy.variables,
            row: scenario.row,
            firstCases: ValueScope.firstCases(of: scenario.steps)
        )
    }

    /// A pass from the beginning that need not read again what `earlier` has read while the scenario went on.
    init(judge: Judge, scenario: Scenario, run: JournalHeader, after earlier: ScenarioJudging) {
        self.init(judge: judge, scenario: scenario, run: run)
        answers = earlier.answers
        outcomes = earlier.outcomes
    }

    /// The scenario's verdict, step by step in the order of the plan.
    mutating func verdict(_ exchanges: [Exchange], notRun: [NotRun]) -> ScenarioVerdict {
        verdict(scenario.views(of: exchanges), notRun: notRun)
    }

    /// The scenario's verdict, step by step in the order of the plan.
    mutating func verdict(_ views: [ExchangeView], notRun: [NotRun]) -> ScenarioVerdict {
        let byStep = Dictionary(grouping: views, by: \.exchange.step)
        let reasons = Dictionary(notRun.map { ($0.step, $0.reason) }, uniquingKeysWith: { first, _ in first })
        // Exchanges are judged in the order in which they were made, which differs from the plan's for set-up and
        // tear-down rows, because later ones may ask for values of earlier ones.
        var judged: [String: (findings: [Finding], reason: NotRun.Reason?)] = [:]
        for step in inOrderOfExchanges(byStep) {
            judged[step.name] = judge(byStep[step.name] ?? [], of: step, wasStopped: reasons[step.name] == .stopped)
        }
        let steps = scenario.steps.map { step in
            let attempts = byStep[step.name] ?? []
            var verdict = StepVerdict(
                name: step.name,
                call: step.callText,
                contract: step.contract,
                location: step.location,
                note: step.note,
                reason: judged[step.name]?.reason ?? (attempts.isEmpty ? reasons[step.name] : nil),
                exchanges: attempts.map(\.exchange),
                findings: judged[step.name]?.findings ?? []
            )
            if attempts.isEmpty, verdict.reason == nil, !step.isWait { verdict.reason = .stopped }
            if case .unbuildable(let why)? = verdict.reason {
                if let cause = cause(of: step) {
                    verdict.reason = cause
                } else {
                    verdict.findings.append(unbuildable(step, why))
                }
            }
            return verdict
        }
        return ScenarioVerdict(name: scenario.id, file: scenario.file, line: scenario.line, steps: steps)
    }

    /// The findings of a step's last exchange, for a runner that must know whether to go on; those before it are taken
    /// in.
    mutating func findings(
        forLastOf views: [ExchangeView], step: Step
    ) -> ([Finding], neverReceived: ValueFailure?) {
        guard let last = views.last else { return ([], nil) }
        // What an API promises over several answers is judged at the end: while a step is polled, nothing is final.
        watch = PromiseWatch(Promises(), volatile: [])
        for earlier in views.dropLast() {
            let made = scenario.steps.first { $0.name.utf8.elementsEqual(earlier.exchange.step.utf8) } ?? step
            if let answer = answer(made, earlier) { scope.exchanges[made.name] = answer.subject.view }
        }
        if let sameAs = step.sameAs {
            for compared in scenario.steps where compared.isNamed(sameAs.step) {
                guard let earlier = scope.exchanges[compared.name], let answer = answers[earlier.exchange.sequence]
                else { continue }
                broken[compared.name] = BrokenPlaces(answer.contract)
            }
        }
        guard let answer = answer(step, last) else {
            guard let failure = last.exchange.outcome.failure else { return ([], nil) }
            return ([TransportRules.failure(failure, last.exchange, step, scenario)], nil)
        }
        // The answers on the way to the last one have their contract, too.
        let way = views.dropLast().filter { $0.exchange.isWay(to: last.exchange) }.compactMap {
            answers[$0.exchange.sequence]
        }
        let found = way.flatMap { findings($0, isLast: false).findings }
        let outcome = findings(answer, isLast: true)
        outcomes[last.exchange.sequence] = outcome
        scope.exchanges[step.name] = answer.subject.view
        return (found + outcome.findings, outcome.neverReceived)
    }

    private func inOrderOfExchanges(_ byStep: [String: [ExchangeView]]) -> [Step] {
        func sequence(_ attempts: [ExchangeView]?) -> Int { attempts?.first?.exchange.sequence ?? 0 }
        let made = scenario.steps.filter { byStep[$0.name] != nil }
        return made.sorted { sequence(byStep[$0.name]) < sequence(byStep[$1.name]) }
    }

    /// A step's attempts: the contract holds for every answer, the row for the last one.
    private mutating func judge(
        _ attempts: [ExchangeView],
        of step: Step,
        wasStopped: Bool
    ) -> (findings: [Finding], reason: NotRun.Reason?) {
        var collected = AttemptFindings()
        let wasStopped = wasStopped || attempts.last.map { isCutOff($0, of: step) } == true
        var reason: NotRun.Reason? = wasStopped ? .stopped : nil
        for (index, view) in attempts.enumerated() {
            // A step that was interrupted between two attempts has not had its last one.
            let isLast = index == attempts.count - 1 && !wasStopped
            switch view.exchange.outcome {
            case .failure(let failure) where failure.class == .cancelled:
                // Nobody's fault: the run was interrupted while it waited.
                reason = .stopped
            case .failure(let failure):
                // A fault that a later attempt overcame is told as flakiness, not as a failure.
                if isLast { collected.add([TransportRules.failure(failure, view.exchange, step, scenario)]) }
                watch.failed(view.exchange)
            case .response:
                guard let answer = answer(step, view) else { continue }
                subjects.append(answer.subject)
                let outcome = findings(answer, isLast: isLast)
                collected.add(outcome.findings)
                if case .missing(let giving, let path)? = outcome.neverReceived {
                    reason = .missingValue(step: giving, path: path)
                }
                scope.exchanges[step.name] = answer.subject.view
            }
        }
        let exchanges = attempts.map(\.exchange)
        if reason == nil, !collected.hasErrors, let flaky = TransportRules.flaky(attempts: exchanges, step, scenario) {
            collected.add([flaky])
        }
        return (collected.findings, reason)
    }

    /// Whether a step was to go on where this answer sends it, and did not come to it: refused redirects are faults.
    private func isCutOff(_ view: ExchangeView, of step: Step) -> Bool {
        step.options.follow != nil && view.exchange.response?.isRedirect == true
    }

    /// The answer of an exchange, read when it is asked for first; `nil` when nothing was answered.
    private mutating func answer(_ step: Step, _ view: ExchangeView) -> JudgedAnswer? {
        guard let message = view.exchange.response else { return nil }
        if let known = answers[view.exchange.sequence] { return known }
        func subject(_ view: ExchangeView) -> Subject {
            Subject(
                scenario: scenario, step: step, view: view, message: message, contract: judge.contracts[step.contract])
        }
        if view.exchange.hop == 0 { asked[step.name] = view.exchange.request }
        let request = view.exchange.hop == 0 ? nil : asked[step.name]
        let answer =
            request.map { JudgedAnswer(subject(view.asked(by: $0)), wire: subject(view)) }
            ?? JudgedAnswer(subject(view))
        answers[view.exchange.sequence] = answer
        return answer
    }

    private mutating func findings(_ answer: JudgedAnswer, isLast: Bool) -> AnswerOutcome {
        let subject = answer.subject
        if let finding = DocumentRules.withoutValue(subject) {
            isSpotless = false
            return AnswerOutcome(findings: isLast ? [finding] : [])
        }
        // What a gateway says where the row asks to try again is not the operation's answer.
        let isPassedOver = !isLast && subject.isRetried
        var contract = isPassedOver ? [] : answer.contract
        var places = BrokenPlaces(contract)
        // What an API promises of its answers is not promised of the places that it sends on to.
        var promises =
            subject.exchange.hop > 0
            ? []
            : watch.findings(subject, isLast: isLast, isExpected: StatusRules.accepts(subject), broken: places)
        // Where nothing is amiss, the answer comes out as it did when the run waited for it.
        if isLast, isSpotless, promises.isEmpty, let known = outcomes[subject.exchange.sequence] {
            take(known, of: subject)
            return known
        }
        var status = StatusRules.findings(subject)
        if !isLast {
            // What an attempt before the last was answered is the reason for the next one, unless undocumented.
            status = isPassedOver ? [] : status.filter { $0.rule == Rule.statusUndocumented.id }
        }
        let cause = isLast ? cause(of: subject.step) : nil
        if cause != nil {
            // What follows from a finding of another step is not told again.
            promises = promises.filter { $0.rule.utf8.starts(with: "echo.".utf8) }
            status = status.filter { !$0.isExpectation }
        }
        // A promise names what went wrong better than the row does.
        if promises.contains(where: { $0.response == .status }) { status = status.filter { !$0.isExpectation } }
        if (status + promises).contains(where: { $0.response == .status }), subject.isAnotherAnswer {
            contract = contract.filter { !BodyRules.isOfSchema($0) }
            places = BrokenPlaces(contract)
        }
        places.add(promises)
        let requests = isLast ? RequestRules.findings(subject, judge) : []
        var checkScope = scope
        checkScope.current = subject.view
        let checking = Checking(subject: subject, scope: checkScope, broken: places)
        // A law holds for what was sent and what came back, wherever to.
        var wireScope = scope
        wireScope.current = answer.wire.view
        let lawful =
            answer.wire === subject ? checking : Checking(subject: answer.wire, scope: wireScope, broken: places)
        var outcome = AnswerOutcome()
        var laws: [Finding] = []
        for (index, law) in judge.plan.laws.enumerated() {
            guard let found = LawRules.findings(law, lawful) else { continue }
            outcome.appliedLaws.append(index)
            laws += found
        }
        var expectations: [Finding] = []
        // A status that was not expected explains why nothing in the body is as the row says.
        if case .missingValue(let step, let path)? = cause {
            outcome.neverReceived = .missing(step: step, path: path)
        } else if isLast, StatusRules.accepts(subject) {
            (expectations, outcome.neverReceived) = checking.findings()
            expectations = unmasked(expectations, subject)
            places.add(expectations)
            expectations += comparison(Checking(subject: subject, scope: checkScope, broken: places))
            if let sameAs = subject.step.sameAs, scope.exchange(of: sameAs.step)?.exchange.response == nil {
                outcome.neverReceived = outcome.neverReceived ?? .missing(step: sameAs.step, path: "$")
            }
        }
        places.add(status + expectations)
        outcome.broken = places
        let all = unmasked(
            TransportRules.defects(subject.exchange, subject.step, scenario) + status + requests
                + Repeats.merged(contract) + promises + expectations + laws, subject)
        outcome.findings = isStrict(subject) ? all.map(Self.strict) : all
        take(outcome, of: subject)
        return outcome
    }

    private mutating func take(_ outcome: AnswerOutcome, of subject: Subject) {
        broken[subject.step.name] = outcome.broken
        isSpotless = isSpotless && outcome.broken.isEmpty
        for law in outcome.appliedLaws { appliedLaws.insert(law) }
    }

    /// The findings, with notes in place of what was said of tokens: a value that was masked breaks nothing.
    private func unmasked(_ findings: [Finding], _ subject: Subject) -> [Finding] {
        findings.map { MaskedValues.unjudged($0, subject) }
    }

    private func comparison(_ checking: Checking) -> [Finding] {
        guard let name = checking.subject.step.sameAs?.step, let earlier = scope.exchange(of: name) else { return [] }
        return SameAsRules.findings(
            checking,
            earlierBroken: broken[earlier.exchange.step] ?? BrokenPlaces(),
            volatile: judge.policy.volatile
        )
    }

    /// The value that the step sends and that has a finding where it was received: what comes of it follows from that.
    private func cause(of step: Step) -> NotRun.Reason? {
        for case .step(let name, let path) in step.sentReferences where !path.isRequest {
            guard let earlier = scope.exchange(of: name)?.exchange.step, let places = broken[earlier] else { continue }
            let isBroken =
                switch path.root {
                case .body: places.covers(path.plainPointer ?? .root)
                case .header(let name): places.covers(header: name)
                default: false
                }
            if isBroken { return .missingValue(step: name, path: path.text) }
        }
        return nil
    }

    private func isStrict(_ subject: Subject) -> Bool {
        if judge.policy.isStrict { return true }
        guard !judge.policy.strictTags.isEmpty else { return false }
        let tags = subject.step.tags + scenario.tags + (subject.operation?.tags ?? [])
        return tags.contains { tag in judge.policy.strictTags.contains { $0.utf8.elementsEqual(tag.utf8) } }
    }

    private static func strict(_ finding: Finding) -> Finding {
        guard Rule.named(finding.rule)?.isStrictness == true else { return finding }
        var finding = finding
        finding.severity = .error
        return finding
    }

    private func unbuildable(_ step: Step, _ why: String) -> Finding {
        Finding(
            .requestUnbuildable,
            "the request could not be built: \(why)",
            blame: .table,
            operation: step.call.operation?.name,
            contract: step.contract,
            scenario: scenario.id,
            step: step.name,
            table: step.location
        )
    }
}

/// What comes of one answer: of the contract, of its row and of the laws.
struct AnswerOutcome: Sendable {
    var findings: [Finding] = []
    /// A value that the row asks for and that was never received.
    var neverReceived: ValueFailure?
    /// The places that have a finding.
    var broken = BrokenPlaces()
    /// The laws, by index, that applied.
    var appliedLaws: [Int] = []
}

extension Exchange {
    /// Whether redirects led from this exchange to `last`.
    fileprivate func isWay(to last: Exchange) -> Bool {
        hop < last.hop && attempt == last.attempt && step.utf8.elementsEqual(last.step.utf8)
    }
}

extension Subject {
    /// Whether the row asks for another try after an answer like this, and the contract says nothing about it.
    fileprivate var isRetried: Bool {
        step.options.retry != nil && exchange.isRetryCause && declared == nil
    }
}

extension Step {
    /// Whether `same_as` with that name means this step.
    fileprivate func isNamed(_ name: String) -> Bool {
        [self.name, referenceName].contains { $0.utf8.elementsEqual(name.utf8) }
    }

    /// What the request is made of that comes from elsewhere.
    fileprivate var sentReferences: [TemplateReference] {
        var references = set.compactMap(\.value).flatMap(\.templates).flatMap(\.references)
        if case .template(let template, _) = body { references += template.references }
        return references
    }

    var isWait: Bool {
        if case .wait = call { true } else { false }
    }

    /// What the step calls, as users write it.
    var callText: String {
        switch call {
        case .operation(let operation, _): operation.name
        case .reserved(let method, let path), .undeclared(let method, let path): "\(method) \(path)"
        case .wait(let duration): "wait \(duration)"
        }
    }
}
