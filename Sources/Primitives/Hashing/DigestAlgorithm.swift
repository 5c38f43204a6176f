/// The hash functions of signatures.
public enum DigestAlgorithm: String, Sendable, Hashable, CaseIterable {
    /// 20 bytes (RFC 3174). Old signatures use it; its weakness does not concern HMAC.
    case sha1
    /// 32 bytes (FIPS 180-4).
    case sha256
    /// 64 bytes (FIPS 180-4).
    case sha512

    /// The number of bytes of a digest.
    public var length: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }

    /// The digest of `bytes`: ``length`` bytes.
    public func digest(_ bytes: [UInt8]) -> [UInt8] {
        switch self {
        case .sha1: SHA1.digest(bytes)
        case .sha256: SHA256.digest(bytes)
        case .sha512: SHA512.digest(bytes)
        }
    }

    /// The HMAC (RFC 2104) of `message` under `key`: ``length`` bytes.
    public func hmac(key: [UInt8], message: [UInt8]) -> [UInt8] {
        let block = self == .sha512 ? 128 : 64
        var padded = key.count > block ? digest(key) : key
        padded.append(contentsOf: repeatElement(0, count: block - padded.count))
        let inner = digest(padded.map { $0 ^ 0x36 } + message)
        return digest(padded.map { $0 ^ 0x5c } + inner)
    }
}

/// Compares two texts of bytes in a time that depends on their lengths only, so that a sender of wrong signatures does
/// not learn from the time how many of its bytes are right.
public func equalsInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    guard left.count == right.count else { return false }
    return zip(left, right).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
}
