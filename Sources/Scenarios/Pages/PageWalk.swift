public import Exchanges
public import JSONDocument
internal import OpenAPI
internal import Primitives

/// Follows the pages of a list: decides after each page whether there is another one, and how to request it.
///
/// The run and the judge make the same decisions, because both only use the responses.
public struct PageWalk: Sendable {
    /// The continuation after a page.
    public enum Move: Sendable, Hashable {
        /// Nothing: it was the last page, or a response after which no page can follow.
        case end
        /// A page that is requested with a value.
        case value(JSONValue, into: ItemPath)
        /// A page at a URL of the same origin.
        case url(String)
        /// There are more pages, but the walk cannot continue.
        case stop(Obstacle)
    }

    /// Why a walk ends before the last page.
    public enum Obstacle: Sendable, Hashable {
        /// The maximum number of pages was received.
        case limit
        /// A cursor or URL, shown as text, was returned before.
        case repeated(String)
        /// The next request cannot be derived from the response.
        case unusable(String)
    }

    /// The maximum length of a cursor or URL in bytes; most servers reject longer request lines.
    private static let longestValue = 8_000

    private let paging: Paging
    /// The number of pages so far.
    public private(set) var count = 0
    /// The cursors and URLs that were used or returned.
    private var known: Set<String> = []

    /// A walk before its first page.
    public init(_ paging: Paging) {
        self.paging = paging
    }

    /// Decides what follows a page.
    ///
    /// - Parameter view: The last response of the page, with the first request of its attempt.
    public mutating func move(after view: ExchangeView) -> Move {
        count += 1
        guard Self.canContinue(after: view.exchange) else { return .end }
        if let condition = paging.condition, !condition.isMet(in: view) { return .end }
        let next = next(after: view)
        let key: String
        switch next {
        case .end, .stop: return next
        case .value(let value, _): key = value.text
        case .url(let url): key = url
        }
        guard key.utf8.count <= Self.longestValue else {
            return .stop(.unusable("the value is longer than \(Self.longestValue) bytes"))
        }
        if count == 1 { known.insert(view.exchange.request.url) }
        guard known.insert(key).inserted else { return .stop(.repeated(key)) }
        return count < paging.limit ? next : .stop(.limit)
    }

    /// Whether a page can follow: after a 2xx response. So the attempts of one page end with its first 2xx response.
    public static func canContinue(after exchange: Exchange) -> Bool {
        exchange.response.map { $0.status / 100 == 2 } ?? false
    }

    private func next(after view: ExchangeView) -> Move {
        switch paging.source {
        case .number(let path, let amount):
            let sent = ItemPath(path.root, path.segments, isRequest: true)
            guard case .one(let value, _) = sent.select(in: view), let number = Int(value.string ?? value.text) else {
                return .stop(.unusable("the request has no integer at `\(path.text)`"))
            }
            let (sum, isTooLarge) = number.addingReportingOverflow(amount)
            return isTooLarge ? .stop(.unusable("`\(path.text)` is too large")) : .value(.integer(sum), into: path)
        case .value(let path, let target):
            guard let value = path.nextValue(in: view) else { return missing(path) }
            guard value.string != nil || value.number != nil else {
                return .stop(.unusable("`\(path.text)` is neither text nor a number"))
            }
            return .value(value, into: target)
        case .url(let path):
            guard let value = path.isLink ? Self.link(in: view) : path.nextValue(in: view) else { return missing(path) }
            guard let text = value.string else { return .stop(.unusable("`\(path.text)` is not text")) }
            return url(text, at: path, from: view.exchange.request.url)
        }
    }

    /// Without a value, the list ends, unless the response says that there are more pages.
    private func missing(_ path: ItemPath) -> Move {
        guard let condition = paging.condition else { return .end }
        let reason = "`\(condition.text)` says that there are more pages, but `\(path.text)` has no value"
        return .stop(.unusable(reason))
    }

