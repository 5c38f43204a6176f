internal import Exchanges
internal import JSONDocument
internal import OpenAPI
internal import Primitives

/// Values of headers, parameters and cookies. They are typed by their declaration if they conform to it, otherwise they
/// are text.
extension ExchangeView {
    /// The duration in seconds with milliseconds, such as `0.123`.
    var seconds: JSONNumber {
        let (seconds, attoseconds) = exchange.duration.components
        let milliseconds = String(1_000 + attoseconds / 1_000_000_000_000_000).dropFirst()
        return JSONNumber("\(seconds).\(milliseconds)") ?? JSONNumber(0)
    }

    /// The lines of a header that the target sent, in its response or with a delivery.
    func receivedHeader(_ name: String) -> [String] {
        exchange.request.isReceived ? exchange.request.header(name) : exchange.response?.header(name) ?? []
    }

    func responseHeader(_ name: String, _ lines: [String]) -> JSONValue {
        let declared = exchange.response.flatMap { operation?.response(status: $0.status) }?.header(name)
        if let declared, case .value(let value) = ParameterCodec.parse(headerLines: lines, as: declared) {
            return value
        }
        return .string(lines.joined(separator: ", "))
    }

    func requestHeader(_ name: String, _ lines: [String]) -> JSONValue {
        parameter(name, .header, headers: lines.map { (name, $0) }) ?? .string(lines.joined(separator: ", "))
    }

    func queryParameter(_ name: String) -> JSONValue? {
        if let value = parameter(name, .query) { return value }
        let values = QueryPairs.values(of: name, in: exchange.request.query ?? "")
        return values.count > 1 ? .array(values.map { .string($0) }) : values.first.map { .string($0) }
    }

    func pathParameter(_ name: String) -> JSONValue? {
        if let value = parameter(name, .path) { return value }
        let values = operation?.pathValues(inTailOf: exchange.request.path) ?? []
        return values.first { $0.name.isSame(as: name) }.map {
            .string(PercentEncoding.decodedLeniently($0.text))
        }
    }

    func requestCookie(_ name: String) -> JSONValue? {
        if let value = parameter(name, .cookie) { return value }
        for line in exchange.request.header("cookie") {
            if let value = CookiePairs.value(of: name, in: line.split(separator: ";")) { return .string(value) }
        }
        return nil
    }

    /// A cookie set by the response; of several, the last.
    func responseCookie(_ name: String) -> JSONValue? {
        (exchange.response?.header("set-cookie") ?? []).reversed().lazy
            .compactMap { CookiePairs.value(of: name, in: $0.split(separator: ";", maxSplits: 1).prefix(1)) }
            .first
            .map { .string($0) }
    }

    /// The value of a declared parameter, if the request serialises it as declared.
    private func parameter(
        _ name: String,
        _ place: ParameterPlace,
        headers: [(name: String, value: String)]? = nil
    ) -> JSONValue? {
        guard let operation, let parameter = operation.parameter(name, in: place) else { return nil }
        let message = exchange.request
        let request = WireRequest(
            method: message.method,
            path: message.path,
            query: message.query,
            headers: headers ?? message.headers.map { ($0.name, $0.value) }
        )
        return parameter.value(
            in: request,
            pathValues: place == .path ? operation.pathValues(inTailOf: message.path) ?? [] : [],
            besides: operation.queryNames(besides: parameter)
        )
    }
}
