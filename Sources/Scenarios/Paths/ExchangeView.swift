public import Exchanges
public import JSONDocument
public import OpenAPI
internal import Synchronization

/// An exchange as read by paths: its bodies are parsed once, and its headers are typed by the contract.
public final class ExchangeView: Sendable {
    /// The request and its outcome.
    public let exchange: Exchange
    /// The called operation; `nil` if the contract has none.
    public let operation: Operation?
    /// The body that the target sent, in its response or as a delivery; `nil` if it is not JSON.
    public let body: JSONDocument?
    /// Names that the step gave to values: `{{step.name}}` means `{{step.path}}`.
    public let saves: [String: ItemPath]

    /// The parsed body of the request, once it has been used.
    private let parsedRequest = Mutex<JSONDocument??>(nil)

    /// Creates a view of `exchange`, whose response has the body `body`.
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

    /// Creates a view of `exchange` and parses the body of its response, regardless of its media type.
    public static func parsing(
        _ exchange: Exchange,
        operation: Operation?,
        saves: [String: ItemPath] = [:]
    ) -> ExchangeView {
        var body: JSONDocument?
        if let response = exchange.received, response.cut == nil, !response.body.isEmpty {
            body = try? JSONDocument(parsing: response.body)
        }
        return ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// Creates a view of an exchange of `step`, with the names that the step gave to values.
    public static func parsing(_ exchange: Exchange, of step: Step) -> ExchangeView {
        let saves = Dictionary(step.saves.map { ($0.name, $0.path) }, uniquingKeysWith: { _, last in last })
        return parsing(exchange, operation: step.call.operation, saves: saves)
    }

    /// The same exchange with another response body, decoded according to its media type.
    public func reading(_ body: JSONDocument?) -> ExchangeView {
        ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// The same response with the first request of the step, if redirects led to the response.
    public func asked(by request: RequestMessage) -> ExchangeView {
        var exchange = exchange
        exchange.request = request
        return ExchangeView(exchange, operation: operation, body: body, saves: saves)
    }

    /// The body of the request; `nil` if there is none or it is not JSON.
    public var requestBody: JSONDocument? {
        guard let bytes = exchange.request.body, exchange.request.cut == nil, !bytes.isEmpty else { return nil }
        return parsedRequest.withLock { parsed in
            if let parsed { return parsed }
            let body = try? JSONDocument(parsing: bytes)
            parsed = .some(body)
            return body
        }
    }

    /// The value of `{{step.path}}`: a saved name first, then the path. `[*]` gives an array.
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
