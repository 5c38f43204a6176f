/// Text that looks random and is decided by what it is derived from.
///
/// Not secret, on purpose: FNV-1a over the names, then SplitMix64.
struct TokenSource: Sendable {
    private var state: UInt64

    /// - Parameter names: What the tokens belong to, such as seed, collection and id.
    init(_ names: [String]) {
        state = Self.hash(names)
    }

    /// Tokens of something narrower, as if `names` followed the names of this source, which must be unused.
    func narrowed(by names: [String]) -> TokenSource {
        var narrow = self
        narrow.state = Self.hash(names, after: state)
        return narrow
    }

    static func hash(_ names: [String], after start: UInt64 = 0xcbf2_9ce4_8422_2325) -> UInt64 {
        var hash = start
        for name in names {
            for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01b3
        }
        return hash
    }

    /// `length` letters a–z and digits.
    mutating func token(_ length: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)
        let bytes = (0..<length).map { _ in alphabet[Int(next() % 36)] }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A number of `count` digits, 18 at most, the first of which is not 0.
    mutating func number(digits count: Int) -> Int {
        var number = Int(next() % 9) + 1
        for _ in 1..<max(1, count) { number = number * 10 + Int(next() % 10) }
        return number
    }

    /// A number from 0 up to, and without, 1.
    mutating func share() -> Double { Double(next() >> 11) / 9_007_199_254_740_992 }

    private mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
