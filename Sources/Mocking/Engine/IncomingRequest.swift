import Exchanges
import JSONDocument
import OpenAPI

/// A request on its way through the checks.
struct IncomingRequest {
    var message: RequestMessage
    /// Percent-encoded, below the base path of the contract.
    let path: String
    /// The operation that it calls, if any.
    var operation: OpenAPI.Operation?
    /// Percent-encoded values of the path's parameters.
    var pathValues: [(name: String, text: String)] = []
    /// The body, where it is JSON.
    let document: JSONDocument?

    init(_ message: RequestMessage, path: String) {
        self.message = message
        self.path = path
        document = message.body.flatMap { $0.isEmpty ? nil : try? JSONDocument(parsing: $0) }
    }

    func pathValue(_ name: String) -> String? {
        pathValues.first { $0.name.utf8.elementsEqual(name.utf8) }.map { PercentDecoding.text($0.text) }
    }

    /// The first value of a query parameter; `+` is a blank there.
    func query(_ name: String) -> String? {
        for pair in (message.query ?? "").split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let first = parts.first, PercentDecoding.text(first, plusIsBlank: true).utf8.elementsEqual(name.utf8)
            else { continue }
            return parts.count > 1 ? PercentDecoding.text(parts[1], plusIsBlank: true) : ""
        }
        return nil
    }

    /// All lines of a header as one text (RFC 9110, 5.3); `nil` when there is none.
    func header(_ name: String) -> String? {
        let lines = message.header(name)
        return lines.isEmpty ? nil : lines.joined(separator: ", ")
    }

    var wire: WireRequest {
        WireRequest(
            method: message.method,
            path: path,
            query: message.query,
            headers: message.headers.map { ($0.name, $0.value) },
            body: message.body)
    }
}
