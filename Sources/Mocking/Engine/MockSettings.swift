import Exchanges
public import OpenAPI
public import Primitives

/// One contract that a mock serves, and what it does beyond it.
public struct MockVersion: Sendable {
    /// The contract.
    public var contract: Contract
    /// State and errors; `nil` responds from the contract alone.
    public var behaviour: Behaviour?
    /// Values made from the contract; they are the same in every mock with the same seed.
    let memory = ValueMemory()

    /// Serves `contract`.
    public init(contract: Contract, behaviour: Behaviour? = nil) {
        self.contract = contract
        self.behaviour = behaviour
    }
}

/// How a mock is run.
public struct MockSettings: Sendable {
    /// The address to listen on; other machines cannot reach the default.
    public var host: String
    /// The port to listen on; 0 takes any free one.
    public var port: Int
    /// Decides every generated token: the same seed and the same requests give the same responses.
    public var seed: String
    /// Accepted values by security scheme; for other schemes any value is accepted.
    public var credentials: [String: Set<String>]
    /// The clock.
    public var now: @Sendable () -> Instant
    /// Bounds on what clients may send.
    public var limits: ServerLimits
    /// The rules that are broken on purpose; in each response the first that can be.
    public var breaches: [Breach] = []
    /// What happens to responses on their way; for servers only.
    public var disturbances = DisturbanceSettings()
    /// Whether pages of other origins may read responses (CORS).
    public var isOpenToOrigins = false
    /// Whether any well-formed credentials are accepted, whatever ``credentials`` says.
    public var acceptsAnyCredentials = false
    /// Receives each request after its response; for servers only.
    public var log: (@Sendable (MockLogEntry) -> Void)?

    /// Settings for a mock on this machine.
    public init(
        host: String = "127.0.0.1",
        port: Int = 0,
        seed: String = "assay",
        credentials: [String: Set<String>] = [:],
        now: @escaping @Sendable () -> Instant = { Instant.now },
        limits: ServerLimits = ServerLimits()
    ) {
        self.host = host
        self.port = port
        self.seed = seed
        self.credentials = credentials
        self.now = now
        self.limits = limits
    }
}

/// A request that a mock has responded to.
public struct MockLogEntry: Sendable, Hashable {
    /// The method of the request.
    public let method: String
    /// The path of the request, percent-encoded. Its query is left out: it may contain a key.
    public let path: String
    /// The operation that was called, by name; `nil` when the contracts have none for the request.
    public let operation: String?
    /// The status of the response.
    public let status: Int
    /// Why the request was rejected; `nil` when it was not.
    public let reason: String?

    /// An entry of the server's log.
    package init(method: String, path: String, operation: String?, status: Int, reason: String?) {
        self.method = method
        self.path = path
        self.operation = operation
        self.status = status
        self.reason = reason
    }
}

/// Bounds on what clients of a mock may send.
public struct ServerLimits: Sendable {
    /// Bytes of all header lines of a request.
    public var headerBytes = 64 * 1_024
    /// Bytes of a request's body.
    public var bodyBytes = 4 * 1_024 * 1_024
    /// How long a connection may be silent, and how long a request may take to arrive.
    public var idleTime = Duration.seconds(60)
    /// How long the rest of a rejected request may still arrive.
    public var lingerTime = Duration.seconds(5)
    /// Connections at one time; more are closed at once.
    public var connections = 1_024
    /// How long responses may still be sent once the server stops.
    public var stopTime = Duration.seconds(5)

    /// The usual bounds.
    public init() {}
}
