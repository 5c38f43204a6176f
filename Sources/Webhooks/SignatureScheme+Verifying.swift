package import Exchanges
package import Primitives

extension SignatureScheme {
    /// The most signatures of one list that are compared, and the longest header, in bytes. Deliveries come from
    /// outside, and each comparison takes time.
    private static let limits = (signatures: 32, headerBytes: 8_192)

    /// Verifies the signature of a delivery on the raw bytes of its body.
    ///
    /// A signature is compared before its age is judged, so `old` and `future` are authentic.
    ///
    /// - Parameters:
    ///   - headers: The headers as received.
    ///   - body: The raw bytes as received.
    ///   - url: The absolute URL of the receiver, for schemes that sign it.
    ///   - keys: The keys of all secrets that are valid at present; more than one during a rotation.
    ///   - now: The time of receipt.
    package func verify(
        _ headers: [HeaderField], body: [UInt8], url: String = "", keys: [[UInt8]], now: Instant
    ) -> SignatureVerdict {
        let received: ReceivedSignature
        do {
            received = try self.received(headers)
        } catch {
            return error.verdict
        }
        var time: Instant?
        if let text = received.timestamp {
            guard let instant = unit.instant(text) else { return .malformedTimestamp(text) }
            time = instant
        }
        let delivery = SignedDelivery(id: received.id, url: url, body: body)
        var matching: Int?
        for (index, key) in keys.enumerated() {
            let expected = signature(of: delivery, timestamp: received.timestamp ?? "", key: key)
            for signature in received.signatures
            where equalsInConstantTime(Array(signature.utf8), Array(expected.utf8)) && matching == nil {
                matching = index
            }
        }
        guard let matching else { return .wrong }
        if let time {
            let age = now.since(time)
            if age > tolerance { return .old(age: age) }
            if age < .zero - tolerance { return .future(by: .zero - age) }
        }
        return .valid(key: matching)
    }

    /// The id of a delivery, as its header says; `nil` if the scheme has no such header or the delivery lacks it.
    package func deliveryID(_ headers: [HeaderField]) -> String? {
        self.headers.id.flatMap { headers.values($0).first }
    }

    /// The time of a delivery, as its headers say; `nil` if they do not say it in the scheme's form.
    package func deliveryTime(_ headers: [HeaderField]) -> Instant? {
        let received = try? received(headers)
        return received?.timestamp.flatMap(unit.instant)
    }

    // MARK: Reading the headers

    private struct ReceivedSignature {
        var id = ""
        var timestamp: String?
        var signatures: [String] = []
    }

    /// A verdict that needs no comparison.
    private struct Unusable: Error {
        var verdict: SignatureVerdict
    }

    private func received(_ fields: [HeaderField]) throws(Unusable) -> ReceivedSignature {
        var received = ReceivedSignature()
        if let name = headers.id, content.uses(.id) { received.id = try only(name, fields) }
        if let name = headers.timestamp { received.timestamp = try only(name, fields) }
        let text = try only(headers.signature, fields)
        switch form {
        case .plain(let prefix):
            guard text.utf8.starts(with: prefix.utf8) else {
                throw malformed("does not begin with \(prefix)")
            }
            received.signatures = [String(decoding: text.utf8.dropFirst(prefix.utf8.count), as: UTF8.self)]
        case .versionedList(let version):
            let items = text.utf8.split(separator: UInt8(ascii: " ")).map { pair($0, ",") }
            received.signatures = try signatures(of: version, among: items)
        case .timestampedList(let version):
            let items = text.utf8.split(separator: UInt8(ascii: ",")).map { pair($0, "=") }
            let times = items.filter { $0.name == "t" }
            guard times.count < 2 else { throw malformed("has several timestamps t=…") }
            guard let time = times.first else { throw malformed("has no timestamp t=…") }
            received.timestamp = time.value
            received.signatures = try signatures(of: version, among: items.filter { $0.name != "t" })
        }
        received.signatures = try canonical(received.signatures)
        return received
    }

    private func only(_ name: String, _ fields: [HeaderField]) throws(Unusable) -> String {
        let values = fields.values(name)
        guard let value = values.first, !value.utf8.isEmpty else { throw Unusable(verdict: .missing(header: name)) }
        guard values.count == 1 else { throw Unusable(verdict: .repeated(header: name)) }
        guard value.utf8.count <= Self.limits.headerBytes else {
            throw malformed("has more than \(Self.limits.headerBytes) bytes")
        }
        return value
    }

    private func malformed(_ problem: String) -> Unusable {
        Unusable(verdict: .malformedSignature(problem: problem))
    }

    private func pair(_ item: Substring.UTF8View, _ separator: Unicode.Scalar) -> (name: String, value: String) {
        let text = CookiePairs.trimmed(Substring(item))
        let end = text.utf8.firstIndex(of: UInt8(ascii: separator)) ?? text.endIndex
        return (String(text[..<end]), String(decoding: text.utf8[end...].dropFirst(), as: UTF8.self))
    }

    private func signatures(
        of version: String, among items: [(name: String, value: String)]
    ) throws(Unusable) -> [String] {
        guard !items.isEmpty else { throw malformed("has no signature") }
        guard items.count <= Self.limits.signatures else {
            throw malformed("has more than \(Self.limits.signatures) signatures")
        }
        let own = items.filter { $0.name.isSame(as: version) }
        guard !own.isEmpty else { throw Unusable(verdict: .unknownVersion(found: items.map(\.name))) }
        return own.map(\.value)
    }

    /// The signatures in their canonical spelling, without those that are not written as the encoding requires.
    private func canonical(_ signatures: [String]) throws(Unusable) -> [String] {
        let canonical = signatures.compactMap { encoding.canonical($0, length: algorithm.length) }
        guard !canonical.isEmpty else {
            throw malformed("has no signature of \(algorithm.length) bytes in \(encoding.rawValue)")
        }
        return canonical
    }
}
