import Diagnostics
import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Project
import Scenarios

/// Makes the delivery that all cases vary: the body of the user, or one that the contract describes.
struct DeliveryTemplate {
    let request: WebhookCheckRequest
    let settings: WebhookSettings
    let contract: Contract?
    let seed: String

    /// The webhook or callback; `nil` if a body was given and nothing says which one it is.
    ///
    /// - Throws: `HarnessError` (exit 2) when the contract does not describe it, or several are possible.
    func call() throws(HarnessError) -> OutgoingCall? {
        let wanted = request.delivery.webhook ?? request.delivery.event.map { settings.webhook(of: $0) }
        let calls = contract?.outgoing ?? []
        let names = calls.map(\.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
        if let wanted {
            if let call = calls.first(where: { $0.name.isSame(as: wanted) }) { return call }
            // A body is enough, and the event alone does not have to be described.
            if request.delivery.body != nil, request.delivery.webhook == nil { return nil }
            throw .wrongInput(
                "usage.unknown-webhook", "the contract has no webhook or callback '\(wanted)'",
                help: nearestName(to: wanted, among: names).map { "did you mean `\($0)`?" }
                    ?? (names.isEmpty
                        ? "pass the body of the delivery: --body FILE"
                        : "the webhooks and callbacks are \(names.prefix(20).joined(separator: ", "))"))
        }
        guard request.delivery.body == nil else { return nil }
        guard names.count <= 1 else {
            throw .wrongInput(
                "usage.several-webhooks", "the contract has several webhooks and callbacks",
                help: "pass --webhook NAME: \(names.prefix(20).joined(separator: ", "))")
        }
        guard let call = calls.first else {
            throw .wrongInput(
                "usage.no-webhook", "no contract describes a webhook or callback",
                help: "pass the body of the delivery: --body FILE")
        }
        return call
    }

    /// The delivery without a signature.
    ///
    /// - Throws: `HarnessError` (exit 2) when no body can be made.
    func message(_ call: OutgoingCall?) throws(HarnessError) -> RequestMessage {
        var body = request.delivery.body
        if body == nil, let call { body = Array(try generated(call).text.utf8) }
        var headers = request.delivery.headers
        if !headers.contains(where: { $0.isNamed("content-type") }) {
            headers.insert(HeaderField(name: "Content-Type", value: mediaType(call)), at: 0)
        }
        if case .header(let name)? = eventPath?.root, let event = event(call) {
            headers.removeAll { $0.isNamed(name) }
            headers.append(HeaderField(name: name, value: event))
        }
        return RequestMessage(
            method: call?.operation.method ?? "POST", url: request.url, headers: headers, body: body ?? [])
    }

    private var eventPath: ItemPath? { settings.event.flatMap { try? ItemPath.parse($0) } }

    /// The name of the event: as given, otherwise that of the webhook.
    private func event(_ call: OutgoingCall?) -> String? {
        request.delivery.event
            ?? call.flatMap { call in
                settings.events.first { $0.webhook.isSame(as: call.name) }?.value
            }
    }

    private func mediaType(_ call: OutgoingCall?) -> String {
        let json = call?.operation.requestBody?.content.first { $0.range.isJSON }?.range
        return json.flatMap { $0.isRange ? nil : $0.description } ?? "application/json"
    }

    private func generated(_ call: OutgoingCall) throws(HarnessError) -> JSONValue {
        guard let contract, let media = call.operation.requestBody?.content.first(where: { $0.range.isJSON }) else {
            throw .wrongInput(
                "usage.webhook-body", "'\(call.name)' does not have a JSON body", help: "pass its body: --body FILE")
        }
        let generator = ValueGenerator(schemas: contract.schemas, seed: seed, direction: .request)
        let example = media.examples.first?.value.value
        guard
            var value = example
                ?? media.schema.flatMap({ generator.value(for: $0.place, at: "webhook \(call.name)") })
        else {
            throw .wrongInput(
                "usage.webhook-body", "no value was found that satisfies the schema of '\(call.name)'",
                help: "pass a body that satisfies it: --body FILE")
        }
        if let path = eventPath, case .body = path.root, let event = event(call) {
            value = value.replacing(path.segments[...]) { _ in .string(event) }
            if path.segments.count == 1, case .name(let name) = path.segments[0], value[name] == nil {
                value[name] = .string(event)
            }
        }
        return value
    }
}
