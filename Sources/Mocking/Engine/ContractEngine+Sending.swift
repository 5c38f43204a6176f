package import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// A callback or webhook that is to be sent.
package struct Delivery: Sendable {
    let name: String
    /// What is sent.
    package let request: RequestMessage

    /// The delivery, for people.
    var told: JSONValue {
        let body = request.body.flatMap { try? JSONDocument(parsing: $0) }?.root.value
        return [
            "name": .string(name), "method": .string(request.method), "url": .string(request.url),
            "headers": .object(JSONObject(request.headers.map { ($0.name, .string($0.value)) })),
            "body": body ?? .null,
        ]
    }
}

extension ContractEngine {
    /// Deliveries that are remembered.
    private static let maximumCount = 1_000

    /// Puts a callback or webhook of the contract into the outbox; what the file does not give comes from the schema.
    mutating func send(_ name: String, to url: String, _ headers: [HeaderField], _ body: JSONValue?) {
        guard !url.isEmpty, let call = contract.outgoing.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else { return }
        let media = call.operation.requestBody?.content.first { $0.range.isJSON }
        let generator = ValueGenerator(schemas: contract.schemas, seed: settings.seed, direction: .request)
        let value =
            body ?? media?.examples.first?.value.value
            ?? media?.schema.flatMap { generator.value(for: $0.place, at: "webhook \(name)") }
        var fields = headers
        if value != nil, !fields.contains(where: { $0.isNamed("content-type") }) {
            let type = media.flatMap { $0.range.isRange ? nil : $0.range.description } ?? "application/json"
            fields.insert(HeaderField(name: "Content-Type", value: type), at: 0)
        }
        let request = RequestMessage(
            method: call.operation.method, url: url, headers: fields, body: value.map { Array($0.text.utf8) })
        state.deliveries.append(Delivery(name: name, request: request))
        state.unsent += 1
        if state.deliveries.count > Self.maximumCount { state.deliveries.removeFirst() }
    }

    /// The deliveries that nobody has taken yet, oldest first.
    mutating func takeDeliveries() -> [Delivery] {
        guard state.unsent > 0 else { return [] }
        defer { state.unsent = 0 }
        return Array(state.deliveries.suffix(state.unsent))
    }
}
