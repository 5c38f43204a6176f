/// SHA-256 (FIPS 180-4) over bytes that arrive in pieces.
///
/// It is implemented here because a cryptography package would add minutes to every clean build. It is used for
/// generated values and for signing test requests, not where constant time matters.
public struct SHA256: Sendable {
    private var state = State()
    private var block: [UInt8] = []
    private var length: UInt64 = 0

    /// The number of bytes in one block.
    static let blockLength = 64

    /// Creates a hash of no bytes.
    public init() {}

    /// The eight working variables (FIPS 180-4, section 5.3.3). They are separate, so that they stay in registers.
    private struct State {
        var (a, b, c, d): (UInt32, UInt32, UInt32, UInt32) = (0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a)
        var (e, f, g, h): (UInt32, UInt32, UInt32, UInt32) = (0x510e_527f, 0x9b05_688c, 0x1f83_d9ab, 0x5be0_cd19)

        var words: [UInt32] { [a, b, c, d, e, f, g, h] }
    }

    /// The digest of `bytes`: 32 bytes.
    public static func digest(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        var hash = SHA256()
        hash.update(bytes)
        return hash.finish()
    }

    /// The digest of `bytes` as 64 lower-case hexadecimal digits.
    public static func hex(_ bytes: some Sequence<UInt8>) -> String {
        Hexadecimal.text(digest(bytes))
    }

    /// Adds `bytes`.
    @inlinable public mutating func update(_ bytes: some Sequence<UInt8>) {
        // An array is not copied, and the loop below is compiled for it, whatever the sequence is.
        update(Array(bytes))
    }

    /// Adds `bytes`.
    public mutating func update(_ bytes: [UInt8]) {
        length &+= UInt64(bytes.count)
        var start = 0
        if !block.isEmpty {
            start = min(SHA256.blockLength - block.count, bytes.count)
            block.append(contentsOf: bytes[..<start])
            guard block.count == SHA256.blockLength else { return }
            compress(block, at: 0)
            block.removeAll(keepingCapacity: true)
        }
        while bytes.count - start >= SHA256.blockLength {
            compress(bytes, at: start)
            start += SHA256.blockLength
        }
        if start < bytes.count { block.append(contentsOf: bytes[start...]) }
    }

    /// Returns the digest of everything added: 32 bytes.
    public consuming func finish() -> [UInt8] {
        let bits = length &* 8
        block.append(0x80)
        let zeros = (2 * SHA256.blockLength - 8 - block.count) % SHA256.blockLength
        block.append(contentsOf: repeatElement(0, count: zeros))
        for shift in stride(from: 56, through: 0, by: -8) {
            block.append(UInt8(truncatingIfNeeded: bits >> UInt64(shift)))
        }
        for start in stride(from: 0, to: block.count, by: SHA256.blockLength) { compress(block, at: start) }
        return state.words.flatMap { word in
            [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: word >> UInt32($0)) }
        }
    }

    /// Adds the block of `bytes` from `start` on.
    private mutating func compress(_ bytes: [UInt8], at start: Int) {
        var schedule = [UInt32](repeating: 0, count: 64)
        for index in 0..<16 {
            let at = start + index * 4
            schedule[index] =
                UInt32(bytes[at]) &<< 24 | UInt32(bytes[at + 1]) &<< 16 | UInt32(bytes[at + 2]) &<< 8
                | UInt32(bytes[at + 3])
        }
        for index in 16..<64 {
            let early = schedule[index - 15]
            let late = schedule[index - 2]
            let small0 = rotated(early, 7) ^ rotated(early, 18) ^ (early &>> 3)
            let small1 = rotated(late, 17) ^ rotated(late, 19) ^ (late &>> 10)
            schedule[index] = schedule[index - 16] &+ small0 &+ schedule[index - 7] &+ small1
        }
        let constants = SHA256.constants
        var (a, b, c, d) = (state.a, state.b, state.c, state.d)
        var (e, f, g, h) = (state.e, state.f, state.g, state.h)
        for index in 0..<64 {
            let big1 = rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)
            let choice = (e & f) ^ (~e & g)
            let first = h &+ big1 &+ choice &+ constants[index] &+ schedule[index]
            let big0 = rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)
            let majority = (a & b) ^ (a & c) ^ (b & c)
            let second = big0 &+ majority
            (h, g, f, e) = (g, f, e, d &+ first)
            (d, c, b, a) = (c, b, a, first &+ second)
        }
        state.a &+= a
        state.b &+= b
        state.c &+= c
        state.d &+= d
        state.e &+= e
        state.f &+= f
        state.g &+= g
        state.h &+= h
    }

    @inline(__always)
    private func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word &>> count | word &<< (32 - count)
    }

    /// Fractional parts of the cube roots of the first 64 primes (FIPS 180-4, section 4.2.2).
    private static let constants: [UInt32] = [
        0x428a_2f98, 0x7137_4491, 0xb5c0_fbcf, 0xe9b5_dba5, 0x3956_c25b, 0x59f1_11f1, 0x923f_82a4, 0xab1c_5ed5,
        0xd807_aa98, 0x1283_5b01, 0x2431_85be, 0x550c_7dc3, 0x72be_5d74, 0x80de_b1fe, 0x9bdc_06a7, 0xc19b_f174,
        0xe49b_69c1, 0xefbe_4786, 0x0fc1_9dc6, 0x240c_a1cc, 0x2de9_2c6f, 0x4a74_84aa, 0x5cb0_a9dc, 0x76f9_88da,
        0x983e_5152, 0xa831_c66d, 0xb003_27c8, 0xbf59_7fc7, 0xc6e0_0bf3, 0xd5a7_9147, 0x06ca_6351, 0x1429_2967,
        0x27b7_0a85, 0x2e1b_2138, 0x4d2c_6dfc, 0x5338_0d13, 0x650a_7354, 0x766a_0abb, 0x81c2_c92e, 0x9272_2c85,
        0xa2bf_e8a1, 0xa81a_664b, 0xc24b_8b70, 0xc76c_51a3, 0xd192_e819, 0xd699_0624, 0xf40e_3585, 0x106a_a070,
        0x19a4_c116, 0x1e37_6c08, 0x2748_774c, 0x34b0_bcb5, 0x391c_0cb3, 0x4ed8_aa4a, 0x5b9c_ca4f, 0x682e_6ff3,
        0x748f_82ee, 0x78a5_636f, 0x84c8_7814, 0x8cc7_0208, 0x90be_fffa, 0xa450_6ceb, 0xbef9_a3f7, 0xc671_78f2,
    ]
}

/// HMAC-SHA256 (RFC 2104) of `message` under `key`: 32 bytes.
public func hmacSHA256(key: some Collection<UInt8>, message: some Sequence<UInt8>) -> [UInt8] {
    DigestAlgorithm.sha256.hmac(key: Array(key), message: Array(message))
}
