/// How a delivery is signed.
package struct DeliverySigner: Sendable, Hashable {
    /// The scheme.
    package var scheme: SignatureScheme
    /// The keys, at least one.
    package var keys: [[UInt8]]

    /// Signs by `scheme` with `keys`.
    package init(scheme: SignatureScheme, keys: [[UInt8]]) {
        self.scheme = scheme
        self.keys = keys
    }
}
