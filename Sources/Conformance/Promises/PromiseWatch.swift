import Exchanges
import JSONDocument
import OpenAPI
import Primitives
import Scenarios

/// Judges the promises of the configuration over the exchanges of one scenario, in their order.
struct PromiseWatch {
    private var idempotency: IdempotencyWatch?
    private var state: StateWatch
    /// The state of the groups of `money`; `nil` without such groups.
    private var money: MoneyWatch?
    private var ownApplied: Set<PromiseEntry> = []
    private let promises: Promises
    private let volatile: [ItemPath]

    /// The changes of states that the exchanges so far showed.
    var stateChanges: StateChangeCount { state.lifeCycles.changes }

    /// The entries that applied to a response.
    var applied: Set<PromiseEntry> {
        let compared: [PromiseEntry] = idempotency?.hasCompared == true ? [.idempotency] : []
        return ownApplied.union(compared).union(state.applied.map { .resource($0) })
            .union((money?.applied ?? []).map { .money($0) })
    }

    init(_ promises: Promises, volatile: [ItemPath], resourcePaths: ResourcePaths) {
        self.promises = promises
        self.volatile = volatile
        idempotency = promises.idempotency.map(IdempotencyWatch.init)
        state = StateWatch(promises.resources, resourcePaths)
        money = promises.money.isEmpty ? nil : MoneyWatch(promises)
    }

    /// The findings about a response, given those before it; the response is remembered.
    ///
    /// - Parameters:
    ///   - isLast: Whether the step's row is about this response, and not about that of a later attempt.
    ///   - isExpected: Whether the row accepts its status.
    ///   - broken: The places of the response that have a finding already.
    mutating func findings(_ subject: StepSubject, isLast: Bool, isExpected: Bool, broken: BrokenPlaces) -> [Finding] {
        var findings = messageFindings(subject)
        let repeated =
            idempotency?.findings(at: subject, volatile: volatile, broken: broken) ?? (isReplay: false, findings: [])
        findings += repeated.findings
        var broken = broken
        // A rule about amounts describes a deviation better than the rules about whole resources.
        let amounts = money?.findings(subject, isReplay: repeated.isReplay, broken: broken) ?? []
        if !amounts.isEmpty { broken.add(amounts) }
        findings += state.findings(
            at: subject, isLast: isLast, isExpected: isExpected, isReplay: repeated.isReplay, volatile: volatile,
            broken: broken)
        return amounts + findings.filter { Self.isNew($0, broken) }
    }

    /// Forgets what depends on time: after a jump of the clock, a key may be known or forgotten.
    mutating func clockMoved() {
        idempotency?.clockMoved()
    }

    /// The findings about a response by itself, whatever was received before. The response is not remembered.
    ///
    /// - Parameter broken: The places of the response that have a finding already.
    mutating func messageFindings(_ subject: StepSubject, broken: BrokenPlaces) -> [Finding] {
        messageFindings(subject).filter { Self.isNew($0, broken) }
    }

    private mutating func messageFindings(_ subject: StepSubject) -> [Finding] {
        var findings = EchoRules.findings(promises, subject)
        for echo in promises.echoes where EchoRules.applies(echo, subject) { ownApplied.insert(.echo(echo.request)) }
        if let limit = promises.rateLimit {
            if RateLimitRules.applies(limit, subject) { ownApplied.insert(.rateLimit) }
            findings += RateLimitRules.findings(limit, subject)
        }
        return findings
    }

    private static func isNew(_ finding: Finding, _ broken: BrokenPlaces) -> Bool {
        switch finding.response {
        case .header(let name)?: !broken.covers(header: name)
        case .body(let pointer, _)?: !broken.covers(pointer)
        case .status?, nil: true
        }
    }

    // MARK: Requests at once

    /// Whether an earlier response is kept for the key of a request.
    func isKnown(_ exchange: Exchange) -> Bool { idempotency?.isKnown(exchange) ?? false }

    /// Notes that a promise applied to a burst.
    mutating func apply(_ expectation: BurstExpectation) {
        guard case .one(let terms) = expectation else { return }
        if terms.hasOneKey, idempotency != nil { ownApplied.insert(.idempotency) }
        guard let resource = terms.resource else { return }
        ownApplied.insert(.oneEffect(resource.name))
    }

    /// Forgets the states of resources after two accepted requests at once: their order is unknown.
    mutating func forgetStates() {
        state.forget()
    }

    /// Remembers a request without a response: it may or may not have been processed.
    mutating func failed(_ exchange: Exchange) {
        idempotency?.failed(exchange)
        guard exchange.response == nil, !MethodSemantics.isSafe(exchange.request.method) else { return }
        state.wasPerhapsChanged()
        money?.wasPerhapsChanged(by: exchange.request)
    }
}

/// A header of the response has the value that it has in the request.
enum EchoRules {
    static func findings(_ promises: Promises, _ subject: StepSubject) -> [Finding] {
        var echoes = promises.echoes
        if let promise = promises.idempotency, let echo = promise.echo,
            promise.methods.contains(subject.exchange.request.method)
        {
            echoes.append(EchoPromise(request: promise.header, response: echo))
        }
        return echoes.compactMap { finding($0, subject) }
    }

    /// Whether the header was sent, and the response must return it.
    static func applies(_ echo: EchoPromise, _ subject: StepSubject) -> Bool {
        guard subject.operation != nil, let sent = subject.exchange.request.header(echo.request).first,
            !sent.isEmpty
        else { return false }
        if (200...299).contains(subject.message.status) { return true }
        // A gateway that rejects the request need not return its headers.
        return !echo.isOfSuccess && !subject.message.header(echo.response).isEmpty
    }

    private static func finding(_ echo: EchoPromise, _ subject: StepSubject) -> Finding? {
        guard applies(echo, subject), let sent = subject.exchange.request.header(echo.request).first else { return nil }
        let lines = subject.message.header(echo.response)
        guard !lines.isEmpty else {
            return subject.finding(
                .echoMissing,
                "`\(echo.request)` was sent, but the response does not return it as `\(echo.response)`",
                at: .header(echo.response),
                contract: subject.response.declared?.header(echo.response)?.location,
                expected: shown(sent),
                actual: "absent"
            )
        }
        let received = lines.joined(separator: ", ")
        guard !received.isSame(as: sent) else { return nil }
        return subject.finding(
            .echoValue,
            "`\(echo.response)` differs from the `\(echo.request)` that was sent",
            at: .header(echo.response),
            contract: subject.response.declared?.header(echo.response)?.location,
            expected: shown(sent),
            actual: shown(received)
        )
    }
}
