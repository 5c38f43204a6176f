public import Exchanges
public import JSONDocument
public import OpenAPI
internal import Synchronization

/// An exchange as paths look at it: its bodies parsed once, its headers typed by the contract.
public final class ExchangeView: Sendable {
    /// What was sent and received.
    public let exchange: Exchange
    /// The operation that was called; `nil` where the contract has none.
    public let operation: Operation?
    /// The body of the response; `nil` when it is no JSON.
    public let body: JSONDocument?
    /// Names that the step gave to values: `{{step.name}}` stands for `{{step.path}}`.
    public let saves: [String: ItemPath]

    /// The body of the request once it was asked for.
    private let parsedRequest = Mutex<JSONDocument??>(nil)

    /// Looks at `exchange`, the body of whose response is `body`.
    public init(
        _ exchange: Exchange,
        operation: Operation?,
        body: JSONDocument?,
        saves: [String: ItemPath] = [:]
    ) {
        self.exchange = exchange
        self.operation = operation
        self.body = body
        self.saves = saves
    }

    /// Looks at `exchange` and parses the body of its response, whatever its media type says.
    public static func parsing(
        _ exchange: Exchange,
        operation: Operation?,
        saves: [String: ItemPath] = [:]
    ) -> ExchangeView {
        var body: JSONDocument?
        if let response = exchange.response, response.cut == nil, !response.body.isEmpty {
            body = try? JSONDocument(parsing: response.body)
        }
        return ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// Looks at an exchange of `step`, with the names that the step gave to values.
    public static func parsing(_ exchange: Exchange, of step: Step) -> ExchangeView {
        let saves = Dictionary(step.saves.map { ($0.name, $0.path) }, uniquingKeysWith: { _, last in last })
        return parsing(exchange, operation: step.call.operation, saves: saves)
    }

    /// The same exchange with another body of the response: what its media type makes of the bytes.
    public func reading(_ body: JSONDocument?) -> ExchangeView {
        ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// The same answer to the request with which a step began, where redirects led to it.
    public func asked(by request: RequestMessage) -> ExchangeView {
        var exchange = exchange
        exchange.request = request
        return ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// The body of the request; `nil` when there is none or it is no JSON.
    public var requestBody: JSONDocument? {
        guard let bytes = exchange.request.body, exchange.request.cut == nil, !bytes.isEmpty else { return nil }
        return parsedRequest.withLock { parsed in
            if let parsed { return parsed }
            let body = try? JSONDocument(parsing: bytes)
            parsed = .some(body)
            return body
        }
    }

    /// The value that `{{step.path}}` stands for: a saved name first, then the path. `[*]` gives an array.
    func value(at path: ItemPath) -> JSONValue? {
        var path = path
        if path.isBare, case .name(let name)? = path.segments.first, let saved = saves[name] {
            path = ItemPath(saved.root, saved.segments + path.segments.dropFirst(), isRequest: saved.isRequest)
        }
        switch path.select(in: self) {
        case .one(let value, _): return value
        case .many(let selected, _): return .array(selected.compactMap(\.value))
        case .absent: return nil
        }
    }
}
