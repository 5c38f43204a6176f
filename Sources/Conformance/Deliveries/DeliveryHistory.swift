import Exchanges
import JSONDocument
import Primitives
import Scenarios

/// The deliveries of one scenario so far: each id has one content, and states only go forward.
struct DeliveryHistory {
    /// The most ids, objects of one payload, and rejected bodies that are compared.
    private static let limits = (ids: 10_000, objects: 1_000, rejected: 100)

    private struct Known {
        var step: String
        var body: [UInt8]
        var document: JSONDocument?
        var wasAcknowledged: Bool
    }

    /// A value that a delivery contained.
    private struct Shown {
        var step: String
        var value: String
        var time: Instant
    }

    private let resources: [ResourcePromise]
    /// By webhook and id.
    private var known: [String: Known] = [:]
    /// The bodies of deliveries that were not acknowledged.
    private var rejected: Set<[UInt8]> = []
    /// The first final value, by resource, id and member.
    private var reached: [String: Shown] = [:]
    /// The last other value to arrive, likewise.
    private var open: [String: Shown] = [:]

    init(_ resources: [ResourcePromise]) {
        self.resources = resources
    }

    /// The findings about a delivery, given those before it; the delivery is remembered.
    ///
    /// - Parameters:
    ///   - name: The name of the webhook.
    ///   - id: Its id; `nil` if it has none.
    mutating func findings(_ subject: StepSubject, named name: String, id: String?) -> [Finding] {
        if let id {
            let key = "\(name)\n\(id)"
            let isAcknowledged = (200...299).contains(subject.exchange.response?.status ?? 0)
            // A repetition is not a new event.
            if let before = known[key] {
                if isAcknowledged { known[key]?.wasAcknowledged = true }
                return repetition(subject, id, before)
            }
            if known.count < Self.limits.ids {
                known[key] = Known(
                    step: subject.step.name, body: subject.message.body, document: subject.view.body,
                    wasAcknowledged: isAcknowledged)
            }
            return order(subject)
        }
        // Without an id, a delivery that was rejected is recognised by its content.
        if rejected.contains(subject.message.body) { return [] }
        if subject.exchange.response?.status ?? 0 >= 300, rejected.count < Self.limits.rejected {
            rejected.insert(subject.message.body)
        }
        return order(subject)
    }

    private mutating func repetition(_ subject: StepSubject, _ id: String, _ before: Known) -> [Finding] {
        let isSame =
            before.body == subject.message.body
            || before.document.map { $0.root.value == subject.view.body?.root.value } ?? false
        guard isSame else {
            return [
                subject.finding(
                    .webhookIDReused,
                    "the id \(shown(id)) was already used for another delivery, to step '\(before.step)'",
                    at: .body(.root, nil), expected: "a new id", actual: shown(id))
            ]
        }
        guard before.wasAcknowledged else { return [] }
        return [
            subject.finding(
                .webhookRepeated,
                "the delivery \(shown(id)) was sent again, although it had been acknowledged", at: .body(.root, nil))
        ]
    }

    // MARK: States

    private mutating func order(_ subject: StepSubject) -> [Finding] {
        guard let root = subject.view.body?.root, resources.contains(where: { !$0.final.isEmpty }) else { return [] }
        var findings: [Finding] = []
        for (object, pointer) in objects(in: root) {
            for resource in resources {
                guard let id = ResourceID(object[resource.id]) else { continue }
                for final in resource.final {
                    guard let node = object[final.member], let value = node.string else { continue }
                    let key = [resource.name, id.key, final.member].joined(separator: "\n")
                    let shown = Shown(step: subject.step.name, value: value, time: subject.exchange.startedAt)
                    let isFinal = final.values.contains { $0.isSame(as: value) }
                    if let other = contradiction(shown, isFinal: isFinal, key) {
                        findings.append(
                            subject.finding(
                                .webhookOrder,
                                "a final state is followed by another one, in this delivery and that to step "
                                    + "'\(other.step)'",
                                at: .body(pointer.appending(final.member), node.position),
                                expected: Conformance.shown(other.value), actual: Conformance.shown(value)))
                    }
                    if isFinal {
                        reached[key] = reached[key] ?? shown
                    } else if open[key].map({ $0.time < shown.time }) ?? true {
                        open[key] = shown
                    }
                }
            }
        }
        return findings
    }

    /// The delivery before or after which this one must not have arrived. Steps may await deliveries in another order
    /// than that of their arrival.
    private func contradiction(_ shown: Shown, isFinal: Bool, _ key: String) -> Shown? {
        if let final = reached[key], !final.value.isSame(as: shown.value),
            isFinal || final.time < shown.time
        {
            return final
        }
        return isFinal ? open[key].flatMap { $0.time > shown.time ? $0 : nil } : nil
    }

    /// The objects of a payload, outer ones first.
    private func objects(in root: JSONNode) -> [(JSONNode, JSONPointer)] {
        var found: [(JSONNode, JSONPointer)] = []
        var open: [(JSONNode, JSONPointer)] = [(root, .root)]
        var next = 0
        while next < open.count, found.count < Self.limits.objects {
            let (node, pointer) = open[next]
            next += 1
            switch node.kind {
            case .object:
                found.append((node, pointer))
                for member in node.members.prefix(Self.limits.objects) {
                    open.append((member.value, pointer.appending(member.name)))
                }
            case .array:
                for (index, element) in node.elements.prefix(Self.limits.objects).enumerated() {
                    open.append((element, pointer.appending(index)))
                }
            default: break
            }
        }
        return found
    }
}
