/// Random numbers that follow from their seed: the same on every machine and in every run. Not for secrets.
///
/// SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
public struct StableRandom: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// The numbers that follow from a seed.
    public init(seed: UInt64) {
        state = seed
    }

    /// The numbers that follow from texts in order.
    public init(_ texts: [String]) {
        self.init(seed: StableHash(texts).value)
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
