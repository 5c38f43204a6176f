package import OpenAPI
internal import Primitives

/// Words that mark a test environment.
private let trialWords: Set<String> = [
    "sandbox", "test", "testing", "tests", "staging", "stage", "stg", "dev", "develop", "development", "local",
    "mock", "demo", "uat", "qa", "preview", "preprod", "nonprod", "example", "trial", "beta", "gamma",
]

extension Server {
    /// Whether real customers use `url`, one of the server's addresses.
    ///
    /// The word "production" in the description decides, even next to trial words. Otherwise a trial word in the
    /// address or the description marks a test environment.
    package func isProduction(_ url: String) -> Bool {
        if HostName(ofURL: url)?.isLocal == true { return false }
        let words = description.words
        let negations = ["non", "pre", "not", "no"]
        let production = words.indices.filter { ["production", "prod", "live"].contains(words[$0]) }
        if production.contains(where: { $0 == 0 || !negations.contains(words[$0 - 1]) }) { return true }
        return production.isEmpty && trialWord(url) == nil
    }

    /// The word that marks `url`, one of the server's addresses, as a test environment; `nil` when there is none.
    ///
    /// The word is a label of the host, a segment of the path or a word of the description.
    package func trialWord(_ url: String) -> String? {
        let path = url.utf8.split(separator: UInt8(ascii: "/")).dropFirst(2)
        return HostName(ofURL: url)?.trialWord
            ?? path.lazy.map { String(decoding: $0, as: UTF8.self).lowercased() }.first(where: trialWords.contains)
            ?? description.words.first(where: trialWords.contains)
    }
}

extension HostName {
    /// The trial word that is a whole label below the registrable name: `sandbox.pay.com` has one, but
    /// `contest.pay.com` and `api.test.com` do not.
    package var trialWord: String? {
        guard !isAddress else { return nil }
        let labels = text.utf8.split(separator: UInt8(ascii: ".")).map { String(decoding: $0, as: UTF8.self) }
        return labels.dropLast(registrableLabels).first(where: trialWords.contains)
    }
}

extension String {
    /// The runs of ASCII letters and digits, in lower case.
    fileprivate var words: [String] {
        lowercased().utf8.split { !($0.isASCIIDigit || (0x61...0x7A).contains($0)) }.map {
            String(decoding: $0, as: UTF8.self)
        }
    }
}
