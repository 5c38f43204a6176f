/// How a step is executed: the words of its `opts` cell.
public struct StepOptions: Sendable, Hashable {
    /// Repetition of a step until its checks pass, with a time limit.
    public struct Poll: Sendable, Hashable {
        /// The maximum total time.
        public var limit: Duration
        /// The time between two attempts.
        public var interval: Duration

        /// Creates a repetition every `interval` until `limit`.
        public init(limit: Duration, interval: Duration) {
            self.limit = limit
            self.interval = interval
        }
    }

    /// Repetition after transport failures and the statuses 429, 502, 503 and 504.
    public struct Retry: Sendable, Hashable {
        /// The maximum number of further attempts, at least 1.
        public var count: Int
        /// The time before each attempt, unless the response requires a longer one.
        public var interval: Duration

        /// Creates a repetition with up to `count` further attempts.
        public init(count: Int, interval: Duration) {
            self.count = count
            self.interval = interval
        }
    }

    /// Whether the request violates the contract on purpose.
    public var isInvalid = false
    /// When the step runs.
    public var phase = Phase.main
    /// Whether the step is skipped.
    public var isSkipped = false
    /// Whether the step runs only against the mock.
    public var mockOnly = false
    /// Whether the step runs only against live targets.
    public var liveOnly = false
    /// The maximum time of the whole exchange; `nil` is the target's.
    public var timeout: Duration?
    /// Repetition until status and checks pass.
    public var poll: Poll?
    /// Repetition after temporary failures.
    public var retry: Retry?
    /// The maximum number of redirects to follow, at least 1; `nil` if 3xx responses are judged themselves.
    public var follow: Int?
    /// How often the row is sent, each time as a step of its own, at least 1.
    public var repetitions = 1
    /// How the step consists of several requests, or is sent at once with another step.
    public var series: RequestSeries?

    /// The part of a scenario in which a step runs.
    public enum Phase: Sendable, Hashable {
        /// Before the other steps; if it fails, the rest is skipped.
        case setup
        /// In the order of the rows.
        case main
        /// After the other steps, whatever their result, last row first.
        case teardown
    }

    /// Whether the step is part of the setup.
    public var isSetup: Bool {
        get { phase == .setup }
        set { if newValue { phase = .setup } else if isSetup { phase = .main } }
    }

    /// Whether the step is part of the teardown.
    public var isTeardown: Bool {
        get { phase == .teardown }
        set { if newValue { phase = .teardown } else if isTeardown { phase = .main } }
    }

    /// A step without options.
    public init() {}

    /// Removes the options about requests and responses, for steps that happen once and have no response to check.
    mutating func removeRequestOptions() {
        isInvalid = false
        poll = nil
        retry = nil
        follow = nil
    }
}