    private static func link(in view: ExchangeView) -> JSONValue? {
        LinkHeader.target("next", in: view.exchange.response?.header("link") ?? []).map { .string($0) }
    }

    /// The target of a link. Another origin must not receive the credentials of this one.
    private func url(_ text: String, at path: ItemPath, from request: String) -> Move {
        guard let reference = URIReference(url: text), let base = URIReference(url: request),
            let own = URLOrigin(base), let origin = URLOrigin(reference.resolved(against: base))
        else { return .stop(.unusable("`\(path.text)` is not a valid URL")) }
        guard own == origin else { return .stop(.unusable("`\(path.text)` leads to another origin, \(origin)")) }
        return .url(reference.resolved(against: base).text)
    }
}

extension Paging.Condition {
    /// Whether the response says that there is a next page.
    func isMet(in view: ExchangeView) -> Bool {
        let isTrue =
            switch path.select(in: view) {
            case .absent: false
            case .one(let value, _): value.isTruthy
            case .many(let selected, _): selected.contains { $0.value?.isTruthy ?? false }
            }
        return isTrue != isNegated
    }
}

extension JSONValue {
    /// Whether the value is neither null, false, 0, nor empty. Values of headers are text.
    fileprivate var isTruthy: Bool {
        switch self {
        case .null: false
        case .boolean(let value): value
        case .number(let number): number != JSONNumber(0)
        case .string(let text): !["", "0", "false"].contains(text.lowercasedASCII)
        case .array(let elements): !elements.isEmpty
        case .object(let object): !object.isEmpty
        }
    }
}

extension ItemPath {
    /// Whether the path is the `link` header, whose value is a list of links.
    var isLink: Bool {
        guard case .header(let name) = root, segments.isEmpty, !isRequest else { return false }
        return name.lowercasedASCII.isSame(as: "link")
    }

    /// The value for the next request: the last one that the path selects; `nil` if it is absent, null or empty.
    fileprivate func nextValue(in view: ExchangeView) -> JSONValue? {
        let value: JSONValue? =
            switch select(in: view) {
            case .absent: nil
            case .one(let value, _): value
            case .many(let selected, _): selected.last?.value
            }
        guard let value, !value.isNull, value.string?.isEmpty != true else { return nil }
        return value
    }
}

extension Credentials {
    /// A URL of the same origin with the keys that are sent in the query. Links to the next page rarely repeat them.
    package func completing(_ url: String) -> String {
        let query = URIReference(url).query ?? ""
        let missing = members.compactMap { member -> String? in
            switch member.scheme.kind {
            case .apiKey(let name, .query), .apiKey(let name, .querystring):
                guard QueryPairs.values(of: name, in: query).isEmpty else { return nil }
                return "\(AddressText.component(name))=\(AddressText.component(member.value))"
            default: return nil
            }
        }
        guard !missing.isEmpty else { return url }
        let separator = query.isEmpty ? (url.utf8.last == UInt8(ascii: "?") ? "" : "?") : "&"
        return url + separator + missing.joined(separator: "&")
    }
}

extension Step {
    /// The step as it is sent for the next page: a value takes the place of the items with the same path.
    ///
    /// - Parameter value: The value of the next page; it is sent as it was received.
    public func setting(_ value: JSONValue, at path: ItemPath) -> Step {
        let item = Item(
            path: path, op: .literal, value: .json(value), location: location, column: "opts", text: path.text,
            place: 0)
        let set = request.set.filter { $0.path != path } + [item]
        return with(request: StepRequest(auth: request.auth, body: request.body, set: set))
    }

    /// The positions of the attempts that end a page: each 2xx response before another attempt, and the last attempt.
    /// Without `pages`, only the last attempt.
    public func pageEnds(_ attempts: [Exchange]) -> [Int] {
        guard let last = attempts.indices.last else { return [] }
        guard options.paging != nil else { return [last] }
        return attempts.indices.dropLast().filter { index in
            attempts[index + 1].hop == 0 && PageWalk.canContinue(after: attempts[index])
        } + [last]
    }
}
