package import Primitives

/// How deliveries of webhooks are signed: which bytes, with which algorithm, and in which headers.
///
/// A scheme contains no secret and names no provider.
package struct SignatureScheme: Sendable, Hashable {
    /// The bytes that are signed.
    package var content: SignedContent
    /// The hash function of the HMAC (RFC 2104).
    package var algorithm = DigestAlgorithm.sha256
    /// How a signature is written as text.
    package var encoding = SignatureEncoding.base64
    /// The syntax of the header with the signature.
    package var form = SignatureForm.plain(prefix: "")
    /// The headers of the signature, the time and the id.
    package var headers: SignatureHeaders
    /// The unit of timestamps, which are decimal numbers since 1970-01-01T00:00:00Z.
    package var unit = TimestampUnit.seconds
    /// How a secret as text becomes the key of the HMAC.
    package var secretEncoding = SecretEncoding.text
    /// The greatest distance between the timestamp and the time of receipt, into past and future.
    package var tolerance = Duration.seconds(300)

    /// A scheme for a content and its headers; everything else has a default.
    package init(content: SignedContent, headers: SignatureHeaders) {
        self.content = content
        self.headers = headers
    }

    /// Whether a delivery says when it was signed.
    package var hasTimestamp: Bool {
        if case .timestampedList = form { return true }
        return headers.timestamp != nil
    }

    /// The header or headers without which a delivery is not signed, in the order of sending.
    package var requiredHeaders: [String] {
        [content.uses(.id) ? headers.id : nil, headers.timestamp, headers.signature].compactMap(\.self)
    }
}

/// The names of the headers of a signed delivery.
package struct SignatureHeaders: Sendable, Hashable {
    /// The header with the signature or the list of signatures.
    package var signature: String
    /// The header with the timestamp; `nil` if the signature's header contains it, or if nothing does.
    package var timestamp: String?
    /// The header with the id of the delivery, the same in each repetition; `nil` if nothing does.
    package var id: String?

    /// Headers by name.
    package init(signature: String, timestamp: String? = nil, id: String? = nil) {
        self.signature = signature
        self.timestamp = timestamp
        self.id = id
    }
}

/// How a signature is written.
package enum SignatureEncoding: String, Sendable, Hashable, CaseIterable {
    /// Base64 with padding (RFC 4648, section 4).
    case base64
    /// Hexadecimal digits: sent in lower case, accepted in both.
    case hex
}

/// The syntax of the header with the signature.
package enum SignatureForm: Sendable, Hashable {
    /// One signature after a constant text: `sha256=…`, `v0=…`, or nothing.
    case plain(prefix: String)
    /// Signatures with versions, separated by blanks: `v1,… v1,…`. Others than `version` are ignored.
    case versionedList(version: String)
    /// A timestamp and signatures as pairs: `t=…,v1=…`. Pairs with other names are ignored.
    case timestampedList(version: String)
}

/// The unit of a timestamp.
package enum TimestampUnit: String, Sendable, Hashable, CaseIterable {
    case seconds = "s"
    case milliseconds = "ms"

    /// The microseconds of one unit.
    private var microseconds: Int64 { self == .seconds ? 1_000_000 : 1_000 }

    /// The timestamp of an instant, rounded down.
    package func text(_ instant: Instant) -> String {
        String(instant.microsecondsSinceEpoch / microseconds)
    }

    /// The instant of a timestamp; `nil` unless it is a decimal number of at most 16 digits.
    package func instant(_ text: String) -> Instant? {
        guard (1...16).contains(text.utf8.count), text.utf8.allSatisfy(\.isASCIIDigit), let count = Int64(text) else {
            return nil
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: microseconds)
        return overflow ? nil : Instant(microsecondsSinceEpoch: product)
    }
}

/// How a secret as text becomes the key of the HMAC.
package enum SecretEncoding: String, Sendable, Hashable, CaseIterable {
    /// The bytes of the text.
    case text
    /// The bytes that the text encodes in Base64, after an optional `whsec_` (Standard Webhooks, section "Secrets").
    case base64

    private static let prefix = "whsec_"

    /// The key of a secret; `nil` if the secret is not valid Base64 or has no bytes.
    package func key(_ secret: String) -> [UInt8]? {
        switch self {
        case .text:
            return secret.utf8.isEmpty ? nil : Array(secret.utf8)
        case .base64:
            let start = secret.utf8.starts(with: Self.prefix.utf8) ? Self.prefix.utf8.count : 0
            var text = Array(secret.utf8.dropFirst(start))
            // Secrets are also written without padding.
            if !text.isEmpty { text += repeatElement(UInt8(ascii: "="), count: (4 - text.count % 4) % 4) }
            let key = Base64.decode(text)
            return key?.isEmpty == false ? key : nil
        }
    }
}
