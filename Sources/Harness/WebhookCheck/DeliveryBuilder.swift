import Conformance
import Exchanges
import JSONDocument
import Primitives
import Scenarios
import Webhooks

/// Builds the deliveries of each case: pure, so the same input gives the same bytes.
struct DeliveryBuilder: Sendable {
    /// The scheme and the keys of its secrets, at least one.
    var scheme: SignatureScheme
    var keys: [[UInt8]]
    /// The delivery without a signature: method, URL, headers and body.
    var template: RequestMessage
    /// The place of the id in the body; `nil` if it is not there.
    var bodyID: ItemPath?
    /// How the body is spelled; `nil` for the spelling of the template.
    var spelling: JSONSpelling?
    /// Makes the ids of this check different from those of other checks.
    var salt: String
    /// The present.
    var now: Instant

    /// A case before it is sent.
    struct Plan {
        var kind: ReceiverCase
        var variant: String?
        var deliveries: [RequestMessage] = []
        /// Why nothing is sent.
        var reason: String?
    }

    /// How far beyond the tolerance old and future signatures are: clocks and tolerances of receivers differ.
    private static let margin = Duration.seconds(3_600)

    /// Every case, in the order of sending: correct deliveries first.
    var plans: [Plan] { ReceiverCase.allCases.flatMap(plans) }

    private func plans(_ kind: ReceiverCase) -> [Plan] {
        switch kind {
        case .right: [Plan(kind: kind, deliveries: [signed(body(kind), kind)])]
        case .signatureList: [signatureList]
        case .rawBody: [rawBody]
        case .duplicate: [duplicate]
        case .order: [order]
        case .wrongSignature: [Plan(kind: kind, deliveries: [signed(body(kind), kind, keys: [wrongKey])])]
        case .missingSignature: [missingSignature]
        case .malformedSignature: [malformedSignature]
        case .oldSignature: [aged(kind, at: longAgo)]
        case .futureSignature: [aged(kind, at: now.advanced(by: scheme.tolerance + Self.margin))]
        case .alteredBody: [alteredBody]
        case .parsedBody: parsedBodies
        case .alteredTimestamp: [alteredTimestamp]
        case .alteredID: [alteredID]
        case .malformedBody: [malformedBody]
        }
    }

    // MARK: Correct deliveries

    /// Correct deliveries in the usual spellings, for a receiver that rejects the body as it is: one that parses the
    /// body before it verifies it accepts only the spelling of its own library.
    var respelled: [(spelling: JSONSpelling, plan: Plan)] {
        guard value(.right) != nil else { return [] }
        var known = [body(.right)]
        return JSONSpelling.usual.compactMap { name, spelling in
            var builder = self
            builder.spelling = spelling
            let body = builder.body(.right, name)
            guard !known.contains(body) else { return nil }
            known.append(body)
            return (spelling, Plan(kind: .right, variant: name, deliveries: [signed(body, .right, name)]))
        }
    }

    private var signatureList: Plan {
        if case .plain = scheme.form {
            return Plan(kind: .signatureList, reason: "the scheme has only one signature")
        }
        let kind = ReceiverCase.signatureList
        return Plan(kind: kind, deliveries: [signed(body(kind), kind, keys: [wrongKey, keys[0]])])
    }

    private var rawBody: Plan {
        let kind = ReceiverCase.rawBody
        guard let value = value(kind) else { return Plan(kind: kind, reason: Self.notJSON) }
        let odd = JSONSpelling.odd.text(value.reversed.withLongerFractions) + "\n"
        return Plan(kind: kind, deliveries: [signed(Array(odd.utf8), kind)])
    }

    private var duplicate: Plan {
        let delivery = signed(body(.duplicate), .duplicate)
        return Plan(kind: .duplicate, deliveries: [delivery, delivery])
    }

    private var order: Plan {
        let kind = ReceiverCase.order
        guard scheme.hasTimestamp else { return Plan(kind: kind, reason: "the scheme has no timestamp") }
        let earlier = now.advanced(by: .zero - min(scheme.tolerance / 2, .seconds(30)))
        return Plan(
            kind: kind,
            deliveries: [
                signed(body(kind, "newer"), kind, "newer"), signed(body(kind, "older"), kind, "older", at: earlier),
            ])
    }

    // MARK: Wrong deliveries

    private var missingSignature: Plan {
        var delivery = signed(body(.missingSignature), .missingSignature)
        delivery.headers.removeAll { $0.isNamed(scheme.headers.signature) }
        return Plan(kind: .missingSignature, deliveries: [delivery])
    }

    private var malformedSignature: Plan {
        var delivery = signed(body(.malformedSignature), .malformedSignature)
        replace(scheme.headers.signature, in: &delivery) { _ in "%%%" }
        return Plan(kind: .malformedSignature, deliveries: [delivery])
    }

    private func aged(_ kind: ReceiverCase, at time: Instant) -> Plan {
        guard scheme.hasTimestamp else { return Plan(kind: kind, reason: "the scheme has no timestamp") }
        return Plan(kind: kind, deliveries: [signed(body(kind), kind, at: time)])
    }

    private var alteredBody: Plan {
        var delivery = signed(body(.alteredBody), .alteredBody)
        delivery.body = Self.altered(delivery.body ?? [])
        return Plan(kind: .alteredBody, deliveries: [delivery])
    }

