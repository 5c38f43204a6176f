internal import Synchronization

/// The places whose values are kept as tokens, and the values that were met there.
///
/// The token is `‹redacted HASH›` with 16 hexadecimal digits of a keyed hash: equal values have equal tokens, and who
/// has no key cannot try values out. A text of six bytes and more that was met once is masked wherever it stands
/// later; shorter ones, numbers, and whole objects are masked at their place alone.
public final class RedactedPlaces: Sendable {
    /// At most so many values are looked for outside of their places; a run that meets more is masked there alone.
    static let mostLearned = 10_000

    let places: [RedactedPlace]
    private let hash: @Sendable ([UInt8]) -> [UInt8]
    private let state = Mutex(State())

    private struct State {
        var patterns = PatternSet()
        var known: Set<[UInt8]> = []
    }

    /// Places, and the keyed hash of a value, of which the first eight bytes are used.
    public init(_ places: [RedactedPlace], hash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.places = places
        self.hash = hash
    }

    /// The values met so far.
    var learned: PatternSet { state.withLock { $0.patterns } }

    /// What is kept in place of `value`, which is masked everywhere from now on if it is long enough.
    func token(for value: [UInt8], isText: Bool = true) -> String {
        let digits = hash(value).prefix(8).flatMap { [$0 >> 4, $0 & 0xF] }.map { String($0, radix: 16) }.joined()
        let token = "‹redacted \(digits)›"
        guard isText, value.count >= Redactor.shortestMaskedEverywhere,
            let text = String(validating: value, as: UTF8.self)
        else { return token }
        state.withLock { state in
            guard state.known.count < Self.mostLearned, state.known.insert(value).inserted else { return }
            state.patterns.insert(SecretPattern(value: text, mask: Array(token.utf8)))
        }
        return token
    }

    /// Whether a whole value is a token or a mask already.
    static func isMask(_ value: some Collection<UInt8>) -> Bool {
        value.starts(with: "‹redacted ".utf8) || value.starts(with: "‹secret ".utf8)
    }
}
