import Primitives

/// Text that looks random and depends only on the names that it is derived from.
///
/// The tokens are not secret: FNV-1a over the names, then SplitMix64.
struct TokenSource: Sendable {
    /// The hash of the names that the tokens belong to.
    private let origin: UInt64
    private var random: StableRandom

    /// - Parameter names: The owner of the tokens, such as seed, collection and id.
    init(_ names: [String]) {
        self.init(origin: StableHash(names).value)
    }

    private init(origin: UInt64) {
        self.origin = origin
        random = StableRandom(seed: origin)
    }

    /// Tokens of a narrower owner, as if `names` followed the names of this source.
    func narrowed(by names: [String]) -> TokenSource {
        var hash = StableHash(continuing: origin)
        for name in names { hash.add(name) }
        return TokenSource(origin: hash.value)
    }

    /// `length` letters a–z and digits.
    mutating func token(_ length: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let bytes = (0..<length).map { _ in alphabet[Int(random.next() % 36)] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A number of `count` digits, 18 at most. Its first digit is not 0.
    mutating func number(digits count: Int) -> Int {
        var number = Int(random.next() % 9) + 1
        for _ in 1..<max(1, count) { number = number * 10 + Int(random.next() % 10) }
        return number
    }

    /// A number from 0 up to, but not including, 1.
    mutating func share() -> Double { Double(random.next() >> 11) / 9_007_199_254_740_992 }
}
