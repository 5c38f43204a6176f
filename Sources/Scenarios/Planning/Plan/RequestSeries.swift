internal import Exchanges
internal import Primitives

/// How a step consists of several requests, or is sent at once with another step.
public enum RequestSeries: Sendable, Hashable {
    /// One request for each page of a list: `pages=`.
    case pages(Paging)
    /// Several requests at once: `burst=`.
    case burst(Burst)
    /// One request, at once with that of another step: `race=`.
    case race(Race)
}

/// The same request several times at once, over as many connections.
public struct Burst: Sendable, Hashable {
    /// The permitted numbers of requests.
    public static let counts = 2...64

    /// The number of requests.
    public var count: Int
    /// Whether each request has an idempotency key of its own: `burst=5/keys`.
    public var hasKeys: Bool
    /// The header with the key that differs between the requests; `nil` if they are equal.
    public var keyHeader: String?
    /// The response header that marks replays; `nil` if there is none.
    public var replayed: IdempotencyPromise.Flag?

    /// Creates a burst of `count` requests.
    public init(count: Int, hasKeys: Bool = false) {
        self.count = count
        self.hasKeys = hasKeys
    }
}

/// One of the two steps whose requests are sent at once.
public struct Race: Sendable, Hashable {
    /// The name of the other step.
    public var other: String
    /// Whether the row is the second of the two, which has the option.
    public var isSecond: Bool

    /// Creates a race with the step `other`.
    public init(with other: String, isSecond: Bool) {
        self.other = other
        self.isSecond = isSecond
    }
}

extension StepOptions {
    /// How the step is sent again for each page of a list.
    public var paging: Paging? {
        get { if case .pages(let paging)? = series { paging } else { nil } }
        set { series = newValue.map { .pages($0) } }
    }

    /// How the request is sent several times at once.
    public var burst: Burst? { if case .burst(let burst)? = series { burst } else { nil } }

    /// The race that the step takes part in.
    public var race: Race? { if case .race(let race)? = series { race } else { nil } }
}
