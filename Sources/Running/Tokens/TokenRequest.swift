package import Exchanges
internal import JSONDocument
internal import Primitives

/// How a token is requested, and its placeholder in requests.
package struct TokenRequest: Sendable {
    /// The text in place of the token, in everything that is stored or shown: `<token-of-clerk>`.
    package var placeholder: String
    /// The name of the profile, for messages.
    package var profile: String
    /// The request to the token endpoint. It is in no journal.
    package var message: RequestMessage
    /// Masks the client's secrets in messages.
    package var redactor: Redactor

    /// A request for a token.
    package init(placeholder: String, profile: String, message: RequestMessage, redactor: Redactor) {
        self.placeholder = placeholder
        self.profile = profile
        self.message = message
        self.redactor = redactor
    }

    /// The maximum length of a response of a token endpoint in bytes.
    static let longestResponse = 65_536
    /// The maximum length of a token in bytes; servers accept few larger headers.
    static let longestToken = 16_384

    /// The token in the outcome of the request (RFC 6749, section 5.1).
    ///
    /// - Throws: `TransportFailure` of the class `token`, with the reason.
    func token(in outcome: ExchangeOutcome, at now: ContinuousClock.Instant) throws(TransportFailure) -> Token {
        let response: ResponseMessage
        switch outcome {
        case .failure(let failure):
            if failure.class == .cancelled { throw failure }
            throw problem(failure.message)
        case .response(let received): response = received
        }
        guard response.body.count <= Self.longestResponse else {
            throw problem("the response has more than \(Self.longestResponse) bytes")
        }
        let root = try? JSONDocument(parsing: response.body).root
        guard (200...299).contains(response.status) else {
            let code = root?["error"]?.string.map { " (\(Self.shown($0)))" } ?? ""
            throw problem("the response has the status \(response.status)\(code)")
        }
        guard let text = root?["access_token"]?.string, !text.isEmpty else {
            throw problem("the response contains no `access_token`")
        }
        guard text.utf8.count <= Self.longestToken, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw problem("`access_token` cannot be sent in a header")
        }
        if let type = root?["token_type"]?.string, type.lowercased() != "bearer" {
            throw problem("the token has the type '\(Self.shown(type))', and only bearer is supported")
        }
        let seconds = root?["expires_in"]?.number?.int ?? root?["expires_in"]?.string.flatMap { Int($0) }
        return Token(text, placeholder, expires: seconds.map { now + .seconds(min(max(0, $0), 1 << 30)) }, at: now)
    }

    /// The first characters of a text of the server, without invisible ones.
    private static func shown(_ text: String) -> String {
        visibleText(String(String.UnicodeScalarView(text.unicodeScalars.prefix(60))))
    }

    private func problem(_ reason: String) -> TransportFailure {
        let url = message.url.prefix { $0 != "?" }
        return TransportFailure(
            .token, redactor.redact("no token for the profile '\(profile)' from \(url): \(reason)"))
    }
}

/// A token that was received.
struct Token: Sendable {
    let text: String
    /// When it is renewed; `nil` if it does not expire.
    let renewal: ContinuousClock.Instant?
    /// Masks the token in responses.
    let redactor: Redactor

    /// Whether the token need not be renewed yet.
    var isFresh: Bool { renewal.map { ContinuousClock.now < $0 } ?? true }

    /// A token that is renewed when a tenth of its time is left, or half a minute at most.
    init(_ text: String, _ placeholder: String, expires: ContinuousClock.Instant?, at now: ContinuousClock.Instant) {
        self.text = text
        renewal = expires.map { $0 - min(.seconds(30), ($0 - now) / 10) }
        redactor = Redactor(secrets: [(placeholder, text)])
    }
}
