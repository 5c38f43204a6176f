import Exchanges
import Primitives

/// Counts what the responses of a run have in common, for hints about mistakes that concern all of them.
///
/// Exchanges are added one by one, and none is kept.
struct RunSymptoms: Sendable {
    /// Requests that were sent.
    private(set) var exchanges = 0
    /// Responses that were received.
    private(set) var responses = 0
    /// Responses by status.
    private var statuses: [Int: Int] = [:]
    /// Responses whose media type is HTML.
    private(set) var pages = 0
    /// Responses that say that the request should have used TLS.
    private(set) var plainRequestsToTLS = 0
    /// Redirects with a location, also those that a row could not follow.
    private(set) var redirects = 0
    /// The location of the first redirect, in the order of sending.
    private(set) var firstRedirect: (sequence: Int, from: String, to: String)?
    /// Failures by class.
    private var failures: [TransportFailure.Class: Int] = [:]
    /// Requests that belong to no operation of the contract.
    private(set) var unknown = 0

    /// Counts an exchange.
    mutating func add(_ exchange: Exchange) {
        exchanges += 1
        if exchange.operation == nil { unknown += 1 }
        switch exchange.outcome {
        case .failure(let failure): failures[failure.class, default: 0] += 1
        case .response(let response): add(response, to: exchange)
        }
    }

    private mutating func add(_ response: ResponseMessage, to exchange: Exchange) {
        responses += 1
        statuses[response.status, default: 0] += 1
        if let type = response.headers.first(where: { $0.isNamed("content-type") })?.value, Self.isPage(type) {
            pages += 1
        }
        if response.status == 400, Self.mentionsTLS(response.body.prefix(1_000)) { plainRequestsToTLS += 1 }
        if (300...399).contains(response.status), let location = response.header("location").first {
            redirects += 1
            if exchange.sequence < firstRedirect?.sequence ?? .max {
                firstRedirect = (exchange.sequence, exchange.request.url, location)
            }
        }
    }

    /// Adds the counts of another scenario.
    mutating func add(_ other: RunSymptoms) {
        exchanges += other.exchanges
        responses += other.responses
        statuses.merge(other.statuses, uniquingKeysWith: +)
        pages += other.pages
        plainRequestsToTLS += other.plainRequestsToTLS
        redirects += other.redirects
        if let first = other.firstRedirect, first.sequence < firstRedirect?.sequence ?? .max { firstRedirect = first }
        failures.merge(other.failures, uniquingKeysWith: +)
        unknown += other.unknown
    }

    /// The number of responses with a status in `range`.
    func responses(_ range: ClosedRange<Int>) -> Int {
        statuses.reduce(0) { $0 + (range.contains($1.key) ? $1.value : 0) }
    }

    /// The number of failures of these classes.
    func failures(_ classes: [TransportFailure.Class]) -> Int {
        classes.reduce(0) { $0 + (failures[$1] ?? 0) }
    }

    /// The number of failures that an ill target can cause.
    var possibleIllness: Int {
        responses(429...429) + responses(500...999)
            + failures([
                .connectionRefused, .unresolved, .connectTimedOut, .proxy, .timedOut, .bodyTimedOut, .reset, .truncated,
            ])
    }

    private static func isPage(_ type: String) -> Bool {
        ["text/html", "application/xhtml"].contains { start in
            Substring(type.utf8.prefix(start.utf8.count)).equalsIgnoringASCIICase(start)
        }
    }

    /// Whether a response to a request without TLS says that the port requires TLS, as common servers do.
    private static func mentionsTLS(_ body: ArraySlice<UInt8>) -> Bool {
        let text = String(decoding: body, as: UTF8.self).lowercasedASCII
        return [
            "http request was sent to https port", "http request to an https server", "speaking plain http to an ssl",
        ]
        .contains { text.contains($0) }
    }
}
