public import Diagnostics
public import Exchanges
public import Primitives

/// The traffic of one file: what an HTTP Archive contains of requests and responses.
public struct Recording: Sendable, Hashable {
    /// The file, as messages name it.
    public var path: String
    /// Which scenario of which run was recorded; `nil` for a file of another tool.
    public var origin: RecordingOrigin?
    /// The exchanges in the order of the file.
    public var entries: [RecordedExchange]

    /// A recording of `entries`.
    public init(path: String, origin: RecordingOrigin? = nil, entries: [RecordedExchange]) {
        self.path = path
        self.origin = origin
        self.entries = entries
    }
}

/// One exchange of a recording.
public struct RecordedExchange: Sendable, Hashable {
    /// What was sent.
    public var request: RequestMessage
    /// What was received, or why nothing was.
    public var outcome: ExchangeOutcome
    /// When sending began.
    public var startedAt: Instant
    /// How long it took to the last byte.
    public var duration: Duration
    /// The step that sent it; `nil` in a file of another tool.
    public var step: RecordedStep?
    /// Where the entry begins in its file.
    public var location: SourceLocation
    /// What a file of another tool does not contain of the exchange.
    public var gaps: RecordingGaps = []
    /// Why the entry says nothing about the server, such as a response that the browser made up; `nil` where it does.
    public var unjudged: String?

    /// An exchange of a recording.
    public init(
        request: RequestMessage, outcome: ExchangeOutcome, startedAt: Instant, duration: Duration = .zero,
        step: RecordedStep? = nil, location: SourceLocation
    ) {
        self.request = request
        self.outcome = outcome
        self.startedAt = startedAt
        self.duration = duration
        self.step = step
        self.location = location
    }
}

/// What an entry of another tool does not contain. What was not recorded is not missing in the exchange.
public struct RecordingGaps: OptionSet, Sendable, Hashable {
    /// The bits.
    public let rawValue: Int

    /// A set of these bits.
    public init(rawValue: Int) { self.rawValue = rawValue }

    /// The header lines of the request were not recorded.
    public static let requestHeaders = RecordingGaps(rawValue: 1)
    /// The header lines of the response were not recorded.
    public static let responseHeaders = RecordingGaps(rawValue: 2)
    /// The response was in the client's cache, so that status 304 says nothing but that it may be used.
    public static let cached = RecordingGaps(rawValue: 4)
}

/// Which step of a scenario sent a recorded request.
public struct RecordedStep: Sendable, Hashable {
    /// The step's name, expanded.
    public var name: String
    /// Which try of the step this is, from 1.
    public var attempt: Int
    /// How many redirects of this try led to it.
    public var hop: Int
    /// The operation that was called; `nil` where the contract has none of that method and path.
    public var operation: String?
    /// The name of the contract that the exchange is judged by.
    public var contract: String

    /// Names a step's exchange.
    public init(name: String, attempt: Int = 1, hop: Int = 0, operation: String?, contract: String) {
        self.name = name
        self.attempt = attempt
        self.hop = hop
        self.operation = operation
        self.contract = contract
    }
}

/// The run that a scenario was recorded in: all that is needed to send the same requests again.
public struct RecordingOrigin: Sendable, Hashable {
    /// The scenario's identity: its name, or `name[case]`.
    public var scenario: String
    /// What its generated values derive from, and what `{{now}}` is.
    public var values: JournalOrigin
    /// The target's name in the configuration.
    public var target: String
    /// Whether the target was the mock, which decides which rows were skipped.
    public var isMock: Bool
    /// The base URL that paths are appended to.
    public var baseURL: String
    /// The contracts that the scenario was judged by.
    public var contracts: [JournalHeader.ContractReference]
    /// The steps for which nothing was sent.
    public var notRun: [NotRun]

    /// Describes a recorded scenario.
    public init(
        scenario: String, values: JournalOrigin, target: String, isMock: Bool, baseURL: String,
        contracts: [JournalHeader.ContractReference], notRun: [NotRun] = []
    ) {
        self.scenario = scenario
        self.values = values
        self.target = target
        self.isMock = isMock
        self.baseURL = baseURL
        self.contracts = contracts
        self.notRun = notRun
    }
}
