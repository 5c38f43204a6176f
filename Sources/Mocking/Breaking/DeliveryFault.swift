import Exchanges
import Generation
import JSONDocument
import JSONSchema
import OpenAPI
import Primitives
import Webhooks

/// A way to deliver a callback or webhook wrongly.
enum DeliveryFault: Sendable, Hashable {
    /// It arrives later than any step waits.
    case late
    /// It is sent again with the same id and another content.
    case reusedID
    /// It is sent after the next delivery.
    case swapped
    /// Its signature is that of another secret.
    case wrongSignature
    /// It has no signature.
    case unsigned
    /// Its signature is a day old.
    case old
    /// Its payload violates the schema.
    case payload(ValueBreaker.Break)

    /// Puts a delivery into the outbox, with the first selected fault that is possible in it.
    static func send(_ delivery: Delivery, _ contract: ServedContract, _ state: inout MockState) {
        for fault in contract.contractFaults where fault.operation.isSame(as: delivery.name) {
            guard case .delivery(let way) = fault.way, let sent = way.broken(delivery, contract, &state.outbox) else {
                continue
            }
            state.brokenAnswers += 1
            for delivery in sent { state.outbox.add(delivery) }
            return
        }
        state.outbox.add(delivery)
        guard let earlier = state.outbox.heldBack else { return }
        state.outbox.heldBack = nil
        state.outbox.add(earlier)
    }

    /// The deliveries to send in place of one; `nil` if the fault is not possible in it.
    private func broken(_ delivery: Delivery, _ contract: ServedContract, _ outbox: inout Outbox) -> [Delivery]? {
        var delivery = delivery
        switch self {
        case .late:
            delivery.delay = DeliverySchedule.late
        case .reusedID:
            guard let changed = delivery.changed else { return nil }
            return [delivery, changed]
        case .swapped:
            guard let earlier = outbox.heldBack else {
                outbox.heldBack = delivery
                return []
            }
            outbox.heldBack = nil
            return [delivery, earlier]
        case .wrongSignature:
            guard delivery.signer != nil else { return nil }
            delivery.signer?.keys = [Array("another secret".utf8)]
        case .unsigned:
            guard delivery.signer != nil else { return nil }
            delivery.signer = nil
        case .old:
            guard delivery.signer?.scheme.hasTimestamp == true else { return nil }
            delivery.age = .seconds(86_400)
        case .payload(let wanted):
            let call = contract.contract.outgoing.first { $0.name.isSame(as: delivery.name) }
            guard let media = call?.operation.requestBody?.content.first(where: { $0.range.isJSON }),
                let place = media.schema?.place, let body = delivery.request.body,
                let document = try? JSONDocument(parsing: body),
                let breaker = ValueBreaker(
                    place: place, schemas: contract.contract.schemas, direction: .request),
                let broken = breaker.broken(document.root.value, by: wanted)
            else { return nil }
            delivery.request.body = Array(broken.text.utf8)
        }
        return [delivery]
    }
}

extension Delivery {
    /// The delivery with another content: its first number is higher, or its first text longer. `nil` without either.
    fileprivate var changed: Delivery? {
        guard let body = request.body, let document = try? JSONDocument(parsing: body),
            let value = document.root.value.changed
        else { return nil }
        var delivery = self
        delivery.request.body = Array(value.text.utf8)
        return delivery
    }
}

extension JSONValue {
    /// The value with its first number or text changed; `nil` if it contains neither.
    fileprivate var changed: JSONValue? {
        switch self {
        case .number(let number): return JSONNumber("1").flatMap(number.adding).map { .number($0) }
        case .string(let text): return .string(text + "0")
        case .object(let object):
            for member in object.members {
                guard let value = member.value.changed else { continue }
                var object = object
                object[member.name] = value
                return .object(object)
            }
            return nil
        case .array(let elements):
            guard let place = elements.firstIndex(where: { $0.changed != nil }), let value = elements[place].changed
            else {
                return nil
            }
            var elements = elements
            elements[place] = value
            return .array(elements)
        case .null, .boolean: return nil
        }
    }
}

extension FaultCatalogue {
    /// The ways to deliver the callbacks and webhooks of a contract wrongly, as far as the mock sends them.
    package static func deliveryFaults(of version: MockVersion) -> [ContractFault] {
        let sent = version.behaviour?.sentNames ?? []
        return version.contract.outgoing.filter { sent.contains($0.name) }.flatMap { faults(of: $0, version) }
    }

    private static func faults(of call: OutgoingCall, _ version: MockVersion) -> [ContractFault] {
        func fault(_ rule: String, _ way: DeliveryFault, _ place: String = "") -> ContractFault {
            ContractFault(
                rule: rule, contract: version.contract.name, operation: call.name, answer: nil, place: place,
                location: call.operation.location, way: .delivery(way))
        }
        var found = [
            fault("webhook.missing", .late), fault("webhook.order", .swapped),
        ]
        if let signer = version.deliveries.signers[call.name] {
            found.append(fault("webhook.signature", .wrongSignature))
            found.append(fault("webhook.signature-missing", .unsigned))
            if signer.scheme.hasTimestamp { found.append(fault("webhook.old", .old)) }
            if signer.scheme.headers.id != nil { found.append(fault("webhook.id-reused", .reusedID)) }
        }
        guard let place = call.operation.requestBody?.content.first(where: { $0.range.isJSON })?.schema?.place else {
            return found
        }
        return found
            + breaks(at: place, version.contract.schemas, direction: .request).map {
                fault("webhook.\($0.keyword)", .payload($0), JSONPointer($0.place).description)
            }
    }
}
