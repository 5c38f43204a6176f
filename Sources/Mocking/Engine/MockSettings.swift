import Exchanges
package import OpenAPI
package import Primitives

/// A contract that a mock serves, with its behaviour.
package struct MockVersion: Sendable {
    /// The contract.
    package var contract: Contract
    /// State and errors; without it, responses come from the contract alone.
    package var behaviour: Behaviour?
    /// How its callbacks and webhooks are sent.
    package var deliveries = DeliverySettings()
    /// Values generated from the contract. They are the same in every mock with the same seed.
    let memory = ValueMemory()

    /// Serves `contract`.
    package init(contract: Contract, behaviour: Behaviour? = nil) {
        self.contract = contract
        self.behaviour = behaviour
    }
}

/// The settings of a mock.
package struct MockSettings: Sendable {
    /// The address to listen on. Other machines cannot reach the default address.
    package var host: String
    /// The port to listen on; 0 selects a free port.
    package var port: Int
    /// The seed of every generated token: the same seed and the same requests produce the same responses.
    package var seed: String
    /// Accepted values by security scheme; for other schemes any value is accepted.
    package var credentials: [String: Set<String>]
    /// The clock.
    package var now: @Sendable () -> Instant
    /// The bounds on requests of clients.
    package var limits: ServerLimits
    /// The rules that are broken on purpose. Each response breaks the first rule that is possible in it.
    package var contractFaults: [ContractFault] = []
    /// The disturbances of responses during transport; for servers only.
    package var disturbances = DisturbanceSettings()
    /// Whether pages of other origins can read responses (CORS).
    package var isOpenToOrigins = false
    /// Whether any well-formed credentials are accepted, regardless of ``credentials``.
    package var acceptsAnyCredentials = false
    /// Receives each request after its response; for servers only.
    package var log: (@Sendable (MockLogEntry) -> Void)?

    /// Settings for a mock on this machine.
    package init(
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
package struct MockLogEntry: Sendable, Hashable {
    /// The method of the request.
    package let method: String
    /// The path of the request, percent-encoded. The query is left out because it may contain a key.
    package let path: String
    /// The operation that was called, by name; `nil` when no contract has an operation for the request.
    package let operation: String?
    /// The status of the response.
    package let status: Int
    /// The reason why the request was rejected; `nil` for accepted requests.
    package let reason: String?

    /// An entry of the server's log.
    package init(method: String, path: String, operation: String?, status: Int, reason: String?) {
        self.method = method
        self.path = path
        self.operation = operation
        self.status = status
        self.reason = reason
    }
}

/// The bounds on requests of a mock's clients.
package struct ServerLimits: Sendable {
    /// Bytes of all header lines of a request.
    package var headerBytes = 64 * 1_024
    /// Bytes of a request's body.
    package var bodyBytes = 4 * 1_024 * 1_024
    /// The longest time that a connection can be idle, and the longest time for a request to arrive.
    package var idleTime = Duration.seconds(60)
    /// The longest time for the rest of a rejected request to arrive.
    package var lingerTime = Duration.seconds(5)
    /// The most simultaneous connections; further ones are closed immediately.
    package var connections = 1_024
    /// The longest time for sending responses when the server stops.
    package var stopTime = Duration.seconds(5)

    /// The default bounds.
    package init() {}
}
