package import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI

/// A callback or webhook that is to be sent.
package struct Delivery: Sendable {
    let name: String
    /// The request of the delivery.
    package let request: RequestMessage

    /// A callback or webhook of a contract. Values that the behaviour file leaves out are generated from the schema.
    ///
    /// `nil` without a URL, and for a name that the contract does not declare.
    init?(_ name: String, to url: String, _ headers: [HeaderField], _ body: JSONValue?, _ served: ServedContract) {
        let contract = served.contract
        guard !url.isEmpty, let call = contract.outgoing.first(where: { $0.name.utf8.elementsEqual(name.utf8) })
        else { return nil }
        let media = call.operation.requestBody?.content.first { $0.range.isJSON }
        let generator = ValueGenerator(schemas: contract.schemas, seed: served.seed, direction: .request)
        let value =
            body ?? media?.examples.first?.value.value
            ?? media?.schema.flatMap { generator.value(for: $0.place, at: "webhook \(name)") }
        var fields = headers
        if value != nil, !fields.contains(where: { $0.isNamed("content-type") }) {
            let type = media.flatMap { $0.range.isRange ? nil : $0.range.description } ?? "application/json"
            fields.insert(HeaderField(name: "Content-Type", value: type), at: 0)
        }
        self.name = name
        request = RequestMessage(
            method: call.operation.method, url: url, headers: fields, body: value.map { Array($0.text.utf8) })
    }
}
