/// Masks secret values in any text: as they are, in upper or lower case, percent-encoded, JSON-escaped, as HTML character
/// references (or a mixture of these, up to three layers), in hexadecimal, and in base64 at any of its three alignments
/// and in either alphabet, once or twice.
///
/// In a `String` that was cut, what the ellipsis has left of a secret is masked, too.
///
/// The mask is `‹secret NAME›`; where the traces of several secrets overlap, all of it becomes one mask, named after
/// the longest trace. A mask is never masked again, so redacting twice changes nothing.
///
/// A secret shorter than six bytes would eat innocent text, so it is masked only where requests place credentials: a
/// whole header value (also behind a scheme word, and as the password of `Basic`), a whole cookie value, a whole query
/// value. `shortSecrets` names them, so that a warning can be given. An empty secret is ignored.
///
/// `places` of messages hold values that become secrets when a message with them is redacted: each turns into the
/// token `‹redacted HASH›`, from then on wherever it stands.
public struct Redactor: Sendable {
    /// The fewest bytes that a secret needs to be masked everywhere.
    public static let shortestMaskedEverywhere = 6

    /// The names of the secrets that are too short to be masked everywhere, in the order given.
    public let shortSecrets: [String]

    let places: RedactedPlaces?
    private let patterns: PatternSet
    private let short: [(mask: [UInt8], bytes: [UInt8])]

    /// A redactor of `secrets`; one value under two names is masked by the first.
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

    /// A redactor that knows no secret and changes nothing.
    public static let none = Redactor(secrets: [])

    /// What stands in place of the secret `name`.
    public static func mask(_ name: String) -> String {
        String(decoding: SecretPattern.mask(name), as: UTF8.self)
    }

    /// Whether `text` shows a secret that is masked everywhere.
    public func findsSecret(in text: [UInt8]) -> Bool {
        text.withUnsafeBufferPointer { !patterns.traces(in: $0).isEmpty }
    }

    /// `text` with every secret masked, and with what an ellipsis has left of one.
    public func redact(_ text: String) -> String {
        var copy = text
        let masked = copy.withUTF8 { redacted($0, isCut: true) }
        return masked.map { String(decoding: $0, as: UTF8.self) } ?? text
    }

    /// `bytes` with every secret masked.
    public func redact(_ bytes: [UInt8]) -> [UInt8] {
        bytes.withUnsafeBufferPointer { redacted($0) } ?? bytes
    }

    /// The mask of the short secret that `bytes` are, if they are one.
    func mask(ofWholeValue bytes: some Sequence<UInt8>) -> String? {
        short.first { $0.bytes.elementsEqual(bytes) }.map { String(decoding: $0.mask, as: UTF8.self) }
    }

    /// `nil` when there is nothing to mask, which is the usual case.
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
