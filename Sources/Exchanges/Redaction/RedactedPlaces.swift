internal import Synchronization

/// The places whose values are replaced with tokens, and the values found there.
///
/// The token is `‹redacted HASH›` with 16 hexadecimal digits of a keyed hash. Equal values have equal tokens, and
/// values cannot be guessed without the key. A text of six bytes or more is masked everywhere once it has been found.
/// Shorter texts, numbers and whole objects are masked only in their place.
public final class RedactedPlaces: Sendable {
    /// The maximum number of values that are searched for outside their places. Further values are masked only there.
    static let mostLearned = 10_000

    let places: [RedactedPlace]
    private let hash: @Sendable ([UInt8]) -> [UInt8]
    private let state = Mutex(State())

    private struct State {
        var patterns = PatternSet()
        var known: Set<[UInt8]> = []
        /// Secrets that are too short to be masked everywhere, with their masks.
        var short: [[UInt8]: String] = [:]
    }

    /// Creates a set of places. The first eight bytes of the keyed hash are used.
    public init(_ places: [RedactedPlace], hash: @escaping @Sendable ([UInt8]) -> [UInt8]) {
        self.places = places
        self.hash = hash
    }

    /// The values found so far.
    var learned: PatternSet { state.withLock { $0.patterns } }

    /// Returns the token for `value`. If it is long enough, the value is masked everywhere from now on.
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

    /// Masks a secret that becomes known during a run.
    func learn(_ name: String, _ value: String) {
        guard !value.isEmpty, !Self.isMask(value.utf8) else { return }
        state.withLock { state in
            guard state.known.count < Self.mostLearned, state.known.insert(Array(value.utf8)).inserted else { return }
            guard value.utf8.count >= Redactor.shortestMaskedEverywhere else {
                state.short[Array(value.utf8)] = Redactor.mask(name)
                state.patterns.insert(mask: SecretPattern.mask(name))
                return
            }
            state.patterns.insert(SecretPattern(name: name, value: value))
        }
    }

    /// The mask of the short secret that equals `bytes`, if it was learned.
    func mask(ofWholeValue bytes: some Sequence<UInt8>) -> String? {
        state.withLock { $0.short.isEmpty ? nil : $0.short[Array(bytes)] }
    }

    /// Whether short secrets were learned.
    var hasShortSecrets: Bool { state.withLock { !$0.short.isEmpty } }

    /// Whether a whole value is already a token or a mask.
    static func isMask(_ value: some Collection<UInt8>) -> Bool {
        value.starts(with: "‹redacted ".utf8) || value.starts(with: "‹secret ".utf8)
    }
}

/// A place in messages whose value is never kept.
public enum RedactedPlace: Sendable, Hashable {
    /// Every line of a header, in requests and responses, ignoring case.
    case header(String)
    /// A query parameter of requests.
    case query(String)
    /// A cookie that a request sends or a response sets.
    case cookie(String)
    /// A value in JSON bodies of requests and responses.
    case body([Segment])

    /// One step into a body.
    public enum Segment: Sendable, Hashable {
        /// A member of an object.
        case name(String)
        /// An element of an array, from 0.
        case index(Int)
        /// Every element of an array.
        case every
    }
}
