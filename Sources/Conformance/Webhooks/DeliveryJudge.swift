import Diagnostics
package import Exchanges
import JSONDocument
package import OpenAPI
package import Primitives
import Scenarios
import Webhooks

/// Judges single deliveries of webhooks and callbacks: the webhook that they name, their signature on the raw bytes,
/// their media type, headers and body.
///
/// A delivery is a request that the API sends, so its body is judged as that of a request (OpenAPI 3.1.1, section
/// 4.8.1). Repetition and order concern several deliveries, and are not judged here.
package struct DeliveryJudge: Sendable {
    private let contract: Contract
    private let rules: DeliveryRules

    /// Judges by the webhooks and callbacks of `contract`, and by the rules of the configuration.
    package init(_ contract: Contract, _ rules: DeliveryRules = DeliveryRules()) {
        self.contract = contract
        self.rules = rules
    }

    /// The findings about one delivery, those about the signature first.
    ///
    /// - Parameters:
    ///   - request: The delivery as received or sent; the URL is the absolute URL of the receiver.
    ///   - time: The time of receipt.
    ///   - name: The webhook or callback that it must be; `nil` to take it from its event.
    package func findings(_ request: RequestMessage, at time: Instant, as name: String? = nil) -> [Finding] {
        let delivery = ReadDelivery(request, rules)
        let event = delivery.event
        let webhook = name ?? event.map { rules.webhooks[$0] ?? $0 }
        let found = signatureFindings(delivery, webhook, at: time) + idFindings(delivery, webhook)
        let candidates = webhook.map { named($0) } ?? onlyCalls
        guard let first = candidates.first else {
            return found + (webhook.map { [unknown($0, event: event)] } ?? [])
        }
        let call = candidates.first { $0.operation.method.isSame(as: request.method) } ?? first
        return found + contractFindings(delivery, call)
    }

    /// The id of a delivery, the same in each of its repetitions; `nil` if it has none.
    package func id(of request: RequestMessage) -> String? { ReadDelivery(request, rules).id }

    /// The name of the webhook or callback of a delivery, by its event; `nil` if it names no event.
    package func webhook(of request: RequestMessage) -> String? {
        ReadDelivery(request, rules).event.map { rules.webhooks[$0] ?? $0 }
    }

    // MARK: The webhook

    private func named(_ name: String) -> [OutgoingCall] {
        contract.outgoing.filter { $0.name.isSame(as: name) }
    }

    /// The calls of a contract that describes only one webhook or callback, which every delivery is.
    private var onlyCalls: [OutgoingCall] {
        let names = Set(contract.outgoing.map(\.name))
        return names.count == 1 ? contract.outgoing : []
    }

    private func unknown(_ name: String, event: String?) -> Finding {
        let known = contract.outgoing.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        let nearest = nearestName(to: name, among: known).map { "did you mean `\($0)`?" }
        return finding(
            .webhookUnknown, "the contract has no webhook or callback '\(shown(name))'", name,
            clause: event == nil ? nil : rules.event?.text,
            expected: known.isEmpty ? "a webhook of the contract" : known.prefix(20).joined(separator: ", "),
            actual: event.map(shown), details: nearest.map { [$0] } ?? [])
    }

    // MARK: Signature and id

    private func signatureFindings(_ delivery: ReadDelivery, _ webhook: String?, at time: Instant) -> [Finding] {
        guard let scheme = rules.scheme else { return [] }
        let request = delivery.request
        guard request.cut == nil else {
            return [
                finding(
                    .webhookUnjudged, "the signature is not verified: the body was not stored completely", webhook,
                    clause: "header.\(scheme.headers.signature)")
            ]
        }
        let verdict = scheme.verify(
            request.headers, body: request.body ?? [], url: request.url, keys: rules.keys, now: time)
        return report(verdict, scheme, webhook).map { [$0] } ?? []
    }

    private func report(_ verdict: SignatureVerdict, _ scheme: SignatureScheme, _ webhook: String?) -> Finding? {
        let clause = "header.\(scheme.headers.signature)"
        let tolerance = "at most \(seconds(scheme.tolerance)) between signature and receipt"
        switch verdict {
        case .valid: return nil
        case .missing(let header):
            return finding(
                .webhookSignatureMissing, "the delivery has no header \(header)", webhook, clause: "header.\(header)",
                expected: scheme.requiredHeaders.joined(separator: ", "), actual: "nothing")
        case .repeated(let header):
            return finding(
                .webhookSignatureMalformed, "the header \(header) occurs more than once", webhook,
                clause: "header.\(header)")
        case .malformedTimestamp(let text):
            return finding(
                .webhookSignatureMalformed, "the timestamp of the delivery is not a whole number", webhook,
                clause: scheme.headers.timestamp.map { "header.\($0)" } ?? clause,
                expected: scheme.unit == .seconds ? "seconds since 1970" : "milliseconds since 1970",
                actual: shown(text))
        case .malformedSignature(let problem):
            return finding(
                .webhookSignatureMalformed, "the header \(scheme.headers.signature) \(problem)", webhook, clause: clause
            )
        case .unknownVersion(let found):
            return finding(
                .webhookSignatureMalformed, "no signature has the version of the scheme", webhook, clause: clause,
                actual: shown(found.joined(separator: ", ")))
        case .wrong:
            return finding(
                .webhookSignature, "no signature of the delivery matches its raw body", webhook, clause: clause,
                expected: "\(scheme.algorithm.rawValue) over \(scheme.content.text)")
        case .old(let age):
            return finding(
                .webhookOld, "the delivery was signed \(seconds(age)) before it was received", webhook, clause: clause,
                expected: tolerance)
        case .future(let time):
            return finding(
                .webhookFuture, "the delivery was signed \(seconds(time)) after it was received", webhook,
                clause: clause, expected: tolerance)
        }
    }

    private func seconds(_ duration: Duration) -> String { "\(duration.components.seconds) s" }

    private func idFindings(_ delivery: ReadDelivery, _ webhook: String?) -> [Finding] {
        guard delivery.id == nil, delivery.request.cut == nil else { return [] }
        if let path = rules.bodyID {
            return [finding(.webhookIDMissing, "the delivery has no id", webhook, clause: path.text)]
        }
        // A header that is signed is reported with the signature.
        guard let scheme = rules.scheme, let header = scheme.headers.id, !scheme.content.uses(.id) else { return [] }
        return [finding(.webhookIDMissing, "the delivery has no id", webhook, clause: "header.\(header)")]
    }

    // MARK: The contract

    private func contractFindings(_ delivery: ReadDelivery, _ call: OutgoingCall) -> [Finding] {
        let operation = call.operation
        let wire = WireRequest(delivery.request, baseURL: "")
        let issues = operation.issues(in: wire, pathValues: []).filter { issue in
            // If a body was not stored completely, only its media type can be judged.
            if delivery.request.cut != nil, case .body = issue.place { false } else { true }
        }
        let unread = operation.unread.map { part in
            finding(.documentUnjudged, part.message, call.name, blame: .document, at: part.location)
        }
        return issues.filter { !$0.isUndecided }.map { violation($0, call) }
            + issues.filter(\.isUndecided).map { undecided($0, call) } + unread
    }

    private func violation(_ issue: RequestIssue, _ call: OutgoingCall) -> Finding {
        finding(
            .webhookKeyword, id: "webhook.\(issue.keyword)",
            "the delivery violates the contract: \(issue.place) \(issue.message)", call.name, at: issue.location,
            clause: issue.place.description, expected: issue.expected.isEmpty ? nil : issue.expected,
            actual: issue.actual.isEmpty ? nil : issue.actual)
    }

    private func undecided(_ issue: RequestIssue, _ call: OutgoingCall) -> Finding {
        let rule: Rule =
            switch issue.keyword {
            case "mediaType", "style": .webhookUnjudged
            case "schema": .documentSchema
            case "unread": .documentUnjudged
            default: .webhookUndecided
            }
        return finding(
            rule, "in the delivery, \(issue.place) \(issue.message)", call.name,
            blame: [.documentSchema, .documentUnjudged].contains(rule) ? .document : .server, at: issue.location,
            clause: issue.place.description)
    }

    private func finding(
        _ rule: Rule, id: String? = nil, _ message: String, _ webhook: String?, blame: Finding.Blame = .server,
        at location: SourceLocation? = nil, clause: String? = nil, expected: String? = nil, actual: String? = nil,
        details: [String] = []
    ) -> Finding {
        Finding(
            rule, id: id, message, blame: blame, operation: webhook, contract: contract.name, contract: location,
            clause: clause, expected: expected, actual: actual, details: details)
    }
}

