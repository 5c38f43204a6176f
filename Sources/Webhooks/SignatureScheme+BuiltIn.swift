/// The schemes that a configuration names; each of their parts can be replaced.
extension SignatureScheme {
    /// The built-in schemes by the names of the configuration.
    package static let builtIn: [(name: String, scheme: SignatureScheme)] = [
        ("standard-webhooks", .standardWebhooks), ("timestamp-body", .timestampBody),
        ("timestamped-list", .timestampedList), ("plain", .plain),
    ]

    /// Standard Webhooks: id, time and body in three headers, with a list of signatures.
    package static let standardWebhooks: SignatureScheme = {
        var scheme = SignatureScheme(
            content: SignedContent([.id, .text("."), .timestamp, .text("."), .body]),
            headers: SignatureHeaders(
                signature: "webhook-signature", timestamp: "webhook-timestamp", id: "webhook-id"))
        scheme.form = .versionedList(version: "v1")
        scheme.secretEncoding = .base64
        return scheme
    }()

    /// Two headers: the time in milliseconds, and the signature of the time followed by the body.
    package static let timestampBody: SignatureScheme = {
        var scheme = SignatureScheme(
            content: SignedContent([.timestamp, .body]),
            headers: SignatureHeaders(signature: "x-webhook-signature", timestamp: "x-webhook-timestamp"))
        scheme.unit = .milliseconds
        return scheme
    }()

    /// One header with pairs: `t=1492774577,v1=5257a8…`.
    package static let timestampedList: SignatureScheme = {
        var scheme = SignatureScheme(
            content: SignedContent([.timestamp, .text("."), .body]),
            headers: SignatureHeaders(signature: "webhook-signature"))
        scheme.form = .timestampedList(version: "v1")
        scheme.encoding = .hex
        return scheme
    }()

    /// One header with the signature of the body, which never becomes old.
    package static let plain: SignatureScheme = {
        var scheme = SignatureScheme(
            content: SignedContent([.body]), headers: SignatureHeaders(signature: "x-signature"))
        scheme.encoding = .hex
        return scheme
    }()
}
