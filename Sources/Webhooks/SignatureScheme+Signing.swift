package import Exchanges
package import Primitives

extension SignatureScheme {
    /// The headers that sign a delivery: id, timestamp and signature, in this order, as far as the scheme has them.
    ///
    /// Several keys give several signatures if the form is a list, as during the rotation of a secret. A form for one
    /// signature uses the first key.
    ///
    /// - Parameters:
    ///   - delivery: Id, URL and raw body.
    ///   - keys: The keys, at least one, from ``SecretEncoding/key(_:)``.
    ///   - time: The time of the signature.
    package func sign(_ delivery: SignedDelivery, keys: [[UInt8]], at time: Instant) -> [HeaderField] {
        let timestamp = unit.text(time)
        let signatures = keys.map { signature(of: delivery, timestamp: timestamp, key: $0) }
        var fields: [HeaderField] = []
        if let name = headers.id { fields.append(HeaderField(name: name, value: delivery.id)) }
        if let name = headers.timestamp { fields.append(HeaderField(name: name, value: timestamp)) }
        fields.append(HeaderField(name: headers.signature, value: written(signatures, timestamp)))
        return fields
    }

    /// The signature of a delivery as text.
    ///
    /// - Parameter timestamp: The timestamp as sent.
    package func signature(of delivery: SignedDelivery, timestamp: String, key: [UInt8]) -> String {
        let digest = algorithm.hmac(key: key, message: content.bytes(of: delivery, timestamp: timestamp))
        return encoding.text(digest)
    }

    private func written(_ signatures: [String], _ timestamp: String) -> String {
        switch form {
        case .plain(let prefix): prefix + (signatures.first ?? "")
        case .versionedList(let version): signatures.map { "\(version),\($0)" }.joined(separator: " ")
        case .timestampedList(let version):
            (["t=\(timestamp)"] + signatures.map { "\(version)=\($0)" }).joined(separator: ",")
        }
    }
}

extension SignatureEncoding {
    /// Bytes as text.
    func text(_ bytes: [UInt8]) -> String {
        switch self {
        case .base64: Base64.text(bytes)
        case .hex: Hexadecimal.text(bytes)
        }
    }

    /// The canonical spelling of a signature with `length` bytes; `nil` if the text is not one.
    func canonical(_ text: String, length: Int) -> String? {
        switch self {
        case .base64:
            guard let bytes = Base64.decode(text.utf8), bytes.count == length else { return nil }
            // The decoder also accepts the alphabet for URLs, which is another text.
            let canonical = Base64.text(bytes)
            return canonical.isSame(as: text) ? canonical : nil
        case .hex:
            guard text.utf8.count == 2 * length, text.utf8.allSatisfy(\.isHexadecimalDigit) else { return nil }
            return text.lowercasedASCII
        }
    }
}