/// A delivery whose body is parsed once, with its id and its event.
private struct ReadDelivery {
    let request: RequestMessage
    let id: String?
    let event: String?

    init(_ request: RequestMessage, _ rules: DeliveryRules) {
        self.request = request
        let view = ExchangeView.delivery(request)
        let header = rules.scheme?.deliveryID(request.headers).flatMap { $0.isEmpty ? nil : $0 }
        id = rules.bodyID.map { view.text(at: $0) } ?? header
        event = rules.event.flatMap { view.text(at: $0) }
    }
}

extension ExchangeView {
    /// A delivery without a response.
    fileprivate static func delivery(_ request: RequestMessage) -> ExchangeView {
        let exchange = Exchange(
            sequence: 1, scenario: "", step: "", operation: nil, contract: "", request: request,
            outcome: .response(ResponseMessage(status: 200)), startedAt: Instant(microsecondsSinceEpoch: 0),
            duration: .zero)
        return ExchangeView.parsing(exchange, operation: nil)
    }

    /// The text of a string or number of the request; `nil` for anything else, and for an empty text.
    fileprivate func text(at path: ItemPath) -> String? {
        var path = path
        path.isRequest = true
        guard case .one(let value, _) = path.select(in: self) else { return nil }
        switch value {
        case .string(let text): return text.isEmpty ? nil : text
        case .number(let number): return number.lexeme
        default: return nil
        }
    }
}
