public import Exchanges
public import JSONDocument
public import OpenAPI

/// A request with all its values, ready to be sent and judged.
public struct BuiltRequest: Sendable {
    /// The request to send.
    public var message: RequestMessage
    /// The body as a value; `nil` if there is none, or if it consists of the bytes of an earlier step.
    public var body: JSONValue?
    /// The operation's parameters that have a value, in the order of the contract.
    public var parameters: [(parameter: Parameter, value: JSONValue)]
    /// The path below the base URL, percent-encoded.
    public var path: String
    /// The texts for the expressions of the path template, percent-encoded.
    public var pathValues: [(name: String, text: String)]

    /// The request in the form used by contracts.
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
    /// Creates the form used by contracts from a sent request.
    ///
    /// - Parameters:
    ///   - message: The request.
    ///   - baseURL: The base URL of the contract's paths; its own path is removed.
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
