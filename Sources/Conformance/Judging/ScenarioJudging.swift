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
    private let steps: [String: Step]
    /// The places of each step's last answer that have a finding.
    private var broken: [String: BrokenPlaces] = [:]
    /// What the exchanges so far say about the promises of the configuration.
    private var watch: PromiseWatch

    init(judge: Judge, scenario: Scenario, run: JournalHeader) {
        self.judge = judge
        self.scenario = scenario
        steps = Dictionary(scenario.steps.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        watch = PromiseWatch(judge.policy.promises, volatile: judge.policy.volatile)
        scope = ValueScope(
            seed: run.seed,
            table: scenario.file,
            scenario: scenario.name,
            dataCase: scenario.dataCase,
            now: run.startedAt,
            environment: judge.policy.environment,
            secrets: judge.policy.secrets,
            variables: judge.policy.variables,
            row: scenario.row,
            firstCases: ValueScope.firstCases(of: scenario.steps)
        )
    }

    /// The scenario's verdict, step by step in the order of the plan.
    mutating func verdict(_ exchanges: [Exchange], notRun: [NotRun]) -> ScenarioVerdict {
        let byStep = Dictionary(grouping: exchanges, by: \.step)
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
                exchanges: attempts,
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

    /// The findings of a step's last exchange, for a runner that must know whether to go on; of those before it, so many
    /// were taken in already.
    mutating func findings(
        forLastOf exchanges: [Exchange], after count: Int, step: Step
    ) -> ([Finding], neverReceived: ValueFailure?) {
        guard let last = exchanges.last else { return ([], nil) }
        // What an API promises over several answers is judged at the end: while a step is polled, nothing is final.
        watch = PromiseWatch(Promises(), volatile: [])
        let compared = step.sameAs.map { sameAs in
            Set(scenario.steps.filter { $0.isNamed(sameAs.step) }.map(\.name))
        }
        for (index, earlier) in exchanges.dropLast().enumerated() {
            let isCompared = compared?.contains(earlier.step) == true
            guard index >= count || isCompared, let message = earlier.response else { continue }
            let made = steps[earlier.step] ?? step
            let subject = subject(made, earlier, message)
            if index >= count { scope.exchanges[earlier.step] = subject.view }
            if isCompared { broken[earlier.step] = BrokenPlaces(contractFindings(subject)) }
        }
        switch last.outcome {
        case .failure(let failure): return ([TransportRules.failure(failure, last, step, scenario)], nil)
        case .response(let message): return findings(subject(step, last, message), isLast: true)
        }
    }

    private func inOrderOfExchanges(_ byStep: [String: [Exchange]]) -> [Step] {
        let made = scenario.steps.filter { byStep[$0.name] != nil }
        return made.sorted { (byStep[$0.name]?.first?.sequence ?? 0) < (byStep[$1.name]?.first?.sequence ?? 0) }
    }

    /// A step's attempts: the contract holds for every answer, the row for the last one.
    private mutating func judge(
        _ attempts: [Exchange],
        of step: Step,
        wasStopped: Bool
    ) -> (findings: [Finding], reason: NotRun.Reason?) {
        var collected = AttemptFindings()
        var reason: NotRun.Reason? = wasStopped ? .stopped : nil
        for (index, exchange) in attempts.enumerated() {
            // A step that was interrupted between two attempts has not had its last one.
            let isLast = index == attempts.count - 1 && !wasStopped
            switch exchange.outcome {
            case .failure(let failure) where failure.class == .cancelled:
                // Nobody's fault: the run was interrupted while it waited.
                reason = .stopped
            case .failure(let failure):
                // A fault that a later attempt overcame is told as flakiness, not as a failure.
                if isLast { collected.add([TransportRules.failure(failure, exchange, step, scenario)]) }
                watch.failed(exchange)
            case .response(let message):
                let subject = subject(step, exchange, message)
                subjects.append(subject)
                let (found, neverReceived) = findings(subject, isLast: isLast)
                collected.add(found)
                if case .missing(let giving, let path)? = neverReceived {
                    reason = .missingValue(step: giving, path: path)
                }
                scope.exchanges[step.name] = subject.view
            }
        }
        if reason == nil, !collected.hasErrors, let flaky = TransportRules.flaky(attempts: attempts, step, scenario) {
            collected.add([flaky])
        }
        return (collected.findings, reason)
    }

    private func subject(_ step: Step, _ exchange: Exchange, _ message: ResponseMessage) -> Subject {
        Subject(
            scenario: scenario,
            step: step,
            exchange: exchange,
            message: message,
            contract: judge.contracts[step.contract]
        )
    }

    /// Media type, body and headers: what the contract says of an answer, whichever row asked for it.
    private func contractFindings(_ subject: Subject) -> [Finding] {
        if let known = judge.memory?[subject.exchange.sequence] { return known }
        let found = unmasked(
            MediaTypeRules.findings(subject) + BodyRules.findings(subject) + HeaderRules.findings(subject), subject)
        judge.memory?[subject.exchange.sequence] = found
        return found
    }

    private mutating func findings(
        _ subject: Subject,
        isLast: Bool
    ) -> (findings: [Finding], neverReceived: ValueFailure?) {
        var status = StatusRules.findings(subject)
        var contract = contractFindings(subject)
        if !isLast {
            // What an attempt before the last was answered is the reason for the next one, unless undocumented; and
            // what a gateway says where the row asks to try again is not the operation's answer.
            status = status.filter { $0.rule == Rule.statusUndocumented.id }
            if subject.isRetried { (status, contract) = ([], []) }
        }
        var places = BrokenPlaces(contract)
        let cause = isLast ? cause(of: subject.step) : nil
        var promises = watch.findings(
            subject, isLast: isLast, isExpected: StatusRules.accepts(subject), broken: places)
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
        let requests = isLast ? RequestRules.findings(subject, baseURL: judge.policy.baseURL) : []
        var checkScope = scope
        checkScope.current = subject.view
        let checking = Checking(subject: subject, scope: checkScope, broken: places)
        var laws: [Finding] = []
        for (index, law) in judge.plan.laws.enumerated() {
            guard let found = LawRules.findings(law, checking) else { continue }
            appliedLaws.insert(index)
            laws += found
        }
        var expectations: [Finding] = []
        var neverReceived: ValueFailure?
        // A status that was not expected explains why nothing in the body is as the row says.
        if case .missingValue(let step, let path)? = cause {
            neverReceived = .missing(step: step, path: path)
        } else if isLast, StatusRules.accepts(subject) {
            (expectations, neverReceived) = checking.findings()
            expectations = unmasked(expectations, subject)
            places.add(expectations)
            expectations += comparison(Checking(subject: subject, scope: checkScope, broken: places))
            if let sameAs = subject.step.sameAs, scope.exchange(of: sameAs.step)?.exchange.response == nil {
                neverReceived = neverReceived ?? .missing(step: sameAs.step, path: "$")
            }
        }
        places.add(status + expectations)
        broken[subject.step.name] = places
        let all = unmasked(
            status + requests + Repeats.merged(contract) + promises + expectations + laws, subject)
        return (isStrict(subject) ? all.map(Self.strict) : all, neverReceived)
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
            "the request could not be made: \(why)",
            blame: .table,
            operation: step.call.operation?.name,
            contract: step.contract,
            scenario: scenario.id,
            step: step.name,
            table: step.location
        )
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
