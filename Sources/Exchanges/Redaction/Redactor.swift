/// Masks secret values in any text.
///
/// It finds a secret as it is, in upper or lower case, percent-encoded, JSON-escaped, as HTML character references (or
/// a mixture of these, up to three layers), in hexadecimal, and in base64 at any of its three alignments and in either
/// alphabet, once or twice. In a `String` that was cut, the part of a secret next to the ellipsis is masked as well.
///
/// The mask is `‹secret NAME›`. Overlapping traces of several secrets become one mask, named after the longest trace. A
/// mask is never masked again, so redacting twice changes nothing.
///
/// A secret shorter than six bytes also occurs in innocent text. It is masked only where requests contain credentials:
/// a whole header value (also after a scheme word, and as the password of `Basic`), a whole cookie value, or a whole
/// query value. `shortSecrets` lists these secrets, so that a warning can be given. An empty secret is ignored.
///
/// Values in the `places` of messages become secrets when a message with them is redacted. Each is replaced with the
/// token `‹redacted HASH›`, from then on in every text.
public struct Redactor: Sendable {
    /// The minimum length in bytes of a secret that is masked everywhere.
    public static let shortestMaskedEverywhere = 6

    /// The names of the secrets that are too short to be masked everywhere, in the given order.
    public let shortSecrets: [String]

    let places: RedactedPlaces?
    private let patterns: PatternSet
    private let short: [(mask: [UInt8], bytes: [UInt8])]

    /// Creates a redactor for `secrets`. A value with two names is masked with the first name.
    public init(secrets: [(name: String, value: String)], places: RedactedPlaces? = nil) {
        let long = secrets.filter { $0.value.utf8.count >= Self.shortestMaskedEverywhere }
        let brief = secrets.filter { (1..<Self.shortestMaskedEverywhere).contains($0.value.utf8.count) }
        short = brief.map { (SecretPattern.mask($0.name), Array($0.value.utf8)) }
        shortSecrets = brief.map(\.name)
        var patterns = PatternSet()
        for secret in long { patterns.insert(SecretPattern(name: secret.name, value: secret.value)) }
        for secret in short { patterns.insert(mask: secret.mask) }
        self.patterns = patterns
        self.places = places
    }

    /// Whether there is anything to mask.
    var hasSecrets: Bool { !patterns.isEmpty || places != nil }

    /// A redactor without secrets, which changes nothing.
    public static let none = Redactor(secrets: [])

    /// Masks a secret that becomes known during a run, in every text from then on. A redactor without places cannot learn secrets.
    public func learn(_ name: String, _ value: String) { places?.learn(name, value) }

    /// The mask for the secret `name`.
    public static func mask(_ name: String) -> String {
        String(decoding: SecretPattern.mask(name), as: UTF8.self)
    }

    /// Whether `text` contains a secret that is masked everywhere.
    public func findsSecret(in text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { text in
            !patterns.traces(in: text).isEmpty || places.map { !$0.learned.traces(in: text).isEmpty } == true
        }
    }

    /// Returns `text` with every secret masked, including the part of a secret next to an ellipsis.
    public func redact(_ text: String) -> String {
        var copy = text
        let masked = copy.withUTF8 { redacted($0, isCut: true) }
        return masked.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// `bytes` with every secret masked.
    public func redact(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { redacted($0) } ?? bytes
    }

    /// The mask of the short secret that equals `bytes`, if there is one.
    func mask(ofWholeValue bytes: some Sequence<UInt8>) -> String? {
        short.first { $0.bytes.elementsEqual(bytes) }.map { String(decoding: $0.mask, as: UTF8.self) }
            ?? places?.mask(ofWholeValue: bytes)
    }

    /// Whether secrets must be searched for that are masked only as whole values.
    var hasShortSecrets: Bool { !short.isEmpty || places?.hasShortSecrets == true }

    /// Returns `nil` if there is nothing to mask, which is the usual case.
    private func redacted(_ text: UnsafeBufferPointer<UInt8>, isCut: Bool = false) -> [UInt8]? {
        let own = masked(text, by: patterns, isCut: isCut)
        guard let learned = places?.learned, !learned.isEmpty else { return own }
        guard let own else { return masked(text, by: learned, isCut: isCut) }
        return own.withUnsafeBufferPointer { masked($0, by: learned, isCut: isCut) } ?? own
    }

    private func masked(_ text: UnsafeBufferPointer<UInt8>, by patterns: PatternSet, isCut: Bool) -> [UInt8]? {
        let traces = patterns.traces(in: text, isCut: isCut)
        guard !traces.isEmpty else { return nil }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var place = 0
        for trace in traces {
            result.append(contentsOf: text[place..<trace.range.lowerBound])
            result.append(contentsOf: trace.mask)
            place = trace.range.upperBound
        }
        result.append(contentsOf: text[place...])
        return result
    }
}
