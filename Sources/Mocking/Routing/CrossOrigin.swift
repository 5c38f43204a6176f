import Exchanges

/// A request by a page of another origin, for mocks that allow all origins (Fetch standard, section 3.2).
///
/// Pages can send credentials, so the response names the origin: browsers then reject `*` (section 3.2.5).
struct CrossOrigin {
    private let request: RequestMessage
    private let origin: String

    /// `nil` for requests without an origin.
    init?(_ request: RequestMessage) {
        guard let origin = request.header("origin").first, !origin.isEmpty else { return nil }
        self.request = request
        self.origin = headerSafe(origin)
    }

    /// The response to a preflight request of a browser; `nil` for any other request.
    func preflight(allowing methods: () -> [String]) -> ResponseMessage? {
        guard request.method == "OPTIONS", !request.header("access-control-request-method").isEmpty else { return nil }
        let methods = methods()
        guard !methods.isEmpty else { return nil }
        var fields =
            permission + [
                HeaderField(name: "Access-Control-Allow-Methods", value: methods.joined(separator: ", ")),
                HeaderField(name: "Access-Control-Max-Age", value: "600"),
            ]
        let wanted = request.header("access-control-request-headers").joined(separator: ", ")
        if !wanted.isEmpty {
            fields.append(HeaderField(name: "Access-Control-Allow-Headers", value: headerSafe(wanted)))
        }
        return ResponseMessage(status: 204, headers: fields)
    }

    /// A response that the page can read, with every header.
    func opened(_ response: ResponseMessage) -> ResponseMessage {
        var response = response
        var names: [String] = []
        for field in response.headers where !names.contains(where: { field.isNamed($0) }) { names.append(field.name) }
        response.headers.removeAll { field in permission.contains { $0.isNamed(field.name) && $0.name != "Vary" } }
        response.headers += permission
        if !names.isEmpty {
            let exposed = names.joined(separator: ", ")
            response.headers.append(HeaderField(name: "Access-Control-Expose-Headers", value: exposed))
        }
        return response
    }

    /// The fields that allow the page to read the response, with or without credentials.
    private var permission: [HeaderField] {
        [
            HeaderField(name: "Access-Control-Allow-Origin", value: origin),
            HeaderField(name: "Access-Control-Allow-Credentials", value: "true"),
            HeaderField(name: "Vary", value: "Origin"),
        ]
    }
}
