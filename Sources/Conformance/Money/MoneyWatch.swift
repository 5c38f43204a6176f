import Diagnostics
import Exchanges
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Scenarios

/// Judges the groups of `money` over the exchanges of one scenario, in their order.
///
/// An amount of an accepted creation must be the same in every later response about the resource, until a request may
/// have changed it. Limits are judged over the parts of all responses.
struct MoneyWatch {
    private let finder: AmountFinder
    private let resources: [ResourcePromise]
    /// The amounts that created the resources, by the resource's key.
    private var sent: [String: [SentAmount]] = [:]
    private var limits: MoneyLimits
    /// The names of the groups that applied to a response.
    private(set) var applied: Set<String> = []

    /// An amount of the request that created a resource.
    private struct SentAmount {
        /// Its place in the request, and in the resource.
        var tokens: [String]
        var group: Int
        var number: JSONNumber
        /// The value as written.
        var text: String
        var step: String
    }

    init(_ promises: Promises) {
        finder = AmountFinder(promises.money)
        resources = promises.resources
        limits = MoneyLimits(promises.money)
    }

    /// The findings about a response, given those before it; the response is remembered.
    ///
    /// - Parameters:
    ///   - isReplay: Whether the response repeats an earlier one, so that the request created and changed nothing.
    ///   - broken: The places of the response that have a finding already.
    mutating func findings(_ subject: StepSubject, isReplay: Bool, broken: BrokenPlaces) -> [Finding] {
        guard let operation = subject.operation else { return [] }
        let isSuccess = (200...299).contains(subject.message.status)
        // A request that should have been rejected is a finding of its own; what it created is not compared.
        let isExpected = subject.step.expected.status.accepts(subject.message.status)
        if isSuccess, isExpected, !isReplay { remember(subject, operation) }
        if subject.message.status >= 500 { wasPerhapsChanged(by: subject.exchange.request) }
        guard let document = subject.view.body else { return [] }
        let body = BodyObjects(document.root)
        let rules = MoneyRules(subject: subject, body: body, finder: finder, broken: broken)
        var result = rules.judge()
        if isSuccess {
            for resource in resources where resource.isShown(by: operation) {
                changed(subject, resource, body, broken, &result)
            }
            let found = limits.findings(subject, body, broken: broken)
            result.findings += found.findings
            result.judged.formUnion(found.judged)
        }
        for group in result.judged { applied.insert(finder.groups[group].name) }
        return result.findings
    }

    // MARK: Amounts that were sent

    /// Notes a request without a response, or with a 5xx status: it may have changed the amounts of any resource.
    mutating func wasPerhapsChanged(by request: RequestMessage) {
        // A request without a body contains no amount.
        guard !MethodSemantics.isSafe(request.method), request.body?.isEmpty == false else { return }
        sent = [:]
    }

    /// Remembers the amounts of an accepted creation, and forgets those that another accepted request may have changed.
    private mutating func remember(_ subject: StepSubject, _ operation: OpenAPI.Operation) {
        guard !["GET", "HEAD", "OPTIONS"].contains(operation.method) else { return }
        let created = resources.filter { $0.isCreated(by: operation) }
        guard created.isEmpty else {
            for resource in created {
                guard let id = createdID(resource, subject) else { continue }
                sent[resource.key(id)] = amounts(subject, resource)
            }
            return
        }
        // A request without a body contains no amount.
        guard let body = subject.exchange.request.body, !body.isEmpty else { return }
        sent = [:]
    }

    private func createdID(_ resource: ResourcePromise, _ subject: StepSubject) -> ResourceID? {
        if let id = ResourceID(subject.view.requestBody?.root[resource.id]) { return id }
        if let root = subject.view.body?.root {
            let body = BodyObjects(root)
            for object in body.objects {
                if let id = ResourceID(body[object][resource.id]) { return id }
            }
        }
        return nil
    }

    /// The amounts of a request outside of arrays, whose elements a response may have in another order.
    private func amounts(_ subject: StepSubject, _ resource: ResourcePromise) -> [SentAmount] {
        guard let root = subject.view.requestBody?.root else { return [] }
        let body = BodyObjects(root)
        return finder.amounts(in: body).compactMap { amount in
            let pointer = body.pointer(to: amount.object, amount.name)
            guard let number = amount.number, !resource.except.contains(where: { $0.leads(to: pointer) }),
                isOutsideArrays(pointer, root)
            else { return nil }
            return SentAmount(
                tokens: pointer.tokens, group: amount.group, number: number, text: amount.node.value.shown,
                step: subject.step.name)
        }
    }

    private func isOutsideArrays(_ pointer: JSONPointer, _ root: JSONNode) -> Bool {
        var node = root
        for token in pointer.tokens {
            guard node.kind == .object, let next = node[token] else { return false }
            node = next
        }
        return true
    }

    /// Compares the amounts of every object with the id of a resource, in lists and in resources themselves.
    private func changed(
        _ subject: StepSubject, _ resource: ResourcePromise, _ body: BodyObjects, _ broken: BrokenPlaces,
        _ result: inout MoneyRules.Result
    ) {
        guard !sent.isEmpty else { return }
        for object in body.objects {
            guard let id = ResourceID(body[object][resource.id]) else { continue }
            let key = resource.key(id)
            let place = body.pointer(to: object)
            for amount in sent[key] ?? [] {
                let node = amount.tokens.reduce(body[object] as JSONNode?) { $0?[$1] }
                let pointer = JSONPointer(place.tokens + amount.tokens)
                guard let node, let number = node.amount, !broken.covers(pointer) else { continue }
                result.judged.insert(amount.group)
                guard number != amount.number else { continue }
                // A value that changed explains its decimals.
                result.findings.removeAll { finding in
                    if case .body(let other, _)? = finding.response { other == pointer } else { false }
                }
                result.findings.append(
                    subject.finding(
                        .moneyChanged, "the amount differs from the one that step '\(amount.step)' sent",
                        at: .body(pointer, node.position), contract: subject.schemaLocation(at: pointer),
                        expected: amount.text, actual: node.value.shown))
            }
        }
    }
}

extension ResourcePromise {
    /// Whether an operation creates such a resource.
    func isCreated(by operation: OpenAPI.Operation) -> Bool {
        create.contains { $0.isSame(as: operation.name) }
    }

    /// Whether the response of an operation contains such a resource.
    func isShown(by operation: OpenAPI.Operation) -> Bool {
        isCreated(by: operation) || fetch.contains { $0.isSame(as: operation.name) }
    }

    /// Equal for one resource only.
    func key(_ id: ResourceID) -> String { "\(name)\n\(id.key)" }
}

extension StepSubject {
    /// Where the contract describes a place of the response.
    func schemaLocation(at pointer: JSONPointer) -> SourceLocation? {
        response.mediaType?.schema?.view?.view(at: pointer.tokens)?.location
    }
}
