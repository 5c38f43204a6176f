/// One entry of `promises` or `money` in `assay.yaml`, which may apply to no exchange of a run.
public enum PromiseEntry: Sendable, Hashable {
    /// `promises.idempotency`: it applies if a request repeats a key.
    case idempotency
    /// `promises.rate-limit`: it applies to responses with one of its headers, and to those with status 429.
    case rateLimit
    /// An entry of `promises.echo`, by its request header: it applies if that header is sent.
    case echo(String)
    /// An entry of `promises.resources`, by its name: it applies to responses about such a resource.
    case resource(String)
    /// A group of `money`, by its name: it applies if one of its amounts was judged.
    case money(String)
    /// `one-effect` of a resource, by its name: it applies to bursts of its operations.
    case oneEffect(String)

    /// The keys that lead to the entry from the root of the configuration.
    public var place: [String] {
        switch self {
        case .idempotency: ["promises", "idempotency"]
        case .rateLimit: ["promises", "rate-limit"]
        case .echo(let header): ["promises", "echo", header]
        case .resource(let name): ["promises", "resources", name]
        case .money(let name): ["money", name]
        case .oneEffect(let name): ["promises", "resources", name, "one-effect"]
        }
    }

    /// The entry as users write it, without `promises`: `echo.x-request-id`.
    public var name: String { place.drop { $0 == "promises" }.joined(separator: ".") }

    /// The reason why the entry applied to no exchange, as a clause.
    public var absence: String {
        switch self {
        case .idempotency: "no request repeated a key"
        case .rateLimit: "no response had one of its headers"
        case .echo(let header): "no request sent '\(header)' and received a response that must return it"
        case .resource: "no response was about such a resource"
        case .money: "no response contained one of its amounts with a currency or a sum"
        case .oneEffect: "no row with `burst` called one of its operations"
        }
    }
}

extension Promises {
    /// All entries.
    public var entries: [PromiseEntry] {
        (idempotency == nil ? [] : [.idempotency]) + (rateLimit == nil ? [] : [.rateLimit])
            + echoes.map { .echo($0.request) } + resources.map { .resource($0.name) }
            + money.map { .money($0.name) }
            + resources.filter { $0.oneEffect != nil }.map { .oneEffect($0.name) }
    }
}
