/// SHA-1 (RFC 3174). It is only used to verify and create signatures of older webhooks (HMAC-SHA1).
enum SHA1 {
    /// The digest of `bytes`: 20 bytes.
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var state: [UInt32] = [0x6745_2301, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476, 0xc3d2_e1f0]
        let padded = MerkleDamgard.padded(bytes, blockLength: 64, lengthBytes: 8)
        for start in stride(from: 0, to: padded.count, by: 64) { compress(padded[start..<start + 64], &state) }
        return MerkleDamgard.bigEndian(state)
    }

    private static func compress(_ block: ArraySlice<UInt8>, _ state: inout [UInt32]) {
        var words: [UInt32] = MerkleDamgard.words(block)
        for index in 16..<80 {
            words.append(
                rotated(words[index - 3] ^ words[index - 8] ^ words[index - 14] ^ words[index - 16], 1))
        }
        var (a, b, c, d, e) = (state[0], state[1], state[2], state[3], state[4])
        for (index, word) in words.enumerated() {
            let (mixed, constant): (UInt32, UInt32) =
                switch index {
                case ..<20: ((b & c) | (~b & d), 0x5a82_7999)
                case ..<40: (b ^ c ^ d, 0x6ed9_eba1)
                case ..<60: ((b & c) | (b & d) | (c & d), 0x8f1b_bcdc)
                default: (b ^ c ^ d, 0xca62_c1d6)
                }
            let next = rotated(a, 5) &+ mixed &+ e &+ word &+ constant
            (e, d, c, b, a) = (d, c, rotated(b, 30), a, next)
        }
        for (index, word) in [a, b, c, d, e].enumerated() { state[index] &+= word }
    }

    private static func rotated(_ word: UInt32, _ count: UInt32) -> UInt32 {
        word << count | word >> (32 - count)
    }
}

/// The parts that SHA-1 and SHA-512 share: padding, and words in the order of the network.
enum MerkleDamgard {
    /// A message with its end mark and length in bits, a multiple of `blockLength` bytes long.
    static func padded(_ bytes: [UInt8], blockLength: Int, lengthBytes: Int) -> [UInt8] {
        var padded = bytes
        padded.append(0x80)
        let used = (padded.count + lengthBytes) % blockLength
        padded.append(contentsOf: repeatElement(0, count: used == 0 ? 0 : blockLength - used))
        padded.append(contentsOf: repeatElement(0, count: lengthBytes - 8))
        padded.append(contentsOf: bigEndian([UInt64(bytes.count) * 8]))
        return padded
    }

    /// The words of a block, most significant byte first.
    static func words<Word: FixedWidthInteger & UnsignedInteger>(_ block: ArraySlice<UInt8>) -> [Word] {
        let size = Word.bitWidth / 8
        return stride(from: block.startIndex, to: block.endIndex, by: size).map { start in
            block[start..<start + size].reduce(0) { $0 << 8 | Word($1) }
        }
    }

    /// The bytes of words, most significant byte first.
    static func bigEndian<Word: FixedWidthInteger & UnsignedInteger>(_ words: [Word]) -> [UInt8] {
        words.flatMap { word in
            stride(from: Word.bitWidth - 8, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> Word($0)) }
        }
    }
}
