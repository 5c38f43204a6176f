public import JSONDocument
import Primitives

extension Parameter {
    /// The place of this parameter's issues.
    var issuePlace: RequestIssue.Place {
        switch place {
        case .path: .path(name)
        case .query: .query(name)
        case .querystring: .query("")
        case .header: .header(name)
        case .cookie: .cookie(name)
        }
    }

    /// The issues of this parameter in a request.
    func issues(
        in request: WireRequest, pathValues: [(name: String, text: String)], besides others: [String]
    )
        -> [RequestIssue]
    {
        if allowsEmptyValue(in: request) { return [] }
        switch parsed(in: request, pathValues: pathValues, besides: others) {
        case .absent:
            guard isRequired else { return [] }
            return [
                RequestIssue(
                    issuePlace,
                    "required",
                    "is missing, but the contract requires it",
                    at: location,
                    expected: "a value",
                    actual: "nothing"
                )
            ]
        case .invalid(let message):
            return [RequestIssue(issuePlace, "syntax", message, at: location, expected: expectedText)]
        case .undefined(let reason):
            guard isRequired || mayBeMentioned(in: request) else { return [] }
            return [RequestIssue(issuePlace, "style", "cannot be judged: \(reason)", at: location, isUndecided: true)]
        case .value(let value):
            guard let schema = valueSchema else { return [] }
            return schema.requestIssues(in: JSONDocument(value).root) { _ in issuePlace }
        }
    }

    /// Whether the request has the parameter with an allowed empty value (OpenAPI 3.1.1, section 4.8.12.2.1). Such a
    /// value is not checked by the schema. Styles without a form for an empty value ignore the permission.
    private func allowsEmptyValue(in request: WireRequest) -> Bool {
        guard serialization.allowEmptyValue, place == .query, style == .form || content != nil,
            let query = request.query,
            let pairs = QueryText.Pairs(query)
        else { return false }
        let values = pairs.values(of: name)
        return values.count == 1 && values[0].isEmpty
    }

    /// Whether a request may contain this parameter in any form.
    private func mayBeMentioned(in request: WireRequest) -> Bool {
        switch place {
        case .path: return true
        case .header: return !request.header(name).isEmpty
        case .query, .querystring:
            let pairs = (request.query ?? "").utf8.split(separator: UInt8(ascii: "&"))
            return pairs.contains { pair in
                let decoded = PercentEncoding.decoded(Array(pair)[...], plusIsBlank: true) ?? Array(pair)
                return decoded.starts(with: name.utf8)
            }
        case .cookie:
            return request.header("cookie").contains { $0.utf8.count >= name.utf8.count }
        }
    }

    private var expectedText: String {
        content.map { $0.range.description } ?? "style \(style.rawValue)"
    }

    /// The value of this parameter in a request; `nil` if it is absent or not serialised as declared.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - pathValues: The texts for the expressions of the path template, percent-encoded.
    ///   - others: The names of the operation's other query parameters, which are not members of an exploded object.
    public func value(
        in request: WireRequest,
        pathValues: [(name: String, text: String)],
        besides others: [String] = []
    ) -> JSONValue? {
        guard case .value(let value) = parsed(in: request, pathValues: pathValues, besides: others) else { return nil }
        return value
    }

    private func parsed(
        in request: WireRequest,
        pathValues: [(name: String, text: String)],
        besides others: [String]
    ) -> ParameterCodec.Parsed {
        switch place {
        case .path:
            guard let text = pathValues.first(where: { $0.name.isSame(as: name) })?.text else {
                return .absent
            }
            return ParameterCodec.parse(pathText: text, as: self)
        case .query, .querystring:
            return ParameterCodec.parse(query: request.query, as: self, besides: others)
        case .header:
            return ParameterCodec.parse(headerLines: request.header(name), as: self)
        case .cookie:
            let lines = request.header("cookie")
            return ParameterCodec.parse(cookie: lines.isEmpty ? nil : lines.joined(separator: "; "), as: self)
        }
    }

    /// Whether a security scheme uses this parameter for its credentials.
    func isCredential(of schemes: [SecurityScheme]) -> Bool {
        schemes.contains { scheme in
            switch scheme.kind {
            case .apiKey(let name, let place): place == self.place && isNamed(name)
            default: false
            }
        }
    }
}
