import Exchanges

/// A request that a page of some origin makes, for mocks that are open to all of them (Fetch standard, 3.2).
struct CrossOrigin {
    private let request: RequestMessage

    /// `nil` for requests that name no origin.
    init?(_ request: RequestMessage) {
        guard !request.header("origin").isEmpty else { return nil }
        self.request = request
    }

    /// The answer to a browser that asks before it sends; `nil` when this is not such a question.
    func preflight(allowing methods: () -> [String]) -> ResponseMessage? {
        guard request.method == "OPTIONS", !request.header("access-control-request-method").isEmpty else { return nil }
        let methods = methods()
        guard !methods.isEmpty else { return nil }
        var fields = [
            HeaderField(name: "Access-Control-Allow-Origin", value: "*"),
            HeaderField(name: "Access-Control-Allow-Methods", value: methods.joined(separator: ", ")),
            HeaderField(name: "Access-Control-Max-Age", value: "600"),
        ]
        let wanted = request.header("access-control-request-headers").joined(separator: ", ")
        if !wanted.isEmpty {
            fields.append(HeaderField(name: "Access-Control-Allow-Headers", value: headerSafe(wanted)))
        }
        return ResponseMessage(status: 204, headers: fields)
    }

    /// An answer that the page may read, with every header.
    func opened(_ response: ResponseMessage) -> ResponseMessage {
        var response = response
        var names: [String] = []
        for field in response.headers where !names.contains(where: { field.isNamed($0) }) { names.append(field.name) }
        response.headers.append(HeaderField(name: "Access-Control-Allow-Origin", value: "*"))
        if !names.isEmpty {
            let exposed = names.joined(separator: ", ")
            response.headers.append(HeaderField(name: "Access-Control-Expose-Headers", value: exposed))
        }
        return response
    }
}
