import JSONDocument
import JSONSchema
import OpenAPI
import TestKit

/// Random requests for an operation, half of them nearly right; the same for the same number.
struct RandomRequest {
    private var random: SplitMix

    init(_ number: Int) { random = SplitMix(seed: number) }

    private static let texts = [
        "", "a", "abc", "NEW", "DONE", "it's", "up", "down", "1", "0", "-1", "101", "1.5", "0.07", "true", "null",
        "2024-02-29",
        "2024-02-30", "2024-02-29T10:00:00Z", "a@b.example", "https://a.example/x",
        "6f1c1c1e-3a52-4d3e-9b7a-0c1d2e3f4a5b",
        "é", "a,b", "x y",
    ]

    /// A request with parameters and a body by the declarations of the operation.
    mutating func request(for operation: Operation) -> WireRequest {
        var query: [String] = []
        var headers: [(name: String, value: String)] = []
        for parameter in operation.parameters where !random.once(in: 4) {
            let text = ParameterCodec.percentEncode(random.pick(Self.texts), keeping: ",")
            switch parameter.place {
            case .query:
                query.append(
                    parameter.style == .deepObject ? "\(parameter.name)[from]=\(text)" : "\(parameter.name)=\(text)")
            case .header: headers.append((parameter.name, random.pick(["a", "", "a long text of many characters"])))
            default: break
            }
        }
        var body: [UInt8]?
        if let media = operation.requestBody?.content.first, !random.once(in: 8) {
            headers.append(("content-type", random.once(in: 8) ? "text/plain" : media.range.description))
            body = random.once(in: 10) ? Array("{".utf8) : value(like: media.schema?.view?.propertyNames ?? []).utf8
        }
        return WireRequest(
            method: operation.method, path: operation.path.replacing("{id}", with: random.pick(["7", "x", "%41"])),
            query: query.isEmpty ? nil : query.joined(separator: "&"), headers: headers, body: body)
    }

    /// An object with most of the names, and values of any type.
    private mutating func value(like names: [String]) -> JSONValue {
        var object = JSONObject()
        for name in names where !random.once(in: 6) { object[name] = member() }
        if random.once(in: 6) { object["more"] = 1 }
        return random.once(in: 12) ? [.object(object)] : .object(object)
    }

    private mutating func member() -> JSONValue {
        switch random.number(below: 8) {
        case 0:
            JSONNumber(random.pick(["0", "1", "50", "100", "101", "0.5", "0.07", "1e2"])).map { .number($0) } ?? .null
        case 1: .boolean(random.once(in: 2))
        case 2: .array((0..<random.number(below: 6)).map { _ in .string(random.pick(["a", "b", "C"])) })
        case 3: random.once(in: 3) ? .null : .string(random.pick(Self.texts))
        default: .string(random.pick(Self.texts))
        }
    }
}

extension Contract {
    /// The issues of a request, one `place keyword: message` each.
    func issueLines(_ request: WireRequest) -> [String] {
        issues(in: request).map { "\($0.place) \($0.keyword)\($0.isUndecided ? " undecided" : ""): \($0.message)" }
    }
}
