/// Random numbers that are the same in every run with the same seed (SplitMix64).
public struct SplitMix: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// Starts the sequence of `seed`.
    public init(seed: UInt64) { state = seed }

    /// Starts the sequence of `seed`.
    public init(seed: Int) { state = UInt64(bitPattern: Int64(seed)) }

    /// The next number of the sequence.
    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number from 0 up to, but not including, `bound`.
    public mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True once in `count` times.
    public mutating func once(in count: Int) -> Bool { number(below: count) == 0 }

    /// One element of a list that is not empty.
    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[number(below: elements.count)] }

    /// A positive integer of at most `count` digits.
    public mutating func digits(upTo count: Int) -> String {
        let length = Int.random(in: 0..<count, using: &self)
        return String(Int.random(in: 1...9, using: &self))
            + (0..<length).map { _ in String(Int.random(in: 0...9, using: &self)) }.joined()
    }
}