    /// One case for each usual spelling of the body that differs from the bytes that are sent.
    private var parsedBodies: [Plan] {
        let kind = ReceiverCase.parsedBody
        guard let value = value(kind)?.reversed else { return [Plan(kind: kind, reason: Self.notJSON)] }
        let sent = Array((JSONSpelling.odd.text(value) + "\n").utf8)
        var known: [[UInt8]] = [sent]
        return JSONSpelling.usual.compactMap { name, spelling in
            let signed = Array(spelling.text(value).utf8)
            guard !known.contains(signed) else { return nil }
            known.append(signed)
            var delivery = self.signed(signed, kind, name)
            delivery.body = sent
            return Plan(kind: kind, variant: name, deliveries: [delivery])
        }
    }

    private var alteredTimestamp: Plan {
        let kind = ReceiverCase.alteredTimestamp
        guard scheme.hasTimestamp else { return Plan(kind: kind, reason: "the scheme has no timestamp") }
        guard scheme.content.uses(.timestamp) else {
            return Plan(kind: kind, reason: "the scheme does not sign the timestamp")
        }
        var delivery = signed(body(kind), kind, at: longAgo)
        let (old, new) = (scheme.unit.text(longAgo), scheme.unit.text(now))
        if let name = scheme.headers.timestamp {
            replace(name, in: &delivery) { _ in new }
        } else {
            replace(scheme.headers.signature, in: &delivery) { text in
                let start = text.utf8.index(text.startIndex, offsetBy: "t=\(old)".utf8.count)
                return "t=\(new)" + String(text[start...])
            }
        }
        return Plan(kind: kind, deliveries: [delivery])
    }

    private var alteredID: Plan {
        let kind = ReceiverCase.alteredID
        guard let name = scheme.headers.id, scheme.content.uses(.id) else {
            return Plan(kind: kind, reason: "the scheme does not sign an id")
        }
        var delivery = signed(body(kind), kind)
        replace(name, in: &delivery) { $0 + "-altered" }
        return Plan(kind: kind, deliveries: [delivery])
    }

    private var malformedBody: Plan {
        let kind = ReceiverCase.malformedBody
        guard value(kind) != nil else { return Plan(kind: kind, reason: Self.notJSON) }
        return Plan(kind: kind, deliveries: [signed(Array(body(kind).dropLast()) + [0x2C], kind, keys: [wrongKey])])
    }

    // MARK: Parts

    private static let notJSON = "the body is not JSON"

    private var longAgo: Instant { now.advanced(by: .zero - scheme.tolerance - Self.margin) }

    /// A key that differs from all others in each bit of its first byte.
    private var wrongKey: [UInt8] { [~keys[0][0]] + keys[0].dropFirst() + [0x21] }

    private func id(_ kind: ReceiverCase, _ part: String = "") -> String {
        "assay-\(StableHash([salt, kind.rawValue, part]).digits)"
    }

    /// The body with an id of its own.
    private func value(_ kind: ReceiverCase, _ part: String = "") -> JSONValue? {
        guard let value = try? JSONDocument(parsing: template.body ?? []).root.value else { return nil }
        guard let bodyID else { return value }
        return value.replacing(bodyID.segments[...]) { old in
            guard case .number = old else { return .string(id(kind, part)) }
            return .integer(Int(StableHash([salt, kind.rawValue, part]).value % 1_000_000_000))
        }
    }

    /// The bytes of the body, which are those of the user unless they contain an id or are spelled anew.
    private func body(_ kind: ReceiverCase, _ part: String = "") -> [UInt8] {
        guard bodyID != nil || spelling != nil, let value = value(kind, part) else { return template.body ?? [] }
        return Array((spelling?.text(value) ?? value.text).utf8)
    }

    private func signed(
        _ body: [UInt8], _ kind: ReceiverCase, _ part: String = "", keys: [[UInt8]]? = nil, at time: Instant? = nil
    ) -> RequestMessage {
        var delivery = template
        delivery.body = body
        let content = SignedDelivery(id: id(kind, part), url: template.url, body: body)
        let fields = scheme.sign(content, keys: keys ?? [self.keys[0]], at: time ?? now)
        delivery.headers.removeAll { header in fields.contains { $0.isNamed(header.name) } }
        delivery.headers += fields
        return delivery
    }

    private func replace(_ name: String, in delivery: inout RequestMessage, _ change: (String) -> String) {
        for index in delivery.headers.indices where delivery.headers[index].isNamed(name) {
            delivery.headers[index].value = change(delivery.headers[index].value)
        }
    }

    /// The body with another last digit, so that JSON stays JSON; without digits, with a blank at its end.
    static func altered(_ body: [UInt8]) -> [UInt8] {
        guard let index = body.lastIndex(where: \.isASCIIDigit) else { return body + [0x20] }
        var body = body
        body[index] = body[index] == UInt8(ascii: "0") ? UInt8(ascii: "1") : body[index] - 1
        return body
    }
}

extension JSONSpelling {
    /// A spelling that no library has.
    static let odd = JSONSpelling(separators: (" : ", " ,\n "))
}

extension JSONValue {
    /// The value with another one at a path of names and indexes; unchanged if the path selects nothing.
    func replacing(_ path: ArraySlice<ItemPath.Segment>, _ change: (JSONValue) -> JSONValue) -> JSONValue {
        guard let first = path.first else { return change(self) }
        switch (first, self) {
        case (.name(let name), .object(let object)):
            return .object(
                JSONObject(
                    object.members.map { member in
                        guard member.name.isSame(as: name) else { return member }
                        return (member.name, member.value.replacing(path.dropFirst(), change))
                    }))
        case (.index(let index), .array(var elements)) where elements.indices.contains(index):
            elements[index] = elements[index].replacing(path.dropFirst(), change)
            return .array(elements)
        default: return self
        }
    }
}
