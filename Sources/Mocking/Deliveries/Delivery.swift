package import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
package import Primitives
import Webhooks

/// A callback or webhook that is to be sent.
package struct Delivery: Sendable {
    /// The name under `callbacks` or `webhooks`.
    let name: String
    /// The id of the delivery, the same in each attempt.
    var id: String
    /// The request without its signature.
    package internal(set) var request: RequestMessage
    /// How it is signed; `nil` for no signature.
    var signer: DeliverySigner?
    /// How much earlier than it is sent it was signed; positive for a delivery that is old on purpose.
    var age = Duration.zero
    /// The time before the first attempt.
    package internal(set) var delay = Duration.zero
    /// The place in the log of the mock.
    package internal(set) var number = 0
    /// The contract's place among those of the mock.
    package internal(set) var version = 0
    /// The branch of the mock that sends it; `nil` for the main one.
    package internal(set) var branch: String?
    /// How deliveries reach their receivers.
    package let settings: DeliverySettings

    /// A callback or webhook of a contract. Values that the behaviour file leaves out are generated from the schema.
    ///
    /// `nil` without a URL, and for a name that the contract does not declare.
    init?(
        _ name: String, to url: String, _ headers: [HeaderField], _ body: JSONValue?, _ served: ServedContract,
        id: String
    ) {
        let contract = served.contract
        let url = url.isEmpty ? served.deliveries.url ?? "" : url
        guard !url.isEmpty, let call = contract.outgoing.first(where: { $0.name.isSame(as: name) })
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
        self.id = id
        settings = served.deliveries
        signer = served.deliveries.signers[name]
        request = RequestMessage(
            method: call.operation.method, url: url, headers: fields, body: value.map { Array($0.text.utf8) })
    }

    /// The request, signed at `now`: each attempt has a signature of its own.
    package func request(at now: Instant) -> RequestMessage {
        guard let signer else { return request }
        var request = request
        let signed = SignedDelivery(id: id, url: request.url, body: request.body ?? [])
        let fields = signer.scheme.sign(signed, keys: signer.keys, at: now.advanced(by: .zero - age))
        request.headers.removeAll { header in fields.contains { header.isNamed($0.name) } }
        request.headers += fields
        return request
    }

    /// Delivers inside of this process, again until the response is 2xx, without pauses.
    ///
    /// - Parameter note: Receives the result of each attempt.
    /// - Returns: Whether the URL is inside of this process.
    package func deliveredInside(at now: () -> Instant, note: (DeliveryAttempt) -> Void) -> Bool {
        guard let receiver = settings.receiver, receiver.accepts(request.url) else { return false }
        for _ in 0...DeliverySchedule.pauses.count {
            let status = receiver.receive(request(at: now())).status
            note(.status(status))
            if (200...299).contains(status) { break }
        }
        return true
    }
}

extension MockLogEntry {
    /// The entry of an attempt to deliver: the status of the response, or 0 and the reason why there was none. The query
    /// of the URL is left out because it may contain a key.
    package init(_ delivery: Delivery, _ attempt: DeliveryAttempt) {
        let (status, reason): (Int, String?) =
            switch attempt {
            case .status(let status): (status, nil)
            case .failed(let reason), .refused(let reason): (0, reason)
            }
        self.init(
            method: delivery.request.method, path: String(delivery.request.url.prefix { $0 != "?" }),
            operation: delivery.name, status: status, reason: reason)
    }
}

/// The result of one attempt to deliver.
package enum DeliveryAttempt: Sendable, Hashable {
    /// The status of the response.
    case status(Int)
    /// Why there was no response.
    case failed(String)
    /// Why nothing was sent.
    case refused(String)

    /// Whether the delivery is over: it was acknowledged, or is not sent at all.
    package var isLast: Bool {
        switch self {
        case .status(let status): (200...299).contains(status)
        case .failed: false
        case .refused: true
        }
    }
}
