public import Exchanges
public import JSONDocument
public import OpenAPI

/// A request with all its values, ready to be sent and to be judged.
public struct BuiltRequest: Sendable {
    /// What is sent.
    public var message: RequestMessage
    /// The body as a value; `nil` when there is none, or when it is the bytes of an earlier step.
    public var body: JSONValue?
    /// The parameters of the operation that were given a value, in the order of the contract.
    public var parameters: [(parameter: Parameter, value: JSONValue)]
    /// The path below the base URL's, percent-encoded.
    public var path: String
    /// The texts that stand for the expressions of the path template, percent-encoded.
    public var pathValues: [(name: String, text: String)]

    /// The request as contracts look at it.
    public var wire: WireRequest {
        WireRequest(
            method: message.method,
            path: path,
            query: message.query,
            headers: message.headers.map { ($0.name, $0.value) },
            body: message.body
        )
    }
}

extension WireRequest {
    /// A sent request as contracts look at it.
    ///
    /// - Parameters:
    ///   - message: The request.
    ///   - baseURL: The address below which the contract's paths begin; its own path is taken off.
    public init(_ message: RequestMessage, baseURL: String) {
        var base = RequestMessage(method: "GET", url: baseURL).path
        while base.utf8.last == UInt8(ascii: "/") { base.removeLast() }
        var path = message.path
        if path.utf8.starts(with: base.utf8) {
            let rest = String(decoding: path.utf8.dropFirst(base.utf8.count), as: UTF8.self)
            if rest.isEmpty { path = "/" } else if rest.utf8.first == UInt8(ascii: "/") { path = rest }
        }
        self.init(
            method: message.method,
            path: path,
            query: message.query,
            headers: message.headers.map { ($0.name, $0.value) },
            body: message.body
        )
    }
}
