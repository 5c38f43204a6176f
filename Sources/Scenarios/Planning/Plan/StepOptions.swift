/// How a step is run: the words of its `opts` cell.
public struct StepOptions: Sendable, Hashable {
    /// Repetition with a bound.
    public struct Polling: Sendable, Hashable {
        /// How long to go on at most.
        public var limit: Duration
        /// How long to wait between two tries.
        public var interval: Duration

        /// Tries again every `interval` until `limit`.
        public init(limit: Duration, interval: Duration) {
            self.limit = limit
            self.interval = interval
        }
    }

    /// Repetition after transport faults and 429, 502, 503 and 504.
    public struct Retrying: Sendable, Hashable {
        /// How many more tries at most, from 1.
        public var count: Int
        /// How long to wait before each, unless the response says longer.
        public var interval: Duration

        /// Tries up to `count` more times.
        public init(count: Int, interval: Duration) {
            self.count = count
            self.interval = interval
        }
    }

    /// The request breaks the contract on purpose.
    public var isInvalid = false
    /// Runs before the other steps; when it fails, the rest is not run.
    public var isSetup = false
    /// Runs after the other steps, whatever became of them, last row first.
    public var isTeardown = false
    /// Is not run.
    public var isSkipped = false
    /// Runs against the mock only.
    public var mockOnly = false
    /// Runs against live targets only.
    public var liveOnly = false
    /// The longest the whole exchange may take; `nil` is the target's.
    public var timeout: Duration?
    /// Until status and checks hold.
    public var poll: Polling?
    /// After faults that are nobody's answer.
    public var retry: Retrying?
    /// How many redirects are followed at most, from 1; `nil` when an answer of 3xx stands as it is.
    public var follow: Int?

    /// A step without options.
    public init() {}
}
