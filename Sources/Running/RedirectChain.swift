package import Exchanges
internal import JSONDocument
internal import Primitives
internal import Scenarios

/// The limits of redirects to other origins.
package struct RedirectLimits: Sendable {
    /// Knows the secrets that other origins must not get.
    package var redactor: Redactor
    /// Why a method must not be sent to an origin; `nil` when it may be.
    package var forbids: @Sendable (_ method: String, _ origin: String) -> String?

    /// Limits; by default there are no secrets and nothing is forbidden.
    package init(
        redactor: Redactor = .none,
        forbids: @escaping @Sendable (_ method: String, _ origin: String) -> String? = { _, _ in nil }
    ) {
        self.redactor = redactor
        self.forbids = forbids
    }
}

/// The redirects of one attempt of a step, one after the other.
struct RedirectChain {
    /// How many may be followed.
    private let most: Int
    private let limits: RedirectLimits
    /// Knows the credentials of the step, which are not always secrets of the configuration.
    private let credentials: Redactor
    private var sent: [RequestMessage] = []

    /// A chain of at most `most` redirects of a request with `credentials`.
    init(most: Int, limits: RedirectLimits, credentials: Credentials) {
        self.most = most
        self.limits = limits
        let values = credentials.members.flatMap { member -> [String] in
            // The password of a pair is a secret by itself.
            guard let colon = member.value.utf8.firstIndex(of: UInt8(ascii: ":")) else { return [member.value] }
            return [member.value, String(member.value[member.value.index(after: colon)...])]
        }
        self.credentials = Redactor(secrets: values.map { ("credential", $0) })
    }

    /// The request that follows `request` after `response`; `nil` when the response is not a redirect.
    mutating func next(
        after response: ResponseMessage, to request: RequestMessage
    ) -> Result<RequestMessage, TransportFailure>? {
        guard response.isRedirect else { return nil }
        sent.append(request)
        do throws(Refusal) {
            return .success(try following(response, to: request))
        } catch {
            let message = limits.redactor.redact("the response \(response.status) \(error.reason)")
            return .failure(TransportFailure(.redirect, message))
        }
    }

    private struct Refusal: Error {
        var reason: String

        init(_ reason: String) {
            self.reason = reason
        }
    }

    private func following(
        _ response: ResponseMessage, to request: RequestMessage
    ) throws(Refusal) -> RequestMessage {
        guard sent.count <= most else {
            throw Refusal("is one redirect more than `follow=\(most)` allows")
        }
        let (url, own, other) = try target(of: response, from: request)
        var next = request
        next.url = url.text
        let becomesGET =
            response.status == 303 && !["GET", "HEAD"].contains(request.method)
            || [301, 302].contains(response.status) && request.method == "POST"
        if becomesGET {
            next.method = "GET"
            next.body = nil
            // RFC 9110, section 15.4: headers that describe the body are removed with it.
            next.headers.removeAll { header in
                header.name.lowercased().utf8.starts(with: "content-".utf8) || header.isNamed("digest")
            }
        }
        if own != other { try strip(&next, for: other, after: response) }
        let isLoop = sent.contains { earlier in
            earlier.method.isSame(as: next.method) && earlier.body == next.body
                && Self.place(earlier.url) == Self.place(next.url)
        }
        if isLoop { throw Refusal("leads back to an earlier URL of this chain") }
        return next
    }

    /// The URL that a redirect leads to, and the origins before and after it.
    private func target(
        of response: ResponseMessage, from request: RequestMessage
    ) throws(Refusal) -> (url: URIReference, own: URLOrigin, other: URLOrigin) {
        let places = response.header("location")
        guard let place = places.first, !place.isEmpty else { throw Refusal("has no location to follow") }
        guard places.count == 1 else { throw Refusal("has \(places.count) locations") }
        guard let reference = URIReference(url: place), let base = URIReference(url: request.url),
            let own = URLOrigin(base)
        else { throw Refusal("has a location that is not a valid URL") }
        var url = reference.resolved(against: base)
        url.scheme = url.scheme?.lowercased()
        let isOwnSocket = URLOrigin(url) == own
        guard ["http", "https"].contains(url.scheme) || isOwnSocket else {
            throw Refusal("leads to a URL that is neither http nor https")
        }
        if url.authority?.utf8.contains(UInt8(ascii: "@")) == true {
            throw Refusal("leads to a URL with a user name")
        }
        guard let other = URLOrigin(url) else { throw Refusal("has a location that is not a valid URL") }
        if own.scheme == "https", other.scheme == "http" { throw Refusal("leads from https to http, at \(other)") }
        return (url, own, other)
    }

    /// Removes everything from a request to another origin that only the target may get.
    private func strip(
        _ request: inout RequestMessage, for origin: URLOrigin, after response: ResponseMessage
    ) throws(Refusal) {
        let names = ["accept", "user-agent"] + (request.body == nil ? [] : ["content-type"])
        request.headers.removeAll { header in !names.contains { header.isNamed($0) } }
        // The redactor learns the secret values of the response by redacting it.
        _ = limits.redactor.redact(response)
        for redactor in [limits.redactor, credentials] {
            let masked = redactor.redact(request)
            let place =
                masked.url.isSame(as: request.url)
                ? masked.headers != request.headers ? "a header" : masked.body != request.body ? "the body" : nil
                : "the URL"
            if let place { throw Refusal("leads to another origin, \(origin), with a secret in \(place)") }
        }
        if let reason = limits.forbids(request.method, origin.description) {
            throw Refusal("leads to \(origin), which is \(reason) and must not receive \(request.method)")
        }
    }

    /// A URL in a normalised spelling, for finding loops.
    private static func place(_ text: String) -> String {
        guard let url = URIReference(url: text), let origin = URLOrigin(url) else { return text }
        return origin.description + (url.path.isEmpty ? "/" : url.path) + (url.query.map { "?" + $0 } ?? "")
    }
}
