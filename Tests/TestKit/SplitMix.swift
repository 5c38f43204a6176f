import Primitives

/// Random numbers that are the same in every run with the same seed (SplitMix64).
public struct SplitMix: RandomNumberGenerator, Sendable {
    private var numbers: StableRandom

    /// Starts the sequence of `seed`.
    public init(seed: UInt64) { numbers = StableRandom(seed: seed) }

    /// Starts the sequence of `seed`.
    public init(seed: Int) { self.init(seed: UInt64(bitPattern: Int64(seed))) }

    /// The next number of the sequence.
    public mutating func next() -> UInt64 { numbers.next() }

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
