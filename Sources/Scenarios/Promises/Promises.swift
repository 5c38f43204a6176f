/// What an API promises about its behaviour beyond its document, by the names that it uses for it.
///
/// Nothing is known of any API here: header names, flags and members all come from the configuration.
public struct Promises: Sendable, Equatable {
    /// How calls are made safe to repeat.
    public var idempotency: IdempotencyPromise?
    /// How calls are counted and limited.
    public var rateLimit: RateLimitPromise?
    /// Request headers that come back.
    public var echoes: [EchoPromise]
    /// Things that are made, kept and fetched back.
    public var resources: [ResourcePromise]

    /// Promises nothing unless told.
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

/// Calls with the same key and the same request are answered as the first of them was.
public struct IdempotencyPromise: Sendable, Equatable {
    /// The request header with the key.
    public var header: String
    /// The methods that keys work for, in upper case.
    public var methods: [String]
    /// The response header that repeats the key; `nil` where none does.
    public var echo: String?
    /// The response header that tells replays; `nil` where none does.
    public var replayed: Flag?
    /// The statuses of a key that is used again with another request; empty when nothing is promised of it.
    public var conflicts: [Int]
    /// Whether every operation has keys of its own.
    public var isPerOperation: Bool

    /// The header that tells replays from first answers.
    public struct Flag: Sendable, Equatable {
        /// Its name.
        public var header: String
        /// Its value on a first answer.
        public var first: String
        /// Its value on a replay.
        public var again: String

        /// A header with two values.
        public init(header: String, first: String = "false", again: String = "true") {
            self.header = header
            self.first = first
            self.again = again
        }
    }

    /// A promise about the keys in `header`.
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

/// Response headers that tell how many calls are left.
public struct RateLimitPromise: Sendable, Equatable {
    /// The header with the number of calls in a window.
    public var limit: String?
    /// The header with the number of calls that are left.
    public var remaining: String?
    /// The header with the seconds to wait: 0 while calls are left.
    public var retry: String?
    /// How long calls count.
    public var window: Duration

    /// A promise about the headers of these names.
    public init(
        limit: String? = nil, remaining: String? = nil, retry: String? = nil, window: Duration = .seconds(60)
    ) {
        self.limit = limit
        self.remaining = remaining
        self.retry = retry
        self.window = window
    }
}

/// A request header whose value comes back in a response header.
public struct EchoPromise: Sendable, Equatable {
    /// The request header.
    public var request: String
    /// The response header.
    public var response: String
    /// Whether only answers of 2xx are promised to carry it.
    public var isOfSuccess: Bool

    /// `request` comes back as `response`.
    public init(request: String, response: String, isOfSuccess: Bool = false) {
        self.request = request
        self.response = response
        self.isOfSuccess = isOfSuccess
    }
}

/// A kind of thing that calls make, and that stays what it is until a call changes it.
public struct ResourcePromise: Sendable, Equatable {
    /// What users call it.
    public var name: String
    /// The member of bodies, and the path parameter, that identify one.
    public var id: String
    /// The operations that make one, by name.
    public var create: [String]
    /// The operations whose answer shows one, those that change it among them.
    public var fetch: [String]
    /// Members that never change again once they have one of these values.
    public var final: [Final]
    /// Whether what was asked for when it was made comes back in the members of the same names.
    public var isCarried: Bool
    /// Paths that may change or differ at any time.
    public var except: [ItemPath]

    /// A member and the values that it keeps.
    public struct Final: Sendable, Equatable {
        /// The member.
        public var member: String
        /// The values that it keeps once it has them.
        public var values: [String]

        /// `member` keeps `values`.
        public init(member: String, values: [String]) {
            self.member = member
            self.values = values
        }
    }

    /// A resource of that name.
    public init(
        name: String, id: String, create: [String] = [], fetch: [String] = [], final: [Final] = [],
        isCarried: Bool = false, except: [ItemPath] = []
    ) {
        self.name = name
        self.id = id
        self.create = create
        self.fetch = fetch
        self.final = final
        self.isCarried = isCarried
        self.except = except
    }
}
