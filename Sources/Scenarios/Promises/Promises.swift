/// The behaviour that an API promises beyond its document.
///
/// No API is built in: header names, values and members all come from the configuration.
public struct Promises: Sendable, Equatable {
    /// How requests are made safe to repeat.
    public var idempotency: IdempotencyPromise?
    /// How requests are counted and limited.
    public var rateLimit: RateLimitPromise?
    /// Request headers that the response repeats.
    public var echoes: [EchoPromise]
    /// Resources that are created, stored and read back.
    public var resources: [ResourcePromise]
    /// The members of bodies that are amounts, from the section `money`.
    package var money: [MoneyGroup] = []

    /// Creates promises; by default none.
    public init(
        idempotency: IdempotencyPromise? = nil, rateLimit: RateLimitPromise? = nil, echoes: [EchoPromise] = [],
        resources: [ResourcePromise] = []
    ) {
        self.idempotency = idempotency
        self.rateLimit = rateLimit
        self.echoes = echoes
        self.resources = resources
    }
}

/// Requests with the same key and content receive the same response as the first one.
public struct IdempotencyPromise: Sendable, Equatable {
    /// The request header with the key.
    public var header: String
    /// The methods that support keys, in upper case.
    public var methods: [String]
    /// The response header that repeats the key; `nil` if there is none.
    public var echo: String?
    /// The response header that marks replays; `nil` if there is none.
    public var replayed: Flag?
    /// The statuses for a key that is reused with another request; empty if nothing is promised.
    public var conflicts: [Int]
    /// Whether every operation has separate keys.
    public var isPerOperation: Bool

    /// A header that distinguishes replays from first responses.
    public struct Flag: Sendable, Hashable {
        /// Its name.
        public var header: String
        /// Its value in a first response.
        public var first: String
        /// Its value in a replay.
        public var again: String

        /// Creates a header with two values.
        public init(header: String, first: String = "false", again: String = "true") {
            self.header = header
            self.first = first
            self.again = again
        }
    }

    /// Creates a promise for keys in `header`.
    public init(
        header: String, methods: [String] = ["POST", "PATCH"], echo: String? = nil, replayed: Flag? = nil,
        conflicts: [Int] = [], isPerOperation: Bool = true
    ) {
        self.header = header
        self.methods = methods
        self.echo = echo
        self.replayed = replayed
        self.conflicts = conflicts
        self.isPerOperation = isPerOperation
    }
}

/// Response headers that show the number of remaining calls.
public struct RateLimitPromise: Sendable, Equatable {
    /// The header with the number of calls per window.
    public var limit: String?
    /// The header with the number of remaining calls.
    public var remaining: String?
    /// The header with the number of seconds to wait: 0 while calls remain.
    public var retry: String?
    /// The length of the window.
    public var window: Duration

    /// Creates a promise for headers with these names.
    public init(
        limit: String? = nil, remaining: String? = nil, retry: String? = nil, window: Duration = .seconds(60)
    ) {
        self.limit = limit
        self.remaining = remaining
        self.retry = retry
        self.window = window
    }
}

/// A request header whose value is repeated in a response header.
public struct EchoPromise: Sendable, Equatable {
    /// The request header.
    public var request: String
    /// The response header.
    public var response: String
    /// Whether only 2xx responses are promised to contain it.
    public var isOfSuccess: Bool

    /// Creates a promise that `request` is repeated in `response`.
    public init(request: String, response: String, isOfSuccess: Bool = false) {
        self.request = request
        self.response = response
        self.isOfSuccess = isOfSuccess
    }
}

/// A kind of resource that requests create and that changes only through requests.
public struct ResourcePromise: Sendable, Equatable {
    /// Its name for users.
    public var name: String
    /// The body member and path parameter that identify a resource.
    public var id: String
    /// The operations that create a resource, by name.
    public var create: [String]
    /// The operations whose response contains a resource, including those that change it.
    public var fetch: [String]
    /// Members that never change again after reaching one of these values.
    public var final: [Final]
    /// Whether members of the creation request have the same values in responses.
    public var isCarried: Bool
    /// Paths that may change or differ at any time.
    public var except: [ItemPath]
    /// Whether equal requests at once have one effect; `nil` if nothing is promised.
    public var oneEffect: OneEffectPromise?

    /// A member and its final values.
    public struct Final: Sendable, Equatable {
        /// The member.
        public var member: String
        /// The values that never change once reached.
        public var values: [String]

        /// Creates a rule for `member` and its final `values`.
        public init(member: String, values: [String]) {
            self.member = member
            self.values = values
        }
    }

    /// Creates a promise for a resource with that name.
    public init(
        name: String, id: String, create: [String] = [], fetch: [String] = [], final: [Final] = [],
        isCarried: Bool = false, except: [ItemPath] = [], oneEffect: OneEffectPromise? = nil
    ) {
        self.oneEffect = oneEffect
        self.name = name
        self.id = id
        self.create = create
        self.fetch = fetch
        self.final = final
        self.isCarried = isCarried
        self.except = except
    }
}
