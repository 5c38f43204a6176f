/// A small generator with a seed, so that a failing run can be repeated.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A positive integer of at most `count` digits.
    mutating func digits(upTo count: Int) -> String {
        let length = Int.random(in: 0..<count, using: &self)
        return String(Int.random(in: 1...9, using: &self))
            + (0..<length).map { _ in String(Int.random(in: 0...9, using: &self)) }.joined()
    }
}
